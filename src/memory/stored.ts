import * as z from 'zod'
import type { TargetMemory } from './model.ts'
import { targetMemorySchema } from './schema.ts'

/** What the store between runs holds: the memory of every target that was ever checked with it. */
export type StoredMemory = { readonly [target: string]: TargetMemory }

const fileSchema = z.object({ version: z.literal(1), targets: z.record(z.string(), targetMemorySchema) })

/** Writes the store's text: JSON that a person can read. */
export function formatStored(targets: StoredMemory): string {
  return `${JSON.stringify({ version: 1, targets }, null, 1)}\n`
}

/**
 * Reads the store's text.
 *
 * @returns null where it is not one: it must never be taken for an empty one without a word
 */
export function parseStored(text: string): StoredMemory | null {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text))
    return parsed.success ? (parsed.data.targets as StoredMemory) : null
  } catch {
    return null
  }
}
