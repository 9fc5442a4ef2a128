import { isList, isObject, isSame } from '../compare/json.ts'
import type { Json, JsonObject } from '../model.ts'
import { cutAtList, getKey, type Key, nest, setKey } from './keys.ts'

/**
 * One step of an edit of values. Lists are appended to and taken from by content, not by place, so that several edits of
 * one list go together.
 */
export type Operation =
  | { readonly op: 'set'; readonly key: Key; readonly value: Json }
  | { readonly op: 'drop'; readonly key: Key }
  | { readonly op: 'append'; readonly key: Key; readonly value: Json }
  | { readonly op: 'remove'; readonly key: Key; readonly value: Json }

/** The values after an edit. */
export function applyOperations(values: JsonObject, operations: readonly Operation[]): JsonObject {
  return operations.reduce<JsonObject>(applyOne, values)
}

function applyOne(values: JsonObject, operation: Operation): JsonObject {
  const { key } = operation
  if (operation.op === 'set') return setKey(values, key, operation.value) as JsonObject
  if (operation.op === 'drop') return setKey(values, key, undefined) as JsonObject
  const found = getKey(values, key)
  const list = isList(found) ? found : []
  if (operation.op === 'append') return setKey(values, key, [...list, operation.value]) as JsonObject
  const at = list.findIndex((one) => isSame(one, operation.value))
  return (at < 0 ? values : setKey(values, key, list.toSpliced(at, 1))) as JsonObject
}

/** The place of a values file that an edit writes: the list as a whole where the file does not have that list. */
export function findWritten(operation: Operation): Key {
  return operation.op === 'set' || operation.op === 'drop' ? operation.key : [...operation.key, 0]
}

/** Values that, given after all others, make the edit: to try it without a file. Null takes a key out. */
export function toOverride(values: JsonObject, operations: readonly Operation[]): JsonObject {
  const edited = applyOperations(values, operations)
  return operations.reduce<JsonObject>((override, operation) => {
    const top = cutAtList(findWritten(operation))
    return mergeMaps(override, nest(top, getKey(edited, top) ?? null))
  }, {})
}

/** Merges maps as Helm merges values files: the second counts, and lists are replaced. */
export function mergeMaps(first: JsonObject, second: JsonObject): JsonObject {
  const merged: { [name: string]: Json } = { ...first }
  for (const [name, value] of Object.entries(second)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined
    merged[name] = isObject(before) && isObject(value) ? mergeMaps(before, value) : value
  }
  return merged
}

/** The smallest edit that makes one value of another. */
export function findOperations(key: Key, before: Json | undefined, after: Json | undefined): readonly Operation[] {
  if (isSame(before, after)) return []
  if (after === undefined) return [{ op: 'drop', key }]
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => findOperations([...key, name], before[name], after[name]))
  }
  if (isList(before) && isList(after)) return findListOperations(key, before, after)
  return [{ op: 'set', key, value: after }]
}

function findListOperations(key: Key, before: readonly Json[], after: readonly Json[]): readonly Operation[] {
  if (before.length === after.length) return before.flatMap((one, index) => findOperations([...key, index], one, after[index]))
  if (before.length < after.length && before.every((one, index) => isSame(one, after[index]))) {
    return after.slice(before.length).map((value) => ({ op: 'append', key, value }))
  }
  const removed = before.filter((one) => !after.some((other) => isSame(one, other)))
  const left = before.filter((one) => !removed.includes(one))
  if (isSame(left, after)) return removed.map((value) => ({ op: 'remove', key, value }))
  return [{ op: 'set', key, value: after }]
}
