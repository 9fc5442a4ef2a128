import { count } from '../count.ts'
import type { Note, ObjectView, Report, TargetReport, Verdict } from '../model.ts'
import { NEXT_STEP, NOT_A_PERSON, nameObject } from './describe-finding.ts'
import { describeScope } from './describe-scope.ts'
import { describeIssue, describeRun, describeVerdict, VERDICT_WORDS } from './describe-verdict.ts'
import { groupOthers, groupSetAside, groupUnread } from './groups.ts'
import { keepOpen } from './keep-open.ts'
import { countColumns, makePen, type Pen, type Tone } from './layout.ts'
import { isPreview, isPreviewed, type PreviewedTarget, sortTargets } from './preview/arrange.ts'
import { formatPreviewedTarget, formatPreviewOverview } from './preview/terminal.ts'
import { breakCommands } from './sanitize.ts'
import { formatAdvice, formatDecision } from './terminal-decision.ts'
import { formatFindings } from './terminal-findings.ts'
import { formatOutlook, formatUnified } from './view.ts'

const TONES: Readonly<Record<Verdict, Tone>> = { 'in-sync': 'good', drifted: 'bad', incomplete: 'warn', error: 'bad' }
/** Lines of one object's YAML difference that a person may still read. */
const MOST_LINES = 200

export type TerminalOptions = {
  /** ANSI colours; false gives plain text. */
  readonly color: boolean
  /** Columns; long text is wrapped to them. */
  readonly width: number
  /** Adds each object's difference as YAML and the names of what was set aside. */
  readonly details: boolean
}

/**
 * The report for a person at a terminal, or in the log of a workflow: the verdict first, then what drifted, what else
 * differs, what was set aside and why, what could not be read, and what to do next. No line of it is a workflow command.
 */
export function formatTerminal(report: Report, options: TerminalOptions): string {
  const pen = makePen(Math.max(40, options.width), options.color)
  const isOne = report.targets.length === 1
  const blocks = [
    ...(isPreview(report) ? formatPreviewOverview(report, pen) : isOne ? [] : [formatOverview(report, pen)]),
    (report.notes ?? []).flatMap(({ message }) => pen.wrap(message, { tone: 'warn' })),
    ...sortTargets(report).flatMap((target) => formatTarget(target, report, pen, options, isOne)),
    !isPreview(report) && report.targets.some((target) => target.verdict === 'drifted' && keepOpen(target) === null)
      ? [...title(pen, 'What to do next'), ...pen.wrap(NEXT_STEP, { indent: 2 })]
      : [],
  ]
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
  return breakCommands(text)
}

type Block = readonly string[]

function formatOverview(report: Report, pen: Pen): Block {
  const rows = report.targets.map((target) => {
    const { counts, verdict } = target
    return [
      target.name,
      VERDICT_WORDS[verdict],
      ...(verdict === 'error' ? ['-', '-', '-'] : [counts.drift, counts.unread, counts.objects].map(String)),
    ]
  })
  const heads = ['TARGET', 'VERDICT', 'DRIFT', 'UNREAD', 'OBJECTS']
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => countColumns(row[column] ?? ''))))
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - countColumns(cell)) + 3)
  const table = [heads, ...rows].flatMap((row, index) => {
    const verdict = report.targets[index - 1]?.verdict
    const parts = row.map((cell, column): readonly [Tone, string] => [
      index === 0 ? 'faint' : column === 1 && verdict !== undefined ? TONES[verdict] : 'plain',
      column === row.length - 1 ? cell : pad(cell, column),
    ])
    return pen.line(2, ...parts) ?? pen.wrap(row.join('  '), { indent: 2 })
  })
  return [...pen.wrap(describeRun(report.targets), { tone: 'strong' }), '', ...table]
}

function formatIssue(target: TargetReport, pen: Pen): Block {
  const told = describeIssue(target)
  return told === null ? [] : pen.wrap(`${told.issue === null ? '' : `Issue ${told.issue.number} `}${told.text}`)
}

function formatTarget(target: TargetReport, report: Report, pen: Pen, options: TerminalOptions, isOne: boolean): readonly Block[] {
  const rule = isOne
    ? []
    : pen.wrap(
        `${'─'.repeat(4)} ${target.name} ${'─'.repeat(Math.max(4, pen.width - 6 - countColumns(target.name)))}`.slice(0, pen.width),
        { tone: 'faint' },
      )
  const verdict = [...pen.wrap(describeVerdict(target), { tone: TONES[target.verdict] }), ...formatIssue(target, pen)]
  if (target.error !== null) {
    const { where, message, remedy } = target.error
    const fault = [...pen.wrap(`${where === null ? '' : `${where}: `}${message}`, { indent: 2 }), ...formatRemedy(pen, remedy, 2)]
    return [[...rule, ...verdict, ...fault], formatNotes(target, pen)]
  }
  if (isPreviewed(target)) {
    const [first = [], ...others] = formatPreviewedTarget(target, pen)
    return [
      [...rule, ...first],
      ...others,
      formatUnread(target, pen),
      formatScope(target, report.generatedAt, pen, options.details),
      formatNotes(target, pen),
      ...(options.details ? target.preview.views.map((view) => formatOutlookOf(view, target, pen)) : []),
    ]
  }
  const drift = target.findings.filter((finding) => finding.drift)
  const decision = keepOpen(target)
  const isBare = decision === null && drift.some((finding) => finding.evidence.manager !== null)
  return [
    [...rule, ...verdict],
    decision === null ? [] : formatAdvice(decision, pen),
    ...formatFindings(drift, target, report.generatedAt, pen, { details: options.details }),
    isBare ? pen.wrap(NOT_A_PERSON, { tone: 'faint' }) : [],
    ...(decision === null ? [] : formatDecision(target, decision, pen, options.details)),
    ...formatOthers(target, report.generatedAt, pen),
    formatUnread(target, pen),
    formatScope(target, report.generatedAt, pen, options.details),
    formatNotes(target, pen),
    ...(options.details ? target.views.map((view) => formatView(view, target, pen)) : []),
  ]
}

