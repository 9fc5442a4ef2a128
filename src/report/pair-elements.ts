import { isObject } from '../compare/json.ts'
import { nameValue, queueByName } from '../compare/name-value.ts'
import type { Json } from '../model.ts'

export type PartnerFinder = {
  /** The desired element that belongs to a live one, which is then taken: the same name, else the same value, else the same place. */
  readonly findPartner: (item: Json, at: number) => number | null
  /** The desired elements that no live one has taken. */
  readonly left: ReadonlySet<number>
}

/** Finds partners for the elements of two lists, whatever their keys are. Lists of thousands of elements are common enough. */
export function pairByNameOrValue(desired: readonly Json[], live: readonly Json[]): PartnerFinder {
  const left = new Set(desired.keys())
  const waiting = queueByName(desired, nameElement)
  const inLive = new Set(live.map(nameElement))
  const take = (name: string): number | undefined => {
    const queue = waiting.get(name) ?? []
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) if (left.has(index)) return index
    return undefined
  }
  const findPartner = (item: Json, at: number): number | null => {
    const isInPlace = () =>
      identify(item) === null && desired.length === live.length && left.has(at) && !inLive.has(nameElement(desired[at] ?? null))
    const found = take(nameElement(item)) ?? (isInPlace() ? at : null)
    if (found !== null) left.delete(found)
    return found
  }
  return { findPartner, left }
}

/** The name by which an element of a list is known; null for one that has none. */
export function identify(item: Json | undefined): string | null {
  if (!isObject(item)) return null
  const name = item.name ?? item.key
  return typeof name === 'string' ? name : null
}

function nameElement(item: Json): string {
  const name = identify(item)
  return name === null ? `value ${nameValue(item)}` : `name ${name}`
}
