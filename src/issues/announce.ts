import { isTracked, keyOf } from '../memory/advance.ts'
import type { Streak, TargetMemory } from '../memory/model.ts'
import type { Finding } from '../model.ts'
import type { TargetCase } from './model.ts'
import { isValueUnknown } from './tell-return.ts'

/** What came, went and changed since the issue said last what there is. Only what has lasted is announced. */
export type Changes = {
  readonly came: readonly Finding[]
  readonly went: readonly Streak[]
  /** `isKnown`: whether its value is known to have changed; a secret one may only have been written again. */
  readonly changed: readonly { readonly before: Streak; readonly finding: Finding; readonly isKnown: boolean }[]
}

/** Compares what there is with what was announced. */
export function findChanges({ target, before, after, issues }: TargetCase): Changes {
  const streaks = new Map(after.streaks.map((streak) => [streak.key, streak]))
  // In the words of the issue as it stands, where it has them: a run in between may have seen more than it could write.
  const written = issues.flatMap(({ state, parts: { marker } }) =>
    state === 'open' && marker?.kind === 'drift' ? marker.memory.streaks : [],
  )
  const earlier = new Map([...before.streaks, ...written].map((streak) => [streak.key, streak]))
  const tracked = target.findings.filter(isTracked).map((finding) => ({ finding, streak: streaks.get(keyOf(finding)) }))
  return {
    came: tracked.filter(({ finding, streak }) => streak?.told === null && finding.lasting === true).map(({ finding }) => finding),
    went: [...earlier.values()].filter(({ key, told }) => told !== null && !streaks.has(key)),
    changed: tracked.flatMap(({ finding, streak }) => {
      const known = earlier.get(keyOf(finding))
      if (streak === undefined || known === undefined || streak.told === null || streak.told === finding.id) return []
      return [{ before: known, finding, isKnown: !isValueUnknown(finding, target.name) }]
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
