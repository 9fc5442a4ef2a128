/**
 * Facts about fields of built-in kinds, by the end of their path. Source: the list types of the v1.34 OpenAPI
 * (`x-kubernetes-list-map-keys`), and the Go types for what `omitempty` drops.
 */

/** List-map keys by the end of the path (pattern). The longest match wins. */
export const LIST_KEYS: { readonly [suffix: string]: readonly string[] } = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  'containers[].ports': ['containerPort', 'protocol'],
  'initContainers[].ports': ['containerPort', 'protocol'],
  'ephemeralContainers[].ports': ['containerPort', 'protocol'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  volumes: ['name'],
  'spec.imagePullSecrets': ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  'resources.claims': ['name'],
  webhooks: ['name'],
  matchConditions: ['name'],
  variables: ['name'],
  ownerReferences: ['uid'],
}
/** The same for lists whose name alone would say too much: only at this path of this kind. */
export const LIST_KEYS_OF_KIND: { readonly [kindAndPath: string]: readonly string[] } = {
  'v1/Service spec.ports': ['port', 'protocol'],
  'v1/ServiceAccount secrets': ['name'],
}
export const SET_LISTS = new Set(['metadata.finalizers'])

/** Key fields that may be left out, with the default that is part of the key. */
export const KEY_DEFAULTS: { readonly [field: string]: string } = { protocol: 'TCP' }

/** Zero values that Go's `omitempty` drops, so that declared and absent are the same. Pointer fields are not among them. */
export const DROPPED_WHEN_ZERO = new Set([
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'stdin',
  'stdinOnce',
  'tty',
  'readOnly',
  'paused',
  'publishNotReadyAddresses',
  'minReadySeconds',
  'initialDelaySeconds',
  'hostPort',
  'nodePort',
  'healthCheckNodePort',
  'preserveUnknownFields',
])
/** Empty strings are dropped too, except where the type is a pointer and "" says something. */
export const EMPTY_STRING_MATTERS = new Set(['storageClassName', 'ingressClassName', 'loadBalancerClass', 'volumeAttributesClassName'])
/** Where an empty map or list says something else than an absent one: selectors match everything, rules match nothing. */
export const EMPTY_MATTERS = new Set([
  'namespaceSelector',
  'podSelector',
  'objectSelector',
  'selector',
  'labelSelector',
  'ingress',
  'egress',
  'emptyDir',
  'policyTypes',
])

/** Structs that are merged field by field: recorded as a leaf they were merely empty, and nothing in them is owned. */
export const GRANULAR_STRUCTS = new Set([
  'resources',
  'securityContext',
  'strategy',
  'affinity',
  'lifecycle',
  'metadata',
  'spec',
  'template',
])

/** Fields that hold quantities, by the end of the path (pattern). */
export const QUANTITY_FIELDS = [
  /\.(limits|requests|capacity|allocatable|hard|overhead|podFixed)\.[^.[\]]+(\.[^.[\]]+)*$/,
  /\.limits\[\]\.(max|min|default|defaultRequest|maxLimitRequestRatio)\.[^[\]]+$/,
  /\.(sizeLimit|divisor|averageValue)$/,
  /\.metrics\[\]\.(object|external|pods|resource|containerResource)\.target\.value$/,
]
/** Resource lists are stored rounded up to milli. */
export const MILLI_FIELDS = QUANTITY_FIELDS[0] as RegExp
