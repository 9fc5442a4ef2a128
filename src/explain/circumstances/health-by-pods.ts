import type { JsonObject } from '../../model.ts'
import { readCondition, readMaps, readNumber, readText } from './fields.ts'
import type { Judged } from './health.ts'
import { findStuckReason } from './health-of-others.ts'

/** So many restarts of a container that is not ready are no accident any more. */
const MANY_RESTARTS = 3
/** How long a pod may wait for a node or for being ready; Kubernetes' own default for a rollout. Seconds. */
const PATIENCE = 600

/**
 * What a workload's counts cannot tell while it is not complete: whether its pods will ever be ready. A container that
 * keeps ending is now running and now waiting, so both count alike, and the text does not say which.
 *
 * @param pods of this workload; null when they were not read
 * @param now RFC 3339
 */
export function worsenByPods(judged: Judged, workload: JsonObject, pods: readonly JsonObject[] | null, now: string): Judged {
  if (judged.state !== 'progressing' && judged.state !== 'degraded') return judged
  const lame = (pods ?? []).filter(isLame)
  if (lame.some((pod) => findStuckReason(pod) !== null || hasManyRestarts(pod)))
    return { state: 'degraded', text: `${judged.text}, and a container of its pods does not start or keeps ending` }
  // While a rollout is under way, Kubernetes keeps the deadline itself, and says so.
  const progress = readCondition(workload, 'Progressing')
  if (judged.state === 'progressing' && progress !== null && progress.reason !== 'NewReplicaSetAvailable') return judged
  const patience = readNumber(workload, 'spec.progressDeadlineSeconds', PATIENCE)
  const late = lame.filter((pod) => Date.parse(now) - Date.parse(readText(pod, 'metadata.creationTimestamp') ?? now) > patience * 1000)
  if (late.some((pod) => readCondition(pod, 'PodScheduled')?.status === 'False'))
    return { state: 'degraded', text: `${judged.text}, and no node takes its pods` }
  return late.length === 0 ? judged : { state: 'degraded', text: `${judged.text}, and pods wait longer than they should` }
}

/** Neither ready, nor done, nor on its way out. */
function isLame(pod: JsonObject): boolean {
  if (readText(pod, 'metadata.deletionTimestamp') !== null || readText(pod, 'status.phase') === 'Succeeded') return false
  return readCondition(pod, 'Ready')?.status !== 'True'
}

function hasManyRestarts(pod: JsonObject): boolean {
  return readMaps(pod, 'status.containerStatuses').some((one) => one.ready !== true && readNumber(one, 'restartCount') >= MANY_RESTARTS)
}
