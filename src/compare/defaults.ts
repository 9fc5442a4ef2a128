import type { Json, JsonObject, ObjectRef, Path } from '../model.ts'
import { isAllocated } from './allocated.ts'
import { findConditionalDefault, getSibling } from './conditional-defaults.ts'
import { isAbsent, isSameValue } from './equal.ts'
import { toKindName } from './pattern.ts'
import type { Schema } from './schema/schema.ts'

/** Why a value that nobody declared may be there without anyone having put it there. */
export type Standing = 'default' | 'allocated' | 'empty'

/** The whole objects that are compared. */
export type WholeSides = { readonly live: JsonObject; readonly desired: JsonObject }

/** A place in a live object: its path, the same as text without list keys, and what the schema says of it. */
export type DefaultPlace = { readonly path: Path; readonly pattern: string; readonly schema: Schema }

/**
 * Tells whether an undeclared live value is what the API server fills in by itself: a default, an allocated field, or
 * something empty. Says nothing about who wrote it: ownership is asked before this.
 *
 * @param sides both whole objects, for defaults that depend on other fields: what was filled in beside a value stays when
 *   somebody changes that value
 * @param value the live value at the place
 */
export function findStanding(ref: ObjectRef, sides: WholeSides, { path, pattern, schema }: DefaultPlace, value: Json): Standing | null {
  const kind = toKindName(ref)
  if (schema.default !== undefined && isSameValue(schema, schema.default, value)) return 'default'
  for (const expected of listConditional(kind, sides, path, pattern)) if (isSameValue(schema, expected, value)) return 'default'
  if (isAllocated(kind, path, pattern, value)) return 'allocated'
  return isAbsent(schema, value) ? 'empty' : null
}

/**
 * Whether the API server puts something here even where nothing is given, so that what somebody changes inside is a change
 * of a part and no addition of the whole.
 */
export function isFilledIn(ref: ObjectRef, sides: WholeSides, { path, pattern, schema }: DefaultPlace): boolean {
  return schema.emptyIsAbsent || schema.default !== undefined || listConditional(toKindName(ref), sides, path, pattern).length > 0
}

function listConditional(kind: string, { live, desired }: WholeSides, path: Path, pattern: string): readonly Json[] {
  const found = [
    findConditionalDefault(kind, live, path, pattern),
    findConditionalDefault(kind, desired, path, pattern),
    // Sent under its deprecated alias, the name follows the alias; live has both, which says nothing about where they came from.
    pattern.endsWith('spec.serviceAccountName') && getSibling(desired, path, 'serviceAccount') !== undefined
      ? getSibling(live, path, 'serviceAccount')
      : undefined,
  ]
  return found.filter((value) => value !== undefined)
}
