import { crc32, deflateRawSync } from 'node:zlib'

/** One file of a zip, with what its headers say, true or not. */
export type ZipPart = {
  readonly name?: string
  readonly data?: string | Uint8Array
  /** 0 is as it is, 8 is deflated, and others are not packed at all. */
  readonly method?: number
  readonly flags?: number
  /** The declared size. */
  readonly size?: number
  readonly checksum?: number
  /** The mode of Unix in the upper half. */
  readonly attributes?: number
  readonly extra?: Uint8Array
}

/** A zip file byte by byte, so that it can say what no library would write. */
export function makeZip(...parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { method = 8, flags = 0x800, attributes = 0o100644 << 16, extra = new Uint8Array() } = part
    const data = Buffer.from(part.data ?? '{}')
    const packed = method === 8 ? deflateRawSync(data) : data
    const name = Buffer.from(part.name ?? 'preview.json')
    const common = Buffer.alloc(22)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(part.checksum ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(part.size ?? data.length, 18)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(name.length, 0)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    common.copy(central, 6)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt16LE(extra.length, 30)
    central.writeUInt32LE(attributes >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, lengths, name, packed])
    centrals.push(central, name, Buffer.from(extra))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** An extra field of zip64: sizes and offsets of 64 bits. */
export function makeZip64Extra(...values: readonly bigint[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [at, value] of values.entries()) extra.writeBigUInt64LE(value, 4 + 8 * at)
  return extra
}
