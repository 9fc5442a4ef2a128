import { getOwn } from '../json.ts'
import type { ListType, Schema } from './schema.ts'

/** A type as the generated table spells it, taken apart by one level. */
export type Spelled = {
  readonly type: Schema['type']
  readonly format: Schema['format']
  readonly list: ListType
  readonly atomic: boolean
  /** Go keeps a pointer to an empty value apart from no value. */
  readonly pointer: boolean
  /** The name of a struct; null for whatever else. */
  readonly struct: string | null
  /** The spelling of an element or a map's value; null for whatever has none. */
  readonly inner: string | null
}

const ATOMIC: ListType = { type: 'atomic' }
const LEAVES: { readonly [spelling: string]: Pick<Schema, 'type' | 'format'> } = {
  string: { type: 'string', format: null },
  number: { type: 'number', format: null },
  boolean: { type: 'boolean', format: null },
  any: { type: 'any', format: null },
  bytes: { type: 'string', format: 'bytes' },
  duration: { type: 'string', format: 'duration' },
  quantity: { type: 'any', format: 'quantity' },
  'milli-quantity': { type: 'any', format: 'milli-quantity' },
}
const SPELLING = /^(\*?)(!?)(?:\[([^\]]*)\]|(\{\}))?(.*)$/

/**
 * Reads one spelling: `*T` a pointer, `!T` one value as a whole, `{}T` a map, `[]T` an atomic list, `[=]T` a set,
 * `[a,b]T` a list keyed by a and b, else a leaf or the name of a struct. The generator that writes them is in
 * `__tests__/cluster/binaries/schema/structs.go`.
 */
export function readSpelling(spelling: string): Spelled {
  const [, pointer, atomic, keys, map, rest = ''] = SPELLING.exec(spelling) ?? []
  const base = { pointer: pointer === '*', atomic: atomic === '!', format: null, list: ATOMIC, struct: null, inner: null }
  if (keys !== undefined) return { ...base, type: 'list', list: readListType(keys), inner: rest }
  if (map !== undefined) return { ...base, type: 'map', inner: rest }
  const leaf = getOwn(LEAVES, rest)
  return leaf === undefined ? { ...base, type: 'struct', struct: rest } : { ...base, ...leaf }
}

function readListType(keys: string): ListType {
  if (keys === '') return ATOMIC
  return keys === '=' ? { type: 'set' } : { type: 'keyed', keys: keys.split(',') }
}
