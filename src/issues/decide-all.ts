import { DETECTOR_LABEL, decideDetector, isDetectorDue } from './decide-detector.ts'
import { decideOrphans } from './decide-orphans.ts'
import { decideTarget } from './decide-target.ts'
import type { IssueDecision, IssueSettings, TargetCase, TrackedIssue } from './model.ts'

/** How far a run's decisions reach. */
export type Reach = {
  /** -1 means unlimited. */
  readonly maxOpenedIssues: number
  /** `all` where the run checked every target of its configuration; else nothing is said about the others. */
  readonly scope: 'all' | 'some'
}

/** Decides about all issues that concern a run: its targets' in their order, those of targets that are gone, and the detector's. */
export function decideAll(
  cases: readonly TargetCase[],
  issues: readonly TrackedIssue[],
  { maxOpenedIssues, scope }: Reach,
  settings: IssueSettings,
): readonly IssueDecision[] {
  const opened = issues.filter(({ state, parts }) => state === 'open' && parts.identity.kind === 'drift').length
  let room = maxOpenedIssues === -1 ? Number.POSITIVE_INFINITY : maxOpenedIssues - opened
  const decisions = cases.map((one) => {
    const decision = decideTarget(one, settings, room)
    if (decision.action === 'filed' || decision.action === 'reopened') room -= 1
    return decision
  })
  const names = cases.map(({ target }) => target.name)
  const orphans = scope === 'all' ? decideOrphans(issues, names, settings) : []
  return [...decisions, ...orphans, decideDetector(cases, issues, settings)]
}

/** The labels by which closed issues have to be looked for: they matter only where one is about to be filed. */
export function listLabelsToSearch(
  cases: readonly TargetCase[],
  issues: readonly TrackedIssue[],
  { labels, at }: Pick<IssueSettings, 'labels' | 'at'>,
): readonly (string | undefined)[] {
  const isDriftDue = cases.some(
    ({ target, issues: own }) => target.findings.some(({ lasting }) => lasting === true) && own.every(({ state }) => state === 'closed'),
  )
  return [...(isDriftDue ? [labels[0]] : []), ...(isDetectorDue(cases, issues, at) ? [DETECTOR_LABEL] : [])]
}
