import type { Finding } from '../model.ts'
import { isTracked, keyOf } from './advance.ts'
import type { Streak, TargetMemory } from './model.ts'

/** How long a drift must last before it is acted on. */
export type Persistence = { readonly runs: number; readonly minutes: number }
/**
 * Whether runs can be counted at all: an empty store can, from now on; one that cannot be used never will. Of `blank` nobody
 * knows: it was never used for the target, or is lost between any two runs.
 */
export type StoreState = 'usable' | 'blank' | 'unavailable'

/** Without a store, a change has to be at least this old before its age alone is taken for persistence. */
export const MINUTES_WITHOUT_STORE = 60
/** The cache of GitHub Actions drops what nobody used for this long, so checks that are further apart can never count to two. */
export const MINUTES_OF_CACHE = 7 * 24 * 60

/**
 * Whether a drift has lasted: it was seen in enough runs over enough time. Where nothing can be counted, the time at which
 * its value was written has to do; where none is recorded either, nothing can be said. So too where nothing is remembered,
 * but then the write has to be older than anything that the cache could have remembered.
 *
 * @param now RFC 3339
 */
export function judgeLasting(
  finding: Finding,
  streak: Streak | undefined,
  persistence: Persistence,
  store: StoreState,
  now: string,
): 'lasting' | 'new' | 'unproven' {
  if (streak !== undefined) {
    if (streak.told !== null) return 'lasting'
    if (streak.runs >= persistence.runs && minutesBetween(streak.since, now) >= persistence.minutes) return 'lasting'
  }
  if (store === 'usable') return 'new'
  const written = finding.evidence.time
  if (written === null || Number.isNaN(Date.parse(written))) return 'unproven'
  const least = store === 'blank' ? MINUTES_OF_CACHE : MINUTES_WITHOUT_STORE
  return minutesBetween(written, now) >= Math.max(persistence.minutes, least) ? 'lasting' : 'new'
}

/**
 * What the store is for a target of which it holds nothing.
 *
 * @param last RFC 3339: what an issue shows to have happened last, a reading or its closing: from then on it has to last. Null for nothing
 */
export function judgeEmptyStore(last: string | null, now: string): StoreState {
  return last === null || minutesBetween(last, now) >= MINUTES_OF_CACHE ? 'blank' : 'usable'
}

/** Gives every tracked finding of a target its `since` and `lasting`. */
export function markLasting(
  findings: readonly Finding[],
  memory: TargetMemory,
  persistence: Persistence,
  store: StoreState,
  now: string,
): { readonly findings: readonly Finding[]; readonly unproven: readonly Finding[] } {
  const streaks = new Map(memory.streaks.map((streak) => [streak.key, streak]))
  const judged = findings.map((finding) => {
    const streak = isTracked(finding) ? streaks.get(keyOf(finding)) : undefined
    const judgement = finding.drift ? judgeLasting(finding, streak, persistence, store, now) : null
    const since = streak === undefined ? {} : { since: streak.since }
    return { judgement, finding: { ...finding, ...since, ...(judgement === null ? {} : { lasting: judgement === 'lasting' }) } }
  })
  return {
    findings: judged.map(({ finding }) => finding),
    unproven: judged.filter(({ judgement }) => judgement === 'unproven').map(({ finding }) => finding),
  }
}

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000
}
