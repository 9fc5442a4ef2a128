import { isTracked, keyOf } from '../memory/advance.ts'
import type { Streak, TargetMemory } from '../memory/model.ts'
import type { Finding } from '../model.ts'
import type { TargetCase } from './model.ts'

/** What came, went and changed since the issue said last what there is. Only what has lasted is announced. */
export type Changes = {
  readonly came: readonly Finding[]
  readonly went: readonly Streak[]
  readonly changed: readonly { readonly before: Streak; readonly finding: Finding }[]
}

/** Compares what there is with what was announced. */
export function findChanges({ target, before, after }: TargetCase): Changes {
  const streaks = new Map(after.streaks.map((streak) => [streak.key, streak]))
  const earlier = new Map(before.streaks.map((streak) => [streak.key, streak]))
  const tracked = target.findings.filter(isTracked).map((finding) => ({ finding, streak: streaks.get(keyOf(finding)) }))
  return {
    came: tracked.filter(({ finding, streak }) => streak?.told === null && finding.lasting === true).map(({ finding }) => finding),
    went: before.streaks.filter(({ key, told }) => told !== null && !streaks.has(key)),
    changed: tracked.flatMap(({ finding, streak }) => {
      const known = earlier.get(keyOf(finding))
      if (streak === undefined || known === undefined || streak.told === null || streak.told === finding.id) return []
      return [{ before: known, finding }]
    }),
  }
}

/** Whether there is anything to announce. */
export function hasChanges({ came, went, changed }: Changes): boolean {
  return came.length + went.length + changed.length > 0
}

/**
 * The memory in which everything that has lasted counts as announced, and everything there is as shown.
 *
 * @param at RFC 3339: when the text is written
 */
export function markTold(memory: TargetMemory, findings: readonly Finding[], at: string): TargetMemory {
  const lasting = new Map(findings.filter((one) => one.lasting === true || one.acceptance !== undefined).map((one) => [keyOf(one), one.id]))
  const tell = (streak: Streak) => ({ ...streak, told: lasting.get(streak.key) ?? streak.told, shownAt: streak.shownAt ?? at })
  return { ...memory, streaks: memory.streaks.map(tell) }
}
