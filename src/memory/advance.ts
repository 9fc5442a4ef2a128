import { createHash } from 'node:crypto'
import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { groupOf, keyOfRef } from '../refs.ts'
import { formatNamedFact, shorten } from '../report/values.ts'
import { fingerprintSide } from './fingerprint.ts'
import { MOST_STREAKS, MOST_TEXT, type Streak, type TargetMemory, type Trouble } from './model.ts'

/** Characters (code points) of a fact: it is for people, who read no more of one. */
const MOST_FACT = 500

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
  // Of a cut memory nobody knows what it has lost: told once too rarely is better than hundreds told twice.
  const isTold = before.cut === true && mark.closedAt === null
  const tracked = target.findings.filter(isTracked)
  const seen = tracked.map((finding) => advanceStreak(known.get(keyOf(finding)), finding, { target, mark, isTold }))
  const keys = new Set(seen.map(({ key }) => key))
  const unread = before.streaks.filter(({ key }) => !keys.has(key) && isUnread(key, target))
  const clean = target.complete && seen.length === 0 ? { at: mark.at, commit: mark.commit } : before.clean
  const { cut, ...rest } = before
  const streaks = [...seen, ...unread].slice(0, MOST_STREAKS)
  // What it has lost may be what could not be read now.
  return { ...rest, checkedAt: mark.at, clean, streaks, trouble, ...(cut === true && !target.complete ? { cut } : {}) }
}

/** What is followed through time: drift, also while someone has accepted it. */
export function isTracked(finding: Finding): boolean {
  return finding.drift || finding.acceptance !== undefined
}

/** What a finding's streak follows: its object and path, never its value. A very long one is its beginning and a hash of the whole. */
export function keyOf(finding: Pick<Finding, 'object' | 'path'>): string {
  const key = `${keyOfRef(finding.object)} ${formatPath(finding.path)}`
  // Nothing bounds the name of an environment variable. No path can be read from the short form, so none is mistaken for it.
  return key.length <= MOST_TEXT ? key : `${key.slice(0, MOST_TEXT - 65)}…${createHash('sha256').update(key).digest('hex')}`
}

type Reading = { readonly target: TargetReport; readonly mark: ReadingMark; readonly isTold: boolean }

function advanceStreak(known: Streak | undefined, finding: Finding, { target, mark: { at, closedAt }, isTold }: Reading): Streak {
  const { id } = finding
  const sides = { desired: fingerprintSide(finding, 'desired'), live: fingerprintSide(finding, 'live') }
  const fact = shorten(formatNamedFact(finding, target.namespace), MOST_FACT)
  const now = { key: keyOf(finding), id, fact, ...sides }
  const isOver = known === undefined || (closedAt !== null && known.since <= closedAt)
  if (isOver) return { ...now, since: at, shownAt: null, runs: 1, told: isTold ? id : null }
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
