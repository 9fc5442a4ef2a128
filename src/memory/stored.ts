import * as z from 'zod'
import type { TargetMemory } from './model.ts'
import { targetMemorySchema } from './schema.ts'

/** What the store between runs holds: the memory of every target that was ever checked with it. */
export type StoredMemory = { readonly [target: string]: TargetMemory }

const fileSchema = z.object({ version: z.literal(1), targets: z.record(z.string(), z.unknown()) })

/** Writes the store's text: JSON that a person can read. */
export function formatStored(targets: StoredMemory): string {
  return `${JSON.stringify({ version: 1, targets }, null, 1)}\n`
}

/**
 * Reads the store's text. One damaged target costs that target only.
 *
 * @returns null where it is not one: it must never be taken for an empty one without a word. `damaged` names the targets whose
 * memory cannot be read
 */
export function parseStored(text: string): { readonly targets: StoredMemory; readonly damaged: readonly string[] } | null {
  const parsed = fileSchema.safeParse(parseJson(text))
  if (!parsed.success) return null
  const all = Object.entries(parsed.data.targets).map(([name, value]) => [name, targetMemorySchema.safeParse(value)] as const)
  const targets = Object.fromEntries(all.flatMap(([name, { data }]) => (data === undefined ? [] : [[name, data]])))
  return { targets, damaged: all.flatMap(([name, { success }]) => (success ? [] : [name])) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
