import { mkdtemp, readdir, rm } from 'node:fs/promises'
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

  test('is unavailable where there is none', async () => {
    vi.stubEnv('ACTIONS_CACHE_URL', '')
    vi.stubEnv('ACTIONS_RESULTS_URL', '')
    expect(await openCacheStore(['shop'], workspace).read()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('file:PATH'),
    })
  })
})
