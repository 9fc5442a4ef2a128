import { decideAgain } from '../explain/decide.ts'
import type { TargetCase } from '../issues/model.ts'
import { advanceMemory } from '../memory/advance.ts'
import { applyAcceptances } from '../memory/apply-acceptances.ts'
import { judgeEmptyStore, markLasting, type Persistence, type StoreState } from '../memory/lasting.ts'
import type { TargetReport } from '../model.ts'
import { formatNamedFact } from '../report/values.ts'
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
  readonly runId: number | null
}): RememberedCase {
  const { recalled, reading, persistence, store, at, runId } = input
  const { memory: before, issues, heard } = recalled
  const accepted = applyAcceptances(input.target, heard.acceptances, at)
  const closed = issues.some(({ state }) => state === 'open') ? [] : issues.flatMap(({ closedAt }) => (closedAt === null ? [] : [closedAt]))
  const mark = { at, commit: reading.commit, closedAt: closed.toSorted().at(-1) ?? null }
  const after = {
    ...advanceMemory(before, accepted, mark),
    acceptances: heard.acceptances,
    settled: heard.settled ?? before.settled,
    run: runId ?? before.run,
    cluster: reading.cluster ?? before.cluster,
  }
  const last =
    [before.checkedAt, mark.closedAt]
      .filter((time) => time !== null)
      .toSorted()
      .at(-1) ?? null
  const state = store === 'blank' ? judgeEmptyStore(last, at) : store
  const { findings, unproven } = markLasting(accepted.findings, after, persistence, state, at)
  return {
    one: {
      target: decideAgain({ ...accepted, findings }),
      commit: reading.commit,
      persistence,
      silent: findSilence(input),
      before,
      after,
      ended: heard.ended,
      issues,
      desiredNow: reading.desiredNow,
    },
    recalled,
    unproven: unproven.map((finding) => formatNamedFact(finding, accepted.namespace)),
  }
}

/** A run of an older commit, started again, and one of another cluster have read something else than the issue is about. */
function findSilence({ recalled: { memory, issues }, reading, runId }: Parameters<typeof rememberTarget>[0]): string | null {
  if (memory.run !== null && runId !== null && memory.run > runId)
    return 'a run that was started later has read this target already; an older one that is run again does not speak for it.'
  const isElsewhere = issues.some(({ state, parts: { marker } }) => {
    const known = marker?.kind === 'drift' ? marker.memory.cluster : null
    return state === 'open' && known !== null && reading.cluster !== null && known !== reading.cluster
  })
  if (!isElsewhere) return null
  return 'the issue is about another cluster. Give the targets of each cluster a `name` of their own; if the cluster has moved, close the issue.'
}
