import { count } from '../count.ts'
import type { Finding, IssueNews, TargetReport, Verdict } from '../model.ts'

/** Verdicts, and what became of an issue, as all writers tell them. Plain text. */

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  'in-sync': 'in sync',
  drifted: 'drifted',
  incomplete: 'incomplete',
  error: 'not checked',
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

/** The first sentence for a run of several targets: `3 targets: 1 drifted, 1 in sync, 1 not checked.` */
export function describeRun(targets: readonly TargetReport[]): string {
  const order: readonly Verdict[] = ['error', 'drifted', 'incomplete', 'in-sync']
  const parts = order.flatMap((verdict) => {
    const number = targets.filter((target) => target.verdict === verdict).length
    return number === 0 ? [] : [`${number} ${VERDICT_WORDS[verdict]}`]
  })
  return `${count(targets.length, 'target')}: ${parts.join(', ')}.`
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
