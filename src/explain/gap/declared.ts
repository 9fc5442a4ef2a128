import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import type { ClusterInfo, ObjectRef } from '../../model.ts'
import { groupOf } from '../../refs.ts'

/** An object as the API server addresses it. `namespace` is null for cluster-scoped kinds. */
export type Addressed = {
  readonly kind: string
  readonly group: string
  readonly resource: string
  readonly namespace: string | null
  readonly name: string
  /** Subresources through which a part that a chart declares can be changed. */
  readonly subresources: readonly string[]
}

/**
 * Ways around the object itself. `status` is not among them: no chart declares it. Kinds that are not Kubernetes' own
 * may have a `scale` subresource, and naming one that they lack does no harm.
 */
const SUBRESOURCES: { readonly [kind: string]: readonly string[] } = {
  Deployment: ['scale'],
  StatefulSet: ['scale'],
  ReplicaSet: ['scale'],
  ReplicationController: ['scale'],
  Pod: ['ephemeralcontainers', 'resize'],
}

/**
 * Gives objects their address, in a stable order. What the cluster does not serve has none and is left out.
 *
 * @param namespace that of the release, where an object names none
 */
export function addressObjects(refs: readonly ObjectRef[], info: ClusterInfo, namespace: string): readonly Addressed[] {
  const found = refs.flatMap((ref): Addressed[] => {
    const served = info.resources.find((one) => one.apiVersion === ref.apiVersion && one.kind === ref.kind && one.resource !== '')
    if (served === undefined) return []
    return [
      {
        kind: ref.kind,
        group: groupOf(ref.apiVersion),
        resource: served.resource,
        namespace: served.namespaced ? (ref.namespace ?? namespace) : null,
        name: ref.name,
        subresources: findBuiltInSchema(ref) === null ? ['scale'] : (SUBRESOURCES[ref.kind] ?? []),
      },
    ]
  })
  return [...new Map(found.map((one) => [formatAddress(one), one])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
}

/**
 * `apps/deployments/shop/web`. A request for a Namespace carries its own name as its namespace, and requests for other
 * cluster-scoped objects carry none (measured).
 */
export function formatAddress({ kind, group, resource, namespace, name }: Addressed): string {
  return [group, resource, namespace ?? (kind === 'Namespace' && group === '' ? name : ''), name].join('/')
}

/** `deployments.apps`, as kubectl names a resource; with its subresource behind a slash. */
export function formatResource({ group, resource }: Pick<Addressed, 'group' | 'resource'>, subresource = ''): string {
  return `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`
}
