import { createReadStream } from 'node:fs'
import { posix } from 'node:path'
import { PassThrough, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type CommitFile, isPlainPath, MAX_BYTES, MAX_FILES, TOO_MUCH, writeFiles } from '../chart/write-files.ts'
import { UserError } from '../errors.ts'
import { isBelow } from '../is-below.ts'

/** A whole repository is read to get a few folders out of it; beyond this it was made to fill the machine. */
export type ArchiveLimits = { readonly entries: number; readonly bytes: number }
const LIMITS: ArchiveLimits = { entries: 500_000, bytes: 4 * 1024 * 1024 * 1024 }

/**
 * Writes files of an archive, as GitHub makes them of a commit, into a folder. Nothing is written for an archive that holds a
 * path outside of its folder, anything but files, folders and links, or a wanted link that leads out.
 * @param paths relative to the repository, with slashes; an empty one for all of it
 * @returns where the symbolic links among them lead, relative to the repository
 * @throws UserError when the archive cannot be read, or holds what it must not
 */
export async function unpackFiles(
  archive: string,
  paths: readonly string[],
  folder: string,
  limits: ArchiveLimits = LIMITS,
): Promise<readonly string[]> {
  const files = await readArchive(archive, paths, limits).catch((error: unknown) => {
    throw error instanceof UserError ? error : refuse(`cannot be read (${error instanceof Error ? error.message : String(error)})`)
  })
  return writeFiles(files, folder, refuse)
}

async function readArchive(archive: string, paths: readonly string[], limits: ArchiveLimits): Promise<readonly CommitFile[]> {
  const { extract } = await import('tar-stream')
  const unpacked = extract()
  const files: CommitFile[] = []
  const seen = { entries: 0, bytes: 0, kept: 0 }
  const count = new PassThrough()
  count.on('data', (chunk: Buffer) => {
    seen.bytes += chunk.length
    if (seen.bytes > limits.bytes) count.destroy(refuse('holds more than can be unpacked'))
  })
  const reading = pipeline(createReadStream(archive), createGunzip(), count, unpacked as unknown as Writable)
  // Whoever iterates gets the same error; without this it would also be one that nobody handles.
  reading.catch(() => {})
  for await (const entry of unpacked) {
    const { type, name, linkname, size } = entry.header
    seen.entries += 1
    if (seen.entries > limits.entries) throw refuse('holds more than can be unpacked')
    const path = readPath(name, type)
    if (type === 'directory' || path === null || !paths.some((wanted) => isBelow(path, wanted))) {
      entry.resume()
      continue
    }
    seen.kept += size
    if (files.length >= MAX_FILES || seen.kept > MAX_BYTES) throw refuse(TOO_MUCH)
    const isLink = type === 'symlink'
    if (isLink && leadsOut(path, linkname)) throw refuse(`holds a symbolic link that leads out of it (${path})`)
    const content = await buffer(entry)
    files.push({ path, isLink, content: isLink ? Buffer.from(linkname) : content })
  }
  await reading
  return files
}

/** The path in the repository: GitHub puts everything into one folder. Null for that folder itself. */
function readPath(name: string, type: string): string | null {
  if (type !== 'file' && type !== 'directory' && type !== 'symlink') throw refuse('holds something else than files, folders and links')
  const [, ...rest] = (type === 'directory' ? name.replace(/\/$/, '') : name).split('/')
  if (!isPlainPath(name.replace(/\/$/, ''))) throw refuse('holds a path that leads out of it, or that no file can have')
  return rest.length === 0 ? null : rest.join('/')
}

function leadsOut(path: string, to: string): boolean {
  const end = posix.normalize(posix.join(posix.dirname(path), to))
  return posix.isAbsolute(to) || end === '..' || end.startsWith('../')
}

function refuse(message: string): UserError {
  return new UserError({
    where: 'the archive of the base',
    message: `The archive ${message}.`,
    remedy: 'Set `fetch-depth: 0` on actions/checkout, so that none is needed.',
  })
}
