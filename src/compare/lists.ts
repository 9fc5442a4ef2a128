import type { Json, JsonObject, ObjectRef, Path, PathStep, Scalar } from '../model.ts'
import { isObject, isSame } from './json.ts'
import { type FieldsEntry, findListKeys } from './managed-fields.ts'
import { isBuiltIn, toKindName, toPattern } from './pattern.ts'
import { KEY_DEFAULTS, LIST_KEYS, LIST_KEYS_OF_KIND, SET_LISTS } from './schema/fields.ts'

/** How the API server merges a list: by keys, as a set of scalars, or as one value. */
export type ListType = { readonly type: 'keyed'; readonly keys: readonly string[] } | { readonly type: 'set' } | { readonly type: 'atomic' }
/** The elements of both sides that belong together; `undefined` where one side has none. */
export type Pair = { readonly step: PathStep; readonly desired: Json | undefined; readonly live: Json | undefined }

/** The list's type: as the live object's `managedFields` recorded it, else from the schema tables. Unknown lists are atomic. */
export function findListType(ref: ObjectRef, entries: readonly FieldsEntry[], path: Path): ListType {
  const recorded = findListKeys(entries, path)
  if (recorded === 'set') return { type: 'set' }
  if (recorded !== null) return { type: 'keyed', keys: recorded }
  if (!isBuiltIn(ref.apiVersion)) return { type: 'atomic' }
  const pattern = toPattern(path)
  if (SET_LISTS.has(pattern)) return { type: 'set' }
  const keys = LIST_KEYS_OF_KIND[`${toKindName(ref)} ${pattern}`] ?? findBySuffix(pattern)
  return keys === undefined ? { type: 'atomic' } : { type: 'keyed', keys }
}

function findBySuffix(pattern: string): readonly string[] | undefined {
  const suffix = Object.keys(LIST_KEYS).find((end) => pattern === end || pattern.endsWith(`.${end}`))
  return suffix === undefined ? undefined : LIST_KEYS[suffix]
}

/**
 * Pairs the elements of two lists, in the order of the desired side, live-only elements last. Elements with the same
 * key (two env vars of one name, which the API server keeps both) are paired in their order.
 * Gives null when a keyed list has an element without its keys: then only the whole can be compared.
 */
export function pairElements(list: ListType, desired: readonly Json[], live: readonly Json[]): readonly Pair[] | null {
  if (list.type === 'atomic') {
    if (desired.length !== live.length) return null
    return desired.map((item, index) => ({ step: { index }, desired: item, live: live[index] }))
  }
  const toStep = list.type === 'set' ? toValueStep : (item: Json) => toKeyStep(item, list.keys)
  const left = live.map((item) => ({ item, step: toStep(item) }))
  const pairs: Pair[] = []
  for (const item of desired) {
    const step = toStep(item)
    if (step === null) return null
    const index = left.findIndex((candidate) => candidate.step !== null && isSameStep(candidate.step, step))
    const match = index < 0 ? undefined : left.splice(index, 1)[0]
    pairs.push({ step, desired: item, live: match?.item })
  }
  for (const { item, step } of left) {
    if (step === null) return null
    pairs.push({ step, desired: undefined, live: item })
  }
  return pairs
}

function toKeyStep(item: Json, keys: readonly string[]): PathStep | null {
  if (!isObject(item)) return null
  const key = keys.map((name): readonly [string, Json | undefined] => [name, item[name] ?? KEY_DEFAULTS[name]])
  return key.every(([, value]) => isScalar(value))
    ? { key: Object.fromEntries(key) as JsonObject & { readonly [name: string]: Scalar } }
    : null
}

function toValueStep(item: Json): PathStep | null {
  return isScalar(item) ? { value: item } : null
}

function isScalar(value: Json | undefined): value is Scalar {
  return value !== undefined && (value === null || typeof value !== 'object')
}

/** Whether two steps name the same place. */
export function isSameStep(a: PathStep, b: PathStep): boolean {
  return isSame(a as JsonObject, b as JsonObject)
}
