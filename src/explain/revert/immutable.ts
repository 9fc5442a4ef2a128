import { getAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import { parseQuantity } from '../../compare/quantity.ts'
import type { Finding, JsonObject } from '../../model.ts'

/**
 * What the API server does not let anyone change in place.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/apis (the `ValidateUpdate` functions of each group)
 */
const FIXED: readonly { readonly kinds: RegExp; readonly at: RegExp }[] = [
  { kinds: /^(Deployment|DaemonSet|StatefulSet|ReplicaSet|Job)$/, at: /^spec\.selector\b/ },
  { kinds: /^StatefulSet$/, at: /^spec\.(serviceName|volumeClaimTemplates|podManagementPolicy)\b/ },
  { kinds: /^Job$/, at: /^spec\.(template|completionMode|completions|podFailurePolicy|successPolicy|managedBy)\b/ },
  { kinds: /^(RoleBinding|ClusterRoleBinding)$/, at: /^roleRef\b/ },
  {
    kinds: /^PersistentVolumeClaim$/,
    at: /^spec\.(accessModes|storageClassName|selector|volumeMode|volumeName|dataSource|dataSourceRef)\b/,
  },
  { kinds: /^StorageClass$/, at: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/ },
  { kinds: /^PriorityClass$/, at: /^(value|preemptionPolicy)\b/ },
  { kinds: /^Secret$/, at: /^type$/ },
  { kinds: /^IngressClass$/, at: /^spec\.controller$/ },
  { kinds: /^CustomResourceDefinition$/, at: /^spec\.(group|scope|names\.(kind|plural))$/ },
  { kinds: /^Pod$/, at: /^spec\.(?!(containers|initContainers)\[\]\.image$|activeDeadlineSeconds$)/ },
]

/**
 * Why a field cannot be set back in place, as the end of a sentence; null where it can.
 *
 * @param live the object as the API server gave it
 */
export function findObstacle({ object, path, desired, live: value }: Finding, live: JsonObject): string | null {
  const pattern = toPattern(path)
  const { kind } = object
  if (/^(ConfigMap|Secret)$/.test(kind) && live.immutable === true && /^(data|binaryData|immutable)\b/.test(pattern)) {
    return 'the object is marked immutable, which cannot be taken back'
  }
  if (kind === 'PersistentVolumeClaim' && pattern === 'spec.resources.requests.storage') {
    const [wanted, now] = [parseQuantity(desired), parseQuantity(value ?? getAt(live, path))]
    return wanted !== null && now !== null && wanted < now ? 'a volume cannot be made smaller' : null
  }
  return FIXED.some(({ kinds, at }) => kinds.test(kind) && at.test(pattern)) ? 'the API server does not let this field be changed' : null
}
