import { count } from '../count.ts'
import type { Decision, Finding, Note, Report, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { FATE_WORDS } from './decision-words.ts'
import { NOT_A_PERSON, nameObject } from './describe-finding.ts'
import { describeScope } from './describe-scope.ts'
import { describeIssue, describeVerdict } from './describe-verdict.ts'
import { describeWaysBack } from './describe-ways-back.ts'
import { groupByObject, groupOthers, groupSetAside } from './groups.ts'
import { keepOpen } from './keep-open.ts'
import { toLink } from './links.ts'
import { formatHeadline, formatReasons } from './markdown-advice.ts'
import { formatActs, formatCircumstances, formatGap } from './markdown-around.ts'
import type { LongForm } from './markdown-forms.ts'
import { fold, formatNames, formatRemedy, formatUnread, formatViews } from './markdown-parts.ts'
import { formatFindingsTable } from './markdown-table.ts'
import { formatWays } from './markdown-ways.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { formatTitle } from './title.ts'
import { formatFact, shorten } from './values.ts'

/** Findings of one target that are told as facts in a list. */
const MOST_FACTS = 1000

/** A target with all there is to say about it, but for what the form leaves out. */
export function formatTargetInFull(target: TargetReport, report: Report, form: LongForm): readonly string[] {
  if (target.error !== null) return formatFault(target)
  const drift = target.findings.filter((finding) => finding.drift)
  const decision = keepOpen(target)
  return [
    ...formatVerdict(target),
    ...(decision === null ? [] : formatReasons(decision.advice)),
    ...formatFindingsTable(drift, target, report.generatedAt),
    ...(decision === null ? formatBare(drift) : formatDecision(target, decision, form)),
    ...formatUnread(target),
    ...(form.views ? formatViews(target) : []),
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
      (finding) =>
        `- ${toCode(nameObject(object, target.namespace))} ${escapeMarkdown(shorten(formatFact(finding, '→'), 120))}${finding.fate === undefined ? '' : `; ${FATE_WORDS[finding.fate.next]}`}`,
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
  return [
    `## ${escapeMarkdown(formatTitle(target, '→'))}`,
    `**${escapeMarkdown(describeVerdict(target))}**`,
    ...formatHeadline(keepOpen(target)),
    ...formatIssue(target),
  ]
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

function formatDecision(target: TargetReport, decision: Decision, form: LongForm): readonly string[] {
  const around = { ...form, steadyOnly: false }
  return [
    ...formatWays(target, decision, form),
    ...formatActs(target, decision, around),
    ...formatCircumstances(target, decision, around),
    ...formatGap(decision, around),
  ]
}

/** Where nothing helps to decide: what the writers are, and the ways that are known all the same. */
function formatBare(drift: readonly Finding[]): readonly string[] {
  const lines = drift.flatMap((finding) =>
    describeWaysBack(finding).map((line) => `- ${toCode(formatPath(finding.path), true)} ${escapeMarkdown(line)}`),
  )
  return [
    ...(drift.some((finding) => finding.evidence.manager !== null) ? [escapeMarkdown(NOT_A_PERSON)] : []),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ]
}

/** What a reader should know beside, folded. */
export function formatNotes(target: TargetReport): readonly string[] {
  if (target.notes.length === 0) return []
  const place = (note: Note) =>
    note.object === undefined
      ? ''
      : `${escapeMarkdown(nameObject(note.object, target.namespace))}${note.path === undefined ? '' : ` ${toCode(note.path, true)}`}: `
  return fold(`Worth knowing: ${count(target.notes.length, 'note')}`, [
    target.notes.map((note) => `- ${place(note)}${escapeMarkdown(note.message)}`).join('\n'),
  ])
}

/** How much was compared, with which requests, when, and what was set aside, folded. */
export function formatScope(target: TargetReport, generatedAt: string): readonly string[] {
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
