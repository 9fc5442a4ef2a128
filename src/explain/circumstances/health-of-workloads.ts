import type { JsonObject } from '../../model.ts'
import { inBrackets, readCondition, readField, readNumber, readText } from './fields.ts'
import type { Judged } from './health.ts'
import { BEHIND, isBehind } from './health-by-conditions.ts'

const ROLLING: Judged = { state: 'progressing', text: 'a rollout is under way' }
const NOTHING_RUNS: Judged = { state: 'unknown', text: 'it is scaled to nothing, so nothing of it runs' }

/**
 * A Deployment, by its counts and conditions. A rollout that ended and lost pods since is degraded, one that has not ended
 * is progressing until its own deadline.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export function judgeDeployment(object: JsonObject): Judged | null {
  const wanted = readNumber(object, 'spec.replicas', 1)
  const [progress, available, failure] = ['Progressing', 'Available', 'ReplicaFailure'].map((type) => readCondition(object, type))
  if (readField(object, 'status') === undefined) return null
  if (isBehind(object) || readField(object, 'status.observedGeneration') === undefined) return BEHIND
  if (failure?.status === 'True') return { state: 'degraded', text: `its pods cannot be made${inBrackets(failure.reason)}` }
  if (progress?.status === 'False')
    return { state: 'degraded', text: `its rollout did not end within its deadline${inBrackets(progress.reason)}` }
  if (wanted === 0) return NOTHING_RUNS
  const [all, updated, ready] = ['replicas', 'updatedReplicas', 'availableReplicas'].map((name) => readNumber(object, `status.${name}`))
  if (ready === wanted && updated === wanted && all === wanted) return allAreWell(wanted)
  if (available?.status === 'False') {
    const isOver = progress?.reason === 'NewReplicaSetAvailable'
    return {
      state: isOver ? 'degraded' : 'progressing',
      text: isOver
        ? wanted === 1
          ? 'its one replica is not available'
          : `fewer of its ${wanted} replicas are available than it needs`
        : 'a rollout is under way, and too few replicas are available',
    }
  }
  if (readField(object, 'spec.paused') === true) return { state: 'progressing', text: 'its rollouts are paused, and one is not complete' }
  if (updated === wanted)
    return {
      state: 'progressing',
      text: wanted === 1 ? 'its one replica is not available yet' : `not all of its ${wanted} replicas are available`,
    }
  return ROLLING
}

/**
 * A StatefulSet, by its counts and revisions; it has no conditions, and no deadline.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export function judgeStatefulSet(object: JsonObject): Judged | null {
  const wanted = readNumber(object, 'spec.replicas', 1)
  if (readField(object, 'status') === undefined) return null
  if (isBehind(object) || readField(object, 'status.observedGeneration') === undefined) return BEHIND
  if (wanted === 0) return NOTHING_RUNS
  const ready = readNumber(object, 'status.readyReplicas')
  if (ready === 0)
    return { state: 'degraded', text: wanted === 1 ? 'its one replica is not ready' : `none of its ${wanted} replicas is ready` }
  if (ready < wanted) return { state: 'progressing', text: `not all of its ${wanted} replicas are ready` }
  const isSame = readText(object, 'status.currentRevision') === readText(object, 'status.updateRevision')
  if (readText(object, 'spec.updateStrategy.type') === 'OnDelete' && !isSame)
    return { state: 'healthy', text: `${nameAll(wanted)} ready; a newer version waits for its pods to be deleted` }
  const partition = readNumber(object, 'spec.updateStrategy.rollingUpdate.partition')
  if (!isSame && readNumber(object, 'status.updatedReplicas') < wanted - partition) return ROLLING
  return { state: 'healthy', text: `${nameAll(wanted)} ready` }
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ */
export function judgeDaemonSet(object: JsonObject): Judged | null {
  if (readField(object, 'status') === undefined) return null
  if (isBehind(object) || readField(object, 'status.observedGeneration') === undefined) return BEHIND
  const [wanted = 0, updated = 0, available = 0] = ['desiredNumberScheduled', 'updatedNumberScheduled', 'numberAvailable'].map((name) =>
    readNumber(object, `status.${name}`),
  )
  if (wanted === 0) return { state: 'unknown', text: 'no node is to run it, so nothing of it runs' }
  if (available === 0) return { state: 'degraded', text: 'its pod is available on no node' }
  const isOnDelete = readText(object, 'spec.updateStrategy.type') === 'OnDelete'
  if (updated < wanted && !isOnDelete) return ROLLING
  return available < wanted
    ? { state: 'progressing', text: 'its pod is not available on all nodes' }
    : { state: 'healthy', text: 'its pod is available on all nodes' }
}

function allAreWell(wanted: number): Judged {
  return { state: 'healthy', text: `${nameAll(wanted)} up to date and available` }
}

function nameAll(wanted: number): string {
  return wanted === 1 ? 'its one replica is' : `all ${wanted} replicas are`
}
