import type { Json, ObjectRef } from '../../model.ts'

/**
 * What the API server knows about one place in an object: the one description from which lists are paired, spellings are
 * compared, and defaults are recognised. Built-in kinds have it from a generated table, custom resources from their live
 * OpenAPI document. Schemas may contain themselves, so children are made when they are asked for.
 */
export type Schema = {
  /** `map` has free keys, `struct` has fields; `any` is what no schema describes. */
  readonly type: 'struct' | 'map' | 'list' | 'string' | 'number' | 'boolean' | 'any'
  /** How equal values may be spelled differently; null when only the same spelling is equal. */
  readonly format: 'quantity' | 'milli-quantity' | 'duration' | 'bytes' | null
  /** How a list merges. `atomic` for whatever is no list, too. */
  readonly list: ListType
  /** The whole is one value to `managedFields`: an atomic map or struct, such as a label selector. */
  readonly atomic: boolean
  /** Absent and empty (`0`, `""`, `false`, `{}`, `[]`) are stored alike, as Go does with fields that are no pointers. */
  readonly emptyIsAbsent: boolean
  /** Fields that the schema does not know are stored all the same; in a closed struct the API server drops them. */
  readonly keepsUnknown: boolean
  /** What the API server fills in where nothing is given; undefined when nothing, or when it depends on other fields. */
  readonly default: Json | undefined
  /** The schema of a field of a struct, or of any value of a map; undefined when there is no such field. */
  readonly field: (name: string) => Schema | undefined
  /** The names of the fields of a struct; empty for whatever else. */
  readonly fieldNames: readonly string[]
  /** The schema of an element of a list; undefined for whatever else. */
  readonly items: Schema | undefined
}

/** How the API server merges a list: by keys, as a set of scalars, or as one value. */
export type ListType = { readonly type: 'keyed'; readonly keys: readonly string[] } | { readonly type: 'set' } | { readonly type: 'atomic' }

/** Finds the schema of a kind; null when nobody knows one. */
export type FindSchema = (kind: Pick<ObjectRef, 'apiVersion' | 'kind'>) => Schema | null
