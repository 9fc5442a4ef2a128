import { gunzipSync } from 'node:zlib'
import type { Note } from '../model.ts'
import type { ClusterClient } from './client.ts'

/** The rendered manifest of the last successful deploy as YAML text, or a note why it is not known. */
export type ReleaseRecord = { readonly manifest: string } | { readonly manifest: null; readonly note: Note }

/** A release blob is bounded by etcd's object size; unpacked, a manifest beyond this is not a manifest. */
const MAX_RELEASE_BYTES = 64 * 1024 * 1024

/**
 * Reads the manifest of the last successful deploy from Helm's own record, a Secret in the release's namespace. Asked
 * only when a difference cannot be judged without it. Not being allowed to read it is normal, and gives a note.
 *
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 */
export async function readReleaseRecord(client: ClusterClient, release: string, namespace: string): Promise<ReleaseRecord> {
  const selector = encodeURIComponent(`owner=helm,name=${release},status=deployed`)
  const answer = await client.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets?labelSelector=${selector}`, {
    purpose: 'list',
  })
  if (answer.outcome !== 'answered' || answer.status !== 200) {
    return unknown(
      'the record of the last deploy may not be read',
      'Allow list on secrets in this namespace, or decide from the history of the repository.',
    )
  }
  const manifest = decodeNewest(answer.body)
  if (manifest !== null) return { manifest }
  return unknown('there is no readable record of a successful deploy', 'Decide from the history of the repository.')
}

function unknown(what: string, remedy: string): ReleaseRecord {
  return {
    manifest: null,
    note: { kind: 'no-release-record', message: `Whether Git is ahead or the cluster was touched stays open: ${what}. ${remedy}` },
  }
}

/** The newest revision's `data.release`: base64 of base64 of gzip of JSON. */
function decodeNewest(body: unknown): string | null {
  const items = (body as { items?: { metadata?: { labels?: { version?: string } }; data?: { release?: string } }[] } | null)?.items ?? []
  const newest = items.toSorted((a, b) => Number(b.metadata?.labels?.version ?? 0) - Number(a.metadata?.labels?.version ?? 0))[0]
  const blob = newest?.data?.release
  if (blob === undefined) return null
  try {
    const packed = Buffer.from(Buffer.from(blob, 'base64').toString('latin1'), 'base64')
    const release = JSON.parse(gunzipSync(packed, { maxOutputLength: MAX_RELEASE_BYTES }).toString('utf8')) as { manifest?: unknown }
    return typeof release.manifest === 'string' ? release.manifest : null
  } catch {
    // A record that cannot be unpacked is as good as none, and the caller says so.
    return null
  }
}
