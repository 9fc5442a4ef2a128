import type { Path, PathStep } from '../model.ts'
import type { Walk } from './comparison.ts'
import { descend, type Holds, isWhole } from './holds.ts'
import { findExceptionalType } from './list-exceptions.ts'
import { findListType } from './lists.ts'
import { ANY } from './schema/any.ts'
import type { ListType, Schema } from './schema/schema.ts'

/** Where the walk stands: the same place in the schema, in the records of ownership, and as text without list keys. */
export type Place = {
  readonly path: Path
  readonly pattern: string
  readonly schema: Schema
  readonly holds: Holds
  /** It is an element of a list: recorded as a leaf, such a one is held whole, as the API server does with duplicates. */
  readonly isElement: boolean
  /** It is a field of a struct, not an entry of a map or a list. */
  readonly isField: boolean
}
/** One step down, to a field of a struct or an entry of a map. */
export function enterField({ path, pattern, schema, holds, isElement }: Place, field: string): Place {
  const step = { field }
  return {
    path: [...path, step],
    pattern: pattern === '' ? field : `${pattern}.${field}`,
    schema: schema.field(field) ?? ANY,
    holds: descend(holds, step, isElement || isWhole(schema, false)),
    isElement: false,
    isField: schema.type === 'struct',
  }
}

/** One step down, to an element of a list. */
export function enterElement({ path, pattern, schema, holds }: Place, step: PathStep): Place {
  return {
    path: [...path, step],
    pattern: `${pattern}[]`,
    schema: schema.items ?? ANY,
    holds: descend(holds, step, isWhole(schema, true)),
    isElement: true,
    isField: false,
  }
}

/** How the list at a place merges. */
export function typeOf(walk: Walk, { schema, holds, pattern }: Place): ListType {
  return findExceptionalType(walk.ref, pattern) ?? findListType(schema, holds)
}
