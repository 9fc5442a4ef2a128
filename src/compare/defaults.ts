import type { Json, JsonObject, ObjectRef, Path } from '../model.ts'
import { getAt, isEmpty, isSame } from './json.ts'
import { isBuiltIn, toKindName, toPattern } from './pattern.ts'
import { parseQuantity } from './quantity.ts'
import { EMPTY_MATTERS } from './schema/fields.ts'
import { ALLOCATED, KIND_DEFAULTS } from './schema/kinds.ts'
import { CONTAINER_DEFAULTS, POD_DEFAULTS, POD_SPEC_AT, PROBE_DEFAULTS } from './schema/pod.ts'

/** Why a value that nobody declared may be there without anyone having put it there. */
export type Standing = 'default' | 'allocated' | 'empty'

const CONTAINER = /^(?:containers|initContainers|ephemeralContainers)\[\]\.(.+)$/
const HANDLER = /^(?:livenessProbe|readinessProbe|startupProbe|lifecycle\.postStart|lifecycle\.preStop)\.(.+)$/

/**
 * Tells whether an undeclared live value is what the API server fills in by itself: a default, an allocated field, or
 * an empty map. Says nothing about who wrote it: ownership is asked before this.
 *
 * @param live the whole live object, for defaults that depend on other fields
 * @param value the value at `path` in it
 */
export function findStanding(ref: ObjectRef, live: JsonObject, path: Path, value: Json): Standing | null {
  if (!isBuiltIn(ref.apiVersion)) return null
  const pattern = toPattern(path)
  if (isAllocated(ref, pattern)) return 'allocated'
  const expected = findDefault(ref, live, path, pattern)
  if (expected !== undefined && (isSame(expected, value) || isSameQuantity(expected, value, pattern))) return 'default'
  return isEmpty(value) && !EMPTY_MATTERS.has(lastField(path)) ? 'empty' : null
}

function findDefault(ref: ObjectRef, live: JsonObject, path: Path, pattern: string): Json | undefined {
  const kind = toKindName(ref)
  const constant = KIND_DEFAULTS[kind]?.[pattern]
  if (constant !== undefined) return constant
  if (kind === 'v1/LimitRange') return findLimitDefault(live, path)
  if (kind === 'v1/Service') return findServiceDefault(live, path, pattern)
  if (kind === 'networking.k8s.io/v1/NetworkPolicy' && pattern === 'spec.policyTypes') return listPolicyTypes(live)
  const podSpec = POD_SPEC_AT[kind]
  if (podSpec === undefined || !pattern.startsWith(`${podSpec}.`)) return undefined
  return findPodDefault(live, path, pattern.slice(podSpec.length + 1))
}

function findPodDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  const inPod = lookUp(POD_DEFAULTS, pattern)
  if (inPod !== undefined) return inPod
  // `serviceAccount` is the deprecated alias that the API server fills from `serviceAccountName`.
  if (pattern === 'serviceAccount') return getAt(live, [...path.slice(0, -1), { field: 'serviceAccountName' }])
  if (pattern === 'volumes[].emptyDir') return {}
  const [, inContainer] = CONTAINER.exec(pattern) ?? []
  if (inContainer === undefined) return undefined
  if (inContainer === 'imagePullPolicy') return findPullPolicy(getAt(live, [...path.slice(0, -1), { field: 'image' }]))
  const [, inHandler] = HANDLER.exec(inContainer) ?? []
  return lookUp(CONTAINER_DEFAULTS, inContainer) ?? (inHandler === undefined ? undefined : lookUp(PROBE_DEFAULTS, inHandler))
}

/** No tag or `latest` is pulled always, anything else if not present. A registry port is not a tag. */
function findPullPolicy(image: Json | undefined): Json | undefined {
  if (typeof image !== 'string') return undefined
  if (image.includes('@')) return 'IfNotPresent'
  const name = image.slice(image.lastIndexOf('/') + 1)
  return !name.includes(':') || name.endsWith(':latest') ? 'Always' : 'IfNotPresent'
}

function findServiceDefault(live: JsonObject, path: Path, pattern: string): Json | undefined {
  const type = getAt(live, [{ field: 'spec' }, { field: 'type' }])
  const external = type === 'NodePort' || type === 'LoadBalancer'
  if (pattern === 'spec.externalTrafficPolicy') return external ? 'Cluster' : undefined
  if (pattern === 'spec.allocateLoadBalancerNodePorts') return type === 'LoadBalancer' ? true : undefined
  if (pattern === 'spec.ports[].targetPort') return getAt(live, [...path.slice(0, -1), { field: 'port' }])
  return undefined
}

/** `defaultRequest` is filled from `default`, and that from `max`, resource by resource. */
function findLimitDefault(live: JsonObject, path: Path): Json | undefined {
  const [limits, limit, field, resource] = path.slice(-4)
  if (limits === undefined || limit === undefined || field === undefined || resource === undefined || !('field' in field)) return undefined
  const source = { defaultRequest: 'default', default: 'max' }[field.field]
  return source === undefined ? undefined : getAt(live, [...path.slice(0, -2), { field: source }, resource])
}

function listPolicyTypes(live: JsonObject): Json {
  const egress = getAt(live, [{ field: 'spec' }, { field: 'egress' }])
  return egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']
}

function isAllocated(ref: ObjectRef, pattern: string): boolean {
  const patterns = ALLOCATED[toKindName(ref)] ?? []
  return patterns.some((allocated) => pattern === allocated || pattern.startsWith(`${allocated}.`) || pattern.startsWith(`${allocated}[]`))
}

function isSameQuantity(expected: Json, value: Json, pattern: string): boolean {
  return pattern.endsWith('.divisor') && parseQuantity(expected) === parseQuantity(value)
}

function lookUp(table: { readonly [pattern: string]: Json }, pattern: string): Json | undefined {
  return Object.hasOwn(table, pattern) ? table[pattern] : undefined
}

function lastField(path: Path): string {
  const last = path.at(-1)
  return last !== undefined && 'field' in last ? last.field : ''
}
