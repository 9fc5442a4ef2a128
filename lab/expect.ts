// What must be found, from what was done alone.

import type { Json, JsonObject, Path } from '../src/model.ts'
import { formatPath } from '../src/path.ts'
import type { Expectation, Released, Write } from './model.ts'
import { canonize, isMap, look } from './places.ts'

/**
 * What a write makes there to be found. An added map or list element is one finding at what is new as a whole, so where
 * the chart declares nothing, every place from the first undeclared one down to the written one will do; and where a
 * removal empties what holds it, that may be told as removed.
 *
 * @param after the object after all writes
 * @param manager who wrote, if that is recorded; of a removal it never is
 * @returns null for the removal of what was not declared
 */
export function expectWrite({ declared }: Released, after: JsonObject, write: Write, manager: string | null): Expectation | null {
  const isRemoval = look(after, write.path) === undefined
  // Nothing that Git wants is missing.
  if (isRemoval && look(declared, write.path) === undefined) return null
  const isWhole = (path: Path) => isEmpty(look(isRemoval ? after : declared, path))
  const chain = [write.path, ...(write.orAt ?? [])]
  for (let length = write.path.length - 1; length > 0 && isWhole(write.path.slice(0, length)); length--) {
    chain.push(write.path.slice(0, length))
  }
  const isChangedList = Array.isArray(look(declared, write.path))
  const below = isRemoval ? 'parts' : isChangedList ? 'one' : 'nothing'
  return { accept: chain.map((path) => canonize(formatPath(path))), manager: isRemoval ? null : manager, below }
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
