import type { Finding, Note, ObjectRef, Report, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { groupByObject, groupOthers, groupSetAside, groupUnread, identifyObject } from './groups.ts'
import { formatChangeCell, formatWriterCell } from './markdown-finding.ts'
import { escapeMarkdown, toCode, toFence } from './sanitize.ts'
import { formatTitle } from './title.ts'
import { formatFact, shorten } from './values.ts'
import { formatUnified } from './view.ts'
import { count, describeScope, describeVerdict, describeWaysBack, NOT_A_PERSON, nameObject } from './words.ts'

/** Lines of one object's YAML difference; a longer one would hide all others. */
const MOST_LINES = 400
/** Findings of one target that are told as facts in a list. */
const MOST_FACTS = 1000

/** A target with all there is to say about it. `views` adds each object's difference as YAML, folded. */
export function formatTargetInFull(target: TargetReport, report: Report, views: boolean): readonly string[] {
  if (target.error !== null) return formatFault(target)
  const drift = target.findings.filter((finding) => finding.drift)
  return [
    ...formatVerdict(target),
    ...formatFindingsTable(drift, target, report.generatedAt),
    ...(drift.some((finding) => finding.evidence.manager !== null) ? [escapeMarkdown(NOT_A_PERSON)] : []),
    ...formatWays(drift),
    ...formatUnread(target),
    ...(views ? formatViews(target) : []),
    ...groupOthers(target.findings).flatMap(({ title, findings }) =>
      fold(`${title}: ${count(findings.length, 'difference')}`, formatFindingsTable(findings, target, report.generatedAt)),
    ),
    ...formatNotes(target),
    ...formatScope(target, report.generatedAt),
  ]
}

/** A target with its drift as one line each, and what could not be read. */
export function formatTargetAsList(target: TargetReport, report: Report): readonly string[] {
  if (target.error !== null) return formatFault(target)
  const drift = target.findings.filter((finding) => finding.drift)
  const lines = groupByObject(drift.slice(0, MOST_FACTS)).flatMap(({ object, findings }) =>
    findings.map(
      (finding) => `- ${toCode(nameObject(object, target.namespace))} ${escapeMarkdown(shorten(formatFact(finding, '→'), 120))}`,
    ),
  )
  const more = drift.length > MOST_FACTS ? [`And ${count(drift.length - MOST_FACTS, 'more difference')}.`] : []
  const unread =
    target.unread.length === 0
      ? []
      : [
          `Not read: ${formatNames(
            target.unread.map((one) => one.object),
            target,
          )}.`,
        ]
  return [...formatVerdict(target), lines.join('\n'), ...more, ...unread, ...formatScope(target, report.generatedAt)]
}

/** A target as its verdict and its numbers. */
export function formatTargetAsCounts(target: TargetReport): readonly string[] {
  const { counts } = target
  const numbers = `${counts.drift} drift, ${counts.undeployed} undeployed, ${counts.controller} controller, ${counts.admission} admission, ${counts.unread} unread, ${counts.setAside} set aside`
  return [`**${escapeMarkdown(shorten(describeVerdict(target), 300))}** ${target.error === null ? `${numbers}.` : ''}`.trim()]
}

function formatVerdict(target: TargetReport): readonly string[] {
  return [`## ${escapeMarkdown(formatTitle(target, '→'))}`, `**${escapeMarkdown(describeVerdict(target))}**`]
}

function formatFault(target: TargetReport): readonly string[] {
  const { message = '', where = null, remedy = '' } = target.error ?? {}
  const place = where === null ? '' : `${toCode(where)}: `
  return [...formatVerdict(target), `${place}${escapeMarkdown(message)}`, ...formatRemedy(remedy), ...formatNotes(target)]
}

function formatFindingsTable(findings: readonly Finding[], target: TargetReport, now: string): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map(
    (finding) => `| ${formatPlace(finding, target)} | ${formatChangeCell(finding)} | ${formatWriterCell(finding, now)} |`,
  )
  return [['| What | Git → cluster | Written by |', '| --- | --- | --- |', ...rows].join('\n')]
}

