import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unzipHandover } from '../../src/handover/unzip-handover.ts'
import { catchRefusal } from './make-handover.ts'
import { makeZip, makeZip64Extra, type ZipPart } from './make-zip.ts'

const MB = 2 ** 20
const back = process.cwd()
let folder = ''

// Everything below is unpacked in an empty folder, and leaves it empty, the folder above it as it was.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(back)
  const written = readdirSync(folder)
  rmSync(folder, { recursive: true })
  expect(written).toEqual([])
})

test.each([0, 8])('takes the one file, packed by method %i', async (method) => {
  expect(await unzipHandover(makeZip({ data: '{"a":"ä"}', method }))).toBe('{"a":"ä"}')
})

test('takes what another program packed, and a view into a larger buffer', async () => {
  const zip = zipSync({ 'preview.json': new TextEncoder().encode('{}') })
  const larger = new Uint8Array(zip.length + 10)
  larger.set(zip, 5)
  expect(await unzipHandover(zip)).toBe('{}')
  expect(await unzipHandover(larger.subarray(5, 5 + zip.length))).toBe('{}')
})

test('takes sizes of 64 bits where they are true', async () => {
  const extra = makeZip64Extra(2n)
  expect(await unzipHandover(makeZip({ data: '{}', size: 0xffff_ffff, extra }))).toBe('{}')
})

