import type { Json, JsonObject, ObjectRef, UnstablePath } from '../model.ts'
import type { Comparison, Walk } from './comparison.ts'
import { findStanding } from './defaults.ts'
import { isAbsent, isSameValue } from './equal.ts'
import { holdRoot } from './holds.ts'
import { getOwn, isComposite, isList, isObject, isSame, setAt } from './json.ts'
import { alignUnordered, isReordered } from './list-exceptions.ts'
import { type Pair, pairElements } from './lists.ts'
import { describeLiveOnly, explainsItself } from './live-only.ts'
import type { FieldsEntry } from './managed-fields.ts'
import { enterElement, enterField, type Place, typeOf } from './place.ts'
import { pairRenamed } from './renamed.ts'
import { isSamePath } from './same-place.ts'
import { ANY } from './schema/any.ts'
import type { Schema } from './schema/schema.ts'

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
    const value = getOwn(live, field)
    // The API server drops what it does not know: a fault of the chart, which no edit can have made.
    if (value === undefined && isUnknown(place.schema, field)) {
      walk.remarks.push({ kind: 'unknown-field', path: [...place.path, { field }], desired: getOwn(desired, field) ?? null })
    } else compareValues(walk, getOwn(desired, field), value, enterField(place, field))
  }
  for (const field of Object.keys(live)) {
    if (!Object.hasOwn(desired, field)) compareValues(walk, undefined, getOwn(live, field), enterField(place, field))
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
  for (const pair of pairs) {
    if (list.type === 'atomic') comparePlace(walk, pair, place)
    else compareValues(walk, pair.desired, pair.live, enterElement(place, pair.step))
  }
  for (const { from, to, field } of renamed) {
    // The live element is recorded under its new key, and told at the place that the chart knows.
    const at = enterElement(place, to.step)
    const inField = enterField({ ...at, path: [...path, from.step] }, field)
    const [was, is] = [from.desired, to.live].map((element) => (isObject(element) ? getOwn(element, field) : undefined))
    declare(walk, 'changed', was ?? schema.items?.field(field)?.default ?? null, is ?? schema.items?.field(field)?.default, inField)
  }
}

/**
 * Compares two elements at one place of a list that merges as one value. What differs is told at its parts, unless half of
 * the element differs: it is another one then, and told as such.
 */
function comparePlace(walk: Walk, { step, desired, live }: Pair, place: Place): void {
  const trial: Walk = { ...walk, declared: [], liveOnly: [] }
  const at = enterElement(place, step)
  compareValues(trial, desired, live, at)
  const told = trial.declared.length + trial.liveOnly.filter((node) => !explainsItself(node)).length
  if (told > 1 && told * 2 >= countLeaves(desired ?? null) && trial.declared.every(({ unstable }) => unstable === null)) {
    declare(walk, 'changed', desired ?? null, live, at)
    return
  }
  for (const difference of trial.declared) walk.declared.push(difference)
  for (const node of trial.liveOnly) walk.liveOnly.push(node)
}

function countLeaves(value: Json): number {
  if (!isComposite(value)) return 1
  return Object.values(value as JsonObject).reduce<number>((sum, child) => sum + countLeaves(child), 0)
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

function declare(walk: Walk, change: 'changed' | 'removed', desired: Json, live: Json | undefined, { path, holds, isField }: Place): void {
  walk.declared.push({ path, change, desired, live, unstable: null, holds, isField })
}
