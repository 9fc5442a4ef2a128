import { share } from '../share.ts'
import type { ClusterClient } from './client.ts'

/** A client that asks each question about the credential's own rights once, however many stages and targets want to know. */
export function rememberReviews(client: ClusterClient): ClusterClient {
  const ask = share((question: string) => client.review(...(JSON.parse(question) as Parameters<ClusterClient['review']>)))
  return { ...client, review: (kind, spec) => ask(JSON.stringify([kind, spec])) }
}
