import type { TrackedIssue } from '../issues/model.ts'
import { listOpen } from '../issues/tracked.ts'
import { isTracked, keyOf } from '../memory/advance.ts'
import type { Finding, Preview, TargetReport } from '../model.ts'

/**
 * Finds the open issue whose drift a pull request codifies, and whether it codifies all that the target's issue is open for:
 * only then will it be closed once the pull request is deployed and everything was read clean.
 *
 * @param target of a preview; its findings are what a check of the pull request's base gives
 * @param issues ours, of whatever target
 * @returns the target with `preview.issues`; as it is where it has no preview
 */
export function matchIssues(target: TargetReport, issues: readonly TrackedIssue[]): TargetReport {
  const { preview } = target
  if (preview === undefined) return target
  const tracked = target.findings.filter(isTracked)
  const codified = tracked.filter((finding) => isCodified(finding, preview))
  // Where two runs have filed at once, the oldest is the one that stays.
  const [issue] = listOpen(issues.filter(({ parts }) => parts.identity.kind === 'drift' && parts.identity.target === target.name))
  const isMatch = issue !== undefined && codified.some((finding) => tracks(issue, finding))
  const whole = target.complete && codified.length === tracked.length
  return { ...target, preview: { ...preview, issues: isMatch ? [{ number: issue.number, url: issue.url, whole }] : [] } }
}

/** Whether Git comes to say all of it: of a variable that was added, its value alone is not enough. */
function isCodified({ id }: Finding, { changes }: Preview): boolean {
  const met = changes.filter((change) => change.finding === id)
  return met.length > 0 && met.every(({ prospect }) => prospect === 'codifies')
}

/** Whether an issue is open for a finding, be it with another value; an issue whose state was damaged or cut may well be. */
function tracks({ parts: { marker } }: TrackedIssue, finding: Finding): boolean {
  if (marker?.kind !== 'drift' || marker.memory.cut === true) return true
  const key = keyOf(finding)
  return marker.memory.streaks.some((streak) => streak.key === key || streak.id === finding.id)
}
