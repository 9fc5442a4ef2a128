import { isList, isObject } from '../../compare/json.ts'
import type { Json, Scalar } from '../../model.ts'
import type { Subject } from './subject.ts'

/** One scalar on both sides. Elements of a list of scalars are there or not: which place they have says nothing here. */
export type Leaf = { readonly text: string; readonly desired: Scalar | undefined; readonly live: Scalar | undefined }

/** All scalars that a difference covers, so that a map that came or went as a whole is judged by what is in it. */
export function listLeaves({ text, desired, live }: Pick<Subject, 'text' | 'desired' | 'live'>): readonly Leaf[] {
  const [before, after] = [gather(text, desired), gather(text, live)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    return was?.value === is?.value ? [] : [{ text: (was ?? is)?.text ?? text, desired: was?.value, live: is?.value }]
  })
}

type Placed = { readonly text: string; readonly value: Scalar }

function gather(text: string, value: Json | undefined, key = '', into = new Map<string, Placed>()): Map<string, Placed> {
  if (value === undefined) return into
  if (isObject(value)) {
    for (const [name, child] of Object.entries(value)) gather(`${text}.${name}`, child, `${key}.${name}`, into)
  } else if (isList(value)) {
    for (const [place, item] of value.entries()) gather(`${text}[]`, item, `${key}[${nameElement(item, place)}]`, into)
  } else into.set(key, { text, value })
  return into
}

function nameElement(item: Json, place: number): string {
  if (isObject(item)) return typeof item.name === 'string' ? `name=${item.name}` : String(place)
  return isList(item) ? String(place) : `=${String(item)}`
}
