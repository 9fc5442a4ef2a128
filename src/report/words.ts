import type { Evidence, Fate, Finding, IgnoreRuleUse, IssueNews, ObjectRef, TargetReport, Verdict } from '../model.ts'

/** What all writers of a report say alike. Plain text: each writer makes it safe for its own medium. */

const MINUTE = 60_000
const AGES: readonly (readonly [number, string])[] = [
  [365 * 24 * 60 * MINUTE, 'year'],
  [30 * 24 * 60 * MINUTE, 'month'],
  [24 * 60 * MINUTE, 'day'],
  [60 * MINUTE, 'hour'],
  [MINUTE, 'minute'],
]

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  'in-sync': 'in sync',
  drifted: 'drifted',
  incomplete: 'incomplete',
  error: 'not checked',
}

export const NOT_A_PERSON = 'These are tools, not people: the name of a person comes only from an audit log.'
export const NEXT_STEP =
  'Before you revert, ask who made the change and why: it may be a fix that is holding production up. Then decide. To keep it, put it into the chart or the values, commit and deploy; to drop it, set the cluster back to what Git says.'

/** `1 object`, `2 objects`, `1,024 objects`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** The verdict as a sentence that a colleague would say. */
export function describeVerdict(target: TargetReport): string {
  const { verdict, name, counts, complete } = target
  if (verdict === 'error') return `${name} could not be checked.`
  const unread = `${counts.unread} of ${count(counts.objects, 'object')} could not be read`
  if (verdict === 'incomplete') return `${name} is incomplete: nothing that was read has drifted, but ${unread}.`
  if (verdict === 'in-sync') return `${name} is in sync: the cluster stands as Git says it should${describeExceptions(target)}.`
  const more = complete ? '' : ` ${unread}, so there may be more.`
  return `${name} has drifted: ${describeDrift(target.findings.filter((finding) => finding.drift))}.${more}`
}

/** Without its ignore rules and acceptances the target might have drifted: the verdict must not read as if there were nothing. */
function describeExceptions({ findings }: TargetReport): string {
  const accepted = findings.filter(({ acceptance }) => acceptance !== undefined).length
  const covered = findings.filter(
    ({ acceptance, ignoredBy, cause }) =>
      acceptance === undefined && ignoredBy !== undefined && (cause === 'manual' || cause === 'unknown'),
  ).length
  const parts = [
    ...(accepted === 0 ? [] : [count(accepted, 'accepted difference')]),
    ...(covered === 0 ? [] : [`${count(covered, 'difference')} that your ignore rules cover`]),
  ]
  return parts.length === 0 ? '' : `, but for ${parts.join(' and ')}`
}

function describeDrift(drift: readonly Finding[]): string {
  const manual = drift.filter((finding) => finding.cause === 'manual').length
  const unknown = drift.length - manual
  const byHand = `${count(manual, 'change')} ${manual === 1 ? 'was' : 'were'} made by hand`
  const unclear = `${count(unknown, manual > 0 ? 'other' : 'change', manual > 0 ? 'others' : 'changes')} came from an author that is not known for sure`
  return manual === 0 ? unclear : unknown === 0 ? byHand : `${byHand}, and ${unclear}`
}

const ISSUE_WORDS: Readonly<Record<IssueNews['action'], string>> = {
  none: '',
  filed: 'was filed',
  updated: 'was brought up to date',
  closed: 'was closed',
  reopened: 'was opened again',
  unchanged: 'stays as it is',
  waiting: '',
  capped: '',
  'left-alone': 'was left alone',
  failed: 'could not be brought up to date',
}

/** What became of the target's issue, as a sentence without the number of the issue in front; null where there is nothing to tell. */
export function describeIssue({ issue }: TargetReport): { readonly issue: IssueNews | null; readonly text: string } | null {
  if (issue === undefined || issue.action === 'none') return null
  // Without a number, what failed was the filing.
  const what = issue.action === 'failed' && issue.number === null ? 'could be filed' : ISSUE_WORDS[issue.action]
  if (issue.number === null || what === '') return { issue: null, text: `No issue${what === '' ? '' : ` ${what}`}: ${issue.why}` }
  return { issue, text: `${what}: ${issue.why}` }
}

/** What stands behind the verdict, as rows of a label and its text: how much was compared, with which requests, when. */
export function describeScope(target: TargetReport, generatedAt: string): readonly (readonly [string, string])[] {
  const { requests } = target
  const reads = [
    requests.list > 0 ? count(requests.list, 'list') : '',
    requests.get > 0 ? count(requests.get, 'get') : '',
    requests.discovery > 0 ? `${requests.discovery} for discovery` : '',
  ].filter((part) => part !== '')
  const rows: readonly (readonly [string, string])[] = [
    ...describeComparison(target),
    ['requests', reads.length === 0 ? '' : `${reads.join(', ')}; nothing was written`],
    ['checked', formatUtc(generatedAt)],
  ]
  return rows.filter(([, text]) => text !== '')
}

