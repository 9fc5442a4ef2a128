import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { downloadArchive } from '../../src/trees/download-archive.ts'
import { unpackFiles } from '../../src/trees/unpack-archive.ts'
import { catchFaults, makeWorkspace, removeWorkspaces } from '../chart/support/charts.ts'
import type { Fault } from '../fakes/github/faults.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { archiveCommit, type Entry, makeArchive, makeOrigin } from './support.ts'

afterAll(removeWorkspaces)

async function unpack(archive: Buffer, paths: readonly string[] = [''], limits?: Parameters<typeof unpackFiles>[3]) {
  const workspace = makeWorkspace({ 'out/.keep': '' })
  writeFileSync(workspace.at('archive.tar.gz'), archive)
  const links = unpackFiles(workspace.at('archive.tar.gz'), paths, workspace.at('out'), limits)
  return { workspace, links }
}

test('what GitHub makes of a commit: files, links within, and only what is wanted', async () => {
  const { repository } = makeOrigin({ 'app/a.yaml': 'a', 'lib/b.yaml': 'b', 'x/c.yaml': 'c' }, {})
  repository.link('app/link.yaml', '../lib/b.yaml')
  const commit = repository.commit({ [`app/${'long/'.repeat(40)}d.yaml`]: 'd' })
  const archive = archiveCommit(repository, commit)
  const { workspace, links } = await unpack(archive, ['app', 'app/a.yaml', 'nowhere'])
  expect(await links).toEqual(['lib/b.yaml'])
  expect(readlinkSync(workspace.at('out/app/link.yaml'))).toBe('../lib/b.yaml')
  expect(readFileSync(workspace.at(`out/app/${'long/'.repeat(40)}d.yaml`), 'utf8')).toBe('d')
  expect(readdirSync(workspace.at('out')).sort()).toEqual(['.keep', 'app'])
  const whole = await unpack(archive)
  await whole.links
  expect(readdirSync(whole.workspace.at('out')).sort()).toEqual(['.keep', 'app', 'lib', 'of-others.txt', 'x'])
})

test.each<[string, readonly Entry[], RegExp]>([
  ['a path with ..', [{ name: 'r/../../evil', text: 'x' }], /leads out of it/],
  ['.. behind an unwanted folder', [{ name: 'r/x/../../../evil', text: 'x' }], /leads out of it/],
  ['an absolute path', [{ name: '/etc/evil', text: 'x' }], /leads out of it/],
  ['a folder with ..', [{ name: 'r/../evil', type: 'directory' }], /leads out of it/],
  ['an absolute path in the folder', [{ name: 'r//etc/evil', text: 'x' }], /leads out of it/],
  ['a repository in it', [{ name: 'r/app/.GIT/hooks/x', text: 'x' }], /no file can have/],
  [
    'a link to the machine',
    [{ name: 'r/app/a', type: 'symlink', to: '/proc/self/environ' }],
    /symbolic link that leads out of it \(app\/a\)/,
  ],
  ['a link out', [{ name: 'r/app/a', type: 'symlink', to: '../../x' }], /symbolic link that leads out/],
  ['a hard link', [{ name: 'r/app/a', type: 'link', to: '/etc/passwd' }], /something else than files/],
  ['a pipe', [{ name: 'r/app/a', type: 'fifo' }], /something else than files/],
])('%s is refused, and nothing is written outside', async (_, entries, says) => {
  const { workspace, links } = await unpack(await makeArchive([...entries, { name: 'r/app/Chart.yaml', text: 'x' }]), ['app'])
  const [fault] = await catchFaults(links.then((found) => Promise.reject(new Error(`it was unpacked: ${found}`))))
  expect(fault?.message).toMatch(says)
  expect(existsSync(workspace.at('evil'))).toBe(false)
  expect(readdirSync(workspace.path).sort()).toEqual(['archive.tar.gz', 'out'])
  expect(readdirSync(workspace.at('out'))).toEqual(['.keep'])
})

test('a file behind a link does not go where the link leads', async () => {
  const entries: Entry[] = [
    { name: 'r/app/a', type: 'symlink', to: '../b' },
    { name: 'r/b', type: 'directory' },
    { name: 'r/app/a/c', text: 'x' },
  ]
  const { workspace, links } = await unpack(await makeArchive(entries))
  await links
  expect(lstatSync(workspace.at('out/app/a')).isDirectory()).toBe(true)
  expect(existsSync(workspace.at('out/b'))).toBe(false)
})

test.each<[string, () => Promise<Buffer>, RegExp]>([
  ['no archive at all', async () => Buffer.from('<html>'), /cannot be read/],
  ['half of one', async () => (await makeArchive([{ name: 'r/app/a', text: 'x'.repeat(5_000) }])).subarray(0, 40), /cannot be read/],
  ['something else packed', async () => gzipSync('x'.repeat(2_000)), /cannot be read/],
  [
    'a file that fills the memory',
    () => makeArchive([{ name: 'r/app/a', text: '\0'.repeat(65 * 1024 * 1024) }]),
    /more than 20000 files or 64 MB/,
  ],
])('%s is refused', async (_, make, says) => {
  const { links } = await unpack(await make(), ['app'])
  expect((await catchFaults(links))[0]?.message).toMatch(says)
})

test('one that never ends is left early, be it of entries or of bytes that nobody wants', async () => {
  const many = await makeArchive(Array.from({ length: 60 }, (_, index) => ({ name: `r/x/${index}`, text: 'x' })))
  expect((await catchFaults((await unpack(many, ['app'], { entries: 50, bytes: 1e9 })).links))[0]?.message).toMatch(
    /more than can be unpacked/,
  )
  const large = await makeArchive([{ name: 'r/x/zeros', text: '\0'.repeat(1024 * 1024) }])
  expect((await catchFaults((await unpack(large, ['app'], { entries: 50, bytes: 100_000 })).links))[0]?.message).toMatch(
    /more than can be unpacked/,
  )
  expect(await (await unpack(large, ['app'])).links).toEqual([])
})

test.each<[string, Fault, RegExp]>([
  [
    'a redirect without encryption',
    { commits: false, gives: () => ({ status: 302, headers: { location: 'http://example.com/x' }, body: null }) },
    /not https/,
  ],
  ['a broken connection', { commits: false, gives: 'reset' }, /fetch failed/],
  ['no redirect', { commits: false, gives: () => ({ status: 200, headers: {}, body: 'x' }) }, /GitHub answered 200/],
])('%s gives a reason and no archive', async (_, fault, says) => {
  const { github, server } = await startGitHub()
  github.faults.add({ fault })
  const remote = { owner: 'acme', repo: 'shop', serverUrl: '', apiUrl: server.url, token: 'fake-token' }
  expect(await downloadArchive(remote, 'a'.repeat(40))).toEqual({ reason: expect.stringMatching(says) })
})
