import { getAt, isObject } from '../compare/json.ts'
import type { DesiredObject, JsonObject, ObjectRef } from '../model.ts'

/** The replica bounds that a rendered autoscaler sets for its target. */
export type Bounds = { readonly by: string; readonly min: number; readonly max: number }

/**
 * Finds the autoscaler that the target renders for an object. One that was made by hand excuses nothing, so only
 * desired objects count.
 */
export function findBounds(desired: readonly DesiredObject[], ref: ObjectRef): Bounds | null {
  for (const { ref: scaler, object } of desired) {
    const bounds = readBounds(scaler, object)
    const target = isObject(object.spec) ? object.spec.scaleTargetRef : undefined
    if (bounds === null || !isObject(target) || scaler.namespace !== ref.namespace) continue
    // KEDA's scaleTargetRef may leave the kind out: it is a Deployment then.
    if (target.name === ref.name && (target.kind ?? 'Deployment') === ref.kind) return bounds
  }
  return null
}

function readBounds(ref: ObjectRef, object: JsonObject): Bounds | null {
  const by = `${ref.kind}/${ref.name}`
  if (ref.kind === 'HorizontalPodAutoscaler')
    return { by, min: readNumber(object, 'minReplicas', 1), max: readNumber(object, 'maxReplicas', 1) }
  if (ref.kind === 'ScaledObject')
    return { by, min: readNumber(object, 'minReplicaCount', 0), max: readNumber(object, 'maxReplicaCount', 100) }
  return null
}

function readNumber(object: JsonObject, field: string, otherwise: number): number {
  const value = getAt(object, [{ field: 'spec' }, { field }])
  return typeof value === 'number' ? value : otherwise
}
