import type { Streak, TargetMemory } from './model.ts'

/**
 * Joins what the issue's marker and the store remember of a target. Of what is there at all, the newer of the two knows
 * better; of how long it has been there, whoever has seen it longer; of what was announced, the issue. Of one and the same
 * reading the store knows better only where the marker was cut to fit.
 *
 * @param marker null where there is no issue, or its state was damaged
 * @param stored null where the store has nothing
 */
export function mergeMemory(marker: TargetMemory | null, stored: TargetMemory | null, none: TargetMemory): TargetMemory {
  if (marker === null || stored === null) return marker ?? stored ?? none
  const isStoredBetter = isBefore(marker.checkedAt, stored.checkedAt) || (marker.cut === true && marker.checkedAt === stored.checkedAt)
  const [older, newer] = isStoredBetter ? [marker, stored] : [stored, marker]
  const other = new Map(older.streaks.map((streak) => [streak.key, streak]))
  const told = new Map(marker.streaks.map((streak) => [streak.key, streak.told]))
  const known = new Set(newer.streaks.map(({ key }) => key))
  // What a cut memory does not name is not over for that.
  const lost = newer.cut === true ? older.streaks.filter(({ key }) => !known.has(key)) : []
  return {
    ...newer,
    clean: isBefore(newer.clean?.at ?? null, older.clean?.at ?? null) ? older.clean : newer.clean,
    streaks: [
      ...newer.streaks.map((streak) => joinStreaks(streak, other.get(streak.key), told.get(streak.key))),
      ...lost.map((streak) => ({ ...streak, told: streak.told ?? streak.id })),
    ],
    issue: newer.issue ?? older.issue,
  }
}

function joinStreaks(newer: Streak, older: Streak | undefined, told: string | null | undefined): Streak {
  if (older === undefined) return { ...newer, told: told ?? newer.told }
  return {
    ...newer,
    since: older.since < newer.since ? older.since : newer.since,
    shownAt: newer.shownAt ?? (older.id === newer.id ? older.shownAt : null),
    runs: Math.max(older.runs, newer.runs),
    fact: newer.fact === '' ? older.fact : newer.fact,
    told: told ?? newer.told,
  }
}

function isBefore(a: string | null, b: string | null): boolean {
  return b !== null && (a === null || a < b)
}
