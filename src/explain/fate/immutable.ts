import { getAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import { parseQuantity } from '../../compare/quantity.ts'
import type { JsonObject, ObjectRef, Path } from '../../model.ts'
import { groupOf } from '../../refs.ts'

/** What cannot be changed once an object is there; `says` is in the API server's message. */
type Rule = { readonly kind: RegExp; readonly path: RegExp; readonly says: string }

const IMMUTABLE = 'field is immutable'

/**
 * Fields that the API server lets nobody change. Drift in them comes from someone who deleted the object and made it anew.
 * Read from the update strategies and validations of Kubernetes v1.34 (the folders `validation` below `pkg/apis`).
 */
const RULES: readonly Rule[] = [
  { kind: /^apps\/(Deployment|DaemonSet|ReplicaSet)$/, path: /^spec\.selector\b/, says: IMMUTABLE },
  {
    kind: /^apps\/StatefulSet$/,
    path: /^spec\.(?!(?:replicas|ordinals|template|updateStrategy|revisionHistoryLimit|persistentVolumeClaimRetentionPolicy|minReadySeconds)\b)/,
    says: 'updates to statefulset spec for fields other than',
  },
  {
    kind: /^batch\/Job$/,
    path: /^spec\.(template|selector|completions|completionMode|podFailurePolicy|successPolicy|backoffLimitPerIndex|managedBy|manualSelector)\b/,
    says: IMMUTABLE,
  },
  { kind: /^\/Service$/, path: /^spec\.(clusterIP|clusterIPs|ipFamilies)\b/, says: 'may not change once set' },
  {
    kind: /^\/PersistentVolumeClaim$/,
    path: /^spec\.(?!resources\.requests\b|volumeAttributesClassName\b)/,
    says: 'spec is immutable after creation',
  },
  { kind: /^\/PersistentVolume$/, path: /^spec\.volumeMode$/, says: IMMUTABLE },
  { kind: /^\/Secret$/, path: /^type$/, says: IMMUTABLE },
  { kind: /^storage\.k8s\.io\/StorageClass$/, path: /^(parameters|provisioner|reclaimPolicy)\b/, says: 'are forbidden' },
  { kind: /^storage\.k8s\.io\/StorageClass$/, path: /^volumeBindingMode$/, says: IMMUTABLE },
  { kind: /^storage\.k8s\.io\/CSIDriver$/, path: /^spec\.(attachRequired|volumeLifecycleModes)\b/, says: IMMUTABLE },
  { kind: /^rbac\.authorization\.k8s\.io\/(Cluster)?RoleBinding$/, path: /^roleRef\b/, says: 'cannot change roleRef' },
  { kind: /^scheduling\.k8s\.io\/PriorityClass$/, path: /^value$/, says: 'may not be changed in an update' },
  { kind: /^scheduling\.k8s\.io\/PriorityClass$/, path: /^preemptionPolicy$/, says: IMMUTABLE },
  { kind: /^networking\.k8s\.io\/IngressClass$/, path: /^spec\.controller$/, says: IMMUTABLE },
  { kind: /^node\.k8s\.io\/RuntimeClass$/, path: /^handler$/, says: IMMUTABLE },
  { kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/, path: /^spec\.(scope|names\.kind|names\.plural|group)$/, says: IMMUTABLE },
]

/** What an immutable ConfigMap or Secret keeps as it is. */
const SEALED = /^(data|binaryData|immutable)\b/

/**
 * Whether the API server refuses to change a place back.
 *
 * @param live as it was read, with its status
 * @returns a part of the API server's message; null where it may be changed
 */
export function findImmutable({ apiVersion, kind }: ObjectRef, path: Path, desired: JsonObject, live: JsonObject): string | null {
  const name = `${groupOf(apiVersion)}/${kind}`
  const place = toPattern(path)
  const rule = RULES.find((candidate) => candidate.kind.test(name) && candidate.path.test(place))
  if (rule !== undefined) return rule.says
  if ((name === '/ConfigMap' || name === '/Secret') && live.immutable === true && SEALED.test(place))
    return 'field is immutable when `immutable` is set'
  return name === '/PersistentVolumeClaim' && /^spec(\.resources(\.requests(\.storage)?)?)?$/.test(place) && isShrunk(desired, live)
    ? 'field can not be less than'
    : null
}

const REQUEST: Path = ['spec', 'resources', 'requests', 'storage'].map((field) => ({ field }))
const CAPACITY: Path = ['status', 'capacity', 'storage'].map((field) => ({ field }))

/** A request may be lowered as long as the volume has not grown to it: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#recovering-from-failure-when-expanding-volumes */
function isShrunk(desired: JsonObject, live: JsonObject): boolean {
  const [wanted, is, capacity] = [getAt(desired, REQUEST), getAt(live, REQUEST), getAt(live, CAPACITY)].map((value) =>
    value === undefined ? null : parseQuantity(value),
  )
  if (wanted === null || wanted === undefined || is === null || is === undefined || wanted >= is) return false
  return capacity !== null && capacity !== undefined && wanted <= capacity
}
