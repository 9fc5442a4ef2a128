import { addUp, type Figures, listNoise } from './figures.ts'
import type { ChartResult, Miss, Record, Reported } from './model.ts'
import { isSame, nameOf } from './refs.ts'

/** The whole report, for people. */
export function formatReport(results: readonly ChartResult[], seed: string): string {
  const helms = ([3, 4] as const).filter((helm) => results.some((result) => result.helm === helm))
  return `${[
    `# The lab's report\n\nSeed \`${seed}\`.\n`,
    formatFigures(helms.map((helm) => addUp(results, helm))),
    '## By kind of edit\n',
    formatKinds(results),
    ...section('Misses', results, ({ score, after }) => (after?.error ? [] : (score?.missed ?? []).map(formatMiss))),
    ...section('False alarms after edits', results, nameAlarms),
    ...section('Told on untouched releases', results, (result) => formatAll(listNoise(result))),
    ...section('Errors of the tool', results, ({ silence, after }) => [silence, after].flatMap((check) => check?.error ?? [])),
    ...section('Could not be read', results, ({ silence }) => (silence?.unread ?? []).map((unread) => JSON.stringify(unread))),
    ...section('Shown on untouched releases, as no drift', results, ({ silence }) =>
      formatAll((silence?.findings ?? []).filter(({ drift, cause }) => !drift && cause !== 'undeployed')),
    ),
    ...section('Notes on untouched releases', results, ({ silence }) => formatNotes(silence?.notes ?? [])),
    ...section('Edits that do not count', results, ({ edits, quiet }) => [...edits, ...quiet].flatMap(formatRefusal)),
    ...section('Charts that could not be tried', results, ({ failure }) => (failure === null ? [] : [failure])),
  ].join('\n')}\n`
}

function formatFigures(figures: readonly Figures[]): string {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`
  const rows = figures.map(
    (each) =>
      `| ${each.helm} | ${each.charts} (${each.failed}) | ${each.silentCharts} | ${each.silenceAlarms} | ${each.undeployed} | ${each.applied} | ${each.found} | ${each.falseAlarms} | ${percent(each.recall)} | ${percent(each.precision)} |`,
  )
  return `| Helm | charts (failed) | silent | drift told on untouched | undeployed told on untouched | edits | found | false alarms | recall | precision |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

function formatKinds(results: readonly ChartResult[]): string {
  const applied = results.flatMap(({ edits }) => edits).filter(({ notApplied }) => notApplied === null)
  const found = new Set(results.flatMap(({ score }) => score?.found ?? []))
  const kinds = [...new Set(results.flatMap(({ edits }) => edits.map(({ kind }) => kind)))].sort()
  const rows = kinds.map((kind) => {
    const ours = applied.filter((record) => record.kind === kind)
    const hits = ours.filter((record) => found.has(record)).length
    return `| ${kind} | ${ours.length} | ${hits} | ${hits === ours.length ? '' : 'missed'} |`
  })
  return `| kind | applied | found | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

function section(title: string, results: readonly ChartResult[], list: (result: ChartResult) => readonly string[]): readonly string[] {
  const lines = results.flatMap((result) => list(result).map((line) => `- **${result.chart}**, Helm ${result.helm}: ${line}`))
  return [`## ${title} (${lines.length})\n`, lines.length === 0 ? 'None.\n' : `${lines.join('\n')}\n`]
}

/** A miss on one line, with what was told of its object below. */
export function formatMiss({ record, expectation, why, said }: Miss): string {
  const told = said.map((finding) => `\n  - told: ${formatFinding(finding)}`).join('')
  return `${record.kind} on ${nameOf(record.object)} at \`${expectation.accept.join('` or `')}\`: ${why}. \`${record.command}\`${told}`
}

/** One line for findings that differ only in the element of a list that they are about. */
function formatAll(findings: readonly Reported[]): readonly string[] {
  const groups = Map.groupBy(findings, ({ object, path, evidence }) =>
    [nameOf(object), path.replace(/\[[^\]]*\]/g, '[]'), evidence.manager].join(),
  )
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : `${formatFinding(first)}${others.length === 0 ? '' : ` (and ${others.length} like it)`}`,
  )
}

/** A finding on one line. */
export function formatFinding({ object, path, change, desired, live, cause, pattern, evidence, because }: Reported): string {
  const sides = [desired, live].map((side) => `\`${JSON.stringify(side)?.slice(0, 100)}\``).join(' -> ')
  return `${nameOf(object)} \`${path}\` ${change} ${sides}; ${cause}, ${pattern}, by ${String(evidence.manager)}: ${because}`
}

/** Each false alarm, and what was done to its object that must not be told. */
function nameAlarms({ score, quiet }: ChartResult): readonly string[] {
  const acts = (object: Reported['object']) => quiet.filter((record) => record.notApplied === null && isSame(record.object, object))
  return [
    ...Map.groupBy(score?.falseAlarms ?? [], ({ object }) =>
      acts(object)
        .map(({ kind }) => kind)
        .join(', '),
    ),
  ].flatMap(([kinds, findings]) =>
    formatAll(findings).map((line) => (kinds === '' ? line : `${line} (done quietly to this object: ${kinds})`)),
  )
}

function formatNotes(notes: readonly { readonly kind: string; readonly message: string }[]): readonly string[] {
  return [...Map.groupBy(notes, ({ kind }) => kind)].map(
    ([kind, ours]) => `${ours.length} ${kind}: ${ours[0]?.message.slice(0, 200) ?? ''}`,
  )
}

function formatRefusal({ kind, object, command, notApplied }: Record): readonly string[] {
  return notApplied === null ? [] : [`${kind} on ${nameOf(object)}: ${notApplied} (\`${command.slice(0, 200)}\`)`]
}
