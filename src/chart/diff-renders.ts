import { isList, isObject, isSame } from '../compare/json.ts'
import { findListType, isSameStep, pairElements } from '../compare/lists.ts'
import type { Json, JsonObject, ObjectRef, Path, PathStep } from '../model.ts'

/** A path where renders of the same object do not agree, and what each of them has there (`undefined`: nothing). */
export type Disagreement = { readonly path: Path; readonly values: readonly (Json | undefined)[] }

/**
 * Compares several renders of one object at once.
 * @param ref the object; lists of known kinds are matched by their keys, as the comparison with live does
 * @param renders the object as each render gave it, in the caller's order
 * @returns the paths that differ, as deep as possible; `values` is in the order of `renders`
 */
export function diffRenders(ref: ObjectRef, renders: readonly JsonObject[]): readonly Disagreement[] {
  return diff(ref, renders, [])
}

function diff(ref: ObjectRef, values: readonly (Json | undefined)[], path: Path): readonly Disagreement[] {
  const [first, ...rest] = values
  if (rest.every((value) => isSame(first, value))) return []
  if (values.every(isObject)) return diffMaps(ref, values, path)
  if (values.every(isList)) return diffLists(ref, values, path)
  return [{ path, values }]
}

function diffMaps(ref: ObjectRef, maps: readonly JsonObject[], path: Path): readonly Disagreement[] {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))]
  return names.flatMap((field) => {
    const values = maps.map((map) => (Object.hasOwn(map, field) ? map[field] : undefined))
    return diff(ref, values, [...path, { field }])
  })
}

type Row = { readonly step: PathStep; readonly values: (Json | undefined)[] }

function diffLists(ref: ObjectRef, lists: readonly (readonly Json[])[], path: Path): readonly Disagreement[] {
  const rows = alignLists(ref, lists, path)
  if (rows === null) return [{ path, values: lists }]
  return rows.flatMap((row) => diff(ref, row.values, [...path, row.step]))
}

/** One row per element, with what each list has for it; null when only the lists as wholes can be compared. */
function alignLists(ref: ObjectRef, lists: readonly (readonly Json[])[], path: Path): readonly Row[] | null {
  const [base = [], ...others] = lists
  const type = findListType(ref, [], path)
  const own = pairElements(type, base, base)
  if (own === null) return null
  const rows: Row[] = own.map(({ step, desired }) => ({ step, values: [desired] }))
  for (const [place, other] of others.entries()) {
    const pairs = pairElements(type, base, other)
    if (pairs === null) return null
    for (const [index, pair] of pairs.entries()) {
      const row = index < base.length ? rows[index] : findOrAddRow(rows, base.length, pair.step)
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
