import type { Outcome } from '../deliver/carry-out.ts'
import type { Store, Stored } from '../deliver/store.ts'
import type { TargetCase } from '../issues/model.ts'
import type { Note } from '../model.ts'

/**
 * Keeps for the next run what this one saw. What was decided is remembered where it was done; where it was not, the next
 * run decides again.
 *
 * @returns notes where it could not be kept, or where what there was had to be given up
 */
export async function saveMemory(
  cases: readonly TargetCase[],
  outcomes: readonly Outcome[],
  stored: Stored,
  store: Store,
): Promise<readonly Note[]> {
  if (stored.state === 'unavailable') return []
  const damage =
    stored.damage === undefined ? [] : [{ kind: 'memory-damaged', message: `${stored.damage}. What it held counts as forgotten.` }]
  const memories = cases.map(({ target, after }) => {
    const outcome = outcomes.find(({ decision }) => decision.target === target.name)
    const memory = outcome === undefined || outcome.refusal !== null ? after : (outcome.decision.memory ?? after)
    return [target.name, { ...memory, issue: outcome?.issue?.number ?? memory.issue }] as const
  })
  const fault = await store.save(Object.fromEntries(memories))
  if (fault === null) return damage
  const message = `What this run saw could not be kept for the next: ${fault}. Drift may take longer to be filed.`
  return [...damage, { kind: 'memory-not-saved', message }]
}
