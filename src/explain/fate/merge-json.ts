import { getOwn, isObject, isSame } from '../../compare/json.ts'
import type { Json } from '../../model.ts'

/**
 * What client-side Helm makes of a custom resource (and of whatever its own library has no Go type for): what changed from
 * the last deploy's manifest to Git's is written over live as a JSON merge patch. Where both agree nothing is sent, and a
 * person's change stays.
 *
 * @param last undefined where the last deploy did not have it
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function mergeChanges(last: Json | undefined, desired: Json | undefined, live: Json | undefined): Json | undefined {
  if (isSame(last, desired)) return live
  if (desired === undefined) return undefined
  if (!isObject(desired)) return desired
  const [before, now] = [isObject(last) ? last : {}, isObject(live) ? live : {}]
  const names = [...new Set([...Object.keys(now), ...Object.keys(before), ...Object.keys(desired)])]
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const merged = mergeChanges(getOwn(before, name), getOwn(desired, name), getOwn(now, name))
      return merged === undefined ? [] : [[name, merged]]
    }),
  )
}
