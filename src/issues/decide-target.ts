import { count } from '../count.ts'
import type { BodyParts } from '../memory/marker.ts'
import type { TargetMemory } from '../memory/model.ts'
import { describeReturn, formatDuplicateComment, formatReopenComment } from '../report/issue-comments.ts'
import { markTold } from './announce.ts'
import { composeIssue } from './compose.ts'
import { decideOpen } from './decide-open.ts'
import { keepTitle } from './keep-title.ts'
import type { IssueDecision, IssueSettings, IssueStep, TargetCase, TrackedIssue } from './model.ts'
import { tellReturn } from './tell-return.ts'
import { listOpen, refer } from './tracked.ts'

/** A completed issue is opened again for the same drift within this many days; later, a new one is filed. */
export const REOPEN_DAYS = 30

/**
 * Decides what is to happen with the issue of one target. Nothing is done here: the decision says which requests to make.
 *
 * @param room how many issues may still be opened in this run
 */
export function decideTarget(one: TargetCase, settings: IssueSettings, room: number): IssueDecision {
  const [keep, ...extra] = listOpen(one.issues)
  if (one.silent !== null) {
    const issue = keep === undefined ? null : refer(keep)
    return { target: one.target.name, action: 'left-alone', why: one.silent, issue, steps: [], memory: one.before }
  }
  if (keep === undefined) return decideWithoutOpen(one, settings, room)
  // Two runs at once may both have filed: the older one stays.
  const duplicates = extra.flatMap((issue) => closeDuplicate(issue, keep.number))
  const decision = decideOpen(one, keep, settings)
  return joinDuplicates(decision, duplicates)
}

/** Duplicates go last, since they matter least; but before the one that they are of, where that is closed. */
export function joinDuplicates(decision: IssueDecision, duplicates: readonly IssueStep[]): IssueDecision {
  const { action, steps } = decision
  return { ...decision, steps: action === 'closed' ? [...duplicates, ...steps] : [...steps, ...duplicates] }
}

/**
 * Closes an issue that another run filed for the same target at the same time. Without its marker it is nobody's memory;
 * what a human wrote into it stays.
 */
export function closeDuplicate(
  { number, parts = { before: '', after: '' } }: { readonly number: number; readonly parts?: Pick<BodyParts, 'before' | 'after'> },
  kept: number,
): readonly (IssueStep & { readonly type: 'edit'; readonly body: string })[] {
  return [{ type: 'edit', number, state: 'duplicate', body: `${parts.before}${formatDuplicateComment(kept)}${parts.after}` }]
}

function decideWithoutOpen(one: TargetCase, settings: IssueSettings, room: number): IssueDecision {
  const { target, after } = one
  const drift = target.findings.filter((finding) => finding.drift)
  const lasting = drift.filter((finding) => finding.lasting === true)
  const base = { target: target.name, issue: null, steps: [], memory: after }
  if (drift.length === 0) return { ...base, action: 'none', why: 'there is no drift.' }
  if (lasting.length === 0)
    return { ...base, action: 'waiting', why: `${count(drift.length, 'difference')} not yet lasting; an issue is filed once one has.` }
  const ids = new Set(lasting.map(({ id }) => id))
  const unwanted = one.issues.find((issue) => isUnwanted(issue, ids))
  if (unwanted !== undefined) {
    const why = `#${unwanted.number} about the same differences was closed as not planned, so it is left alone.`
    return { ...base, issue: refer(unwanted), action: 'left-alone', why }
  }
  if (room <= 0) {
    const why = '`max-opened-issues` is reached; no issue is filed for it. Close issues that are settled, or raise the limit.'
    return { ...base, action: 'capped', why }
  }
  const earlier = findReopenable(one, settings.at)
  return earlier === null ? decideFile(one, settings) : decideReopen(one, earlier, settings)
}

/** A human closed it as not planned (or as a duplicate of something), and all there is now was in it then. */
function isUnwanted({ reason, parts }: TrackedIssue, ids: ReadonlySet<string>): boolean {
  const { marker } = parts
  if ((reason !== 'not_planned' && reason !== 'duplicate') || marker?.kind !== 'drift' || marker.closed !== null) return false
  const known = new Set(marker.memory.streaks.map(({ id }) => id))
  return [...ids].every((id) => known.has(id))
}

function findReopenable({ issues, target, after }: TargetCase, at: string): TrackedIssue | null {
  const lasting = new Set(target.findings.filter(({ lasting }) => lasting === true).map(({ id }) => id))
  const keys = new Set(after.streaks.filter(({ id }) => lasting.has(id)).map(({ key }) => key))
  const candidates = issues.filter(({ reason, closedAt, parts, locked }) => {
    const { marker } = parts
    if (reason !== 'completed' || locked || closedAt === null || marker?.kind !== 'drift' || parts.newer) return false
    const age = Date.parse(at) - Date.parse(closedAt)
    return age <= REOPEN_DAYS * 86_400_000 && marker.memory.streaks.some(({ key }) => keys.has(key))
  })
  return candidates.toSorted((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1))[0] ?? null
}

function decideFile(one: TargetCase, settings: IssueSettings): IssueDecision {
  const memory = markTold(one.after, one.target.findings, settings.writingAt)
  const { title, write } = composeIssue(one, null, settings)
  const { labels, assignees } = settings
  const body = write({ memory: trim(memory), labels, closed: null })
  const steps: readonly IssueStep[] = [{ type: 'file', title, body, labels, assignees }]
  return { target: one.target.name, action: 'filed', why: 'the drift has lasted.', issue: null, steps, memory }
}

function decideReopen(one: TargetCase, issue: TrackedIssue, settings: IssueSettings): IssueDecision {
  const memory = { ...markTold(one.after, one.target.findings, settings.writingAt), issue: issue.number }
  const { title, write } = composeIssue(one, issue, settings)
  const owned = issue.parts.marker?.labels ?? []
  const body = write({ memory: trim(memory), labels: owned, closed: null })
  const back = one.target.findings.filter(({ drift }) => drift)
  const how = tellReturn(one, issue)
  const comment = formatReopenComment({ ...how, back, closedAt: issue.closedAt, ids: one.target.findings.map(({ id }) => id) })
  const steps: readonly IssueStep[] = [
    { type: 'comment', number: issue.number, body: comment },
    { type: 'edit', number: issue.number, ...keepTitle(issue, title), body, state: 'open' },
  ]
  return {
    target: one.target.name,
    action: 'reopened',
    why: `${describeReturn(how).replace(/^\w/, (first) => first.toLowerCase())}.`,
    issue: refer(issue),
    steps,
    memory,
  }
}

/** An issue's own marker need not say which issue it is. */
function trim(memory: TargetMemory): TargetMemory {
  return { ...memory, issue: null }
}