test.each<readonly [string, readonly ZipPart[], string]>([
  ['no file', [], 'It holds 0 files; it should hold preview.json and nothing else.'],
  ['two files', [{}, { name: 'x.sh' }], 'It holds 2 files; it should hold preview.json and nothing else.'],
  ['thousands of files', Array.from({ length: 2000 }, (_, at) => ({ name: `${at}` })), 'It holds 2000 files;'],
  ['the file twice', [{}, {}], 'It holds "preview.json" twice.'],
  ['another name', [{ name: 'Preview.json' }], 'It holds "Preview.json"; it should hold preview.json'],
  ['a folder', [{ name: 'preview.json/' }], 'It holds "preview.json/";'],
  ['a null in the name', [{ name: 'preview.json\0.sh' }], 'It holds "preview.json\\u0000.sh";'],
  ['a name that leads out (zip slip)', [{ name: '../../preview.json' }], 'The name "../../preview.json" leads out of the folder.'],
  ['a name that leads out beside the file', [{}, { name: 'a/../../x' }], 'The name "a/../../x" leads out of the folder.'],
  ['an absolute name', [{ name: '/etc/cron.d/x' }], 'The name "/etc/cron.d/x" is an absolute path.'],
  ['a drive', [{ name: 'C:x' }], 'The name "C:x" is an absolute path.'],
  ['a backslash', [{ name: '..\\preview.json' }], 'The name "..\\\\preview.json" has a backslash.'],
  ['a symbolic link', [{ data: '/proc/self/environ', method: 0, attributes: 0o120777 << 16 }], 'preview.json is a symbolic link.'],
  ['a device', [{ attributes: 0o020644 << 16 }], 'preview.json is no ordinary file.'],
  ['an encrypted file', [{ flags: 1 }], 'preview.json is encrypted.'],
  ['a strongly encrypted file', [{ flags: 0x41 }], 'It is no whole zip file ("strong encryption is not supported").'],
  ['another way to pack', [{ method: 12 }], 'preview.json is packed by method 12, which is not read.'],
  ['a size over the bound', [{ size: 100 * MB }], 'preview.json has 100 MB; at most 20 MB are read.'],
  [
    'a size that is too small',
    [{ data: 'x'.repeat(1000), size: 10 }],
    'preview.json has more than the 10 bytes that it is declared to have.',
  ],
  ['a size that is too large', [{ data: 'xx', size: 10 }], 'preview.json has 2 bytes, and is declared to have 10.'],
  [
    'a size that is another where nothing is packed',
    [{ data: 'xx', size: 10, method: 0 }],
    'It is no whole zip file ("compressed/uncompressed size mismatch',
  ],
  ['another checksum', [{ checksum: 7 }], 'preview.json is damaged: its checksum is another one.'],
  ['what is not UTF-8', [{ data: new Uint8Array([0x22, 0xff, 0x22]) }], 'preview.json is not UTF-8.'],
  ['a size of 64 bits that is not there', [{ size: 0xffff_ffff, extra: makeZip64Extra() }], 'It is no whole zip file ("zip64 extended'],
  ['a size of 64 bits beyond the bound', [{ size: 0xffff_ffff, extra: makeZip64Extra(2n ** 40n) }], 'preview.json has 1048576 MB;'],
  [
    'a size of 64 bits beyond all numbers',
    [{ size: 0xffff_ffff, extra: makeZip64Extra(2n ** 64n - 1n) }],
    'preview.json has 17592186044416 MB;',
  ],
  ['an extra field that goes on beyond its end', [{ extra: Buffer.from([1, 0, 99, 0]) }], 'It is no whole zip file ('],
])('refuses %s', async (_, parts, words) => {
  const told = await catchRefusal(() => unzipHandover(makeZip(...parts)))
  expect(told).toContain(`artifact: ${words}`)
  expect(told).toMatch(/ Upload preview\.json with actions\/upload-artifact as it is: alone, and packed\.$/)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('kind: List\n')],
  ['a zip that was cut', makeZip({ data: 'x'.repeat(1000), method: 0 }).subarray(0, -30)],
  ['a zip without its start', makeZip({ data: 'x'.repeat(1000), method: 0 }).subarray(500)],
  ['a zip with something behind it', Buffer.concat([makeZip({}), Buffer.from('x')])],
  ['a zip of several disks', patch(makeZip({}), (zip) => zip.writeUInt16LE(1, zip.length - 18))],
  ['a directory that lies beyond the end', patch(makeZip({}), (zip) => zip.writeUInt32LE(0xffff_fff0, zip.length - 6))],
  ['a directory with fewer files than it says', patch(makeZip({}), (zip) => zip.writeUInt16LE(2, zip.length - 12))],
  ['packed bytes that are none', patch(makeZip({ data: 'hello, hello, hello' }), (zip) => zip.fill(0xff, 42, 50))],
  ['a zip64 end that lies nowhere', withZip64Locator(makeZip({}), 2n ** 62n)],
  ['a zip64 end that is none', withZip64Locator(makeZip({ data: 'x'.repeat(1000), method: 0 }), 0n)],
])('refuses %s', async (_, zip) => {
  expect(await catchRefusal(() => unzipHandover(zip))).toMatch(/^artifact: It is no whole zip file \("/)
})

test('refuses a zip over the bound without a look inside', async () => {
  expect(await catchRefusal(() => unzipHandover(new Uint8Array(21 * MB)))).toContain('It has 21 MB; at most 20 MB are read.')
})

test('a hundred megabytes of zeros that say they are few are not unpacked', async () => {
  const bomb = makeZip({ data: new Uint8Array(100 * MB), size: 20 * MB, checksum: 0 })
  expect(bomb.length).toBeLessThan(MB)
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 1)
  const told = await catchRefusal(() => unzipHandover(bomb))
  clearInterval(watch)
  peak = Math.max(peak, process.memoryUsage().rss)
  expect(told).toContain('preview.json has more than the 20971520 bytes that it is declared to have.')
  expect(peak - before).toBeLessThan(60 * MB)
})

function patch(zip: Buffer, change: (zip: Buffer) => unknown): Buffer {
  change(zip)
  return zip
}

/** The end of the directory, with a note before it that says where the one for 64 bits is. */
function withZip64Locator(zip: Buffer, offset: bigint): Buffer {
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(offset, 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([zip.subarray(0, -22), locator, zip.subarray(-22)])
}
