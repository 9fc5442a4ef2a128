import { createWriteStream } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { isSafeAddress } from '../safe-address.ts'
import type { Remote } from './remote.ts'

/** A commit's files as one archive. */
export type Archive = { readonly file: string; readonly remove: () => Promise<void> }

const TIMEOUT_MS = 180_000
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Downloads the files of a commit from GitHub's API into a temporary folder. GitHub sends on to another server, which gets no
 * token: the address it gives holds all that is needed.
 *
 * @returns why it could not be had, in a sentence without its full stop, instead of the archive
 * @see https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
 */
export async function downloadArchive(remote: Remote, commit: string): Promise<Archive | { readonly reason: string }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-archive-')))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const file = join(folder, 'archive.tar.gz')
    const answer = await request(remote, commit, AbortSignal.timeout(TIMEOUT_MS))
    await pipeline(Readable.fromWeb(answer), limitBytes(MAX_BYTES), createWriteStream(file))
    return { file, remove }
  } catch (error) {
    await remove()
    return { reason: explain(error) }
  }
}

async function request({ apiUrl, owner, repo, token }: Remote, commit: string, signal: AbortSignal): Promise<ReadableStream> {
  if (!isSafeAddress(apiUrl)) throw new Error(`${apiUrl} is no https address`)
  const headers = {
    accept: 'application/vnd.github+json',
    'user-agent': 'plumbline',
    'x-github-api-version': '2022-11-28',
    ...(token === '' ? {} : { authorization: `token ${token}` }),
  }
  const url = `${apiUrl}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/tarball/${commit}`
  const first = await fetch(url, { headers, redirect: 'manual', signal })
  const next = first.headers.get('location')
  await first.body?.cancel()
  if (first.status !== 302 || next === null) throw new Error(`GitHub answered ${first.status}`)
  const sentTo = new URL(next, url).href
  if (!isSafeAddress(sentTo)) throw new Error('GitHub sent on to an address that is not https')
  const second = await fetch(sentTo, { headers: { 'user-agent': 'plumbline' }, redirect: 'error', signal })
  if (second.status === 200 && second.body !== null) return second.body as ReadableStream
  await second.body?.cancel()
  throw new Error(`the server of archives answered ${second.status}`)
}

function limitBytes(most: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > most ? new Error(`the archive is larger than ${most / 1024 / 1024} MB`) : null, chunk)
    },
  })
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `there was no whole answer within ${TIMEOUT_MS / 1000} seconds`
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
