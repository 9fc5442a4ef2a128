import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { formatStored, parseStored, type StoredMemory } from '../memory/stored.ts'

/**
 * What is there to be remembered, or why nothing can be. An empty store is usable, and holds nothing yet; of a damaged one,
 * `damage` says what cannot be read, as a sentence without its full stop.
 */
export type Stored =
  | { readonly state: 'usable'; readonly targets: StoredMemory; readonly damage?: string }
  | { readonly state: 'unavailable'; readonly reason: string }

/** Keeps memory from one run to the next. Neither function throws. */
export type Store = {
  readonly read: () => Promise<Stored>
  /**
   * @param targets those of this run; others stay as they are
   * @returns why it could not be kept, as a sentence without its full stop; null where it was
   */
  readonly save: (targets: StoredMemory) => Promise<string | null>
}

/** A store in a file that the user keeps. */
export function openFileStore(path: string): Store {
  const read = async (): Promise<Stored> => {
    try {
      // Saving puts another file in its place, so a link would be gone, and its file would never change.
      if ((await lstat(path)).isSymbolicLink()) {
        return { state: 'unavailable', reason: `${path} is a symbolic link; name the file that it leads to` }
      }
      const parsed = parseStored(await readFile(path, 'utf8'))
      // It may be any file of theirs: it is not overwritten.
      if (parsed === null) return { state: 'unavailable', reason: `${path} is not a state file of Plumbline; remove it, or name another` }
      return { state: 'usable', targets: parsed.targets, ...tellDamage(path, parsed.damaged) }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      return code === 'ENOENT'
        ? { state: 'usable', targets: {} }
        : { state: 'unavailable', reason: `${path} cannot be read (${code ?? message})` }
    }
  }
  const save = async (targets: StoredMemory): Promise<string | null> => {
    // Nobody can guess the name, and what has it all the same is not written through.
    const fresh = `${path}.${randomUUID()}.new`
    try {
      // Read again: runs of other targets may have saved theirs meanwhile.
      const now = await read()
      if (now.state === 'unavailable') return now.reason
      await mkdir(dirname(path), { recursive: true })
      // Whoever reads meanwhile sees the old text or the new one, never a part.
      await writeFile(fresh, formatStored({ ...now.targets, ...targets }), { flag: 'wx' })
      await rename(fresh, path)
      return null
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => {})
      return `${path} cannot be written (${error instanceof Error ? error.message : String(error)})`
    }
  }
  return { read, save }
}

/** Says which targets' memory in a store cannot be read. */
export function tellDamage(where: string, names: readonly string[]): { readonly damage?: string } {
  const shown = names.slice(0, 10).map((name) => name.slice(0, 100))
  return names.length === 0
    ? {}
    : { damage: `${where} is damaged in what it holds of ${shown.join(', ')}${names.length > 10 ? ' and more' : ''}` }
}