function formatPlace(finding: Finding, target: TargetReport): string {
  const object = escapeMarkdown(nameObject(finding.object, target.namespace))
  return finding.path.length === 0 ? object : `${toCode(formatPath(finding.path), true)}<br>${object}`
}

function formatWays(drift: readonly Finding[]): readonly string[] {
  const lines = drift.flatMap((finding) =>
    describeWaysBack(finding).map((line) => `- ${toCode(formatPath(finding.path), true)} ${escapeMarkdown(line)}`),
  )
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function formatUnread(target: TargetReport): readonly string[] {
  if (target.unread.length === 0) return []
  const groups = groupUnread(target.unread).flatMap(({ objects, reason, detail, remedy }) => [
    `**${formatNames(objects, target)}**: ${escapeMarkdown(reason)}.${detail === '' ? '' : ` ${escapeMarkdown(detail)}`}`,
    ...formatRemedy(remedy),
  ])
  return [`### Could not be read: ${target.unread.length} of ${count(target.counts.objects, 'object')}`, ...groups]
}

/** The first line of a remedy is a sentence, the rest (an RBAC rule, a command) is to be copied. */
function formatRemedy(remedy: string): readonly string[] {
  const [sentence = '', ...block] = remedy.trimEnd().split(/\r?\n/)
  return [escapeMarkdown(`What to do: ${sentence}`), ...(block.length === 0 ? [] : [toFence(block.join('\n'), 'yaml')])]
}

function formatViews(target: TargetReport): readonly string[] {
  return target.views.flatMap((view) => {
    const lines = formatUnified(view, { context: 3 }).replace(/\n$/, '').split('\n')
    const left = lines.length - MOST_LINES
    const more = left > 0 ? [`And ${count(left, 'more line')} that are not shown here.`] : []
    if (lines.length <= 1) return []
    return fold(`${nameObject(view.object, target.namespace)} as YAML`, [toFence(lines.slice(0, MOST_LINES).join('\n'), 'diff'), ...more])
  })
}

function formatNotes(target: TargetReport): readonly string[] {
  if (target.notes.length === 0) return []
  const place = (note: Note) =>
    note.object === undefined
      ? ''
      : `${escapeMarkdown(nameObject(note.object, target.namespace))}${note.path === undefined ? '' : ` ${toCode(note.path, true)}`}: `
  return fold(`Worth knowing: ${count(target.notes.length, 'note')}`, [
    target.notes.map((note) => `- ${place(note)}${escapeMarkdown(note.message)}`).join('\n'),
  ])
}

function formatScope(target: TargetReport, generatedAt: string): readonly string[] {
  const rows = [
    ...describeScope(target, generatedAt).map(([label, text]) => `- ${label}: ${escapeMarkdown(text)}`),
    ...groupSetAside(target.setAside).map(
      ({ reason, objects }) => `- set aside: ${formatNames(objects, target)}: ${escapeMarkdown(reason)}`,
    ),
  ]
  const { counts } = target
  return fold(`How this was checked: ${counts.compared} of ${count(counts.objects, 'object')} compared, ${counts.setAside} set aside`, [
    rows.join('\n'),
  ])
}

function formatNames(objects: readonly ObjectRef[], target: TargetReport): string {
  const unique = new Map(objects.map((object) => [identifyObject(object), object]))
  const names = [...unique.values()].slice(0, 50).map((object) => escapeMarkdown(nameObject(object, target.namespace)))
  return `${names.join(', ')}${unique.size > 50 ? ` and ${unique.size - 50} more` : ''}`
}

/** Blank lines around the content let GitHub read it as Markdown. */
function fold(summary: string, content: readonly string[]): readonly string[] {
  return [`<details><summary>${escapeMarkdown(summary)}</summary>`, ...content, '</details>']
}
