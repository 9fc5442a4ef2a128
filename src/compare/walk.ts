import type { Change, Json, JsonObject, ObjectRef, Path, PathStep, UnstablePath } from '../model.ts'
import { findStanding, isFilledIn, type Standing, type WholeSides } from './defaults.ts'
import { isAbsent, isSameValue } from './equal.ts'
import { descend, type Holds, holdRoot, isWhole } from './holds.ts'
import { isList, isObject, isSame, setAt } from './json.ts'
import { alignUnordered, findExceptionalType, isReordered } from './list-exceptions.ts'
import { findListType, isSameStep, pairElements } from './lists.ts'
import type { FieldsEntry } from './managed-fields.ts'
import { pairRenamed } from './renamed.ts'
import { ANY } from './schema/any.ts'
import type { ListType, Schema } from './schema/schema.ts'

/** A declared value that live does not have as declared. `unstable` is set when the render itself does not agree on it. */
export type DeclaredDifference = {
  readonly path: Path
  readonly change: Exclude<Change, 'added' | 'missing-object' | 'extra-object'>
  readonly desired: Json
  readonly live: Json | undefined
  readonly unstable: UnstablePath | null
  /** Who holds the place, as `managedFields` has it. */
  readonly holds: Holds
  /** It is a field that the API server may leave out by itself, as it does with features that are switched off. */
  readonly isField: boolean
}
/** A live value that nothing declares, as a tree, so that ownership can be asked at every level of it. */
export type LiveOnly = {
  readonly path: Path
  readonly pattern: string
  readonly value: Json
  /** What the API server would put here by itself; only asked when the owner does not settle the matter. */
  readonly standing: Standing | null
  readonly children: readonly LiveOnly[]
  /** True for maps whose entries stand for themselves (labels, annotations) and for keyed lists: one finding per entry. */
  readonly open: boolean
  /** The API server puts something here in any case: what differs is a part of it. */
  readonly filledIn: boolean
  readonly holds: Holds
}
/** What a reader of the chart should know, and what is no difference. */
export type Remark = {
  readonly kind: 'unknown-field' | 'duplicate-key' | 'reordered'
  readonly path: Path
  /** What the chart declares, where that is what the remark is about. */
  readonly desired?: Json
}
export type Comparison = {
  readonly declared: readonly DeclaredDifference[]
  readonly liveOnly: readonly LiveOnly[]
  readonly remarks: readonly Remark[]
}

/** Where the walk stands: the same place in the schema, in the records of ownership, and as text without list keys. */
type Place = {
  readonly path: Path
  readonly pattern: string
  readonly schema: Schema
  readonly holds: Holds
  /** It is an element of a list: recorded as a leaf, such a one is held whole, as the API server does with duplicates. */
  readonly isElement: boolean
  /** It is a field of a struct, not an entry of a map or a list. */
  readonly isField: boolean
}
type Walk = {
  readonly ref: ObjectRef
  readonly sides: WholeSides
  readonly unstable: readonly UnstablePath[]
  readonly declared: DeclaredDifference[]
  readonly liveOnly: LiveOnly[]
  readonly remarks: Remark[]
}

/**
 * Compares a prepared desired object with the prepared live one: every declared leaf against live, and everything that
 * only live has. Pure structure: who wrote what is judged by the next stage.
 *
 * @param schema of the kind; null when nobody knows one
 * @param entries the live object's managedFields; they also tell by which keys lists are merged
 */
export function compareObjects(
  ref: ObjectRef,
  schema: Schema | null,
  desired: JsonObject,
  live: JsonObject,
  entries: readonly FieldsEntry[],
  unstable: readonly UnstablePath[],
): Comparison {
  const walk: Walk = { ref, sides: { live, desired }, unstable, declared: [], liveOnly: [], remarks: [] }
  compareMaps(walk, desired, live, {
    path: [],
    pattern: '',
    schema: schema ?? ANY,
    holds: holdRoot(entries),
    isElement: false,
    isField: false,
  })
  return walk
}

