import type { Fact, JsonObject, ObjectRef } from '../../model.ts'
import { keyOfRef, nameOf } from '../../refs.ts'
import { readBounds } from '../autoscalers.ts'
import { isOwnedBy } from './facts-of-pods.ts'
import { formatTime, readCondition, readNumber, readText, shorten } from './fields.ts'
import type { Seen } from './model.ts'
import { type ChangeWindow, relate } from './window.ts'

const REVISION = 'deployment.kubernetes.io/revision'
const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/**
 * The last rollout of a Deployment: from its newest ReplicaSet, or else from its own condition.
 *
 * @param replicaSets null when they were not read
 */
export function tellRollout(
  replicaSets: readonly JsonObject[] | null,
  { ref, object }: Seen,
  window: ChangeWindow | null,
): readonly Fact[] {
  if (ref.kind !== 'Deployment') return []
  const own = (replicaSets ?? []).filter((one) => isOwnedBy(one, ref))
  const newest = own.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0]
  const fact = (text: string, time: string | null): readonly Fact[] => [
    { kind: 'rollout', text: `${text}${tellCause(newest ?? object)}.`, time, ...relate(window, time), object: ref, steady: true },
  ]
  const made = newest === undefined ? null : readText(newest, 'metadata.creationTimestamp')
  // Going back to an older version takes its ReplicaSet again, whose age then tells nothing.
  const isNew = made !== null && own.every((one) => (readText(one, 'metadata.creationTimestamp') ?? '') <= made)
  if (newest !== undefined && made !== null && isNew)
    return fact(`Version ${revisionOf(newest)} of ${nameOf(ref)} began to roll out at ${formatTime(made)}`, made)
  const progress = readCondition(object, 'Progressing')
  if (progress?.reason !== 'NewReplicaSetAvailable' || progress.updated === null) return []
  const version = revisionOf(newest ?? object)
  return fact(
    `The last rollout of ${nameOf(ref)}${version === 0 ? '' : `, version ${version},`} was complete at ${formatTime(progress.updated)}`,
    progress.updated,
  )
}

function revisionOf(object: JsonObject): number {
  return Number(annotationOf(object, REVISION) ?? 0) || 0
}

/** What somebody, or a pipeline, wrote down as the reason. */
function tellCause(object: JsonObject): string {
  const cause = annotationOf(object, CHANGE_CAUSE)
  return cause === null ? '' : `, because of “${shorten(cause, 120)}”`
}

function annotationOf(object: JsonObject, name: string): string | null {
  const { annotations } = (object.metadata ?? {}) as { readonly annotations?: JsonObject }
  const value = annotations?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * What scales a workload. That nothing does is a fact, too, where all autoscalers were read.
 *
 * @param rendered autoscalers of the release itself
 * @param inCluster those of the namespace; null when not all were read
 */
export function tellAutoscaler(rendered: readonly Seen[], inCluster: readonly Seen[] | null, ref: ObjectRef): readonly Fact[] {
  const all = new Map([...(inCluster ?? []), ...rendered].map((one) => [keyOfRef(one.ref), one]))
  const facts = [...all.values()].flatMap((scaler): readonly Fact[] => {
    const bounds = readBounds(scaler.ref, scaler.object, ref)
    if (bounds === null || isOfScaledObject(scaler, all)) return []
    const text = `${bounds.by} keeps ${nameOf(ref)} between ${bounds.min} and ${bounds.max} replicas.`
    const wanted = readNumber(scaler.object, 'status.desiredReplicas', -1)
    const current: Fact = {
      ...{ kind: 'autoscaler', text: `${bounds.by} asks for ${wanted} replicas now.`, time: null },
      ...{ object: scaler.ref, steady: false },
    }
    return [{ kind: 'autoscaler', text, time: null, object: scaler.ref, steady: true }, ...(wanted < 0 ? [] : [current])]
  })
  if (facts.length > 0 || inCluster === null) return facts
  return [{ kind: 'autoscaler', text: `No autoscaler scales ${nameOf(ref)}.`, none: true, time: null, object: ref, steady: true }]
}

/** KEDA makes an autoscaler for each ScaledObject: one of the two says it all. */
function isOfScaledObject({ object }: Seen, all: ReadonlyMap<string, Seen>): boolean {
  return [...all.values()].some(({ ref }) => ref.kind === 'ScaledObject' && isOwnedBy(object, ref))
}
