// What must be found, from what was done alone.

import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, Path } from '../src/model.ts'
import { formatPath } from '../src/path.ts'
import type { Expectation, Released, Write } from './model.ts'
import { canonize, isMap, look } from './places.ts'

/**
 * What a write makes there to be found. A map over a declared map changes what differs in it. An added map or list element
 * is one finding at what is new as a whole, so where the chart declares nothing, every place from the first undeclared one
 * down to the written one will do; and where a removal empties what holds it, that may be told as removed.
 *
 * @param after the object after all writes
 * @param manager who wrote, if that is recorded; of a removal it never is
 * @returns nothing for the removal of what was not declared
 */
export function expectWrite(target: Released, after: JsonObject, write: Write, manager: string | null): readonly Expectation[] {
  const { path, orAt = [] } = write
  const [declared, before, now] = [target.declared, target.live, after].map((object) => look(object, path))
  if (orAt.length === 0 && isMap(declared) && isMap(before) && isMap(now)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => !isDeepStrictEqual(before[name], now[name]))
    return names.flatMap((name) => expectWrite(target, after, { path: [...path, { field: name }], value: now[name] }, manager))
  }
  const isRemoval = now === undefined
  // Nothing that Git wants is missing.
  if (isRemoval && declared === undefined) return []
  const isWhole = (place: Path) => isEmpty(look(isRemoval ? after : target.declared, place))
  const chain = [path, ...orAt]
  for (let length = path.length - 1; length > 0 && isWhole(path.slice(0, length)); length--) chain.push(path.slice(0, length))
  const below = isRemoval ? 'parts' : Array.isArray(declared) ? 'one' : 'nothing'
  return [{ accept: chain.map((place) => canonize(formatPath(place))), manager: isRemoval ? null : manager, below }]
}

/** The highest place at which an addition may be told: the first one on the way that the chart leaves empty. */
export function findTop(declared: JsonObject, path: Path): string {
  const length = path.findIndex((_, index) => isEmpty(look(declared, path.slice(0, index + 1))))
  return canonize(formatPath(length < 0 ? path : path.slice(0, length + 1)))
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0
}
