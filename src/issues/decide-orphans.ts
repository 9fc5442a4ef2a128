import { formatRemovedComment, formatStaleComment } from '../report/issue-comments.ts'
import { closeWith } from './close-with.ts'
import type { IssueDecision, IssueSettings, TrackedIssue } from './model.ts'
import { refer } from './tracked.ts'

/** An issue that no run has written to for this long belongs to a target that nobody checks any more. */
export const STALE_DAYS = 30

/**
 * Decides about open issues of targets that this run does not know. One that the same config file named is gone from it;
 * any other may be another workflow's, until it has been silent for long. Both end as not planned, with a word why.
 *
 * @param targets the names of all targets that the run was given
 */
export function decideOrphans(
  issues: readonly TrackedIssue[],
  targets: readonly string[],
  settings: IssueSettings,
): readonly IssueDecision[] {
  return issues.flatMap((issue): readonly IssueDecision[] => {
    const { marker } = issue.parts
    if (issue.state !== 'open' || marker?.kind !== 'drift' || targets.includes(marker.target)) return []
    const days = (Date.parse(settings.at) - Date.parse(marker.writtenAt)) / 86_400_000
    // An older run that is run again knows an older configuration.
    if ((marker.memory.run ?? 0) > (settings.runId ?? Number.POSITIVE_INFINITY)) return []
    const isRemoved = settings.config !== null && marker.config === settings.config
    if (!isRemoved && days < STALE_DAYS) return []
    const comment = isRemoved
      ? formatRemovedComment({ name: marker.target, at: settings.at, commit: settings.commit, runUrl: settings.runUrl })
      : formatStaleComment({ checkedAt: marker.writtenAt, days, runsUrl: settings.runsUrl })
    const why = isRemoved ? 'its target is no longer in the config file.' : 'no run has checked its target for a month.'
    const steps = closeWith(issue, comment, { ...marker, closed: 'removed', writtenAt: settings.at }, 'not_planned')
    return [{ target: marker.target, action: 'closed', why, issue: refer(issue), steps, memory: null }]
  })
}
