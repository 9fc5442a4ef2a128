import type { ClusterInfo, Live, Note } from '../model.ts'
import type { ClusterClient } from './client.ts'
import { listObjects } from './fetch.ts'
import { refOfObject } from './find-extra.ts'

/** The autoscalers of one namespace, and which of them could not be read. */
export type Scalers = { readonly found: Live['extra']; readonly notes: readonly Note[] }

/** What moves replicas, in the versions that this program reads. KEDA's is asked for only where KEDA is installed. */
export const SCALER_KINDS = [
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
] as const

/** Reads the autoscalers of a namespace. Asked only when somebody's replicas would stay unexplained without them. */
export async function readScalers(client: ClusterClient, info: ClusterInfo, namespace: string): Promise<Scalers> {
  const resources = SCALER_KINDS.flatMap(
    ({ apiVersion, kind }) => info.resources.find((one) => one.apiVersion === apiVersion && one.kind === kind) ?? [],
  )
  const lists = await Promise.all(
    resources.map(async (resource): Promise<Scalers> => {
      const listing = await listObjects(client, resource, namespace)
      if (listing.outcome === 'listed') return { found: listing.items.map((object) => ({ ref: refOfObject(object), object })), notes: [] }
      const message = `Whether a ${resource.kind} scales what this target deploys stays open: they cannot be listed in namespace ${namespace}.`
      return { found: [], notes: [{ kind: 'autoscalers-unseen', message }] }
    }),
  )
  return { found: lists.flatMap(({ found }) => found), notes: lists.flatMap(({ notes }) => notes) }
}
