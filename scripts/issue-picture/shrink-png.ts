import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = 8
const MOST_COLOURS = 256

/**
 * Writes a picture of text with a palette of its 256 most frequent colours, which makes it a quarter as large. Chromium
 * writes 8-bit RGB without interlacing.
 *
 * @throws Error when it is another kind of PNG
 * @see https://www.w3.org/TR/png-3/
 */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = readChunks(png)
  const head = chunks.find(({ type }) => type === 'IHDR')?.data
  if (head === undefined || head.readUInt16BE(8) !== 0x0802 || head[12] !== 0) throw new Error('This is no 8-bit RGB PNG.')
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const pixels = unfilter(
    inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))),
    width * 3,
    height,
  )
  const colours = Array.from({ length: width * height }, (_, at) => pixels.readUIntBE(at * 3, 3))
  const { palette, find } = choosePalette(colours)
  const rows = Buffer.alloc((width + 1) * height)
  for (const [at, colour] of colours.entries()) rows[at + Math.floor(at / width) + 1] = find(colour)
  const written = [
    writeChunk('IHDR', Buffer.concat([head.subarray(0, 8), Buffer.from([8, 3, 0, 0, 0])])),
    writeChunk('PLTE', Buffer.from(palette.flatMap(split))),
    writeChunk('IDAT', deflateSync(rows, { level: 9 })),
    writeChunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([png.subarray(0, SIGNATURE), ...written])
}

/** The most frequent colours, and the place among them of the one that is nearest to a colour. */
function choosePalette(colours: readonly number[]) {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = [...counts].toSorted(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour)
  palette.length = Math.min(palette.length, MOST_COLOURS)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  const find = (colour: number) => {
    const distances = () => palette.map((one) => split(one).reduce((sum, part, at) => sum + (part - (split(colour)[at] ?? 0)) ** 2, 0))
    const place = places.get(colour) ?? distances().reduce((best, each, at, all) => (each < (all[best] ?? 0) ? at : best), 0)
    places.set(colour, place)
    return place
  }
  return { palette, find }
}

function split(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
}

function readChunks(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks: { readonly type: string; readonly data: Buffer }[] = []
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function writeChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
  chunk.writeUInt32BE(data.length, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}

/** Undoes the filter of each row: most bytes are stored as the difference to their neighbours. */
function unfilter(bytes: Buffer, stride: number, height: number): Buffer {
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = bytes[row * (stride + 1)]
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column
      const left = column < 3 ? 0 : (pixels[at - 3] ?? 0)
      const up = row === 0 ? 0 : (pixels[at - stride] ?? 0)
      const corner = row === 0 || column < 3 ? 0 : (pixels[at - stride - 3] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, predict(left, up, corner)][filter ?? 0] ?? 0
      pixels[at] = (bytes[at + row + 1] ?? 0) + guess
    }
  }
  return pixels
}

/** The Paeth predictor. */
function predict(left: number, up: number, corner: number): number {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value)) as [number, number, number]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
