import type { MeaningRule, Subject } from './subject.ts'

const ROUTES = [
  ...['Gateway.gateway.networking.k8s.io', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute', 'ReferenceGrant'],
  ...['VirtualService.networking.istio.io', 'DestinationRule.networking.istio.io', 'Gateway.networking.istio.io'],
  ...['ServiceEntry.networking.istio.io', 'IngressRoute.traefik.io', 'Middleware.traefik.io', 'HTTPProxy.projectcontour.io'],
  ...['Route.route.openshift.io'],
]
const GUARDS = [
  ...['CiliumNetworkPolicy.cilium.io', 'CiliumClusterwideNetworkPolicy.cilium.io', 'NetworkPolicy.crd.projectcalico.org'],
  ...['GlobalNetworkPolicy.crd.projectcalico.org', 'AuthorizationPolicy.security.istio.io', 'PeerAuthentication.security.istio.io'],
  ...['RequestAuthentication.security.istio.io', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
]

/** Types of a Service by how far it can be reached from. */
const REACH: readonly unknown[] = ['ExternalName', 'ClusterIP', 'NodePort', 'LoadBalancer']
const reachesFurther = ({ desired, live }: Subject) => REACH.indexOf(live) > Math.max(REACH.indexOf(desired), REACH.indexOf('ClusterIP'))

/** Where traffic goes and who may send it. */
export const NETWORK_RULES: readonly MeaningRule[] = [
  {
    pattern: 'selector-changed',
    title: 'selector of the Service changed',
    path: /^spec\.selector\b/,
    kinds: ['Service'],
    ...{ severity: 'high', area: 'traffic', reason: 'requests go to other pods, or to none' },
  },
  {
    pattern: 'selector-changed',
    title: 'selector changed',
    path: /^spec\.selector\b/,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Rollout.argoproj.io'],
    ...{ severity: 'high', area: 'availability', reason: 'it decides which pods belong to the object' },
  },
  {
    pattern: 'exposure-changed',
    title: 'exposed outside of the cluster',
    path: /^spec\.type$/,
    kinds: ['Service'],
    when: reachesFurther,
    ...{ severity: 'high', area: 'security', reason: 'it can be reached from outside of the cluster' },
  },
  {
    pattern: 'exposure-changed',
    title: 'type of the Service changed',
    path: /^spec\.(type|externalName|clusterIP|clusterIPs|loadBalancerClass)\b/,
    kinds: ['Service'],
    ...{ severity: 'high', area: 'traffic', reason: 'clients that reached it before may not reach it any more' },
  },
  {
    pattern: 'exposure-changed',
    title: 'external addresses or their allowed sources changed',
    path: /^spec\.(externalIPs|loadBalancerSourceRanges|loadBalancerIP)\b/,
    kinds: ['Service'],
    ...{ severity: 'high', area: 'security', reason: 'it decides from where outside of the cluster it can be reached' },
  },
  {
    pattern: 'exposure-changed',
    title: 'port of the nodes changed',
    path: /^spec\.(ports\[\]\.nodePort|healthCheckNodePort)$/,
    kinds: ['Service'],
    ...{ severity: 'medium', area: 'traffic', reason: 'clients from outside of the cluster use this port' },
  },
  {
    pattern: 'port-changed',
    title: 'port added to the Service',
    path: /^spec\.ports(\[\])?$/,
    kinds: ['Service'],
    change: 'added',
    ...{ severity: 'medium', area: 'traffic', reason: 'it opens one more way to the pods' },
  },
  {
    pattern: 'port-changed',
    title: 'port of the Service changed',
    path: /^spec\.ports\b/,
    kinds: ['Service'],
    ...{ severity: 'high', area: 'traffic', reason: 'requests to the old port fail, or reach something else' },
  },
  {
    pattern: 'traffic-policy-changed',
    title: 'distribution of traffic changed',
    path: /^spec\.(\w+TrafficPolicy|trafficDistribution|sessionAffinity\w*|publishNotReadyAddresses|ipFamil\w+)\b/,
    kinds: ['Service'],
    ...{ severity: 'medium', area: 'traffic', reason: 'requests are spread over the pods in another way' },
  },
  {
    pattern: 'ingress-changed',
    title: 'encryption of the ingress changed',
    path: /^spec\.tls\b/,
    kinds: ['Ingress'],
    ...{ severity: 'high', area: 'security', reason: 'clients may get another certificate, or no encryption' },
  },
  {
    pattern: 'ingress-changed',
    title: 'hosts or paths of the ingress changed',
    path: /^spec\b/,
    kinds: ['Ingress'],
    ...{ severity: 'high', area: 'traffic', reason: 'requests from outside go elsewhere, or nowhere' },
  },
  {
    pattern: 'route-changed',
    title: 'routing changed',
    path: /^spec\b/,
    kinds: ROUTES,
    ...{ severity: 'high', area: 'traffic', reason: 'requests go elsewhere, or nowhere' },
  },
  {
    pattern: 'endpoints-changed',
    title: 'addresses behind a Service changed',
    path: /^(subsets|endpoints|ports|addressType)\b/,
    kinds: ['Endpoints', 'EndpointSlice'],
    ...{ severity: 'high', area: 'traffic', reason: 'requests go to other addresses' },
  },
  // A policy lets through what one of its rules allows: one rule more opens, one rule less closes.
  {
    pattern: 'network-policy-changed',
    title: 'network policy opened',
    path: /^spec\.(ingress|egress)\[\]$/,
    kinds: ['NetworkPolicy'],
    change: 'added',
    ...{ severity: 'high', area: 'security', reason: 'connections are let through that Git does not allow' },
  },
  {
    pattern: 'network-policy-changed',
    title: 'network policy covers less',
    path: /^spec\.policyTypes(\[\])?$/,
    kinds: ['NetworkPolicy'],
    when: ({ desired, live }) => count(live) < count(desired),
    ...{ severity: 'high', area: 'security', reason: 'a direction that it restricted is open' },
  },
  {
    pattern: 'network-policy-changed',
    title: 'network policy tightened',
    path: /^spec\.(ingress|egress)\[\]$/,
    kinds: ['NetworkPolicy'],
    change: 'removed',
    ...{ severity: 'high', area: 'traffic', reason: 'connections that Git allows are dropped' },
  },
  {
    pattern: 'network-policy-changed',
    title: 'network policy changed',
    path: /^spec\b/,
    kinds: ['NetworkPolicy', ...GUARDS],
    ...{
      severity: 'high',
      area: 'security',
      reason: 'it decides which connections are let through; whether these are more or fewer is not clear',
    },
  },
]

function count(value: unknown): number {
  return Array.isArray(value) ? value.length : value === undefined ? 0 : 1
}
