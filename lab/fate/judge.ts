import { isDeepStrictEqual } from 'node:util'
import type { Finding, Json, JsonObject, Path } from '../../src/model.ts'
import { isMap, look } from '../places.ts'
import type { Actual } from './model.ts'

/** One object before the edits, after them, and after the upgrade; null where there was none. */
export type Times = { readonly original: JsonObject | null; readonly before: JsonObject | null; readonly after: JsonObject | null }

/**
 * What an upgrade that went through did to a difference, by the values alone.
 *
 * @param isUnstable the chart itself gives another value each time
 */
export function judgeByValues(
  { path, change, cause, desired }: Finding,
  times: Times,
  isUnstable: boolean,
): { actual: Actual; saw: string } {
  if (path.length === 0) return { actual: (times.after === null) === (change === 'extra-object') ? 'reverted' : 'kept', saw: '' }
  const [original, before, after] = [times.original, times.before, times.after].map((object) => look(object ?? undefined, path))
  const saw = [original, before, after].map((value) => JSON.stringify(value)?.slice(0, 200)).join(' -> ')
  // What the roles hold that are aggregated: it follows them, whatever is deployed.
  if (times.before?.aggregationRule !== undefined && isRules(path)) return { actual: isFilled(after) ? 'kept' : 'reverted', saw }
  if (change === 'changed' && before === undefined) return { actual: countBeside(path, times), saw }
  if (isDeepStrictEqual(before, after) || (change === 'added' && isLeft(before, after))) return { actual: 'kept', saw }
  // Before the edits it was the controller's value; the deploy sets Git's, and the controller may not have acted again yet.
  const isGits = cause === 'controller' && isDeepStrictEqual(desired, after)
  const isBack = isDeepStrictEqual(dropAllocated(original), dropAllocated(after)) || isGits
  return { actual: isBack || isUnstable || cause === 'undeployed' ? 'reverted' : 'otherwise', saw }
}

/** An element whose key was changed is told where Git has it. Kept: it stands beside the one that came back. */
function countBeside(path: Path, { before, after }: Times): Actual {
  const list = path.slice(
    0,
    path.findLastIndex((step) => 'key' in step || 'value' in step),
  )
  const count = (object: JsonObject | null) => (look(object ?? undefined, list) as readonly Json[] | undefined)?.length ?? 0
  return count(after) > count(before)
    ? 'kept'
    : count(after) === count(before) && look(after ?? undefined, path) !== undefined
      ? 'reverted'
      : 'otherwise'
}

function isRules([first]: Path): boolean {
  return first !== undefined && 'field' in first && first.field === 'rules'
}

function isFilled(value: Json | undefined): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

/** An added element that is there, but for what the API server took out of it along with something else. */
function isLeft(before: Json | undefined, after: Json | undefined): boolean {
  return isMap(before) && isMap(after) && Object.entries(after).every(([name, value]) => isDeepStrictEqual(value, before[name]))
}

/** A port that comes back is given another node port. */
function dropAllocated(value: Json | undefined): Json | undefined {
  if (!isMap(value)) return value
  const { nodePort, ...rest } = value
  return rest
}
