import { getAt } from '../../compare/json.ts'
import type { Path } from '../../model.ts'
import type { MeaningRule } from './subject.ts'

const STRATEGY_TYPE: Path = [{ field: 'spec' }, { field: 'strategy' }, { field: 'type' }]
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout.argoproj.io']

/** How a workload is rolled out, when it runs and how it is scaled. */
export const CONTROLLER_RULES: readonly MeaningRule[] = [
  {
    pattern: 'suspended',
    title: 'suspended',
    path: /^spec\.suspend$/,
    when: ({ live }) => live === true,
    ...{ severity: 'high', area: 'availability', reason: 'it does not run until somebody resumes it' },
  },
  {
    pattern: 'suspended',
    title: 'resumed',
    path: /^spec\.suspend$/,
    ...{ severity: 'medium', area: 'availability', reason: 'Git wants it suspended, and it runs' },
  },
  {
    pattern: 'rollout-paused',
    title: 'rollout paused',
    path: /^spec\.paused$/,
    when: ({ live }) => live === true,
    ...{ severity: 'medium', area: 'availability', reason: 'no change reaches the pods, that of a deploy included' },
  },
  {
    pattern: 'schedule-changed',
    title: 'schedule changed',
    path: /^spec\.(schedule|timeZone|startingDeadlineSeconds)$/,
    kinds: ['CronJob'],
    ...{ severity: 'medium', area: 'availability', reason: 'the job runs at other times' },
  },
  {
    pattern: 'job-changed',
    title: 'running of the job changed',
    path: /^spec\.(jobTemplate\.spec\.)?(parallelism|completions|backoffLimit\w*|activeDeadlineSeconds|completionMode|concurrencyPolicy|podFailurePolicy|ttlSecondsAfterFinished|\w+JobsHistoryLimit)\b/,
    kinds: ['CronJob', 'Job'],
    ...{ severity: 'medium', area: 'availability', reason: 'it decides how often the job is tried and how many run at once' },
  },
  {
    pattern: 'strategy-changed',
    title: 'all pods replaced at once',
    path: /^spec\.strategy(\.type)?$/,
    when: ({ sides }) => getAt(sides.live, STRATEGY_TYPE) === 'Recreate',
    ...{ severity: 'medium', area: 'availability', reason: 'the next rollout stops all pods before it starts new ones' },
  },
  {
    pattern: 'strategy-changed',
    title: 'rollout changed',
    path: /^spec\.(strategy|updateStrategy|minReadySeconds|progressDeadlineSeconds|revisionHistoryLimit|podManagementPolicy|paused)\b/,
    kinds: WORKLOADS,
    ...{ severity: 'low', area: 'availability', reason: 'it matters at the next rollout only' },
  },
  {
    pattern: 'autoscaler-changed',
    title: 'bounds of the autoscaler changed',
    path: /^spec\.(minReplicas|maxReplicas|minReplicaCount|maxReplicaCount|idleReplicaCount)$/,
    kinds: ['HorizontalPodAutoscaler', 'ScaledObject.keda.sh'],
    ...{ severity: 'medium', area: 'capacity', reason: 'it changes between how few and how many pods the application runs' },
  },
  {
    pattern: 'autoscaler-changed',
    title: 'autoscaling changed',
    path: /^spec\b/,
    kinds: ['HorizontalPodAutoscaler', 'ScaledObject.keda.sh', 'VerticalPodAutoscaler.autoscaling.k8s.io', 'VerticalPodAutoscaler'],
    ...{ severity: 'medium', area: 'capacity', reason: 'it changes when pods are added and taken away' },
  },
  {
    pattern: 'disruption-budget-changed',
    title: 'disruption budget changed',
    path: /^spec\b/,
    kinds: ['PodDisruptionBudget'],
    ...{
      severity: 'medium',
      area: 'availability',
      reason: 'it decides how many pods a drained node may take away, or whether it can be drained',
    },
  },
  {
    pattern: 'quota-changed',
    title: 'quota changed',
    path: /^spec\b/,
    kinds: ['ResourceQuota', 'LimitRange'],
    ...{ severity: 'medium', area: 'capacity', reason: 'new pods may be refused, or get other limits' },
  },
]
