import type { Json } from '../model.ts'
import type { LiveOnly, Walk } from './comparison.ts'
import { findStanding, isFilledIn } from './defaults.ts'
import { getOwn, isComposite, isList, isObject } from './json.ts'
import { pairElements } from './lists.ts'
import { enterElement, enterField, type Place, typeOf } from './place.ts'

/** Describes a live value that nothing declares, with all that is in it. */
export function describeLiveOnly(walk: Walk, value: Json, place: Place): LiveOnly {
  const { path, pattern, holds, schema } = place
  const at = { path, pattern, schema }
  const standing = findStanding(walk.ref, walk.sides, at, value)
  const base = { path, pattern, value, holds, standing, filledIn: isComposite(value) && isFilledIn(walk.ref, walk.sides, at) }
  if (isObject(value)) {
    const children = Object.keys(value).map((field) => describeLiveOnly(walk, getOwn(value, field) ?? null, enterField(place, field)))
    return { ...base, children, open: OPEN_MAP.test(pattern) }
  }
  if (!isList(value)) return { ...base, children: [], open: false }
  const list = typeOf(walk, place)
  const pairs = list.type === 'atomic' ? null : pairElements(list, schema.items, [], value)?.pairs
  const children = (pairs ?? []).map((pair) => describeLiveOnly(walk, pair.live ?? null, enterElement(place, pair.step)))
  return { ...base, children, open: children.length > 0 }
}

const OPEN_MAP = /(^|\.)metadata\.(labels|annotations)$|^(data|binaryData|stringData)$/

/** Whether a value and all that is in it is what the API server fills in by itself. */
export function explainsItself(node: LiveOnly): boolean {
  return node.standing !== null || (node.children.length > 0 && node.children.every(explainsItself))
}