/** The rows of `describeScope` that stay the same as long as the cluster and Git do. */
export function describeComparison({ counts, ignoreRules }: TargetReport): readonly (readonly [string, string])[] {
  const rows: readonly (readonly [string, string])[] = [
    ['compared', `${counts.compared} of ${count(counts.objects, 'rendered object')}, value by value`],
    [
      'defaults',
      counts.defaulted === 0 ? '' : `${count(counts.defaulted, 'value')} that only the cluster has, and that Kubernetes sets by itself`,
    ],
    ...ignoreRules.filter(({ status }) => status === 'used').map((rule): readonly [string, string] => ['ignored', describeUse(rule)]),
  ]
  return rows.filter(([, text]) => text !== '')
}

/** Used rules only: those that do nothing are notes. */
function describeUse({ where, rule, reason, expires, matched }: IgnoreRuleUse): string {
  const end = expires === null ? '' : `, until ${expires}`
  return `${count(matched, 'difference')} by the rule at ${where} for ${rule}${end}: ${reason}`
}

/** `kubectl (scale)`, or that no tool is recorded. */
export function nameWriter(evidence: Evidence): string {
  if (evidence.manager === null) return 'no writer recorded'
  return evidence.subresource === null || evidence.subresource === '' ? evidence.manager : `${evidence.manager} (${evidence.subresource})`
}

/**
 * `2 hours ago (2026-11-23 14:50:36 UTC)`.
 *
 * @param now RFC 3339; a time after it (clocks differ) is given without an age
 */
export function describeTime(evidence: Evidence, now: string): string {
  if (evidence.time === null) return 'time not recorded'
  const utc = formatUtc(evidence.time)
  const age = describeAge(evidence.time, now)
  return age === null ? utc : `${age} (${utc})`
}

/** `2026-11-23 14:50:36 UTC`; a text that is no time comes back as it is. */
export function formatUtc(time: string): string {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `2 hours ago`; null for a text that is no time, and for a time after `now` (clocks differ). */
export function describeAge(time: string, now: string): string | null {
  const passed = Date.parse(now) - Date.parse(time)
  if (!(passed >= 0)) return null
  const unit = AGES.find(([length]) => passed >= length)
  return unit === undefined ? 'just now' : `${count(Math.floor(passed / unit[0]), unit[1])} ago`
}

/** `formatUtc`, but a date without a time of day stays one. */
export function formatDay(time: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(time) ? time : formatUtc(time)
}

/** `Deployment/web`, with the namespace when it is not the target's own. */
export function nameObject(object: ObjectRef, namespace?: string): string {
  const place = object.namespace === null || object.namespace === namespace ? '' : ` in namespace ${object.namespace}`
  return `${object.kind}/${object.name}${place}`
}

/** Why the cause was given, as the explain stage's clause; with the confidence unless that is certain. */
export function describeCause(finding: Finding): string {
  return finding.confidence === 'certain' ? finding.because : `${finding.confidence}: ${finding.because}`
}

/** Why a finding is no drift although it is shown, as a sentence; null for drift. */
export function describeSilence(finding: Finding): string | null {
  const { acceptance, ignoredBy } = finding
  if (acceptance !== undefined) return `Accepted by ${acceptance.by} until ${acceptance.until}: ${acceptance.because}`
  if (ignoredBy !== undefined) return `Ignored${ignoredBy.expires === null ? '' : ` until ${ignoredBy.expires}`}: ${ignoredBy.reason}`
  return null
}

/** What the next deploy does, after "the next deploy". */
export const FATE_WORDS: Readonly<Record<Fate['next'], string>> = {
  reverted: 'reverts it',
  kept: 'leaves it',
  'blocks-deploy': 'fails on it',
  none: 'does not touch it',
  unknown: 'may or may not touch it',
}

/** What the next deploy does, and both ways back, as far as they are known: one line each. */
export function describeWaysBack(finding: Finding): readonly string[] {
  const { fate, choices } = finding
  const keep = choices?.keep
  const revert = choices?.revert
  return [
    ...(fate === undefined ? [] : [`next deploy ${FATE_WORDS[fate.next]}: ${fate.reason}`]),
    ...(keep === undefined
      ? []
      : [`keep: ${keep.summary}${keep.edit === undefined ? '' : ` (${keep.edit.file}: set ${keep.edit.key} to ${keep.edit.to})`}`]),
    ...(revert === undefined
      ? []
      : [
          `revert: ${revert.summary}${revert.restartsPods === true ? ' (restarts pods)' : ''}${revert.command === undefined ? '' : `: ${revert.command}`}`,
        ]),
  ]
}

/** The first sentence for a run of several targets: `3 targets: 1 drifted, 1 in sync, 1 not checked.` */
export function describeRun(targets: readonly TargetReport[]): string {
  const order: readonly Verdict[] = ['error', 'drifted', 'incomplete', 'in-sync']
  const parts = order.flatMap((verdict) => {
    const number = targets.filter((target) => target.verdict === verdict).length
    return number === 0 ? [] : [`${number} ${VERDICT_WORDS[verdict]}`]
  })
  return `${count(targets.length, 'target')}: ${parts.join(', ')}.`
}
