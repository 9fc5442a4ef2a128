import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '../model.ts'
import { toList, toObject, toText } from '../shapes.ts'
import type { ClusterClient } from './client.ts'

/** What Helm recorded of a release's last deploy; or why that is not known, as part of a sentence, and the remedy. */
export type ReleaseRecord =
  | { readonly outcome: 'read'; readonly last: DeployRevision; readonly rollback: Rollback | null }
  | { readonly outcome: 'unreadable'; readonly why: string; readonly remedy: string | null }
export type DeployRevision = {
  readonly revision: number
  /** `deployed`, `failed`, `pending-upgrade` ... as Helm words it. */
  readonly status: string
  /** RFC 3339, as Helm wrote it; null when it wrote none. */
  readonly time: string | null
  /** Hooks ran before it wrote its first object. */
  readonly hasHooks: boolean
  /** Helm 4 notes when it used server-side apply; whoever notes nothing did not. */
  readonly delivery: 'helm-server-side' | 'helm-client-side'
  /** Rendered YAML, without hooks: of the last successful deploy, then of what was tried since and failed half-way. */
  readonly manifests: readonly string[]
}
/** The last deploy was a `helm rollback`. */
export type Rollback = {
  readonly to: number
  /** What it undid: the last deploy before it that succeeded and was none itself. Null when Helm keeps no record of it. */
  readonly undone: { readonly revision: number; readonly manifest: string } | null
}

/** A release blob is bounded by etcd's object size; unpacked, a manifest beyond this is not a manifest. */
const MAX_RELEASE_BYTES = 64 * 1024 * 1024

/**
 * Reads Helm's own record of a release, Secrets in its namespace. Asked only when a difference cannot be judged without
 * it. Not being allowed to read it is normal.
 *
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 */
export async function readReleaseRecord(client: ClusterClient, release: string, namespace: string): Promise<ReleaseRecord> {
  const list = (selector: string) => listRevisions(client, namespace, `owner=helm,name=${release}${selector}`)
  const current = await list(',status!=superseded')
  if (current === null) {
    return {
      outcome: 'unreadable',
      why: 'Helm’s record of the last deploy may not be read',
      remedy: `Allow \`list\` on secrets in the namespace ${namespace}.`,
    }
  }
  const tried = current.filter(({ status }) => status !== 'uninstalled')
  const last = tried.find(({ status }) => status === 'deployed') ?? tried[0]
  if (last === undefined) return { outcome: 'unreadable', why: 'there is no readable record of a deploy by Helm', remedy: null }
  const manifests = [last, ...tried.filter(({ revision }) => revision > last.revision)].map(({ manifest }) => manifest)
  const to = readRollback(last)
  const rollback = to === null ? null : { to, undone: findUndone((await list('')) ?? [], last.revision) }
  return {
    outcome: 'read',
    last: { revision: last.revision, status: last.status, time: last.time, hasHooks: last.hasHooks, delivery: last.delivery, manifests },
    rollback,
  }
}

type Revision = {
  readonly revision: number
  readonly status: string
  readonly description: string
  readonly time: string | null
  readonly hasHooks: boolean
  readonly delivery: DeployRevision['delivery']
  readonly manifest: string
}

/** Newest first; null when they may not be read. */
async function listRevisions(client: ClusterClient, namespace: string, selector: string): Promise<readonly Revision[] | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets?labelSelector=${encodeURIComponent(selector)}`
  const answer = await client.get(path, { purpose: 'list' })
  if (answer.outcome !== 'answered' || answer.status !== 200) return null
  const items = (answer.body as { items?: { data?: { release?: string } }[] } | null)?.items ?? []
  return items.flatMap((item) => decode(item.data?.release) ?? []).toSorted((a, b) => b.revision - a.revision)
}

/** `data.release`: base64 of base64 of gzip of JSON. */
function decode(blob: string | undefined): Revision | null {
  if (blob === undefined) return null
  try {
    const packed = Buffer.from(Buffer.from(blob, 'base64').toString('latin1'), 'base64')
    const release = toObject(JSON.parse(gunzipSync(packed, { maxOutputLength: MAX_RELEASE_BYTES }).toString('utf8')))
    const info = toObject(release.info)
    const { manifest, version } = release
    if (typeof manifest !== 'string' || typeof version !== 'number') return null
    const [status, description] = [toText(info.status) ?? '', toText(info.description) ?? '']
    const delivery = release.apply_method === 'ssa' ? 'helm-server-side' : 'helm-client-side'
    return {
      revision: version,
      status,
      description,
      time: toText(info.last_deployed),
      hasHooks: hasEarlyHooks(release),
      delivery,
      manifest,
    }
  } catch {
    // A record that cannot be unpacked is as good as none, and the caller says so.
    return null
  }
}

function hasEarlyHooks({ hooks }: JsonObject): boolean {
  return toList(hooks).some((hook) => toList(toObject(hook).events).some((event) => toText(event)?.startsWith('pre-')))
}

/** Helm writes the same words in every version since 2: `Rollback to 3`. */
function readRollback({ description }: Revision): number | null {
  const to = /^Rollback to (\d+)$/.exec(description)?.[1]
  return to === undefined ? null : Number(to)
}

/** A deploy that failed was never the state that Git asked for, and one that was rolled back automatically is no rollback by a person. */
function findUndone(revisions: readonly Revision[], rollback: number): Rollback['undone'] {
  const undone = revisions.find((one) => one.revision < rollback && one.status !== 'failed' && readRollback(one) === null)
  return undone === undefined ? null : { revision: undone.revision, manifest: undone.manifest }
}
