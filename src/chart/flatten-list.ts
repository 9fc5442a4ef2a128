import { MAX_DEPTH } from '../compare/depth.ts'
import { isObject } from '../compare/json.ts'
import type { Json } from '../model.ts'

/**
 * The objects inside a `kind: List` (or `ConfigMapList` and the like), as kubectl and Helm unpack them before they
 * apply: lists within lists too. Items of a typed list that name no kind get the list's, without `List`.
 * @returns the items; the value itself, alone, when it is no list
 */
export function flattenList(value: Json, level = 0): readonly Json[] {
  if (!isObject(value) || level > MAX_DEPTH) return [value]
  const { kind, apiVersion, items } = value
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [value]
  const itemKind = kind.slice(0, -'List'.length)
  return (items as readonly Json[]).flatMap((item) => {
    const bare = isObject(item) && itemKind !== '' && item.kind === undefined && apiVersion !== undefined
    return flattenList(bare ? { apiVersion, kind: itemKind, ...item } : item, level + 1)
  })
}
