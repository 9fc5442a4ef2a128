import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCacheStore } from '../../src/deliver/cache-store.ts'
import { type FakeCache, serveCache } from '../fakes/actions-cache.ts'
import { makeMemory, makeStreak } from '../memory/make-memory.ts'

/** The real client, against a cache of its own. It finds it as it finds GitHub's: by the environment of a run. */
describe('the store in the cache of GitHub Actions', { timeout: 60_000 }, () => {
  let cache: FakeCache
  let workspace: string

  beforeEach(async () => {
    cache = await serveCache()
    workspace = await mkdtemp(join(tmpdir(), 'plumbline-cache-'))
    vi.stubEnv('ACTIONS_CACHE_URL', cache.url)
    vi.stubEnv('ACTIONS_RUNTIME_TOKEN', 'token')
    vi.stubEnv('GITHUB_WORKSPACE', workspace)
    vi.stubEnv('RUNNER_TEMP', workspace)
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    vi.spyOn(process, 'cwd').mockReturnValue(workspace)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    await cache.close()
    await rm(workspace, { recursive: true, force: true })
  })

  const shop = makeMemory({ streaks: [makeStreak()] })

  test('gives back what was saved last, and leaves nothing in the workspace', async () => {
    const store = openCacheStore(['shop'], workspace)
    expect(await store.read()).toEqual({ state: 'usable', targets: {} })
    expect(await store.save({ shop: makeMemory() })).toBeNull()
    expect(await store.save({ shop })).toBeNull()
    expect(await openCacheStore(['shop'], workspace).read()).toEqual({ state: 'usable', targets: { shop } })
    expect((await readdir(workspace)).filter((name) => name.includes('plumbline'))).toEqual([])
  })

  test('keeps apart the runs of other targets', async () => {
    await openCacheStore(['shop'], workspace).save({ shop })
    expect(await openCacheStore(['shop', 'search'], workspace).read()).toEqual({ state: 'usable', targets: {} })
    expect(await openCacheStore(['search', 'shop'], workspace).read()).toEqual({ state: 'usable', targets: {} })
  })

  test('is empty once it was lost', async () => {
    const store = openCacheStore(['shop'], workspace)
    await store.save({ shop })
    cache.lose()
    expect(await store.read()).toEqual({ state: 'usable', targets: {} })
  })

  test.each(['writes', 'everything'] as const)('is unavailable, and not empty, where it refuses %s', async (breaks) => {
    cache.breaks = breaks
    const store = openCacheStore(['shop'], workspace)
    expect(await store.read()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('cache of GitHub Actions') })
    expect(await store.save({ shop })).toContain('cache of GitHub Actions')
  })

  test.each([1, 2])('outlives a moment’s trouble: %s lookups that fail take nothing away', async (times) => {
    await openCacheStore(['shop'], workspace).save({ shop })
    cache.missing = times
    const during = await openCacheStore(['shop'], workspace).read()
    expect(during).toMatchObject(times === 1 ? { state: 'usable', targets: { shop } } : { state: 'unavailable' })
    expect(await openCacheStore(['shop'], workspace).read()).toEqual({ state: 'usable', targets: { shop } })
  })

  test('that is damaged is told, and the next save takes its place', async () => {
    const store = openCacheStore(['shop'], workspace)
    await store.save({ shop: {} as never })
    expect(await store.read()).toMatchObject({ state: 'usable', targets: {}, damage: expect.stringContaining('shop') })
    expect(await store.save({ shop })).toBeNull()
    expect(await store.read()).toEqual({ state: 'usable', targets: { shop } })
  })

  test('takes along what a run of some of its targets does not touch', async () => {
    await openCacheStore(['shop', 'search'], workspace).save({ shop, search: makeMemory() })
    const store = openCacheStore(['shop', 'search'], workspace)
    await store.read()
    await store.save({ search: shop })
    expect(await store.read()).toEqual({ state: 'usable', targets: { shop, search: shop } })
  })

  test('touches nothing of others that is in its way, and names it', async () => {
    const store = openCacheStore(['shop'], workspace)
    await store.save({ shop })
    const [scope] = cache.keys().flatMap((key) => /state-v1-(\w+)-/.exec(key)?.[1] ?? [])
    const file = join(workspace, `.plumbline-state-${scope}.json`)
    const theirs = join(workspace, 'theirs.txt')
    await writeFile(theirs, 'precious')
    const refused = { state: 'unavailable', reason: expect.stringContaining(`${file} is in the way`) }
    for (const put of [() => mkdir(file), () => symlink(theirs, file), () => writeFile(file, 'precious')]) {
      await put()
      expect(await store.read()).toMatchObject(refused)
      expect(await store.save({ shop: makeMemory() })).toContain('is in the way')
      expect(await readdir(workspace)).toContain(`.plumbline-state-${scope}.json`)
      await rm(file, { recursive: true })
    }
    expect(await readFile(theirs, 'utf8')).toBe('precious')
    // What a run that was killed has left is no obstacle.
    await writeFile(file, '{"version":1,"targets":{}}')
    expect(await store.read()).toEqual({ state: 'usable', targets: { shop } })
  })

  test('is unavailable where there is none', async () => {
    vi.stubEnv('ACTIONS_CACHE_URL', '')
    vi.stubEnv('ACTIONS_RESULTS_URL', '')
    expect(await openCacheStore(['shop'], workspace).read()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('file:PATH'),
    })
  })
})