function formatOthers(target: TargetReport, now: string, pen: Pen): readonly Block[] {
  return groupOthers(target.findings).flatMap(({ title: words, findings }) => {
    const [first = [], ...rest] = formatFindings(findings, target, now, pen, { indent: 2 })
    return [[...title(pen, `${words}: ${count(findings.length, 'difference')}`), ...first], ...rest]
  })
}

function formatUnread(target: TargetReport, pen: Pen): Block {
  if (target.unread.length === 0) return []
  const groups = groupUnread(target.unread).flatMap(({ objects, reason, detail, remedy }) => [
    ...pen.wrap(`${objects.map((object) => nameObject(object, target.namespace)).join(', ')}: ${reason}`, { indent: 2, hang: 4 }),
    ...(detail === '' ? [] : pen.wrap(detail, { indent: 6, tone: 'faint' })),
    ...formatRemedy(pen, remedy, 6),
  ])
  return [...title(pen, `Could not be read: ${target.unread.length} of ${count(target.counts.objects, 'object')}`), ...groups]
}

/** The first line of a remedy is a sentence, the rest (an RBAC rule, a command) is to be copied and keeps its lines. */
function formatRemedy(pen: Pen, remedy: string, indent: number): Block {
  const [sentence = '', ...block] = remedy.trimEnd().split(/\r?\n/)
  return [...pen.wrap(`What to do: ${sentence}`, { indent }), ...block.flatMap((line) => pen.wrap(line, { indent: indent + 4 }))]
}

function formatScope(target: TargetReport, generatedAt: string, pen: Pen, details: boolean): Block {
  const setAside = groupSetAside(target.setAside).map(({ reason, objects }): readonly [string, string] => {
    const names = objects.map((object) => nameObject(object, target.namespace)).join(', ')
    return ['set aside', `${details || objects.length <= 3 ? names : count(objects.length, 'object')}: ${reason}`]
  })
  const [compared, ...rest] = describeScope(target, generatedAt)
  const rows = [...(compared === undefined ? [] : [compared]), ...setAside, ...rest]
  return [
    ...title(pen, 'How this was checked'),
    ...rows.flatMap(([label, text]) => pen.wrap(`${label.padEnd(11)}${text}`, { indent: 2, hang: 13 })),
  ]
}

function formatNotes(target: TargetReport, pen: Pen): Block {
  if (target.notes.length === 0) return []
  const place = (note: Note) =>
    note.object === undefined ? '' : `${nameObject(note.object, target.namespace)}${note.path === undefined ? '' : ` ${note.path}`}: `
  return [
    ...title(pen, 'Worth knowing'),
    ...target.notes.flatMap((note) => pen.wrap(`- ${place(note)}${note.message}`, { indent: 2, hang: 4 })),
  ]
}

function formatView(view: ObjectView, target: TargetReport, pen: Pen): Block {
  return formatDiff(`${nameObject(view.object, target.namespace)} as YAML`, formatUnified(view, { context: 3 }), pen)
}

function formatOutlookOf(view: ObjectView, { namespace, preview }: PreviewedTarget, pen: Pen): Block {
  return formatDiff(`${nameObject(view.object, namespace)}: now and afterwards`, formatOutlook(view, preview.against, { context: 3 }), pen)
}

function formatDiff(name: string, diff: string, pen: Pen): Block {
  const lines = diff.replace(/\n$/, '').split('\n')
  if (lines.length <= 1) return []
  const shown = lines.slice(0, MOST_LINES).flatMap((line) => pen.wrap(line, { indent: 2, hang: 6, tone: toneOf(line) }))
  const left = lines.length - MOST_LINES
  const more = left > 0 ? pen.wrap(`... and ${count(left, 'more line')}`, { indent: 2, tone: 'faint' }) : []
  return [...title(pen, name), ...shown, ...more]
}

function toneOf(line: string): Tone {
  if (line.startsWith('---') || line.startsWith('+++')) return 'faint'
  if (line.startsWith('@@')) return 'hunk'
  return line.startsWith('-') ? 'minus' : line.startsWith('+') ? 'plus' : 'plain'
}

function title(pen: Pen, text: string): Block {
  return pen.wrap(text, { tone: 'strong' })
}
