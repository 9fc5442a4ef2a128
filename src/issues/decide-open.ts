import type { TargetMemory } from '../memory/model.ts'
import { formatChangeComment, formatClosingComment } from '../report/issue-comments.ts'
import { findChanges, hasChanges, markTold } from './announce.ts'
import { composeIssue, GITHUB_CHARS, hash } from './compose.ts'
import { changeLabels, decideLabels } from './decide-labels.ts'
import { keepTitle } from './keep-title.ts'
import type { IssueDecision, IssueSettings, IssueStep, TargetCase, TrackedIssue } from './model.ts'
import { tellWhatBecame } from './tell-who-moved.ts'
import { refer } from './tracked.ts'

/** Half an hour short of a day: a daily schedule never comes on the minute, and would else write every other day only. */
const HEARTBEAT_MINUTES = 24 * 60 - 30

/** Whether an issue in which nothing changes is to be written to all the same, so that it shows that someone still looks. */
export function isHeartbeatDue(writtenAt: string, at: string): boolean {
  return Date.parse(at) - Date.parse(writtenAt) >= HEARTBEAT_MINUTES * 60_000
}

/** Decides about the open issue of a target: close it with proof, bring it up to date, or leave it as it is. */
export function decideOpen(one: TargetCase, issue: TrackedIssue, settings: IssueSettings): IssueDecision {
  const base = {
    target: one.target.name,
    issue: refer(issue),
    steps: [],
    memory: { ...one.after, issue: issue.number },
  }
  const marker = issue.parts.marker?.kind === 'drift' ? issue.parts.marker : null
  if (issue.parts.newer) {
    return { ...base, action: 'left-alone', why: 'a newer version of Plumbline wrote this issue; use that version everywhere.' }
  }
  if (one.target.verdict === 'error') return { ...base, action: 'unchanged', why: 'the target could not be checked.' }
  const told = marker?.memory.checkedAt ?? null
  if (told !== null && told > settings.at) return { ...base, action: 'unchanged', why: 'a run that read later has already told.' }
  const isClean = one.target.complete && one.after.streaks.length === 0
  // Whoever opened it again after we had closed it wants it open.
  if (isClean && marker?.closed === 'clean') return { ...base, action: 'left-alone', why: 'someone opened it again after it was settled.' }
  return isClean ? close(one, issue, settings, base) : update(one, issue, settings, base)
}

type Base = Pick<IssueDecision, 'target' | 'issue' | 'memory'>

function close(one: TargetCase, issue: TrackedIssue, settings: IssueSettings, base: Base): IssueDecision {
  const { number } = issue
  const composed = composeIssue(one, issue, settings)
  const earlier = one.before.streaks
  const proof = formatClosingComment({
    target: one.target,
    ...{ at: settings.at, commit: one.commit, runUrl: settings.runUrl },
    since: earlier.map(({ since }) => since).toSorted()[0] ?? null,
    moved: earlier.map((streak) => tellWhatBecame(streak, one)),
  })
  // What there was stays in the marker: it tells whether the same drift returns.
  const memory = { ...one.after, streaks: earlier, issue: null }
  const body = composed.write({ memory, labels: issue.parts.marker?.labels ?? [], closed: 'clean' })
  const steps = [
    ...commentOn(issue, proof),
    // Without the text where there is no room for it: the comment has the proof.
    ...(body.length > GITHUB_CHARS
      ? [{ type: 'edit' as const, number, state: 'completed' as const }]
      : [{ type: 'edit' as const, number, ...keepTitle(issue, composed.title), body, state: 'completed' as const }]),
  ]
  return { ...base, action: 'closed', why: 'a complete reading found no drift.', steps }
}

function update(one: TargetCase, issue: TrackedIssue, settings: IssueSettings, base: Base): IssueDecision {
  const { marker } = issue.parts
  const changes = findChanges(one)
  const memory: TargetMemory = { ...markTold(one.after, one.target.findings, settings.writingAt), issue: issue.number }
  const composed = composeIssue(one, issue, settings)
  const labels = decideLabels(issue, settings.labels)
  const isTold = hasChanges(changes) || one.ended.length > 0
  const isDue = marker === null || isHeartbeatDue(marker.writtenAt, settings.at)
  const isStale = composed.digest !== marker?.digest || !isUntouched(issue) || labels.changed
  if (!isTold && !isDue && !isStale) return { ...base, memory, action: 'unchanged', why: 'nothing has changed.', steps: [] }
  const comment = formatChangeComment({
    ...{ came: changes.came, changed: changes.changed.map((each) => ({ ...each, before: each.before.fact })) },
    ...{ went: changes.went.map(({ fact }) => fact), ended: one.ended, stillOpen: one.target.counts.drift },
    ids: one.target.findings.map(({ id }) => id),
  })
  const body = composed.write({ memory: { ...memory, issue: null }, labels: labels.owned, closed: null })
  if (body.length > GITHUB_CHARS) return { ...base, action: 'left-alone', why: explainNoRoom(body), steps: [] }
  const steps: readonly IssueStep[] = [
    ...(isTold ? commentOn(issue, comment) : []),
    { type: 'edit', number: issue.number, ...keepTitle(issue, composed.title), body },
    ...changeLabels(issue.number, labels),
  ]
  const why = isTold ? 'the differences have changed.' : isStale ? 'what it says has changed.' : 'nothing has changed for a day.'
  return { ...base, memory, action: 'updated', why, steps }
}

/** GitHub refuses comments on a locked issue; its text and state may still be written. */
function commentOn({ number, locked }: TrackedIssue, body: string): readonly IssueStep[] {
  return locked ? [] : [{ type: 'comment', number, body }]
}

/** Whether the visible part is as we wrote it. */
function isUntouched({ parts }: TrackedIssue): boolean {
  return parts.marker !== null && hash(parts.visible) === parts.marker.visible
}

/** Told at every run, and commented on at none: the comment would come again each time. */
function explainNoRoom({ length }: string): string {
  return `what people wrote into it leaves no room for its text (${length} of ${GITHUB_CHARS} characters); shorten it.`
}
