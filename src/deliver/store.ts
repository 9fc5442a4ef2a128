import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { formatStored, parseStored, type StoredMemory } from '../memory/stored.ts'

/** What is there to be remembered, or why nothing can be. An empty store is usable, and holds nothing yet. */
export type Stored =
  | { readonly state: 'usable'; readonly targets: StoredMemory }
  | { readonly state: 'unavailable'; readonly reason: string }

/** Keeps memory from one run to the next. */
export type Store = {
  readonly read: () => Promise<Stored>
  /** @returns why it could not be kept, as a sentence without its full stop; null where it was */
  readonly save: (targets: StoredMemory) => Promise<string | null>
}

/** A store in a file that the user keeps; other targets in it stay as they are. */
export function openFileStore(path: string): Store {
  const read = async (): Promise<Stored> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : error))
    if (text === null) return { state: 'usable', targets: {} }
    if (typeof text !== 'string') return { state: 'unavailable', reason: `${path} cannot be read (${text.code ?? text.message})` }
    const targets = parseStored(text)
    // It may be any file of theirs: it is not overwritten.
    if (targets === null) return { state: 'unavailable', reason: `${path} is not a state file of Plumbline; remove it, or name another` }
    return { state: 'usable', targets }
  }
  const save = async (targets: StoredMemory): Promise<string | null> => {
    try {
      const now = await read()
      if (now.state === 'unavailable') return now.reason
      await mkdir(dirname(path), { recursive: true })
      // Whoever reads meanwhile sees the old text or the new one, never a part.
      await writeFile(`${path}.new`, formatStored({ ...now.targets, ...targets }))
      await rename(`${path}.new`, path)
      return null
    } catch (error) {
      return `${path} cannot be written (${error instanceof Error ? error.message : String(error)})`
    }
  }
  return { read, save }
}
