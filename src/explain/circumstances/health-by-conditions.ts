import type { JsonObject } from '../../model.ts'
import { type Condition, inBrackets, readCondition, readField, readMaps } from './fields.ts'
import type { Judged } from './health.ts'

/** What the controllers of custom resources call it when all is well, the most telling first. */
const WELL = ['Ready', 'Available', 'Healthy', 'Synced', 'Established']
/** What they call it while they are at it: then a `False` is no failure yet. */
const BUSY = ['Reconciling', 'Progressing', 'Issuing', 'Creating', 'Updating']
/** Reasons that say the same. */
const BUSY_REASON = /^(Progressing|Reconciling|InProgress|Pending|Creating|Updating|Waiting|Provisioning|Issuing|DependencyNotReady)/
/** The other way round: what is wrong when it is true. */
const ILL = ['Stalled', 'Degraded', 'Failed']

/**
 * Judges a kind of which nothing is known but the conventions of the API.
 *
 * @returns null where it has no such condition
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
 */
export function judgeByConditions(object: JsonObject): Judged | null {
  const ill = findCondition(object, ILL, (condition) => condition.status === 'True')
  if (ill !== null) return { state: 'degraded', text: `its condition ${ill.type} is true${inBrackets(ill.condition.reason)}` }
  const well = findCondition(object, WELL, () => true)
  if (well === null) return null
  if (isBehind(object)) return BEHIND
  const { type, condition } = well
  if (condition.status === 'True') return { state: 'healthy', text: `its condition ${type} is true` }
  const isBusy = findCondition(object, BUSY, ({ status }) => status === 'True') !== null || BUSY_REASON.test(condition.reason)
  const text = `its condition ${type} is ${condition.status === 'False' ? 'false' : 'not known'}${inBrackets(condition.reason)}`
  return { state: isBusy || condition.status !== 'False' ? 'progressing' : 'degraded', text }
}

/** What to say of an object whose controller has not caught up with it. */
export const BEHIND: Judged = { state: 'progressing', text: 'its controller has not acted on its newest version yet' }

/** Whether the status speaks of an older version of the object. What records no generation is taken as it is. */
export function isBehind(object: JsonObject): boolean {
  const generation = readField(object, 'metadata.generation')
  const own = readField(object, 'status.observedGeneration')
  const ofConditions = readMaps(object, 'status.conditions').flatMap(({ observedGeneration }) =>
    typeof observedGeneration === 'number' ? [observedGeneration] : [],
  )
  const observed = typeof own === 'number' ? own : ofConditions.length === 0 ? null : Math.max(...ofConditions)
  return typeof generation === 'number' && observed !== null && observed < generation
}

function findCondition(
  object: JsonObject,
  types: readonly string[],
  fits: (condition: Condition) => boolean,
): { readonly type: string; readonly condition: Condition } | null {
  for (const type of types) {
    const condition = readCondition(object, type)
    if (condition !== null && fits(condition)) return { type, condition }
  }
  return null
}
