import { getOwn, isComposite, isList, isObject } from '../compare/json.ts'
import type { Json, JsonObject } from '../model.ts'

/** A place in a chart's values: names of maps and places in lists. */
export type Key = readonly (string | number)[]
/** `value` is undefined for a key that a template asks for and that no values file sets. */
export type KnownKey = { readonly key: Key; readonly value: Json | undefined }

/** Values files beyond this have no key that anybody would look for one by one. */
const MOST_KEYS = 20_000

/** Every key of values: maps and lists, and all that is in them, from the top. */
export function listKeys(values: Json): readonly KnownKey[] {
  const found: KnownKey[] = []
  const open: KnownKey[] = [{ key: [], value: values }]
  for (let at = 0; at < open.length && found.length < MOST_KEYS; at++) {
    const { key, value } = open[at] as KnownKey
    if (key.length > 0) found.push({ key, value })
    if (isList(value)) for (const [index, item] of value.entries()) open.push({ key: [...key, index], value: item })
    else if (isObject(value)) for (const [name, child] of Object.entries(value)) open.push({ key: [...key, name], value: child })
  }
  return found
}

/** The value of a key; undefined where there is none. */
export function getKey(values: Json | undefined, key: Key): Json | undefined {
  let at = values
  for (const step of key) {
    if (typeof step === 'number') at = isList(at) ? at[step] : undefined
    else at = isObject(at) ? getOwn(at, step) : undefined
    if (at === undefined) return undefined
  }
  return at
}

/** A copy of values with a key set; undefined takes it out. Maps on the way are made, and what is no map makes way. */
export function setKey(values: Json | undefined, key: Key, value: Json | undefined): Json | undefined {
  const [step, ...rest] = key
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = isList(values) ? values : []
    const child = setKey(list[step], rest, value)
    if (child === undefined) return list.toSpliced(step, 1)
    return step < list.length ? list.with(step, child) : [...list, child]
  }
  const map = isObject(values) ? values : {}
  const child = setKey(getOwn(map, step), rest, value)
  if (child !== undefined) return { ...map, [step]: child }
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== step))
}

/** A key as `helm --set` writes it: `image.tag`, `env[0].name`, `podAnnotations.example\.com/team`. */
export function formatValuesKey(key: Key): string {
  return key.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    const name = step.replace(/[\\.,[\]={}]/g, '\\$&')
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** Whether a key is another one, or lies below it. */
export function isKeyWithin(key: Key, top: Key): boolean {
  return top.every((step, index) => step === key[index])
}

/** The deepest map that holds a key: values files merge maps, and replace lists as a whole. */
export function cutAtList(key: Key): Key {
  const at = key.findIndex((step) => typeof step === 'number')
  return at < 0 ? key : key.slice(0, at)
}

/** A scalar as a template prints it; null for what is none. */
export function printScalar(value: Json | undefined): string | null {
  return value === undefined || value === null || isComposite(value) ? null : String(value)
}

/** Values with one thing in them, as an override of others. */
export function nest(key: Key, value: Json): JsonObject {
  return setKey({}, key, value) as JsonObject
}
