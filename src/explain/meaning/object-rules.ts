import type { MeaningRule } from './subject.ts'

type Effect = Pick<MeaningRule, 'severity' | 'area' | 'reason'>

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Rollout.argoproj.io']
const JOBS = ['Job', 'CronJob']
const WAYS_IN = [
  'Service',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'GRPCRoute',
  'Endpoints',
  'EndpointSlice',
  'VirtualService.networking.istio.io',
]
const RIGHTS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']
const GUARDS = [
  ...['NetworkPolicy', 'CiliumNetworkPolicy.cilium.io', 'AuthorizationPolicy.security.istio.io', 'PeerAuthentication.security.istio.io'],
  ...['ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ClusterPolicy.kyverno.io'],
]
const CHANGERS = ['MutatingWebhookConfiguration', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']
const SCALERS = ['HorizontalPodAutoscaler', 'ScaledObject.keda.sh', 'VerticalPodAutoscaler.autoscaling.k8s.io']

/** What it means that an object of a kind is gone. */
const GONE: readonly (readonly [readonly string[] | null, Effect])[] = [
  [WORKLOADS, { severity: 'high', area: 'availability', reason: 'what it ran does not run any more' }],
  [JOBS, { severity: 'high', area: 'availability', reason: 'the job does not run any more' }],
  [WAYS_IN, { severity: 'high', area: 'traffic', reason: 'requests do not arrive any more' }],
  [GUARDS, { severity: 'high', area: 'security', reason: 'what it kept out is let in' }],
  [CHANGERS, { severity: 'high', area: 'security', reason: 'what it added to new objects is missing from them' }],
  [RIGHTS, { severity: 'high', area: 'availability', reason: 'whoever relies on these rights is refused' }],
  [['ServiceAccount'], { severity: 'high', area: 'availability', reason: 'new pods that run under it cannot be made' }],
  [['ConfigMap', 'Secret'], { severity: 'high', area: 'availability', reason: 'new pods that read it do not start' }],
  [['PersistentVolumeClaim', 'PersistentVolume'], { severity: 'high', area: 'data', reason: 'the data in it may be lost' }],
  [['Namespace', 'CustomResourceDefinition'], { severity: 'high', area: 'data', reason: 'everything in it is deleted with it' }],
  [SCALERS, { severity: 'medium', area: 'capacity', reason: 'nothing adapts the number of pods to the load' }],
  [['PodDisruptionBudget'], { severity: 'medium', area: 'availability', reason: 'a drained node may take all pods away at once' }],
  [['ResourceQuota', 'LimitRange', 'PriorityClass'], { severity: 'medium', area: 'capacity', reason: 'nothing limits what new pods take' }],
  [null, { severity: 'high', area: 'configuration', reason: 'whatever relies on it does not find it' }],
]

/** What it means that there is one which Git does not have. */
const NEW: readonly (readonly [readonly string[] | null, Effect])[] = [
  [RIGHTS, { severity: 'high', area: 'security', reason: 'it gives rights that Git gives to nobody' }],
  [[...GUARDS, ...CHANGERS], { severity: 'high', area: 'traffic', reason: 'it may refuse or change what Git expects to pass' }],
  [WAYS_IN, { severity: 'high', area: 'traffic', reason: 'it opens a way to pods that Git does not know, or takes requests from another' }],
  [[...WORKLOADS, ...JOBS], { severity: 'medium', area: 'security', reason: 'it runs code that nobody reviewed' }],
  [SCALERS, { severity: 'medium', area: 'capacity', reason: 'it changes the number of pods by its own rules' }],
  [['ServiceAccount', 'Secret'], { severity: 'medium', area: 'security', reason: 'it may be a credential that Git does not know' }],
  [['CustomResourceDefinition'], { severity: 'medium', area: 'configuration', reason: 'it adds a kind to the whole cluster' }],
  [null, { severity: 'medium', area: 'configuration', reason: 'nothing in Git tells what it is for' }],
]

/** Whole objects that are missing or extra. The last row of each list fits every kind. */
export const OBJECT_RULES: readonly MeaningRule[] = [
  ...toRules(GONE, { pattern: 'object-missing', change: 'missing-object', title: 'object deleted', neutral: 'object missing' }),
  ...toRules(NEW, { pattern: 'object-added', change: 'extra-object', title: 'object added' }),
]

function toRules(rows: typeof GONE, shared: Pick<MeaningRule, 'pattern' | 'change' | 'title' | 'neutral'>): readonly MeaningRule[] {
  return rows.map(([kinds, effect]) => ({ ...shared, ...effect, ...(kinds === null ? {} : { kinds }) }))
}
