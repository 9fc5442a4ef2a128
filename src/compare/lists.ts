import type { Json, JsonObject, PathStep, Scalar } from '../model.ts'
import { findRecordedListType, type Holds } from './holds.ts'
import { getOwn, isObject, isSame } from './json.ts'
import { nameKey } from './managed-fields.ts'
import type { ListType, Schema } from './schema/schema.ts'

/** The elements of both sides that belong together; `undefined` where one side has none. */
export type Pair = { readonly step: PathStep; readonly desired: Json | undefined; readonly live: Json | undefined }
/**
 * `duplicates`: keys that the desired side names more than once. Where live keeps fewer, the last ones count.
 * `order`: where the live side has the elements that both have, in the order of the desired side.
 */
export type Pairing = { readonly pairs: readonly Pair[]; readonly duplicates: readonly PathStep[]; readonly order: readonly number[] }

/** The list's type: as the API server itself recorded it in this object, else as the schema has it. */
export function findListType(schema: Schema, holds: Holds): ListType {
  return findRecordedListType(holds) ?? schema.list
}

/**
 * Pairs the elements of two lists, in the order of the desired side, live-only elements last. Elements with the same
 * key (two env vars of one name, which the API server keeps both) are paired in their order. Atomic lists of one length
 * are paired by place.
 *
 * @param item the schema of an element, which has the defaults of keys that are left out
 * @returns null when the lists can only be compared as wholes
 */
export function pairElements(list: ListType, item: Schema | undefined, desired: readonly Json[], live: readonly Json[]): Pairing | null {
  if (list.type === 'atomic') {
    if (desired.length !== live.length) return null
    return { pairs: desired.map((one, index) => ({ step: { index }, desired: one, live: live[index] })), duplicates: [], order: [] }
  }
  const toStep = list.type === 'set' ? toValueStep : (one: Json) => toKeyStep(one, list.keys, item)
  const left = group(live, toStep)
  const wanted = group(desired, toStep)
  if (left === null || wanted === null) return null
  const pairs: Pair[] = []
  const duplicates: PathStep[] = []
  const order: number[] = []
  for (const [name, { step, items }] of wanted) {
    const group = left.get(name)
    const others = group?.items ?? []
    if (group !== undefined) order.push(group.first)
    left.delete(name)
    if (items.length > 1) duplicates.push(step)
    const counted = others.length === 0 ? items.slice(-1) : items.slice(-others.length)
    for (const [index, one] of counted.entries()) pairs.push({ step, desired: one, live: others[index] })
    for (const live of others.slice(counted.length)) pairs.push({ step, desired: undefined, live })
  }
  for (const { step, items } of left.values()) {
    for (const live of items) pairs.push({ step, desired: undefined, live })
  }
  return { pairs, duplicates, order }
}

type Group = { readonly step: PathStep; readonly first: number; readonly items: Json[] }

/** Null when an element has no key. */
function group(list: readonly Json[], toStep: (item: Json) => PathStep | null): Map<string, Group> | null {
  const groups = new Map<string, Group>()
  for (const [first, item] of list.entries()) {
    const step = toStep(item)
    if (step === null) return null
    const name = nameStep(step)
    const known = groups.get(name)
    if (known === undefined) groups.set(name, { step, first, items: [item] })
    else known.items.push(item)
  }
  return groups
}

function nameStep(step: PathStep): string {
  if ('key' in step) return nameKey(step.key)
  const value = 'value' in step ? step.value : null
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

/** Key fields may be left out: with a default that is part of the key, or without, and then they are no part of it. */
function toKeyStep(item: Json, keys: readonly string[], schema: Schema | undefined): PathStep | null {
  if (!isObject(item)) return null
  const key: [string, Scalar][] = []
  for (const name of keys) {
    const value = getOwn(item, name) ?? schema?.field(name)?.default
    if (value === undefined) continue
    if (!isScalar(value)) return null
    key.push([name, value])
  }
  // Defines own properties, so that a key such as __proto__ stays a plain key.
  return key.length > 0 ? { key: Object.fromEntries(key) } : null
}

function toValueStep(item: Json): PathStep | null {
  return isScalar(item) ? { value: item } : null
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object'
}

/** Whether two steps name the same place. */
export function isSameStep(a: PathStep, b: PathStep): boolean {
  return isSame(a as JsonObject, b as JsonObject)
}
