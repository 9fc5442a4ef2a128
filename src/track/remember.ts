import type { TargetCase } from '../issues/model.ts'
import { advanceMemory } from '../memory/advance.ts'
import { applyAcceptances } from '../memory/apply-acceptances.ts'
import { markLasting, type Persistence, type StoreState } from '../memory/lasting.ts'
import type { TargetReport } from '../model.ts'
import { formatFact } from '../report/values.ts'
import { nameObject } from '../report/words.ts'
import type { TargetReading } from '../run.ts'
import type { Recalled } from './recall.ts'

/** A target's case, with what it was made from. */
export type RememberedCase = {
  readonly one: TargetCase
  readonly recalled: Recalled
  /** Drift of which cannot be shown whether it has lasted, in words. */
  readonly unproven: readonly string[]
}

/** Sets a reading into what is remembered: acceptances applied, streaks advanced, and what has lasted marked. Pure. */
export function rememberTarget(input: {
  readonly target: TargetReport
  readonly recalled: Recalled
  readonly reading: TargetReading
  readonly persistence: Persistence
  readonly store: StoreState
  readonly at: string
}): RememberedCase {
  const { recalled, reading, persistence, store, at } = input
  const { memory: before, issues, heard } = recalled
  const accepted = applyAcceptances(input.target, heard.acceptances, at)
  const closed = issues.some(({ state }) => state === 'open') ? [] : issues.flatMap(({ closedAt }) => (closedAt === null ? [] : [closedAt]))
  const mark = { at, commit: reading.commit, closedAt: closed.toSorted().at(-1) ?? null }
  const after = { ...advanceMemory(before, accepted, mark), acceptances: heard.acceptances, settled: heard.settled ?? before.settled }
  const { findings, unproven } = markLasting(accepted.findings, after, persistence, store, at)
  return {
    one: {
      target: { ...accepted, findings },
      commit: reading.commit,
      persistence,
      before,
      after,
      ended: heard.ended,
      issues,
      desiredNow: reading.desiredNow,
    },
    recalled,
    unproven: unproven.map((finding) => `${nameObject(finding.object, accepted.namespace)}: ${formatFact(finding, '→')}`),
  }
}
