import type { RequestCounts } from '../model.ts'
import type { ClusterClient } from './client.ts'

/** Several targets may share a client: each counts its own reads, and the discovery that served them all. */
export function countReads(client: ClusterClient): { readonly counted: ClusterClient; readonly counts: () => RequestCounts } {
  const own = { list: 0, get: 0 }
  const counted: ClusterClient = {
    ...client,
    get: (path, options) => {
      if (options?.purpose !== 'discovery') own[options?.purpose ?? 'get']++
      return client.get(path, options)
    },
  }
  return { counted, counts: () => ({ ...own, discovery: client.counts().discovery }) }
}
