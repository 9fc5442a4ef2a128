import type { ApiResource, ClusterInfo, ObjectRef } from '../model.ts'
import { groupOf } from '../refs.ts'

/** Wanted objects that are read together: one kind in one namespace (null: cluster-scoped). */
export type PlannedRead = {
  /** `list` reads all of a kind at once, `get` each by its name. */
  readonly by: 'list' | 'get'
  readonly resource: ApiResource
  readonly namespace: string | null
  /** The wanted names; none when the list only serves to find extra objects. */
  readonly names: readonly string[]
}

/**
 * Finds how the cluster serves a kind. Undefined when it does not, in this version.
 */
export function findResource(info: ClusterInfo, ref: Pick<ObjectRef, 'apiVersion' | 'kind'>): ApiResource | undefined {
  return info.resources.find((one) => one.apiVersion === ref.apiVersion && one.kind === ref.kind)
}

/**
 * Gives a rendered object the namespace it has in the cluster: the release's when it names none, and none when its kind is cluster-scoped.
 * A kind the cluster does not know stays as it is.
 */
export function placeRef(info: ClusterInfo, ref: ObjectRef, releaseNamespace: string): ObjectRef {
  const resource = findResource(info, ref)
  if (resource === undefined) return ref
  return { ...ref, namespace: resource.namespaced ? (ref.namespace ?? releaseNamespace) : null }
}

/**
 * Finds a kind named by a person: `Kind`, `kind.group` or `plural.group`, in any case. Of several versions the server's first choice is taken.
 */
export function findNamedKind(info: ClusterInfo, name: string): ApiResource | undefined {
  const wanted = name.toLowerCase()
  return info.resources.find((one) => {
    const group = groupOf(one.apiVersion)
    const suffix = group === '' ? '' : `.${group}`
    return [one.kind, one.kind + suffix, one.resource + suffix].some((alias) => alias.toLowerCase() === wanted)
  })
}

/**
 * Plans the fewest requests: one LIST where at least two objects of a kind are wanted in a namespace, else a GET.
 * CustomResourceDefinitions are always read by name: a cluster has hundreds, a megabyte each.
 * @param wanted objects placed by `placeRef`; unknown kinds are left out
 * @param extra kinds to list in any case, in search of extra objects
 */
export function planReads(
  info: ClusterInfo,
  wanted: readonly ObjectRef[],
  extra: readonly ApiResource[],
  releaseNamespace: string,
): readonly PlannedRead[] {
  const groups = new Map<string, { resource: ApiResource; namespace: string | null; names: Set<string>; list: boolean }>()
  const open = (resource: ApiResource, namespace: string | null) => {
    const key = [resource.apiVersion, resource.resource, namespace ?? ''].join('|')
    const group = groups.get(key) ?? { resource, namespace, names: new Set<string>(), list: false }
    groups.set(key, group)
    return group
  }
  for (const ref of wanted) {
    const resource = findResource(info, ref)
    if (resource !== undefined) open(resource, ref.namespace).names.add(ref.name)
  }
  for (const resource of extra) open(resource, resource.namespaced ? releaseNamespace : null).list = true
  return [...groups.values()].map(({ resource, namespace, names, list }) => {
    const worthwhile = names.size >= 2 && resource.kind !== 'CustomResourceDefinition'
    return { by: list || worthwhile ? 'list' : 'get', resource, namespace, names: [...names] }
  })
}
