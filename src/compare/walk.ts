import type { Change, Json, JsonObject, ObjectRef, Path, UnstablePath } from '../model.ts'
import { findStanding, type Standing } from './defaults.ts'
import { isEmpty, isList, isObject, isSame } from './json.ts'
import { findListType, isSameStep, pairElements } from './lists.ts'
import type { FieldsEntry } from './managed-fields.ts'
import { isBuiltIn, toPattern } from './pattern.ts'
import { parseQuantity } from './quantity.ts'
import { DROPPED_WHEN_ZERO, EMPTY_MATTERS, EMPTY_STRING_MATTERS, MILLI_FIELDS, QUANTITY_FIELDS } from './schema/fields.ts'

/** A declared value that live does not have as declared. `unstable` is set when the render itself does not agree on it. */
export type DeclaredDifference = {
  readonly path: Path
  readonly change: Exclude<Change, 'added' | 'missing-object' | 'extra-object'>
  readonly desired: Json
  readonly live: Json | undefined
  readonly unstable: UnstablePath | null
}
/** A live value that nothing declares, as a tree, so that ownership can be asked at every level of it. */
export type LiveOnly = {
  readonly path: Path
  readonly value: Json
  /** What the API server would put here by itself; only asked when the owner does not settle the matter. */
  readonly standing: Standing | null
  readonly children: readonly LiveOnly[]
  /** True for maps whose entries stand for themselves (labels, annotations) and for keyed lists: one finding per entry. */
  readonly open: boolean
}
export type Comparison = { readonly declared: readonly DeclaredDifference[]; readonly liveOnly: readonly LiveOnly[] }

type Scope = {
  readonly ref: ObjectRef
  readonly live: JsonObject
  readonly entries: readonly FieldsEntry[]
  readonly unstable: readonly UnstablePath[]
}

/**
 * Compares a prepared desired object with the prepared live one: every declared leaf against live, and everything that
 * only live has. Pure structure: who wrote what is judged by the next stage.
 *
 * @param entries the live object's managedFields; they also tell by which keys lists are merged
 */
export function compareObjects(
  ref: ObjectRef,
  desired: JsonObject,
  live: JsonObject,
  entries: readonly FieldsEntry[],
  unstable: readonly UnstablePath[],
): Comparison {
  return compareMaps({ ref, live, entries, unstable }, desired, live, [])
}

const NOTHING: Comparison = { declared: [], liveOnly: [] }

function compareValues(scope: Scope, desired: Json | undefined, live: Json | undefined, path: Path): Comparison {
  const unstable = scope.unstable.find((candidate) => isSamePath(candidate.path, path))
  if (unstable !== undefined) return compareUnstable(scope, desired, live, path, unstable)
  if (desired === undefined) return live === undefined ? NOTHING : { declared: [], liveOnly: [describeLiveOnly(scope, path, live)] }
  if (live === undefined) {
    return isSameAsAbsent(scope, desired, path) ? NOTHING : declare({ path, change: 'removed', desired, live, unstable: null })
  }
  if (isObject(desired) && isObject(live)) return compareMaps(scope, desired, live, path)
  if (isList(desired) && isList(live)) return compareLists(scope, desired, live, path)
  if (isSameLeaf(scope, desired, live, path)) return NOTHING
  return declare({ path, change: 'changed', desired, live, unstable: null })
}

function compareMaps(scope: Scope, desired: JsonObject, live: JsonObject, path: Path): Comparison {
  const names = [...Object.keys(desired), ...Object.keys(live).filter((name) => !Object.hasOwn(desired, name))]
  return join(names.map((field) => compareValues(scope, own(desired, field), own(live, field), [...path, { field }])))
}

function compareLists(scope: Scope, desired: readonly Json[], live: readonly Json[], path: Path): Comparison {
  const pairs = pairElements(findListType(scope.ref, scope.entries, path), desired, live)
  if (pairs !== null) return join(pairs.map((pair) => compareValues(scope, pair.desired, pair.live, [...path, pair.step])))
  return isSame(desired, live) ? NOTHING : declare({ path, change: 'changed', desired, live, unstable: null })
}

/** The declared value is not compared, since the chart itself does not agree on it; who wrote live is still asked. */
function compareUnstable(scope: Scope, desired: Json | undefined, live: Json | undefined, path: Path, unstable: UnstablePath): Comparison {
  if (unstable.rendered.some((value) => isSame(value, live))) return NOTHING
  if (desired === undefined) return live === undefined ? NOTHING : { declared: [], liveOnly: [describeLiveOnly(scope, path, live)] }
  return declare({ path, change: live === undefined ? 'removed' : 'changed', desired, live, unstable })
}

function describeLiveOnly(scope: Scope, path: Path, value: Json): LiveOnly {
  const base = { path, value, standing: findStanding(scope.ref, scope.live, path, value) }
  if (isObject(value)) {
    const children = Object.keys(value).map((field) => describeLiveOnly(scope, [...path, { field }], own(value, field) ?? null))
    return { ...base, children, open: OPEN_MAP.test(toPattern(path)) }
  }
  if (!isList(value)) return { ...base, children: [], open: false }
  const list = findListType(scope.ref, scope.entries, path)
  const pairs = list.type === 'atomic' ? null : pairElements(list, [], value)
  const children = (pairs ?? []).map((pair) => describeLiveOnly(scope, [...path, pair.step], pair.live ?? null))
  return { ...base, children, open: children.length > 0 }
}

const OPEN_MAP = /(^|\.)metadata\.(labels|annotations)$|^(data|binaryData|stringData)$/

function isSameLeaf(scope: Scope, desired: Json, live: Json, path: Path): boolean {
  if (isSame(desired, live) || (isEmpty(desired) && isEmpty(live) && isBuiltIn(scope.ref.apiVersion))) return true
  if (!isBuiltIn(scope.ref.apiVersion)) return false
  const pattern = toPattern(path)
  if (!QUANTITY_FIELDS.some((field) => field.test(pattern))) return false
  const milli = MILLI_FIELDS.test(pattern)
  const wanted = parseQuantity(desired, milli)
  return wanted !== null && wanted === parseQuantity(live, milli)
}

/** Typed APIs drop what is empty or zero, so declaring it is the same as leaving it out. Custom resources keep it. */
function isSameAsAbsent(scope: Scope, desired: Json, path: Path): boolean {
  if (desired === null) return true
  if (!isBuiltIn(scope.ref.apiVersion)) return false
  const last = path.at(-1)
  const field = last !== undefined && 'field' in last ? last.field : ''
  if (desired === false || desired === 0) return DROPPED_WHEN_ZERO.has(field)
  if (desired === '') return !EMPTY_STRING_MATTERS.has(field) && !/^(data|metadata)\./.test(toPattern(path))
  if (isObject(desired) && !EMPTY_MATTERS.has(field)) {
    return Object.keys(desired).every((name) => isSameAsAbsent(scope, own(desired, name) ?? null, [...path, { field: name }]))
  }
  // Whatever they mean, empty lists are not stored.
  return isList(desired) && desired.length === 0
}

function declare(difference: DeclaredDifference): Comparison {
  return { declared: [difference], liveOnly: [] }
}

function join(comparisons: readonly Comparison[]): Comparison {
  return { declared: comparisons.flatMap((one) => one.declared), liveOnly: comparisons.flatMap((one) => one.liveOnly) }
}

function own(map: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

/** Whether two paths name the same place. */
export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => isSameStep(step, b[index] ?? { index: -1 }))
}
