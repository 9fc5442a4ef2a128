import { expect, test } from 'vitest'
import { judgeHealth } from '../../../src/explain/circumstances/health.ts'
import { worsenByPods } from '../../../src/explain/circumstances/health-by-pods.ts'
import type { HealthState, JsonObject } from '../../../src/model.ts'
import { NOW } from './make-input.ts'

const condition = (type: string, status: string, reason = 'Because', more: JsonObject = {}) => ({ type, status, reason, ...more })
const AVAILABLE = condition('Available', 'True', 'MinimumReplicasAvailable')
const SHORT = condition('Available', 'False', 'MinimumReplicasUnavailable')
const DONE = condition('Progressing', 'True', 'NewReplicaSetAvailable')
const ROLLS = condition('Progressing', 'True', 'ReplicaSetUpdated')
const deployment = (
  counts: readonly [all: number, updated: number, available: number],
  conditions: readonly JsonObject[],
  more: JsonObject = {},
): JsonObject => ({
  metadata: { generation: 2 },
  spec: { replicas: 3, ...more },
  status: { observedGeneration: 2, replicas: counts[0], updatedReplicas: counts[1], availableReplicas: counts[2], conditions },
})
const stateful = (status: JsonObject, spec: JsonObject = {}): JsonObject => ({
  metadata: { generation: 1 },
  spec: { replicas: 3, ...spec },
  status: { observedGeneration: 1, currentRevision: 'a', updateRevision: 'a', ...status },
})
const daemon = (status: JsonObject): JsonObject => ({ metadata: { generation: 1 }, spec: {}, status: { observedGeneration: 1, ...status } })
const status = (value: JsonObject, spec: JsonObject = {}): JsonObject => ({ metadata: {}, spec, status: value })
const conditions = (...all: readonly JsonObject[]) => status({ conditions: all })

