import { refOf, scopesOf } from '../chart/collect-objects.ts'
import type { ClusterInfo, Desired } from '../model.ts'
import { refuseTwice } from './parse-handover.ts'

/**
 * What was handed over, as the cluster at hand sees it: which objects have a namespace is asked of the cluster, as for what is
 * rendered here. The other job did not know its custom resources, and may have said anything.
 *
 * @param namespace the release's, from the configuration
 * @throws UserError when two objects turn out to be one
 */
export function settleHandover(head: Desired, namespace: string, cluster: ClusterInfo): Desired {
  const scopes = scopesOf(cluster)
  const objects = head.objects.map((one) => {
    const { apiVersion, kind } = one.ref
    return { ...one, ref: refOf(one.object, namespace, scopes.get(`${apiVersion} ${kind}`) ?? true) ?? one.ref }
  })
  refuseTwice(objects)
  return { ...head, objects }
}
