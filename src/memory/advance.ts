import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { groupOf, keyOfRef } from '../refs.ts'
import { formatFact } from '../report/values.ts'
import { nameObject } from '../report/words.ts'
import { fingerprint } from './fingerprint.ts'
import type { Streak, TargetMemory, Trouble } from './model.ts'

/** When a reading was made, of which commit. */
export type ReadingMark = {
  /** RFC 3339. */
  readonly at: string
  readonly commit: string | null
  /** RFC 3339: when the target's issue was closed, if it is; what was seen before then has to last anew. Null otherwise. */
  readonly closedAt: string | null
}

/**
 * Takes one reading into account. A finding that was seen again goes on; one that is gone ends; one whose object could not
 * be read stays as it was, neither longer nor over.
 *
 * @param target with acceptances applied: an accepted difference goes on lasting, so that its end is noticed at once
 */
export function advanceMemory(before: TargetMemory, target: TargetReport, mark: ReadingMark): TargetMemory {
  const trouble = advanceTrouble(before.trouble, target, mark.at)
  // That it was tried counts, too: else an issue's own memory, written before, would pass for the newer one.
  if (target.verdict === 'error') return { ...before, checkedAt: mark.at, trouble }
  const known = new Map(before.streaks.map((streak) => [streak.key, streak]))
  const seen = target.findings.filter(isTracked).map((finding) => advanceStreak(known.get(keyOf(finding)), finding, target, mark))
  const keys = new Set(seen.map(({ key }) => key))
  const unread = before.streaks.filter(({ key }) => !keys.has(key) && isUnread(key, target))
  const clean = target.complete && seen.length === 0 ? { at: mark.at, commit: mark.commit } : before.clean
  return { ...before, checkedAt: mark.at, clean, streaks: [...seen, ...unread], trouble }
}

/** What is followed through time: drift, also while someone has accepted it. */
export function isTracked(finding: Finding): boolean {
  return finding.drift || finding.acceptance !== undefined
}

/** What a finding's streak follows: its object and path, never its value. */
export function keyOf(finding: Pick<Finding, 'object' | 'path'>): string {
  return `${keyOfRef(finding.object)} ${formatPath(finding.path)}`
}

function advanceStreak(known: Streak | undefined, finding: Finding, target: TargetReport, { at, closedAt }: ReadingMark): Streak {
  const { id } = finding
  const fact = `${nameObject(finding.object, target.namespace)}: ${formatFact(finding, '→')}`
  // A redacted side would have the same fingerprint whatever it hides.
  const desired = finding.equal === undefined ? fingerprint(finding.desired) : null
  const now = { key: keyOf(finding), id, fact, desired }
  const isOver = known === undefined || (closedAt !== null && known.since <= closedAt)
  if (isOver) return { ...now, since: at, shownAt: null, runs: 1, told: null }
  return { ...known, ...now, shownAt: known.id === id ? known.shownAt : null, runs: known.runs + 1 }
}

/** Whether nothing can be said about a streak: its object was not read or, for a whole object, others of its kind were not. */
function isUnread(key: string, target: TargetReport): boolean {
  const isWhole = key.endsWith(' ')
  return target.unread.some(
    ({ object }) => key.startsWith(`${keyOfRef(object)} `) || (isWhole && key.startsWith(`${groupOf(object.apiVersion)}|${object.kind}|`)),
  )
}

function advanceTrouble(before: Trouble | null, { verdict, complete }: TargetReport, at: string): Trouble | null {
  if (verdict !== 'error' && complete) return null
  const now = verdict === 'error' ? 'error' : 'incomplete'
  return before === null ? { verdict: now, since: at, runs: 1 } : { verdict: now, since: before.since, runs: before.runs + 1 }
}
