import type { Json, JsonObject, Path, PathStep } from '../model.ts'
import { nameValue } from './name-value.ts'

/** Key fields that may be left out, with the default that is part of the key, in whatever kind they occur. */
const KEY_DEFAULTS: { readonly [field: string]: string } = { protocol: 'TCP' }

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** `{}`, `[]`, or a map of nothing but such. Nulls count as absent, as the API server treats them. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined) return true
  if (isList(value)) return value.length === 0
  return isObject(value) && Object.values(value).every(isEmpty)
}

/** Deep equality of JSON values; integers compare by value whether they are numbers or bigints. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  }
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1 compares exactly, which is what is wanted for number and bigint only
  if (isNumeric(a) && isNumeric(b)) return a == b
  return false
}

/** The value at a path, or undefined where there is none. */
export function getAt(root: Json | undefined, path: Path): Json | undefined {
  let at = root
  for (const step of path) {
    if ('field' in step) at = isObject(at) ? getOwn(at, step.field) : undefined
    else at = isList(at) ? at[findElement(at, step)] : undefined
    if (at === undefined) return undefined
  }
  return at
}

function isNumeric(value: Json | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

/**
 * A copy of `root` with the value at a path set, or taken out when `value` is undefined. Maps and keyed elements that
 * are missing on the way are made; only what lies on the path is copied.
 */
export function setAt(root: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  // Taking out what is not there must not leave empty maps behind.
  if (value === undefined && getAt(root, path) === undefined) return root
  if ('field' in step) {
    const map = isObject(root) ? root : {}
    const child = setAt(getOwn(map, step.field), rest, value)
    if (child !== undefined) return { ...map, [step.field]: child }
    return Object.fromEntries(Object.entries(map).filter(([name]) => name !== step.field))
  }
  const list = isList(root) ? root : []
  const index = searchElement(list, step)
  const start = index >= 0 ? list[index] : 'key' in step ? step.key : undefined
  const child = setAt(start, rest, value)
  if (index < 0) return child === undefined ? list : [...list, child]
  return child === undefined ? list.toSpliced(index, 1) : list.with(index, child)
}

/** Lists up to this size are searched rather than indexed. */
const SHORT = 32
/** Lists may have thousands of elements, each asked for by its key: they are indexed the first time, by the fields of the key. */
const indexes = new WeakMap<readonly Json[], Map<string, ReadonlyMap<string, number>>>()

/** Where in a list the element is that a step names: the first, where several are of that name; -1 where none is. */
export function findElement(list: readonly Json[], step: PathStep): number {
  if (list.length <= SHORT || 'index' in step || 'field' in step) return searchElement(list, step)
  const fields = 'key' in step ? Object.keys(step.key) : null
  return indexElements(list, fields).get(nameValue('key' in step ? step.key : step.value)) ?? -1
}

function searchElement(list: readonly Json[], step: PathStep): number {
  return 'index' in step ? (step.index < list.length ? step.index : -1) : list.findIndex((item) => isAtStep(item, step))
}

/** Whether a step names this element of a list. */
function isAtStep(item: Json, step: PathStep): boolean {
  if ('value' in step) return isSame(item, step.value)
  return 'key' in step && isObject(item) && Object.entries(step.key).every(([name, value]) => isSame(readKeyField(item, name), value))
}

function indexElements(list: readonly Json[], fields: readonly string[] | null): ReadonlyMap<string, number> {
  const ofList = indexes.get(list) ?? new Map<string, ReadonlyMap<string, number>>()
  indexes.set(list, ofList)
  const by = JSON.stringify(fields)
  const known = ofList.get(by)
  if (known !== undefined) return known
  const index = new Map<string, number>()
  for (const [at, item] of list.entries()) {
    const key = fields === null ? item : isObject(item) ? pickKey(item, fields) : undefined
    const name = key === undefined ? '' : nameValue(key)
    if (name !== '' && !index.has(name)) index.set(name, at)
  }
  ofList.set(by, index)
  return index
}

/** Undefined when the element lacks a field of the key. */
function pickKey(item: JsonObject, fields: readonly string[]): JsonObject | undefined {
  const entries = fields.map((name): [string, Json | undefined] => [name, readKeyField(item, name)])
  return entries.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(entries) as JsonObject)
}

/** Key fields that may be left out count with their default. */
function readKeyField(item: JsonObject, name: string): Json | undefined {
  return (Object.hasOwn(item, name) ? item[name] : undefined) ?? (Object.hasOwn(KEY_DEFAULTS, name) ? KEY_DEFAULTS[name] : undefined)
}

/** A map or a list. */
export function isComposite(value: Json): boolean {
  return value !== null && typeof value === 'object'
}

/** The value under a name, if it is the map's own. */
export function getOwn<Value>(map: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}
