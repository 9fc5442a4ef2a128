import type { PathStep } from '../model.ts'
import type { FieldsEntry, FieldTree } from './managed-fields.ts'
import { childOf, isLeaf, readKey } from './managed-fields.ts'
import type { ListType, Schema } from './schema/schema.ts'

/**
 * How an entry of `managedFields` holds the place that the walk has reached. `node` is what it records there; null where
 * its record ended at an atomic ancestor, which it holds as a whole. `depth` is the number of steps that are recorded.
 */
export type Hold = { readonly entry: FieldsEntry; readonly node: FieldTree | null; readonly depth: number }
export type Holds = readonly Hold[]

/** It names the place, names only something below it, or holds it as part of an atomic ancestor. */
export type Grip = 'exact' | 'below' | 'ancestor'

/** What every entry holds at the root of an object. */
export function holdRoot(entries: readonly FieldsEntry[]): Holds {
  return entries.map((entry) => ({ entry, node: entry.fields, depth: 0 }))
}

/**
 * Follows one step down. An entry that records nothing there holds it only if its record ends here at something atomic
 * (`f:selector: {}`); a granular struct recorded as a leaf was merely empty, and nothing in it is held.
 *
 * @param isWhole whether the place that is left is one value to the API server
 */
export function descend(holds: Holds, step: PathStep, isWhole: boolean): Holds {
  if (holds.length === 0) return holds
  const below: Hold[] = []
  for (const hold of holds) {
    if (hold.node === null) {
      below.push(hold)
      continue
    }
    const node = childOf(hold.node, step)
    if (node !== undefined) below.push({ entry: hold.entry, node, depth: hold.depth + 1 })
    else if (isWhole && hold.depth > 0 && isLeaf(hold.node)) below.push({ entry: hold.entry, node: null, depth: hold.depth })
  }
  return below
}

/** How firmly a hold has the place it was followed to. */
export function gripOf({ node }: Hold): Grip {
  if (node === null) return 'ancestor'
  return isLeaf(node) || '.' in node ? 'exact' : 'below'
}

/** Whether the API server takes what stands here as one value. What no schema describes it merges as maps, and lists as one. */
export function isWhole(schema: Schema, isList: boolean): boolean {
  if (schema.atomic) return true
  if (isList) return schema.list.type === 'atomic'
  return schema.type !== 'struct' && schema.type !== 'map' && schema.type !== 'any'
}

/** The keys by which the API server itself keyed a list, or that it is a set; null when no entry tells. */
export function findRecordedListType(holds: Holds): ListType | null {
  for (const { node } of holds) {
    for (const name in node) {
      if (name.startsWith('k:')) return { type: 'keyed', keys: Object.keys(readKey(name.slice(2)) ?? {}) }
      if (name.startsWith('v:')) return { type: 'set' }
    }
  }
  return null
}
