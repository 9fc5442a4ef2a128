import type { Json, JsonObject, Path } from '../model.ts'
import { getAt } from './json.ts'

/**
 * Defaults that depend on other fields of the object, for which a table of constants has no room.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis (the `defaults.go` of each group)
 */
type FindDefault = (object: JsonObject, path: Path, pattern: string) => Json | undefined

const OF_KIND: { readonly [kind: string]: FindDefault } = {
  'v1/Service': findServiceDefault,
  'v1/LimitRange': findLimitDefault,
  'networking.k8s.io/v1/NetworkPolicy': findPolicyDefault,
  'apiextensions.k8s.io/v1/CustomResourceDefinition': findDefinitionDefault,
  'batch/v1/Job': findJobDefault,
  'apps/v1/Deployment': findStrategyDefault,
  'apps/v1/DaemonSet': findStrategyDefault,
  'apps/v1/StatefulSet': findStrategyDefault,
  'autoscaling/v2/HorizontalPodAutoscaler': findScalerDefault,
  'v1/PersistentVolumeClaim': findClaimDefault,
  'v1/ReplicationController': findReplicationDefault,
  'rbac.authorization.k8s.io/v1/RoleBinding': findSubjectDefault,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': findSubjectDefault,
}

/**
 * What the API server fills in at a place, given the rest of the object; undefined when nothing, or a constant.
 *
 * @param object the live object, or the one that was sent
 * @param kind `apps/v1/Deployment`
 * @param pattern the path without list keys
 */
export function findConditionalDefault(kind: string, object: JsonObject, path: Path, pattern: string): Json | undefined {
  if (kind.startsWith('resource.k8s.io/')) return findDeviceDefault(object, path, pattern)
  return OF_KIND[kind]?.(object, path, pattern) ?? findPodDefault(object, path, pattern)
}

/** Whatever holds a pod spec: the fields are told by what stands around them. */
function findPodDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  if (!pattern.includes('spec.')) return undefined
  if (pattern.endsWith('ontainers[].imagePullPolicy')) return findPullPolicy(getSibling(live, path, 'image'))
  // The deprecated alias, which the API server fills in.
  if (pattern.endsWith('spec.serviceAccount')) return getSibling(live, path, 'serviceAccountName')
  if (pattern.endsWith('volumes[].emptyDir')) return {}
  // Under the host's network a port is the host's port.
  if (pattern.endsWith('.ports[].hostPort')) return usesHostNetwork(live, path) ? getSibling(live, path, 'containerPort') : undefined
  // A limit without a request is the request (only on Pods and in templates of older servers).
  const [, field] = /\.resources\.(requests)\.[^[\]]+$/.exec(pattern) ?? []
  return field === undefined ? undefined : getAt(live, [...path.slice(0, -2), { field: 'limits' }, ...path.slice(-1)])
}

function usesHostNetwork(live: JsonObject, path: Path): boolean {
  // spec, containers, the container, ports, the port, hostPort
  return getAt(live, [...path.slice(0, -5), { field: 'hostNetwork' }]) === true
}

/** `latest`, or neither tag nor digest, is pulled always, anything else if not present. A registry port is not a tag. */
function findPullPolicy(image: Json | undefined): Json | undefined {
  if (typeof image !== 'string') return undefined
  const [name = '', digest] = image.slice(image.lastIndexOf('/') + 1).split('@')
  const tag = name.split(':')[1]
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent'
}

function findServiceDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  const spec = live.spec
  const type = getAt(spec, [{ field: 'type' }])
  const external = type === 'NodePort' || type === 'LoadBalancer' || hasExternalIps(spec)
  if (pattern === 'spec.externalTrafficPolicy') return external ? 'Cluster' : undefined
  if (pattern === 'spec.internalTrafficPolicy') return type === 'ExternalName' ? undefined : 'Cluster'
  if (pattern === 'spec.allocateLoadBalancerNodePorts') return type === 'LoadBalancer' ? true : undefined
  if (pattern === 'spec.ports[].targetPort') return getSibling(live, path, 'port')
  if (!pattern.startsWith('spec.sessionAffinityConfig')) return undefined
  if (getAt(spec, [{ field: 'sessionAffinity' }]) !== 'ClientIP') return undefined
  if (pattern === 'spec.sessionAffinityConfig') return { clientIP: { timeoutSeconds: 10_800 } }
  if (pattern === 'spec.sessionAffinityConfig.clientIP') return { timeoutSeconds: 10_800 }
  return pattern.endsWith('timeoutSeconds') ? 10_800 : undefined
}

function hasExternalIps(spec: Json | undefined): boolean {
  const ips = getAt(spec, [{ field: 'externalIPs' }])
  return Array.isArray(ips) && ips.length > 0
}

