import { getOwn, isList, isObject, isSame } from '../compare/json.ts'
import { isSameStep, pairElements } from '../compare/lists.ts'
import { ANY } from '../compare/schema/any.ts'
import type { Schema } from '../compare/schema/schema.ts'
import type { Json, JsonObject, Path, PathStep } from '../model.ts'

/** A path where renders of the same object do not agree, and what each of them has there (`undefined`: nothing). */
export type Disagreement = { readonly path: Path; readonly values: readonly (Json | undefined)[] }

/**
 * Compares several renders of one object at once.
 * @param schema of the kind, by whose keys lists are matched, as the comparison with live does; null when unknown
 * @param renders the object as each render gave it, in the caller's order
 * @returns the paths that differ, as deep as possible; `values` is in the order of `renders`
 */
export function diffRenders(schema: Schema | null, renders: readonly JsonObject[]): readonly Disagreement[] {
  return diff(schema ?? ANY, renders, [])
}

function diff(schema: Schema, values: readonly (Json | undefined)[], path: Path): readonly Disagreement[] {
  const [first, ...rest] = values
  if (rest.every((value) => isSame(first, value))) return []
  if (values.every(isObject)) return diffMaps(schema, values, path)
  if (values.every(isList)) return diffLists(schema, values, path)
  return [{ path, values }]
}

function diffMaps(schema: Schema, maps: readonly JsonObject[], path: Path): readonly Disagreement[] {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))]
  return names.flatMap((field) => {
    const values = maps.map((map) => getOwn(map, field))
    return diff(schema.field(field) ?? ANY, values, [...path, { field }])
  })
}

type Row = { readonly step: PathStep; readonly values: (Json | undefined)[] }

function diffLists(schema: Schema, lists: readonly (readonly Json[])[], path: Path): readonly Disagreement[] {
  const rows = alignLists(schema, lists)
  if (rows === null) return [{ path, values: lists }]
  return rows.flatMap((row) => diff(schema.items ?? ANY, row.values, [...path, row.step]))
}

/** One row per element, with what each list has for it; null when only the lists as wholes can be compared. */
function alignLists(schema: Schema, lists: readonly (readonly Json[])[]): readonly Row[] | null {
  const [base = [], ...others] = lists
  const own = pairElements(schema.list, schema.items, base, base)
  if (own === null) return null
  const rows: Row[] = own.pairs.map(({ step, desired }) => ({ step, values: [desired] }))
  const rowsOfBase = rows.length
  for (const [place, other] of others.entries()) {
    const pairing = pairElements(schema.list, schema.items, base, other)
    if (pairing === null || pairing.duplicates.length > 0) return null
    for (const [index, pair] of pairing.pairs.entries()) {
      const row = index < rowsOfBase ? rows[index] : findOrAddRow(rows, rowsOfBase, pair.step)
      if (row !== undefined) row.values[place + 1] = pair.live
    }
  }
  // Rows that a later list added are short, and have holes where earlier lists have nothing.
  return rows.map(({ step, values }) => ({ step, values: lists.map((_list, place) => values[place]) }))
}

function findOrAddRow(rows: Row[], start: number, step: PathStep): Row {
  const known = rows.slice(start).find((row) => isSameStep(row.step, step))
  if (known !== undefined) return known
  const row: Row = { step, values: [] }
  rows.push(row)
  return row
}
