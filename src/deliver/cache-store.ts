import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatStored, parseStored } from '../memory/stored.ts'
import type { Store } from './store.ts'

/**
 * A store in the cache of GitHub Actions. Entries cannot be overwritten, so each run saves one of its own and the newest is
 * restored; GitHub drops those that nobody used for 7 days. It is a hint that may be lost, never the only witness.
 *
 * The file lies in the workspace while it is saved or restored, since its path is part of what the entry is found by and
 * must be the same on every runner.
 *
 * @param names of all targets of the run: runs of other targets keep their own entries
 * @param isDry where nothing may be written
 * @see https://docs.github.com/actions/reference/workflows-and-actions/dependency-caching
 */
export function openCacheStore(names: readonly string[], workspace: string, isDry = false): Store {
  const scope = createHash('sha256').update(JSON.stringify(names.toSorted())).digest('hex').slice(0, 16)
  const prefix = `plumbline-state-v1-${scope}-`
  const path = `.plumbline-state-${scope}.json`
  const file = join(workspace, path)
  // Loaded only here: it brings a client for cloud storage, which is large.
  const load = () => import('@actions/cache')

  async function put(text: string): Promise<string | null> {
    const cache = await load()
    try {
      await writeFile(file, text)
      const id = await cache.saveCache([path], `${prefix}${randomUUID()}`)
      return id === -1 ? 'the cache of GitHub Actions took no entry' : null
    } catch (error) {
      return `the cache of GitHub Actions cannot be written (${error instanceof Error ? error.message : String(error)})`
    } finally {
      await rm(file, { force: true })
    }
  }

  return {
    read: async () => {
      const cache = await load()
      if (!cache.isFeatureAvailable()) {
        return { state: 'unavailable', reason: 'the cache of GitHub Actions is not available here; name a file with `state: file:PATH`' }
      }
      try {
        await rm(file, { force: true })
        const hit = await cache.restoreCache([path], prefix, [prefix])
        const text = hit === undefined ? null : await readFile(file, 'utf8').catch(() => null)
        if (text !== null) {
          const targets = parseStored(text)
          return targets === null ? { state: 'unavailable', reason: 'the entry in the cache is damaged' } : { state: 'usable', targets }
        }
      } catch (error) {
        return { state: 'unavailable', reason: `the cache cannot be read (${error instanceof Error ? error.message : String(error)})` }
      } finally {
        await rm(file, { force: true })
      }
      if (isDry) return { state: 'usable', targets: {} }
      // The library tells nothing from failure by silence: only what can be written to is a store that is merely empty.
      const fault = await put(formatStored({}))
      return fault === null ? { state: 'usable', targets: {} } : { state: 'unavailable', reason: fault }
    },
    save: (targets) => put(formatStored(targets)),
  }
}