function compareValues(walk: Walk, desired: Json | undefined, live: Json | undefined, place: Place): void {
  if (walk.unstable.length > 0) {
    const unstable = walk.unstable.find((candidate) => isSamePath(candidate.path, place.path))
    if (unstable !== undefined) {
      compareUnstable(walk, desired, live, place, unstable)
      return
    }
  }
  if (desired === undefined) {
    if (live !== undefined) walk.liveOnly.push(describeLiveOnly(walk, live, place))
    return
  }
  const { schema } = place
  if (live === undefined) {
    if (!isAbsent(schema, desired)) declare(walk, 'removed', desired, live, place)
    return
  }
  // What is declared empty is left to the API server, which may fill it in.
  if (isLeftOpen(walk, desired, live, place)) {
    walk.liveOnly.push(describeLiveOnly(walk, live, place))
  } else if (isObject(desired) && isObject(live)) compareMaps(walk, desired, live, place)
  else if (isList(desired) && isList(live)) compareLists(walk, desired, live, place)
  else if (!isSameValue(schema, desired, live)) declare(walk, 'changed', desired, live, place)
}

function isLeftOpen(walk: Walk, desired: Json, live: Json, place: Place): boolean {
  if (isObject(desired) || !isAbsent(place.schema, desired) || isAbsent(place.schema, live)) return false
  return isList(desired) || findStanding(walk.ref, walk.sides, place, live) !== null
}

function compareMaps(walk: Walk, desired: JsonObject, live: JsonObject, place: Place): void {
  for (const field of Object.keys(desired)) {
    const value = own(live, field)
    // The API server drops what it does not know: a fault of the chart, which no edit can have made.
    if (value === undefined && isUnknown(place.schema, field)) {
      walk.remarks.push({ kind: 'unknown-field', path: [...place.path, { field }], desired: own(desired, field) ?? null })
    } else compareValues(walk, own(desired, field), value, enterField(place, field))
  }
  for (const field of Object.keys(live)) {
    if (!Object.hasOwn(desired, field)) compareValues(walk, undefined, own(live, field), enterField(place, field))
  }
}

function isUnknown(schema: Schema, field: string): boolean {
  return schema.type === 'struct' && !schema.keepsUnknown && schema.field(field) === undefined
}

function compareLists(walk: Walk, desired: readonly Json[], found: readonly Json[], place: Place): void {
  const { schema, path, pattern } = place
  const list = typeOf(walk, place)
  if (list.type !== 'keyed' && isSame(desired, found)) return
  const live = alignUnordered(walk.ref, pattern, desired, found, (a, b) => isSameElement(walk, place, a, b))
  const isOfScalars = !desired.some(isComposite) && !live.some(isComposite)
  // A list of scalars that merges as one value is told as one; its elements mean nothing alone.
  const pairing = list.type === 'atomic' && isOfScalars ? null : pairElements(list, schema.items, desired, live)
  if (pairing === null) {
    if (!isSameScalars(schema, desired, live)) declare(walk, 'changed', desired, live, place)
    return
  }
  if (isReordered(pattern, pairing.order)) walk.remarks.push({ kind: 'reordered', path })
  for (const step of pairing.duplicates) walk.remarks.push({ kind: 'duplicate-key', path: [...path, step] })
  const { pairs, renamed } =
    list.type === 'keyed'
      ? pairRenamed(pairing.pairs, (from, renamed, to) => isSameElement(walk, place, renamed, to, from))
      : { ...pairing, renamed: [] }
  for (const pair of pairs) compareValues(walk, pair.desired, pair.live, enterElement(place, pair.step))
  for (const { from, to, field } of renamed) {
    // The live element is recorded under its new key, and told at the place that the chart knows.
    const at = enterElement(place, to.step)
    const inField = enterField({ ...at, path: [...path, from.step] }, field)
    const [was, is] = [from.desired, to.live].map((element) => (isObject(element) ? own(element, field) : undefined))
    declare(walk, 'changed', was ?? schema.items?.field(field)?.default ?? null, is ?? schema.items?.field(field)?.default, inField)
  }
}

/**
 * Whether two elements are the same to the API server; a default that is left out is no difference.
 *
 * @param sent the element as it was sent, by which defaults were filled in that depend on its other fields
 */
