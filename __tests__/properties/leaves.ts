import { isList, isObject } from '../../src/compare/json.ts'
import { pairElements } from '../../src/compare/lists.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject, Path } from '../../src/model.ts'

/** A value that can be changed by itself, where it is, and where a change of it is told. */
export type Leaf = { readonly path: Path; readonly told: Path; readonly value: Json; readonly schema: Schema }

/** Every leaf that a manifest declares. Lists of scalars are one leaf; the key of a list's element is told at the element it was. */
export function listLeaves(schema: Schema, object: JsonObject): readonly Leaf[] {
  const leaves: Leaf[] = []
  const visit = (value: Json, at: Schema, path: Path): void => {
    if (isObject(value)) {
      for (const [field, child] of Object.entries(value)) {
        const below = at.field(field)
        if (below !== undefined && !(path.length === 0 && ['apiVersion', 'kind'].includes(field))) visit(child, below, [...path, { field }])
      }
      return
    }
    if (isList(value) && at.list.type === 'keyed') {
      for (const { step, desired } of pairElements(at.list, at.items, value, [])!.pairs) visit(desired!, at.items!, [...path, step])
      return
    }
    if (isList(value) && value.some(isObject)) {
      for (const [index, item] of value.entries()) visit(item, at.items!, [...path, { index }])
      return
    }
    const name = path[1]
    const isIdentity = path.length === 2 && name !== undefined && 'field' in name && ['name', 'namespace'].includes(name.field)
    if (!isIdentity) leaves.push({ path, told: path, value, schema: at })
  }
  visit(object, schema, [])
  return leaves
}

/** Another value of the same type. */
export function changeValue({ value, schema }: Leaf): Json {
  if (schema.format === 'quantity' || schema.format === 'milli-quantity') return value === '7' ? '8' : '7'
  if (schema.format === 'bytes') return 'WlpaWg=='
  if (isList(value)) return [...value, ...(value.length > 0 ? [typeof value[0] === 'number' ? 77_777 : 'another'] : [])]
  if (typeof value === 'number') return value + 10_000
  if (typeof value === 'boolean') return !value
  return `${String(value)}-changed`
}
