import { getOwn, isList, isObject, isSame } from '../../compare/json.ts'
import { type Pair, pairElements } from '../../compare/lists.ts'
import { ANY } from '../../compare/schema/any.ts'
import type { ListType, Schema } from '../../compare/schema/schema.ts'
import type { Json, JsonObject } from '../../model.ts'
import { isReplaced, retainsKeys } from './patch-strategies.ts'

/** One value as the last deploy rendered it, as Git wants it, and as it is; undefined where it is absent. */
export type ThreeSides = { readonly last: Json | undefined; readonly desired: Json | undefined; readonly live: Json | undefined }

/**
 * What client-side Helm makes of an object of a built-in kind: a strategic three-way merge. What Git declares is set, what
 * it declared at the last deploy and does not any more is taken out, and what is only live stays, but for the elements of
 * lists that are replaced as a whole.
 *
 * @param place the kind and the path without list keys: `apps/v1/Deployment spec`
 * @see https://helm.sh/docs/faq/changes_since_helm2/#improved-upgrade-strategy-3-way-strategic-merge-patches
 */
export function mergeStrategic({ last, desired, live }: ThreeSides, schema: Schema, place: string): Json | undefined {
  if (desired === undefined) return last === undefined ? live : undefined
  if (live === undefined) return desired
  if (isObject(desired) && isObject(live)) return mergeMaps({ last: isObject(last) ? last : {}, desired, live }, schema, place)
  if (isList(desired) && isList(live)) return mergeLists({ last: isList(last) ? last : [], desired, live }, schema, place)
  return desired
}

type Sides<T> = { readonly last: T; readonly desired: T; readonly live: T }

function mergeMaps({ last, desired, live }: Sides<JsonObject>, schema: Schema, place: string): JsonObject {
  const names = retainsKeys(place) ? Object.keys(desired) : [...new Set([...Object.keys(live), ...Object.keys(desired)])]
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const sides = { last: getOwn(last, name), desired: getOwn(desired, name), live: getOwn(live, name) }
      const merged = mergeStrategic(sides, schema.field(name) ?? ANY, place.endsWith(' ') ? `${place}${name}` : `${place}.${name}`)
      return merged === undefined ? [] : [[name, merged]]
    }),
  )
}

function mergeLists({ last, desired, live }: Sides<readonly Json[]>, schema: Schema, place: string): Json {
  const list = listTypeOf(schema, place)
  if (list.type === 'atomic') return desired
  const pairs = pairElements(list, schema.items, desired, live)?.pairs
  if (pairs === undefined) return desired
  const was = pairElements(list, schema.items, desired, last)?.pairs ?? []
  return pairs.flatMap((pair) => {
    const before = findLast(pair, was, list)
    const merged = mergeStrategic({ ...pair, last: before }, schema.items ?? ANY, `${place}[]`)
    return merged === undefined ? [] : [merged]
  })
}

/** Pairs are made of two sides at a time; the third is found by the same step. */
function findLast({ step }: Pair, was: readonly Pair[], list: ListType): Json | undefined {
  const found = was.find((pair) => isSame(pair.step as JsonObject, step as JsonObject))?.live
  return list.type === 'set' && found === undefined ? undefined : found
}

/** A strategic merge patch knows one key for each list, which is the first of those that server-side apply has. */
function listTypeOf({ list }: Schema, place: string): ListType {
  if (isReplaced(place)) return { type: 'atomic' }
  return list.type === 'keyed' ? { type: 'keyed', keys: list.keys.slice(0, 1) } : list
}