function isSameElement(walk: Walk, place: Place, desired: Json, live: Json, sent = desired): boolean {
  const sides = {
    live: setAt(walk.sides.live, place.path, [live]) as JsonObject,
    desired: setAt(walk.sides.desired, place.path, [sent]) as JsonObject,
  }
  const trial: Walk = { ...walk, sides, unstable: [], declared: [], liveOnly: [], remarks: [] }
  compareValues(trial, desired, live, enterElement(place, { index: 0 }))
  return trial.declared.length === 0 && trial.liveOnly.every((node) => explainsItself(node))
}

function typeOf(walk: Walk, { schema, holds, pattern }: Place): ListType {
  return findExceptionalType(walk.ref, pattern) ?? findListType(schema, holds)
}

function explainsItself(node: LiveOnly): boolean {
  return node.standing !== null || (node.children.length > 0 && node.children.every(explainsItself))
}

function isSameScalars(schema: Schema, desired: readonly Json[], live: readonly Json[]): boolean {
  const { items } = schema
  return (
    items !== undefined && desired.length === live.length && desired.every((one, index) => isSameValue(items, one, live[index] ?? null))
  )
}

/** The declared value is not compared, since the chart itself does not agree on it; who wrote live is still asked. */
function compareUnstable(walk: Walk, desired: Json | undefined, live: Json | undefined, place: Place, unstable: UnstablePath): void {
  if (unstable.rendered.some((value) => isSame(value, live))) return
  if (desired === undefined) {
    if (live !== undefined) walk.liveOnly.push(describeLiveOnly(walk, live, place))
    return
  }
  const { path, holds } = place
  walk.declared.push({ path, change: live === undefined ? 'removed' : 'changed', desired, live, unstable, holds, isField: false })
}

function describeLiveOnly(walk: Walk, value: Json, place: Place): LiveOnly {
  const { path, pattern, holds, schema } = place
  const at = { path, pattern, schema }
  const standing = findStanding(walk.ref, walk.sides, at, value)
  const base = { path, pattern, value, holds, standing, filledIn: isComposite(value) && isFilledIn(walk.ref, walk.sides, at) }
  if (isObject(value)) {
    const children = Object.keys(value).map((field) => describeLiveOnly(walk, own(value, field) ?? null, enterField(place, field)))
    return { ...base, children, open: OPEN_MAP.test(pattern) }
  }
  if (!isList(value)) return { ...base, children: [], open: false }
  const list = typeOf(walk, place)
  const pairs = list.type === 'atomic' ? null : pairElements(list, schema.items, [], value)?.pairs
  const children = (pairs ?? []).map((pair) => describeLiveOnly(walk, pair.live ?? null, enterElement(place, pair.step)))
  return { ...base, children, open: children.length > 0 }
}

const OPEN_MAP = /(^|\.)metadata\.(labels|annotations)$|^(data|binaryData|stringData)$/

function declare(walk: Walk, change: 'changed' | 'removed', desired: Json, live: Json | undefined, { path, holds, isField }: Place): void {
  walk.declared.push({ path, change, desired, live, unstable: null, holds, isField })
}

function enterField({ path, pattern, schema, holds, isElement }: Place, field: string): Place {
  const step = { field }
  return {
    path: [...path, step],
    pattern: pattern === '' ? field : `${pattern}.${field}`,
    schema: schema.field(field) ?? ANY,
    holds: descend(holds, step, isElement || isWhole(schema, false)),
    isElement: false,
    isField: schema.type === 'struct',
  }
}

function enterElement({ path, pattern, schema, holds }: Place, step: PathStep): Place {
  return {
    path: [...path, step],
    pattern: `${pattern}[]`,
    schema: schema.items ?? ANY,
    holds: descend(holds, step, isWhole(schema, true)),
    isElement: true,
    isField: false,
  }
}

function isComposite(value: Json): boolean {
  return value !== null && typeof value === 'object'
}

function own(map: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

/** Whether two paths name the same place. */
export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => isSameStep(step, b[index] ?? { index: -1 }))
}
