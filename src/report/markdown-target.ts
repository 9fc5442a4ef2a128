import type { Finding, Note, Report, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { count } from './count.ts'
import { NOT_A_PERSON, nameObject } from './describe-finding.ts'
import { describeScope } from './describe-scope.ts'
import { describeIssue, describeVerdict } from './describe-verdict.ts'
import { describeWaysBack } from './describe-ways-back.ts'
import { groupByObject, groupOthers, groupSetAside } from './groups.ts'
import { toLink } from './links.ts'
import { formatChangeCell, formatWriterCell } from './markdown-finding.ts'
import { fold, formatNames, formatRemedy, formatUnread, formatViews } from './markdown-parts.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { formatTitle } from './title.ts'
import { formatFact, shorten } from './values.ts'

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
  return [`## ${escapeMarkdown(formatTitle(target, '→'))}`, `**${escapeMarkdown(describeVerdict(target))}**`, ...formatIssue(target)]
}

/** Which issue tells of it, or why none does. */
function formatIssue(target: TargetReport): readonly string[] {
  const told = describeIssue(target)
  if (told === null) return []
  const { issue, text } = told
  return [`${issue === null ? '' : `${toLink(`Issue ${issue.number}`, issue.url, 'issue')} `}${escapeMarkdown(text)}`]
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
