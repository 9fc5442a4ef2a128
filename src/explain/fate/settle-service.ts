import { isList, isObject } from '../../compare/json.ts'
import type { Json, JsonObject, ObjectRef } from '../../model.ts'

const WITH_NODE_PORTS: readonly Json[] = ['NodePort', 'LoadBalancer']
/** Allocated or set for a type, and dropped by the API server with it where the update leaves them as they were. */
const OF_BALANCERS = ['allocateLoadBalancerNodePorts', 'loadBalancerClass', 'healthCheckNodePort'] as const

/**
 * What the API server itself takes out of a Service when its type or affinity changes, since it has no meaning any more.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/registry/core/service/strategy.go (dropTypeDependentFields)
 */
export function settleService({ apiVersion, kind }: ObjectRef, live: JsonObject, after: JsonObject): JsonObject {
  if (apiVersion !== 'v1' || kind !== 'Service' || !isObject(live.spec) || !isObject(after.spec)) return after
  const [before, now] = [live.spec.type ?? 'ClusterIP', after.spec.type ?? 'ClusterIP']
  let spec: JsonObject = after.spec.sessionAffinity === 'ClientIP' ? after.spec : omit(after.spec, ['sessionAffinityConfig'])
  if (before === 'LoadBalancer' && now !== 'LoadBalancer') spec = omit(spec, OF_BALANCERS)
  if (WITH_NODE_PORTS.includes(before) && !WITH_NODE_PORTS.includes(now)) {
    const { ports } = spec
    spec = omit({ ...spec, ...(isList(ports) ? { ports: ports.map((port) => (isObject(port) ? omit(port, ['nodePort']) : port)) } : {}) }, [
      'externalTrafficPolicy',
    ])
  }
  return { ...after, spec }
}

function omit(map: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)))
}
