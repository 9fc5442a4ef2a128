import type { JsonObject } from '../../model.ts'
import { inBrackets, readCondition, readField, readMaps, readNumber, readText } from './fields.ts'
import type { Judged } from './health.ts'

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions */
export function judgeJob(object: JsonObject): Judged | null {
  if (readField(object, 'status') === undefined) return null
  const failed = readCondition(object, 'Failed')
  if (failed?.status === 'True') return { state: 'degraded', text: `it failed${inBrackets(failed.reason)}` }
  if (readCondition(object, 'Complete')?.status === 'True') return { state: 'healthy', text: 'it is complete' }
  if (readField(object, 'spec.suspend') === true) return { state: 'unknown', text: 'it is suspended' }
  return { state: 'progressing', text: 'it is not complete yet' }
}

/** A CronJob whose last run that is over did not succeed is ill. */
export function judgeCronJob(object: JsonObject): Judged | null {
  if (readField(object, 'spec.suspend') === true) return { state: 'unknown', text: 'it is suspended' }
  const scheduled = readText(object, 'status.lastScheduleTime')
  if (scheduled === null) return { state: 'unknown', text: 'it has not run yet' }
  if (readMaps(object, 'status.active').length > 0) return { state: 'progressing', text: 'a run of it is not over yet' }
  const succeeded = readText(object, 'status.lastSuccessfulTime')
  return succeeded !== null && Date.parse(succeeded) >= Date.parse(scheduled)
    ? { state: 'healthy', text: 'its last run succeeded' }
    : { state: 'degraded', text: 'its last run did not succeed' }
}

/** Why an autoscaler that does not scale is in order: it was told so by a target that is scaled to nothing. */
const RESTING = ['ScalingDisabled']

/** @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#appendix-horizontal-pod-autoscaler-status-conditions */
export function judgeScaler(object: JsonObject): Judged | null {
  const [able, active, limited] = ['AbleToScale', 'ScalingActive', 'ScalingLimited'].map((type) => readCondition(object, type))
  if (able === null && active === null) return null
  if (able?.status === 'False') return { state: 'degraded', text: `it cannot scale${inBrackets(able.reason)}` }
  if (active?.status === 'False') {
    return RESTING.includes(active.reason)
      ? { state: 'unknown', text: 'it rests, since its target is scaled to nothing' }
      : { state: 'degraded', text: `it does not know what to scale by${inBrackets(active.reason)}` }
  }
  if (limited?.status === 'True') {
    const bound =
      limited.reason === 'TooManyReplicas' ? 'it is at its maximum and would scale further' : 'a bound or a policy of its own holds it back'
    return { state: 'healthy', text: `${bound}${inBrackets(limited.reason)}` }
  }
  return active?.status === 'True'
    ? { state: 'healthy', text: 'it scales' }
    : { state: 'progressing', text: 'it has not scaled anything yet' }
}

/** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#phase */
export function judgeClaim(object: JsonObject): Judged | null {
  const phase = readText(object, 'status.phase')
  const isResizing = ['Resizing', 'FileSystemResizePending'].some((type) => readCondition(object, type)?.status === 'True')
  if (phase === 'Bound' && isResizing) return { state: 'progressing', text: 'its volume is being resized' }
  if (phase === 'Bound') return { state: 'healthy', text: 'it is bound to a volume' }
  if (phase === 'Lost') return { state: 'degraded', text: 'its volume is lost' }
  return phase === 'Pending' ? { state: 'progressing', text: 'it is not bound to a volume yet' } : null
}

/** What the kubelet waits for although it will not come by itself. @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/ */
const STUCK = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]

export function judgePod(object: JsonObject): Judged | null {
  const stuck = findStuckReason(object)
  if (stuck !== null) return { state: 'degraded', text: `a container of it does not start (${stuck})` }
  const phase = readText(object, 'status.phase')
  if (phase === 'Failed') return { state: 'degraded', text: 'it failed' }
  if (phase === 'Succeeded') return { state: 'healthy', text: 'it is done' }
  if (phase === 'Running' && readCondition(object, 'Ready')?.status === 'True') return { state: 'healthy', text: 'it is ready' }
  if (readCondition(object, 'PodScheduled')?.status === 'False') return { state: 'progressing', text: 'no node takes it' }
  return phase === null ? null : { state: 'progressing', text: 'it is not ready yet' }
}

/** Why a container of a pod will not start by itself; null where none is in such a state. */
export function findStuckReason(pod: JsonObject): string | null {
  const containers = [...readMaps(pod, 'status.initContainerStatuses'), ...readMaps(pod, 'status.containerStatuses')]
  const reasons = containers.map((one) => readText(one, 'state.waiting.reason'))
  return reasons.find((reason) => reason !== null && STUCK.includes(reason)) ?? null
}

/** Only a Service that wants an address from outside can lack one. */
export function judgeService(object: JsonObject): Judged | null {
  if (readText(object, 'spec.type') !== 'LoadBalancer') return null
  return readMaps(object, 'status.loadBalancer.ingress').length > 0
    ? { state: 'healthy', text: 'its load balancer has an address' }
    : { state: 'progressing', text: 'its load balancer has no address yet' }
}

/** @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export function judgeDisruptionBudget(object: JsonObject): Judged | null {
  const condition = readCondition(object, 'DisruptionAllowed')
  if (condition?.reason === 'SyncFailed') return { state: 'degraded', text: 'its controller cannot work with it (SyncFailed)' }
  const [healthy, needed] = ['currentHealthy', 'desiredHealthy'].map((name) => readNumber(object, `status.${name}`))
  if (condition === null || healthy === undefined || needed === undefined) return null
  return healthy < needed
    ? { state: 'degraded', text: 'fewer of its pods are healthy than it asks for' }
    : { state: 'healthy', text: 'as many of its pods are healthy as it asks for' }
}
