import { count } from '../count.ts'
import type { Finding, ObjectRef, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { NEXT_STEP } from './describe-finding.ts'
import { describeComparison } from './describe-scope.ts'
import { describeWaysBack } from './describe-ways-back.ts'
import { groupBy, groupOthers, groupSetAside } from './groups.ts'
import { formatAcceptedLine, formatOtherLine, type ShortIds } from './issue-findings.ts'
import type { IssueInput } from './issue-head.ts'
import { escapeShortly } from './issue-text.ts'
import { keepOpen } from './keep-open.ts'
import { formatDecisionTitle, formatReasons } from './markdown-advice.ts'
import { type AroundOptions, formatActs, formatCircumstances, formatGap } from './markdown-around.ts'
import { fold, formatNames } from './markdown-parts.ts'
import { formatWays, type WayOptions } from './markdown-ways.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { shorten } from './values.ts'

/** The sections of an issue's text below its head and its drift. */

/** What an issue is written from, with what all its sections need. */
export type IssueParts = IssueInput & { readonly ids: ShortIds; readonly drift: readonly Finding[] }

const MOST_UNSEEN = 50

/** What was seen before and could not be read this time: the issue must not look as if it were gone. */
export function formatUnseen({ unseen = [] }: IssueParts): readonly string[] {
  if (unseen.length === 0) return []
  const lines = unseen
    .slice(0, MOST_UNSEEN)
    .map((fact) => `- ${escapeMarkdown(shorten(fact === '' ? 'an earlier difference' : fact, 200))}`)
  const more = unseen.length > MOST_UNSEEN ? [`- and ${count(unseen.length - MOST_UNSEEN, 'more', 'more')}`] : []
  return ['### Seen earlier, not readable now', [...lines, ...more].join('\n')]
}

/** Differences that people have accepted: a list of its own, since nobody has to act on them. */
export function formatAccepted({ target, ids }: IssueParts): readonly string[] {
  const accepted = target.findings.filter(({ acceptance }) => acceptance !== undefined)
  if (accepted.length === 0) return []
  return [
    `### Accepted: ${count(accepted.length, 'difference')}`,
    accepted.map((finding) => formatAcceptedLine(finding, target, ids)).join('\n'),
  ]
}

/** What to do next: both ways for each finding, ready; or in a sentence where nothing was made ready. */
export function formatChoices({ target, drift }: IssueParts, options: WayOptions): readonly string[] {
  if (drift.length === 0) return []
  const decision = keepOpen(target)
  if (decision !== null) return formatWays(target, decision, options)
  const ways = drift.flatMap((finding) =>
    describeWaysBack(finding).map((line) => `- ${toCode(formatPath(finding.path), true)} ${escapeMarkdown(line)}`),
  )
  return [formatDecisionTitle('next'), escapeMarkdown(NEXT_STEP), ...(ways.length === 0 ? [] : [ways.join('\n')])]
}

/** Why the advice is as it is, and what would change it. */
export function formatWhy({ target }: IssueParts): readonly string[] {
  const decision = keepOpen(target)
  return decision === null ? [] : formatReasons(decision.advice)
}

/** Who and when, how things stand, and how to prevent it: what stays the same until something happens. */
export function formatDecided({ target }: IssueParts, options: Omit<AroundOptions, 'steadyOnly'>): readonly string[] {
  const decision = keepOpen(target)
  if (decision === null) return []
  const steady = { ...options, steadyOnly: true }
  return [...formatActs(target, decision, steady), ...formatCircumstances(target, decision, steady), ...formatGap(decision, steady)]
}

/** The commands stand in code and never at the start of a line: a text of ours must not be one. */
export function formatAnswers({ target, drift, ids }: IssueParts): readonly string[] {
  const accepted = target.findings.filter(({ acceptance }) => acceptance !== undefined)
  const name = ([finding]: readonly Finding[]) => shorten((finding && ids.get(finding.id)) ?? 'ID', 40)
  const lines = [
    ...(drift.length === 0 ? [] : ['/drift accept all for 7d because ...', `/drift accept ${name(drift)} for 7d because ...`]),
    ...(accepted.length === 0 ? [] : [`/drift unaccept ${name(accepted)}`]),
    '/drift help',
  ]
  const why =
    drift.length > 0
      ? 'To live with it for a while, answer'
      : accepted.length > 0
        ? 'To end an acceptance, answer'
        : 'To ask for more, answer'
  return [`${why} with a comment (you need write access):`, lines.map((line) => `- ${toCode(line)}`).join('\n')]
}

/** What is no drift, folded, by why it is none. */
export function formatOthers(target: TargetReport): readonly string[] {
  const others = target.findings.filter(({ acceptance }) => acceptance === undefined)
  return groupOthers(others).flatMap(({ name, title, findings }) =>
    fold(`${name === 'decided' ? 'Ignored by your rules' : title}: ${count(findings.length, 'difference')}`, [
      findings.map((finding) => formatOtherLine(finding, target)).join('\n'),
    ]),
  )
}

/** How much was compared and what was set aside, folded. */
export function formatComparison(target: TargetReport): readonly string[] {
  const { counts } = target
  const rows = [
    ...describeComparison(target).map(([label, text]) => `- ${label}: ${escapeMarkdown(text)}`),
    ...groupSetAside(target.setAside).map(
      ({ reason, objects, named }) =>
        `- set aside: ${named ? formatNames(objects, target) : countByKind(objects)}: ${escapeMarkdown(reason)}`,
    ),
  ]
  return fold(`What was compared: ${counts.compared} of ${count(counts.objects, 'object')}, ${counts.setAside} set aside`, [
    rows.join('\n'),
  ])
}

/** `2 Pods`: names that are made anew by every render would change the text with every run. The summary has them. */
function countByKind(objects: readonly ObjectRef[]): string {
  const kinds = [...groupBy(objects, ({ kind }) => kind)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return kinds.map(([kind, { length }]) => escapeMarkdown(`${length.toLocaleString('en')} of kind ${kind}`)).join(', ')
}

/** What a shorter form left out and where that is, and who keeps the text. */
export function formatFoot({ version }: Pick<IssueInput, 'version'>, left: string): readonly string[] {
  return [
    ...(left === ''
      ? []
      : [`> **Shortened.** Left out here: ${left}. The whole report is in the summary of the last run, and in its \`report.json\`.`]),
    `<small>Plumbline ${escapeShortly(version, 100)} keeps this text up to date, and closes the issue once all was read and nothing has drifted. It only reads: nothing was written to the cluster.</small>`,
  ]
}

/** A server that fails words each failure anew; an issue must not change with it. The run's report has the words. */
const PASSING = new Set(['timeout', 'server-error', 'bad-answer', 'rate-limited', 'discovery-failed'])

export function withoutPassingDetails(target: TargetReport): TargetReport {
  return { ...target, unread: target.unread.map((one) => (PASSING.has(one.reason) ? { ...one, detail: '' } : one)) }
}