/** `defaultRequest` is filled from `default`, and that from `max`, resource by resource. */
function findLimitDefault(live: JsonObject, path: Path): Json | undefined {
  const [field, resource] = path.slice(-2)
  if (field === undefined || resource === undefined || !('field' in field)) return undefined
  const parent = path.slice(0, -2)
  const inherit = (from: string) => getAt(live, [...parent, { field: from }, resource])
  if (field.field === 'defaultRequest') return inherit('default') ?? inherit('min') ?? inherit('max')
  return field.field === 'default' ? inherit('max') : undefined
}

function findPolicyDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  if (pattern !== 'spec.policyTypes') return undefined
  return getAt(live.spec, [{ field: 'egress' }]) === undefined ? ['Ingress'] : ['Ingress', 'Egress']
}

/** The names that a definition may leave out follow from its kind. */
function findDefinitionDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  const kind = getAt(live.spec, [{ field: 'names' }, { field: 'kind' }])
  if (typeof kind !== 'string') return undefined
  if (pattern === 'spec.names.singular') return kind.toLowerCase()
  if (pattern === 'spec.names.listKind') return `${kind}List`
  if (pattern === 'spec.conversion') return { strategy: 'None' }
  return undefined
}

/** A Job without `completions` and `parallelism` runs once; with either, the other stays open or is one. */
function findJobDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  if (pattern === 'spec.completions' || pattern === 'spec.parallelism') return 1
  const has = (field: string) => getAt(live.spec, [{ field }]) !== undefined
  // With a limit for each index the whole has none: the largest 32-bit integer.
  if (pattern === 'spec.backoffLimit') return has('backoffLimitPerIndex') ? 2_147_483_647 : 6
  if (pattern === 'spec.podReplacementPolicy') return has('podFailurePolicy') ? 'Failed' : 'TerminatingOrFailed'
  // A Job without labels of its own takes those of its template.
  const [, label] = /^metadata\.labels\.(.+)$/.exec(pattern) ?? []
  const last = path.at(-1)
  if (label === undefined || last === undefined) return undefined
  return getAt(live.spec, [{ field: 'template' }, { field: 'metadata' }, { field: 'labels' }, last])
}

/** Either of the two names for where a claim's data comes from is filled in from the other. */
function findClaimDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  const other = { 'spec.dataSourceRef': 'dataSource', 'spec.dataSource': 'dataSourceRef' }[pattern]
  return other === undefined ? undefined : getAt(live.spec, [{ field: other }])
}

/** Users and groups belong to the RBAC group, service accounts to the core group. */
function findSubjectDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  if (pattern !== 'subjects[].apiGroup') return undefined
  return getSibling(live, path, 'kind') === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io'
}

/** A controller without labels, or without a selector, takes the labels of its template. */
function findReplicationDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  const last = path.at(-1)
  if (last === undefined || !/^(?:metadata\.labels|spec\.selector)\./.test(pattern)) return undefined
  return getAt(live.spec, [{ field: 'template' }, { field: 'metadata' }, { field: 'labels' }, last])
}

/** A request for devices is for one, unless it is for all of them. */
function findDeviceDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  if (pattern.endsWith('.allocationMode')) return 'ExactCount'
  return pattern.endsWith('.count') && getSibling(live, path, 'allocationMode') !== 'All' ? 1 : undefined
}

/** Parameters of a rolling update are only filled in where the strategy is one. */
function findStrategyDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  const field = live.kind === 'Deployment' ? 'strategy' : 'updateStrategy'
  if (getAt(live.spec, [{ field }, { field: 'type' }]) !== 'RollingUpdate') return undefined
  if (pattern === 'spec.strategy.rollingUpdate') return { maxSurge: '25%', maxUnavailable: '25%' }
  if (pattern === 'spec.updateStrategy.rollingUpdate')
    return live.kind === 'DaemonSet' ? { maxSurge: 0, maxUnavailable: 1 } : { partition: 0 }
  if (pattern === 'spec.strategy.rollingUpdate.maxSurge' || pattern === 'spec.strategy.rollingUpdate.maxUnavailable') return '25%'
  if (pattern === 'spec.updateStrategy.rollingUpdate.partition') return 0
  if (pattern === 'spec.updateStrategy.rollingUpdate.maxSurge') return 0
  return pattern === 'spec.updateStrategy.rollingUpdate.maxUnavailable' ? 1 : undefined
}

/** Any behaviour that is given is filled up; without metrics, 80 % of the CPU is aimed at. */
function findScalerDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  if (pattern === 'spec.metrics')
    return [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }]
  if (getAt(live.spec, [{ field: 'behavior' }]) === undefined) return undefined
  return SCALING[pattern]
}

const SCALING: { readonly [pattern: string]: Json } = {
  'spec.behavior.scaleDown.selectPolicy': 'Max',
  'spec.behavior.scaleDown.policies': [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  'spec.behavior.scaleUp.selectPolicy': 'Max',
  'spec.behavior.scaleUp.stabilizationWindowSeconds': 0,
  'spec.behavior.scaleUp.policies': [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}

/** The value of another field beside the one at a path. */
export function getSibling(live: JsonObject, path: Path, field: string): Json | undefined {
  return getAt(live, [...path.slice(0, -1), { field }])
}
