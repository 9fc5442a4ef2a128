// Places in objects: reading, writing and comparing paths. Written apart from the code under test.

import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, Path, PathStep } from '../src/model.ts'
import { formatPath, parsePath } from '../src/path.ts'
import type { Write } from './model.ts'

type Part = string | { readonly [name: string]: string | number }

/** `at('spec', 'containers', { name: 'app' }, 'image')`: text is a field, a map is the key of a list element. */
export function at(...parts: readonly (Part | Path)[]): Path {
  return parts.flatMap((part): Path => {
    if (typeof part === 'string') return [{ field: part }]
    return isPath(part) ? part : [{ key: part }]
  })
}

function isPath(part: Part | Path): part is Path {
  return Array.isArray(part)
}

/** The value at a path; undefined where there is none. */
export function look(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => {
    if ('field' in step) return isMap(here) && Object.hasOwn(here, step.field) ? here[step.field] : undefined
    const index = indexOf(here, step)
    return Array.isArray(here) && index >= 0 ? here[index] : undefined
  }, value)
}

/** The place of an element in a list, or -1. */
export function indexOf(list: Json | undefined, step: Exclude<PathStep, { readonly field: string }>): number {
  if (!Array.isArray(list)) return -1
  if ('index' in step) return step.index < list.length ? step.index : -1
  if ('value' in step) return list.findIndex((item) => isDeepStrictEqual(item, step.value))
  return list.findIndex((item) => isMap(item) && Object.entries(step.key).every(([name, key]) => readKey(item, name) === key))
}

/** A port without a protocol is a TCP port. */
function readKey(item: JsonObject, name: string): Json | undefined {
  return item[name] ?? (name === 'protocol' ? 'TCP' : undefined)
}

/** The object with all writes done; what is missing on the way is made. */
export function applyWrites(object: JsonObject, writes: readonly Write[]): JsonObject {
  return writes.reduce<Json>((done, { path, value }) => put(done, path, value) ?? {}, object) as JsonObject
}

function put(here: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  if ('field' in step) {
    const { [step.field]: before, ...others } = isMap(here) ? here : {}
    const after = put(before, rest, value)
    if (after === undefined) return others
    // In its old place, so that an editor shows the change and nothing else.
    return isMap(here) && step.field in here ? { ...here, [step.field]: after } : { ...others, [step.field]: after }
  }
  const list = Array.isArray(here) ? (here as readonly Json[]) : []
  const index = indexOf(list, step)
  const start = 'key' in step ? (step.key as JsonObject) : undefined
  const after = put(index >= 0 ? list[index] : rest.length > 0 ? start : undefined, rest, value)
  if (after === undefined) return list.filter((_, place) => place !== index)
  return index >= 0 ? list.map((item, place) => (place === index ? after : item)) : [...list, after]
}

/** One text for all spellings of a path: the keys of a list element may stand in any order. */
export function canonize(text: string): string {
  const path = parsePath(text)
  if (path === null) return text
  return formatPath(
    path.map((step) =>
      'key' in step ? { key: Object.fromEntries(Object.entries(step.key).sort(([one], [other]) => one.localeCompare(other))) } : step,
    ),
  )
}

/** Whether a path is another or lies below it, both as `canonize` gives them. */
export function isWithin(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}.`) || path.startsWith(`${top}[`)
}

/** Whether a value is a map. */
export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
