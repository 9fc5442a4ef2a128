import { getAt, isList, isObject } from '../compare/json.ts'
import { readManagedFields } from '../compare/managed-fields.ts'
import type { DesiredObject, JsonObject, Live, ObjectRef } from '../model.ts'
import { type ActorRules, isDeployer } from './actors.ts'

/** The replica bounds that an autoscaler sets for its target. */
export type Bounds = { readonly by: string; readonly min: number; readonly max: number }
/** An object that is in the cluster, and what it is. */
export type Found = Live['extra'][number]
/** What scales an object: within whose bounds, or an autoscaler that no deployer deployed, which excuses nothing. */
export type Scaler = { readonly bounds: Bounds | null; readonly handMade: Found | null }

const NONE: Scaler = { bounds: null, handMade: null }

/**
 * Finds the autoscaler of an object: one that the target renders, else one in the cluster that a deployer deployed. One
 * that was made by hand is told apart, since it is a change of its own.
 *
 * @param inCluster the autoscalers of the object's namespace; null when they were not read
 */
export function findScaler(
  desired: readonly DesiredObject[],
  inCluster: readonly Found[] | null,
  ref: ObjectRef,
  rules: ActorRules,
): Scaler {
  for (const { ref: scaler, object } of desired) {
    const bounds = readBounds(scaler, object, ref)
    if (bounds !== null) return { bounds, handMade: null }
  }
  const others = (inCluster ?? []).filter((one) => readBounds(one.ref, one.object, ref) !== null && !isMadeByScaler(one.object))
  const deployed = others.find(({ object }) => readManagedFields(object).some(({ manager }) => isDeployer(manager, rules)))
  if (deployed !== undefined) return { bounds: readBounds(deployed.ref, deployed.object, ref), handMade: null }
  return { ...NONE, handMade: others[0] ?? null }
}

/** The bounds within which an autoscaler scales an object. Null when it is no autoscaler, or one for something else. KEDA's scaleTargetRef may leave the kind out: a Deployment then. */
export function readBounds(scaler: ObjectRef, object: JsonObject, ref: ObjectRef): Bounds | null {
  const fields = FIELDS[scaler.kind]
  const spec = object.spec
  const target = isObject(spec) ? spec.scaleTargetRef : undefined
  if (fields === undefined || !isObject(target) || scaler.namespace !== ref.namespace) return null
  if (target.name !== ref.name || (target.kind ?? 'Deployment') !== ref.kind) return null
  const read = ([field, otherwise]: readonly [string, number]) => {
    const value = getAt(spec, [{ field }])
    return typeof value === 'number' ? value : otherwise
  }
  return { by: `${scaler.kind}/${scaler.name}`, min: Math.min(read(fields.min), ...fields.idle.map(read)), max: read(fields.max) }
}

type Fields = {
  readonly min: readonly [string, number]
  readonly max: readonly [string, number]
  readonly idle: readonly (readonly [string, number])[]
}
const FIELDS: { readonly [kind: string]: Fields } = {
  HorizontalPodAutoscaler: { min: ['minReplicas', 1], max: ['maxReplicas', 1], idle: [] },
  // https://keda.sh/docs/latest/reference/scaledobject-spec/
  ScaledObject: {
    min: ['minReplicaCount', 0],
    max: ['maxReplicaCount', 100],
    idle: [['idleReplicaCount', Number.POSITIVE_INFINITY]],
  },
}

/** KEDA makes an autoscaler for each ScaledObject; the ScaledObject is what a person or a deployer made. */
function isMadeByScaler(object: JsonObject): boolean {
  const owners = getAt(object, [{ field: 'metadata' }, { field: 'ownerReferences' }])
  return isList(owners) && owners.some((owner) => isObject(owner) && owner.kind === 'ScaledObject')
}
