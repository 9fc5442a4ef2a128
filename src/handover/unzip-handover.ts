import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { UserError } from '../errors.ts'
import { HANDOVER_FILE, MOST_BYTES } from './model.ts'
import { MOST, show, showSize } from './refuse-handover.ts'

const STORED = 0
const DEFLATED = 8
/** Beyond these nobody looks. */
const MOST_ENTRIES = 100
const inflate = promisify(inflateRaw)

/**
 * The text of the one file in an artifact. Nothing is written anywhere, and no more is unpacked than the bound.
 *
 * @param zip the artifact as GitHub gives it, from a job that anyone who opens a pull request may change
 * @throws UserError with the reason
 */
export async function unzipHandover(zip: Uint8Array): Promise<string> {
  if (zip.length > MOST_BYTES) throw refuse(`It has ${showSize(zip.length)}; at most ${MOST} are read.`)
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.length)
  const opened = await open(bytes)
  try {
    const entry = await findFile(opened)
    const unpacked = await unpack(bytes, opened, entry)
    if (unpacked.length !== entry.uncompressedSize) {
      throw refuse(`${HANDOVER_FILE} has ${unpacked.length} bytes, and is declared to have ${entry.uncompressedSize}.`)
    }
    if (crc32(unpacked) !== entry.crc32) throw refuse(`${HANDOVER_FILE} is damaged: its checksum is another one.`)
    return decode(unpacked)
  } finally {
    opened.close()
  }
}

/** Names are taken as bytes: the library would mend some, or take them from another field, and here only one name is right. */
async function open(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: true })
  } catch (error) {
    throw tellBroken(error)
  }
}

/** Looks at all entries before it takes the one. */
async function findFile(opened: ZipFile): Promise<Entry> {
  if (opened.entryCount > MOST_ENTRIES)
    throw refuse(`It holds ${opened.entryCount} files; it should hold ${HANDOVER_FILE} and nothing else.`)
  const entries: Entry[] = []
  try {
    for await (const entry of opened.eachEntry()) entries.push(entry)
  } catch (error) {
    throw tellBroken(error)
  }
  const names = entries.map(nameOf)
  for (const name of names) refuseName(name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw refuse(`It holds ${show(twice)} twice.`)
  const [entry] = entries
  if (entry === undefined || entries.length > 1)
    throw refuse(`It holds ${entries.length} files; it should hold ${HANDOVER_FILE} and nothing else.`)
  if (names[0] !== HANDOVER_FILE) throw refuse(`It holds ${show(names[0] ?? '')}; it should hold ${HANDOVER_FILE} and nothing else.`)
  refuseEntry(entry)
  return entry
}

function nameOf({ fileNameRaw }: Entry): string {
  return fileNameRaw.toString('latin1')
}

/** None of these would be written anywhere; whoever made them meant that it would. */
function refuseName(name: string): void {
  if (name.includes('\\')) throw refuse(`The name ${show(name)} has a backslash.`)
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) throw refuse(`The name ${show(name)} is an absolute path.`)
  if (name.split('/').includes('..')) throw refuse(`The name ${show(name)} leads out of the folder.`)
}

function refuseEntry(entry: Entry): void {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000
  if (kind === 0o120000) throw refuse(`${HANDOVER_FILE} is a symbolic link.`)
  if (kind !== 0 && kind !== 0o100000) throw refuse(`${HANDOVER_FILE} is no ordinary file.`)
  if (entry.isEncrypted()) throw refuse(`${HANDOVER_FILE} is encrypted.`)
  const { compressionMethod, uncompressedSize } = entry
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw refuse(`${HANDOVER_FILE} is packed by method ${compressionMethod}, which is not read.`)
  if (uncompressedSize > MOST_BYTES) throw refuse(`${HANDOVER_FILE} has ${showSize(uncompressedSize)}; at most ${MOST} are read.`)
}

/** Stops as soon as there is more than was declared, which is within the bound. */
async function unpack(bytes: Buffer, opened: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const { fileDataStart } = await opened.readLocalFileHeaderPromise(entry, { minimal: true })
    const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize)
    if (entry.compressionMethod === STORED) return packed
    return await inflate(packed, { maxOutputLength: Math.max(entry.uncompressedSize, 1) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw tellBroken(error)
    throw refuse(`${HANDOVER_FILE} has more than the ${entry.uncompressedSize} bytes that it is declared to have.`)
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refuse(`${HANDOVER_FILE} is not UTF-8.`)
  }
}

function tellBroken(error: unknown): UserError {
  return refuse(`It is no whole zip file (${show(error instanceof Error ? error.message : String(error))}).`)
}

function refuse(message: string): UserError {
  const remedy = `Upload ${HANDOVER_FILE} with actions/upload-artifact as it is: alone, and packed.`
  return new UserError({ message, where: 'artifact', remedy })
}
