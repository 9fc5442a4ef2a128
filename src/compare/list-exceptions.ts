import type { Json, ObjectRef } from '../model.ts'
import { nameValue, queueByName } from './name-value.ts'
import { toKindName } from './pattern.ts'
import type { ListType } from './schema/schema.ts'

/**
 * Lists that the API server takes as one value, though controllers merge into them by name.
 * A service account gets secrets of its own beside those of the chart (reference row 47).
 */
const MERGED_BY_NAME = new Set(['v1/ServiceAccount imagePullSecrets'])
/** Lists that the API server takes as one value, though their order means nothing and is not kept (reference rows 44, 54). */
const UNORDERED = new Set(['autoscaling/v2/HorizontalPodAutoscaler spec.metrics', 'v1/Endpoints subsets'])
/** Beyond this many that differ, holding each against each would take long; they are compared in their order. */
const MOST_TO_ALIGN = 200
/** Keyed lists whose order means something: init containers run in it, and a variable may use those before it. */
const ORDER_MATTERS = /(?:^|\.)(?:initContainers|env)$/

/** The type of a list where it is another than the schema says; null where the schema is right. */
export function findExceptionalType(ref: ObjectRef, pattern: string): ListType | null {
  return MERGED_BY_NAME.has(`${toKindName(ref)} ${pattern}`) ? { type: 'keyed', keys: ['name'] } : null
}

/** Whether elements of both sides stand in another order though it matters. `order` are the live places of the desired elements. */
export function isReordered(pattern: string, order: readonly number[]): boolean {
  return ORDER_MATTERS.test(pattern) && order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0))
}

/**
 * Brings the live elements of a list without order into that of the desired ones, as far as they are the same.
 *
 * @returns the live list as it is where order matters
 */
export function alignUnordered(
  ref: ObjectRef,
  pattern: string,
  desired: readonly Json[],
  live: readonly Json[],
  isSame: (desired: Json, live: Json) => boolean,
): readonly Json[] {
  if (!UNORDERED.has(`${toKindName(ref)} ${pattern}`) || desired.length !== live.length) return live
  // Elements without a difference are found by their text; only the others have to be held against each other.
  const waiting = queueByName(live, nameValue)
  const places = desired.map((one) => waiting.get(nameValue(one))?.pop())
  const taken = new Set(places)
  const left = [...live.keys()].filter((index) => !taken.has(index))
  if (left.length <= MOST_TO_ALIGN) {
    for (const [at, one] of desired.entries()) {
      if (places[at] !== undefined) continue
      const found = left.findIndex((index) => isSame(one, live[index] ?? null))
      if (found >= 0) places[at] = left.splice(found, 1)[0]
    }
  }
  return places.map((index) => live[index ?? left.shift() ?? -1] ?? null)
}
