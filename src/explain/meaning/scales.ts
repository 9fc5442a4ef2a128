import { parseQuantity } from '../../compare/quantity.ts'
import type { Json } from '../../model.ts'
import type { Scale } from './direction.ts'

const is = (weak: Json) => (value: Json | undefined) => Number(value === weak)
const isNot = (safe: Json) => (value: Json | undefined) => Number(value !== safe)
const isThere = (value: Json | undefined) => Number(value !== undefined)
const isAbsent = (value: Json | undefined) => Number(value === undefined)
const isOneOf =
  (...weak: readonly Json[]) =>
  (value: Json | undefined) =>
    Number(value !== undefined && weak.includes(value))
const asNumber = (otherwise: number) => (value: Json | undefined) =>
  value === undefined ? otherwise : typeof value === 'number' || typeof value === 'bigint' ? value : null

/**
 * How little a container is held back: higher is weaker. What the Pod Security Standards forbid is here.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const SECURITY: Scale = [
  { path: /\.(privileged|allowPrivilegeEscalation|hostNetwork|hostPID|hostIPC)$/, rank: is(true) },
  { path: /\.shareProcessNamespace$/, rank: is(true) },
  { path: /\.(runAsNonRoot|readOnlyRootFilesystem)$/, rank: isNot(true) },
  { path: /\.hostUsers$/, rank: isNot(false) },
  { path: /\.runAsUser$/, rank: (value) => (value === undefined ? null : Number(value === 0)) },
  { path: /\.capabilities\.add\[\]$/, rank: isThere },
  { path: /\.capabilities\.drop\[\]$/, rank: isAbsent },
  { path: /\.(seccompProfile|appArmorProfile)\.type$/, rank: isOneOf('Unconfined') },
  { path: /\.procMount$/, rank: isOneOf('Unmasked') },
  { path: /\.windowsOptions\.hostProcess$/, rank: is(true) },
]

/** How much patience a probe has: higher is more relaxed. Defaults as Kubernetes documents them. */
export const PATIENCE: Scale = [
  { path: /Probe\.failureThreshold$/, rank: asNumber(3) },
  { path: /Probe\.periodSeconds$/, rank: asNumber(10) },
  { path: /Probe\.timeoutSeconds$/, rank: asNumber(1) },
  { path: /Probe\.initialDelaySeconds$/, rank: asNumber(0) },
  { path: /Probe\.successThreshold$/, rank: (value) => (typeof value === 'number' ? -value : value === undefined ? -1 : null) },
]

/** How much of a resource there is. What is absent is neither much nor little, so it has no place. */
export const AMOUNT: Scale = [{ path: /./, rank: (value) => (value === undefined ? null : parseQuantity(value)) }]

/**
 * What the Pod Security labels of a namespace let in: higher is more.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces
 */
export const POD_SECURITY: Scale = [
  {
    path: /labels\.pod-security\.kubernetes\.io\/enforce$/,
    rank: (value) => (value === 'restricted' ? 0 : value === 'baseline' ? 1 : value === 'privileged' || value === undefined ? 2 : null),
  },
]

/** How little a webhook or an admission policy refuses: higher is weaker. */
export const ADMISSION: Scale = [
  { path: /failurePolicy$/, rank: is('Ignore') },
  { path: /validationActions\[\]$/, rank: isAbsent },
  // Each operation, group, version or resource more is more that is looked at.
  { path: /(^|\.|\[\])(rules|resourceRules)\[\]\.(operations|apiGroups|apiVersions|resources)\[\]$/, rank: isAbsent },
  { path: /(Selector|matchConditions|excludeResourceRules)(\.|\[\])/, rank: isThere },
  { path: /validations\[\]/, rank: isAbsent },
]
