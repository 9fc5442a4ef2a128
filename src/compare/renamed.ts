import type { Json, JsonObject } from '../model.ts'
import { isObject, isSame } from './json.ts'
import type { Pair } from './lists.ts'

/** An element whose key alone has changed: port 80 that is port 83 now. */
export type Renamed = { readonly from: Pair; readonly to: Pair; readonly field: string }

/** Beyond this many elements without a partner it is no renaming, and comparing each with each would take long. */
const MOST = 50

/**
 * Finds elements of a keyed list that only changed one field of their key, which would otherwise be told as one element
 * removed and another added. Where several could be meant, none is.
 *
 * @param isSameRest whether an element is the same as another, once it is given the other's key
 */
export function pairRenamed(
  pairs: readonly Pair[],
  isSameRest: (from: JsonObject, renamed: JsonObject, to: JsonObject) => boolean,
): { readonly pairs: readonly Pair[]; readonly renamed: readonly Renamed[] } {
  const lost = pairs.filter(({ live }) => live === undefined)
  const gained = pairs.filter(({ desired }) => desired === undefined)
  if (lost.length === 0 || gained.length === 0 || lost.length > MOST || gained.length > MOST) return { pairs, renamed: [] }
  const candidates = lost.flatMap((from) =>
    gained.flatMap((to): Renamed[] => {
      const field = findOnlyDifference(from, to)
      if (field === null || !isObject(from.desired) || !isObject(to.live)) return []
      return isSameRest(from.desired, { ...from.desired, [field]: to.live[field] ?? null }, to.live) ? [{ from, to, field }] : []
    }),
  )
  const renamed = candidates.filter((one) => candidates.every((other) => other === one || (other.from !== one.from && other.to !== one.to)))
  const told = new Set(renamed.flatMap(({ from, to }) => [from, to]))
  return { pairs: pairs.filter((pair) => !told.has(pair)), renamed }
}

function findOnlyDifference({ step: a }: Pair, { step: b }: Pair): string | null {
  if (!('key' in a) || !('key' in b)) return null
  const names = [...new Set([...Object.keys(a.key), ...Object.keys(b.key)])]
  const differing = names.filter((name) => !isSame(a.key[name] as Json, b.key[name] as Json))
  return differing.length === 1 ? (differing[0] ?? null) : null
}
