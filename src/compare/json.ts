import type { Json, JsonObject, Path, PathStep } from '../model.ts'

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
    if ('field' in step) at = isObject(at) && Object.hasOwn(at, step.field) ? at[step.field] : undefined
    else at = isList(at) ? at.find((item, index) => isAtStep(item, index, step)) : undefined
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
    const child = setAt(Object.hasOwn(map, step.field) ? map[step.field] : undefined, rest, value)
    if (child !== undefined) return { ...map, [step.field]: child }
    return Object.fromEntries(Object.entries(map).filter(([name]) => name !== step.field))
  }
  const list = isList(root) ? root : []
  const index = list.findIndex((item, at) => isAtStep(item, at, step))
  const start = index >= 0 ? list[index] : 'key' in step ? step.key : undefined
  const child = setAt(start, rest, value)
  if (index < 0) return child === undefined ? list : [...list, child]
  return child === undefined ? list.toSpliced(index, 1) : list.with(index, child)
}

/** Whether a step names this element of a list. Key fields that may be left out count with their default. */
function isAtStep(item: Json, index: number, step: PathStep): boolean {
  if ('index' in step) return step.index === index
  if ('value' in step) return isSame(item, step.value)
  if ('field' in step || !isObject(item)) return false
  return Object.entries(step.key).every(([name, value]) => isSame(item[name] ?? KEY_DEFAULTS[name], value))
}
