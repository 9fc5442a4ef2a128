import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFileStore } from '../../src/deliver/store.ts'
import { makeMemory, makeStreak } from '../memory/make-memory.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-store-'))
  path = join(folder, 'state.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const shop = makeMemory({ streaks: [makeStreak()] })

test('keeps what runs of other targets saved, leaves nothing beside it, and makes its folder', async () => {
  const store = openFileStore(join(folder, 'a/b/state.json'))
  expect(await store.read()).toEqual({ state: 'usable', targets: {} })
  expect(await store.save({ shop })).toBeNull()
  expect(await store.save({ search: makeMemory() })).toBeNull()
  expect(await store.read()).toEqual({ state: 'usable', targets: { shop, search: makeMemory() } })
  expect(await readdir(join(folder, 'a/b'))).toEqual(['state.json'])
})

test('writes through no link: neither one at its path nor one laid beside it', async () => {
  const theirs = join(folder, 'theirs.txt')
  await writeFile(theirs, 'precious')
  await symlink(theirs, `${path}.new`)
  expect(await openFileStore(path).save({ shop })).toBeNull()
  await symlink(theirs, join(folder, 'link.json'))
  const link = openFileStore(join(folder, 'link.json'))
  expect(await link.read()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('link.json is a symbolic link') })
  expect(await link.save({ shop })).toContain('symbolic link')
  expect(await readFile(theirs, 'utf8')).toBe('precious')
})

test('tells what is damaged, and mends it with the next save', async () => {
  await writeFile(path, JSON.stringify({ version: 1, targets: { shop, search: {} } }))
  const store = openFileStore(path)
  expect(await store.read()).toEqual({ state: 'usable', targets: { shop }, damage: expect.stringContaining('search') })
  expect(await store.save({ search: makeMemory() })).toBeNull()
  expect(await store.read()).toEqual({ state: 'usable', targets: { shop, search: makeMemory() } })
})

test('says why it cannot be used, and never throws', async () => {
  await mkdir(path)
  expect(await openFileStore(path).read()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('EISDIR') })
  expect(await openFileStore(path).save({ shop })).toContain('EISDIR')
  await symlink(join(folder, 'nowhere/at/all'), join(folder, 'gone'))
  const gone = openFileStore(join(folder, 'gone/state.json'))
  expect(await gone.save({ shop })).toContain('cannot be written')
})
