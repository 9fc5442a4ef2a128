import type { Json, JsonObject, Path } from '../model.ts'
import { getAt } from './json.ts'

/**
 * Defaults that depend on other fields of the object, for which a table of constants has no room.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis (the `defaults.go` of each group)
 */
type FindDefault = (live: JsonObject, path: Path, pattern: string) => Json | undefined

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
}

/**
 * What the API server fills in at a place, given the rest of the object; undefined when nothing, or a constant.
 *
 * @param kind `apps/v1/Deployment`
 * @param pattern the path without list keys
 */
export function findConditionalDefault(kind: string, live: JsonObject, path: Path, pattern: string): Json | undefined {
  return OF_KIND[kind]?.(live, path, pattern) ?? findPodDefault(live, path, pattern)
}

/** Whatever holds a pod spec: the fields are told by what stands around them. */
function findPodDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  if (!pattern.includes('spec.')) return undefined
  if (pattern.endsWith('ontainers[].imagePullPolicy')) return findPullPolicy(getSibling(live, path, 'image'))
  // `serviceAccount` is the deprecated alias that the API server fills from `serviceAccountName`, and the other way round.
  if (pattern.endsWith('spec.serviceAccount')) return getSibling(live, path, 'serviceAccountName')
  if (pattern.endsWith('spec.serviceAccountName')) return getSibling(live, path, 'serviceAccount')
  if (pattern.endsWith('volumes[].emptyDir')) return {}
  // Under the host's network a port is the host's port.
  if (pattern.endsWith('.ports[].hostPort')) return getSibling(live, path, 'containerPort')
  // A limit without a request is the request (only on Pods and in templates of older servers).
  const [, field] = /\.resources\.(requests)\.[^[\]]+$/.exec(pattern) ?? []
  return field === undefined ? undefined : getAt(live, [...path.slice(0, -2), { field: 'limits' }, ...path.slice(-1)])
}

/** No tag or `latest` is pulled always, anything else if not present. A registry port is not a tag. */
function findPullPolicy(image: Json | undefined): Json | undefined {
  if (typeof image !== 'string') return undefined
  if (image.includes('@')) return 'IfNotPresent'
  const name = image.slice(image.lastIndexOf('/') + 1)
  return !name.includes(':') || name.endsWith(':latest') ? 'Always' : 'IfNotPresent'
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
  // A Job without labels of its own takes those of its template.
  const [, label] = /^metadata\.labels\.(.+)$/.exec(pattern) ?? []
  const last = path.at(-1)
  if (label === undefined || last === undefined) return undefined
  return getAt(live.spec, [{ field: 'template' }, { field: 'metadata' }, { field: 'labels' }, last])
}

/** Parameters of a rolling update are only filled in where the strategy is one. */
function findStrategyDefault(live: JsonObject, _path: Path, pattern: string): Json | undefined {
  const field = live.kind === 'Deployment' ? 'strategy' : 'updateStrategy'
  if (getAt(live.spec, [{ field }, { field: 'type' }]) !== 'RollingUpdate') return undefined
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

function getSibling(live: JsonObject, path: Path, field: string): Json | undefined {
  return getAt(live, [...path.slice(0, -1), { field }])
}