type Case = readonly [kind: string, what: string, object: JsonObject, state: HealthState | null, text?: string]
const CASES: readonly Case[] = [
  ['apps/v1 Deployment', 'complete', deployment([3, 3, 3], [AVAILABLE, DONE]), 'healthy', 'all 3 replicas are up to date and available'],
  [
    'apps/v1 Deployment',
    'of one replica',
    deployment([1, 1, 1], [AVAILABLE, DONE], { replicas: 1 }),
    'healthy',
    'its one replica is up to date and available',
  ],
  ['apps/v1 Deployment', 'rolling', deployment([4, 2, 3], [AVAILABLE, ROLLS]), 'progressing', 'a rollout is under way'],
  [
    'apps/v1 Deployment',
    'rolling for the first time',
    deployment([3, 3, 0], [SHORT, ROLLS]),
    'progressing',
    'a rollout is under way, and too few replicas are available',
  ],
  ['apps/v1 Deployment', 'scaling up', deployment([3, 3, 2], [AVAILABLE, DONE]), 'progressing', 'not all of its 3 replicas are available'],
  [
    'apps/v1 Deployment',
    'that lost its pods',
    deployment([3, 3, 1], [SHORT, DONE]),
    'degraded',
    'fewer of its 3 replicas are available than it needs',
  ],
  [
    'apps/v1 Deployment',
    'past its deadline',
    deployment([4, 1, 3], [AVAILABLE, condition('Progressing', 'False', 'ProgressDeadlineExceeded')]),
    'degraded',
    'its rollout did not end within its deadline (ProgressDeadlineExceeded)',
  ],
  [
    'apps/v1 Deployment',
    'without room',
    deployment([0, 0, 0], [condition('ReplicaFailure', 'True', 'FailedCreate')]),
    'degraded',
    'its pods cannot be made (FailedCreate)',
  ],
  [
    'apps/v1 Deployment',
    'paused half-way',
    deployment([4, 1, 3], [AVAILABLE, condition('Progressing', 'Unknown', 'DeploymentPaused')], { paused: true }),
    'progressing',
    'its rollouts are paused, and one is not complete',
  ],
  [
    'apps/v1 Deployment',
    'of none',
    deployment([0, 0, 0], [AVAILABLE, DONE], { replicas: 0 }),
    'unknown',
    'it is scaled to nothing, so nothing of it runs',
  ],
  [
    'apps/v1 Deployment',
    'that was just edited',
    { ...deployment([3, 3, 3], [AVAILABLE, DONE]), metadata: { generation: 3 } },
    'progressing',
    'its controller has not acted on its newest version yet',
  ],
  ['apps/v1 Deployment', 'without a status', { metadata: {}, spec: {} }, null],
  ['apps/v1 StatefulSet', 'complete', stateful({ readyReplicas: 3 }), 'healthy', 'all 3 replicas are ready'],
  ['apps/v1 StatefulSet', 'half', stateful({ readyReplicas: 1 }), 'progressing', 'not all of its 3 replicas are ready'],
  ['apps/v1 StatefulSet', 'down', stateful({}), 'degraded', 'none of its 3 replicas is ready'],
  ['apps/v1 StatefulSet', 'of one replica', stateful({ readyReplicas: 1 }, { replicas: 1 }), 'healthy', 'its one replica is ready'],
  ['apps/v1 StatefulSet', 'of one replica, down', stateful({}, { replicas: 1 }), 'degraded', 'its one replica is not ready'],
  [
    'apps/v1 Deployment',
    'of one replica that lost it',
    deployment([1, 1, 0], [SHORT, DONE], { replicas: 1 }),
    'degraded',
    'its one replica is not available',
  ],
  [
    'apps/v1 StatefulSet',
    'rolling',
    stateful({ readyReplicas: 3, updateRevision: 'b', updatedReplicas: 1 }),
    'progressing',
    'a rollout is under way',
  ],
  [
    'apps/v1 StatefulSet',
    'held by its partition',
    stateful(
      { readyReplicas: 3, updateRevision: 'b', updatedReplicas: 1 },
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
    ),
    'healthy',
    'all 3 replicas are ready',
  ],
  [
    'apps/v1 StatefulSet',
    'to be rolled by hand',
    stateful({ readyReplicas: 3, updateRevision: 'b' }, { updateStrategy: { type: 'OnDelete' } }),
    'healthy',
    'all 3 replicas are ready; a newer version waits for its pods to be deleted',
  ],
  [
    'apps/v1 DaemonSet',
    'everywhere',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }),
    'healthy',
    'its pod is available on all nodes',
  ],
  [
    'apps/v1 DaemonSet',
    'somewhere',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }),
    'progressing',
    'its pod is not available on all nodes',
  ],
  [
    'apps/v1 DaemonSet',
    'nowhere',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 2 }),
    'degraded',
    'its pod is available on no node',
  ],
  ['apps/v1 DaemonSet', 'for no node', daemon({ desiredNumberScheduled: 0 }), 'unknown', 'no node is to run it, so nothing of it runs'],
  ['batch/v1 Job', 'complete', conditions(condition('Complete', 'True')), 'healthy', 'it is complete'],
  [
    'batch/v1 Job',
    'failed',
    conditions(condition('Failed', 'True', 'BackoffLimitExceeded')),
    'degraded',
    'it failed (BackoffLimitExceeded)',
  ],
  ['batch/v1 Job', 'at it', status({ active: 1 }), 'progressing', 'it is not complete yet'],
  ['batch/v1 Job', 'suspended', status({}, { suspend: true }), 'unknown', 'it is suspended'],
  [
    'batch/v1 CronJob',
    'well',
    status({ lastScheduleTime: '2026-11-23T14:00:00Z', lastSuccessfulTime: '2026-11-23T14:00:07Z' }),
    'healthy',
    'its last run succeeded',
  ],
  [
    'batch/v1 CronJob',
    'whose last run failed',
    status({ lastScheduleTime: '2026-11-23T14:00:00Z', lastSuccessfulTime: '2026-11-23T13:00:07Z' }),
    'degraded',
    'its last run did not succeed',
  ],
  [
    'batch/v1 CronJob',
    'at it',
    status({ lastScheduleTime: '2026-11-23T14:00:00Z', active: [{ name: 'x' }] }),
    'progressing',
    'a run of it is not over yet',
  ],
  ['batch/v1 CronJob', 'that never ran', status({}), 'unknown', 'it has not run yet'],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    'well',
    conditions(condition('AbleToScale', 'True'), condition('ScalingActive', 'True'), condition('ScalingLimited', 'False')),
    'healthy',
    'it scales',
  ],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    'at its maximum',
    conditions(
      condition('AbleToScale', 'True'),
      condition('ScalingActive', 'True'),
      condition('ScalingLimited', 'True', 'TooManyReplicas'),
    ),
    'healthy',
    'it is at its maximum and would scale further (TooManyReplicas)',
  ],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    'without metrics',
    conditions(condition('AbleToScale', 'True'), condition('ScalingActive', 'False', 'FailedGetResourceMetric')),
    'degraded',
    'it does not know what to scale by (FailedGetResourceMetric)',
  ],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    'without a target',
    conditions(condition('AbleToScale', 'False', 'FailedGetScale')),
    'degraded',
    'it cannot scale (FailedGetScale)',
  ],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    'at rest',
    conditions(condition('AbleToScale', 'True'), condition('ScalingActive', 'False', 'ScalingDisabled')),
    'unknown',
    'it rests, since its target is scaled to nothing',
  ],
  ['v1 PersistentVolumeClaim', 'bound', status({ phase: 'Bound' }), 'healthy', 'it is bound to a volume'],
  [
    'v1 PersistentVolumeClaim',
    'growing',
    status({ phase: 'Bound', conditions: [condition('Resizing', 'True')] }),
    'progressing',
    'its volume is being resized',
  ],
  ['v1 PersistentVolumeClaim', 'pending', status({ phase: 'Pending' }), 'progressing', 'it is not bound to a volume yet'],
  ['v1 PersistentVolumeClaim', 'lost', status({ phase: 'Lost' }), 'degraded', 'its volume is lost'],
  ['v1 Pod', 'ready', status({ phase: 'Running', conditions: [condition('Ready', 'True')] }), 'healthy', 'it is ready'],
  [
    'v1 Pod',
    'without its image',
    status({ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] }),
    'degraded',
    'a container of it does not start (ImagePullBackOff)',
  ],
  [
    'v1 Pod',
    'that no node takes',
    status({ phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable')] }),
    'progressing',
    'no node takes it',
  ],
  [
    'v1 Service',
    'with an address',
    status({ loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }, { type: 'LoadBalancer' }),
    'healthy',
    'its load balancer has an address',
  ],
  [
    'v1 Service',
    'without one',
    status({ loadBalancer: {} }, { type: 'LoadBalancer' }),
    'progressing',
    'its load balancer has no address yet',
  ],
  ['v1 Service', 'that wants none', status({ loadBalancer: {} }, { type: 'ClusterIP' }), null],
  [
    'policy/v1 PodDisruptionBudget',
    'kept',
    status({ currentHealthy: 3, desiredHealthy: 2, conditions: [condition('DisruptionAllowed', 'True', 'SufficientPods')] }),
    'healthy',
    'as many of its pods are healthy as it asks for',
  ],
  [
    'policy/v1 PodDisruptionBudget',
    'missed',
    status({ currentHealthy: 1, desiredHealthy: 2, conditions: [condition('DisruptionAllowed', 'False', 'InsufficientPods')] }),
    'degraded',
    'fewer of its pods are healthy than it asks for',
  ],
  ['cert-manager.io/v1 Certificate', 'ready', conditions(condition('Ready', 'True')), 'healthy', 'its condition Ready is true'],
  [
    'cert-manager.io/v1 Certificate',
    'being issued',
    conditions(condition('Ready', 'False', 'DoesNotExist'), condition('Issuing', 'True')),
    'progressing',
    'its condition Ready is false (DoesNotExist)',
  ],
  [
    'example.com/v1 Thing',
    'failed',
    conditions(condition('Ready', 'False', 'Broken')),
    'degraded',
    'its condition Ready is false (Broken)',
  ],
  [
    'example.com/v1 Thing',
    'stalled',
    conditions(condition('Ready', 'Unknown'), condition('Stalled', 'True', 'Loop')),
    'degraded',
    'its condition Stalled is true (Loop)',
  ],
  [
    'example.com/v1 Thing',
    'that nobody knows about yet',
    conditions(condition('Ready', 'Unknown', 'Starting')),
    'progressing',
    'its condition Ready is not known (Starting)',
  ],
  ['example.com/v1 Thing', 'in sync', conditions(condition('Synced', 'True')), 'healthy', 'its condition Synced is true'],
  [
    'example.com/v1 Thing',
    'just edited',
    { metadata: { generation: 3 }, status: { observedGeneration: 2, conditions: [condition('Ready', 'True')] } },
    'progressing',
    'its controller has not acted on its newest version yet',
  ],
  [
    'example.com/v1 Thing',
    'whose conditions are behind',
    { metadata: { generation: 3 }, status: { conditions: [condition('Ready', 'True', 'Yes', { observedGeneration: 2 })] } },
    'progressing',
    'its controller has not acted on its newest version yet',
  ],
  [
    'example.com/v1 Thing',
    'with a hostile reason',
    conditions(condition('Ready', 'False', '<img src=x> @everyone')),
    'degraded',
    'its condition Ready is false',
  ],
  ['example.com/v1 Thing', 'without conditions', status({ phase: 'Fine' }), null],
  ['v1 ConfigMap', 'of any kind', { metadata: {}, data: { a: '1' } }, null],
]

for (const [kind, what, object, state, text = ''] of CASES) {
  test(`${kind} ${what}`, () => {
    const [apiVersion = '', name = ''] = kind.split(' ')
    const judged = judgeHealth({ apiVersion, kind: name, namespace: 'shop', name: 'x' }, object)
    expect(judged).toEqual(state === null ? null : { state, text })
  })
}

test('malformed statuses are judged without a throw', () => {
  const odd = [null, 7, 'x', [], [null], { conditions: 'x' }, { conditions: [null, 7, {}] }, { conditions: [{ type: 'Ready' }] }]
  for (const kind of new Set(CASES.map(([one]) => one))) {
    const [apiVersion = '', name = ''] = kind.split(' ')
    for (const one of odd) {
      const object = { metadata: { generation: 1 }, spec: one, status: one } as unknown as JsonObject
      expect(() => judgeHealth({ apiVersion, kind: name, namespace: null, name: 'x' }, object)).not.toThrow()
    }
  }
})

const ROLLING = { state: 'progressing', text: 'not all of its 3 replicas are available' } as const
const pod = (conditionsOf: readonly JsonObject[], containers: readonly JsonObject[] = [], made = '2026-11-23T14:00:00Z'): JsonObject => ({
  metadata: { creationTimestamp: made },
  status: { phase: 'Running', conditions: conditionsOf, containerStatuses: containers },
})
const crashing = (state: JsonObject) => pod([condition('Ready', 'False')], [{ ready: false, restartCount: 4, state }])

test('a container that keeps ending reads the same while it waits and while it runs', () => {
  const texts = [{ waiting: { reason: 'CrashLoopBackOff' } }, { running: {} }].map((state) =>
    worsenByPods(ROLLING, deployment([3, 3, 2], [AVAILABLE, DONE]), [crashing(state)], NOW),
  )
  expect(texts[0]).toEqual({ state: 'degraded', text: `${ROLLING.text}, and a container of its pods does not start or keeps ending` })
  expect(texts[1]).toEqual(texts[0])
})

test('pods that wait too long after a rollout are a fault; within their time, or while it runs, they are not', () => {
  const workload = deployment([3, 3, 2], [AVAILABLE, DONE])
  const waiting = (made: string) => pod([condition('PodScheduled', 'False', 'Unschedulable')], [], made)
  expect(worsenByPods(ROLLING, workload, [waiting('2026-11-23T14:00:00Z')], NOW).text).toBe(`${ROLLING.text}, and no node takes its pods`)
  expect(worsenByPods(ROLLING, workload, [pod([condition('Ready', 'False')])], NOW).text).toBe(
    `${ROLLING.text}, and pods wait longer than they should`,
  )
  expect(worsenByPods(ROLLING, workload, [waiting('2026-11-23T14:59:00Z')], NOW)).toBe(ROLLING)
  expect(worsenByPods(ROLLING, deployment([3, 3, 2], [AVAILABLE, ROLLS]), [waiting('2026-11-23T14:00:00Z')], NOW)).toBe(ROLLING)
  expect(worsenByPods(ROLLING, workload, null, NOW)).toBe(ROLLING)
})
