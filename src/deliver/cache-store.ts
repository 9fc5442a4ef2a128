import { createHash, randomUUID } from 'node:crypto'
import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatStored, parseStored, type StoredMemory } from '../memory/stored.ts'
import { type Store, type Stored, tellDamage } from './store.ts'

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
  const probe = `plumbline-probe-v1-${scope}-`
  const path = `.plumbline-state-${scope}.json`
  const file = join(workspace, path)
  // An entry replaces the one before as a whole, so it takes along what this run does not touch.
  let kept: StoredMemory = {}
  // Loaded only here: it brings a client for cloud storage, which is large.
  const load = () => import('@actions/cache')

  async function put(text: string, start: string): Promise<void> {
    const { saveCache } = await load()
    const id = await borrowPath(file, async () => {
      await writeFile(file, text, { flag: 'wx' })
      return saveCache([path], `${start}${randomUUID()}`)
    })
    if (id === -1) throw new Error('it took no entry')
  }

  /** @returns the text of the newest entry whose key starts so; null where there is none, or it could not be fetched */
  async function fetchNewest(start: string): Promise<string | null> {
    const { restoreCache } = await load()
    return borrowPath(file, async () => {
      const key = await restoreCache([path], start, [start])
      return key === undefined ? null : readFile(file, 'utf8')
    })
  }

  async function read(): Promise<Stored> {
    const { isFeatureAvailable } = await load()
    if (!isFeatureAvailable()) {
      return { state: 'unavailable', reason: 'the cache of GitHub Actions is not available here; name a file with `state: file:PATH`' }
    }
    let found = await fetchNewest(prefix)
    if (found === null && !isDry) {
      // The library tells nothing from failure by silence: only what gives back what was put into it is merely empty. The probe
      // has a name of its own, or it would stand before the memory that could not be fetched.
      await put(formatStored({}), probe)
      if ((await fetchNewest(probe)) === null) throw new Error('it does not give back what was saved')
      found = await fetchNewest(prefix)
    }
    if (found === null) return { state: 'usable', targets: {} }
    const parsed = parseStored(found)
    // It is ours alone: nothing is lost by saving the next one.
    if (parsed === null) return { state: 'usable', targets: {}, damage: 'The entry in the cache of GitHub Actions is damaged' }
    return { state: 'usable', targets: parsed.targets, ...tellDamage('The entry in the cache of GitHub Actions', parsed.damaged) }
  }

  return {
    read: async () => {
      try {
        const stored = await read()
        if (stored.state === 'usable') kept = stored.targets
        return stored
      } catch (error) {
        return { state: 'unavailable', reason: `the cache of GitHub Actions cannot be used (${toMessage(error)})` }
      }
    },
    save: async (targets) => {
      try {
        await put(formatStored({ ...kept, ...targets }), prefix)
        return null
      } catch (error) {
        return `the cache of GitHub Actions cannot be written (${toMessage(error)})`
      }
    },
  }
}

/**
 * Uses a path in the workspace, and leaves nothing there.
 *
 * @throws where something is there that is not ours: it is neither removed nor written through
 */
async function borrowPath<T>(file: string, use: () => Promise<T>): Promise<T> {
  const there = await lstat(file).catch(() => null)
  // A run that was killed may have left its file.
  const isOurs = there?.isFile() === true && parseStored(await readFile(file, 'utf8')) !== null
  if (there !== null && !isOurs) throw new Error(`${file} is in the way and is not a state file of Plumbline; remove it`)
  await rm(file, { force: true })
  try {
    return await use()
  } finally {
    // All that is there now was put there by `use`. What cannot be removed is no reason to lose the report.
    await rm(file, { force: true, recursive: true }).catch(() => {})
  }
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
