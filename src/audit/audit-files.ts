import { createReadStream } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { isInside } from '../inputs/workspace.ts'

/** The files of an audit log, in the order of their names. Throws what the file system throws. */
export type AuditFiles = { readonly files: readonly string[]; readonly refused: readonly string[] }

/**
 * Finds what is to be read: the file itself, or the files right in a folder. A link that leads out of the folder it was
 * looked for in is refused: whoever may put files there may not make others readable.
 *
 * @param path absolute
 * @param workspace absolute; a path inside of it must not lead out of it
 */
export async function findAuditFiles(path: string, workspace: string): Promise<AuditFiles> {
  const real = await realpath(path)
  const within = isInside(path, workspace) ? await realpath(workspace) : null
  if (within !== null && !isInside(real, within)) return { files: [], refused: [path] }
  if (!(await stat(real)).isDirectory()) return { files: [real], refused: [] }
  const files: string[] = []
  const refused: string[] = []
  for (const name of (await readdir(real)).toSorted()) {
    const file = await realpath(join(real, name)).catch(() => null)
    if (name.startsWith('.') || file === null) continue
    if (!isInside(file, real)) refused.push(join(path, name))
    else if ((await stat(file)).isFile()) files.push(file)
  }
  return { files, refused }
}

/** The text of a file, unpacked where its first bytes are gzip's, whatever it is called. */
export async function* readText(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of await open(file)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

async function open(file: string): Promise<AsyncIterable<unknown>> {
  const [first] = await createReadStream(file, { end: 1 }).toArray()
  const isPacked = first instanceof Buffer && first[0] === 0x1f && first[1] === 0x8b
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 })
  if (!isPacked) return bytes
  const unpacked = createGunzip()
  // Without this an error of the file would never reach whoever reads what is unpacked.
  bytes.on('error', (error) => unpacked.destroy(error))
  return bytes.pipe(unpacked)
}
