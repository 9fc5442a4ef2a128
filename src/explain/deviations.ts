import type { LiveOnly } from '../compare/comparison.ts'
import type { Holds } from '../compare/holds.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import { overlaps } from '../compare/same-place.ts'
import type { Schema } from '../compare/schema/schema.ts'
import { compareObjects } from '../compare/walk.ts'
import type { JsonObject, ObjectRef, Path, UnstablePath } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { Rendered } from './history.ts'

/** A live object, as it is held against what was rendered before. */
export type Subject = {
  readonly ref: ObjectRef
  /** Of the kind; null when it is not known. */
  readonly schema: Schema | null
  /** Prepared. */
  readonly live: JsonObject
  readonly entries: readonly FieldsEntry[]
  /** From `crds/`, which Helm installs once and never upgrades. */
  readonly fromCrds: boolean
  /** Where today's renders do not agree. */
  readonly unstable: readonly UnstablePath[]
  /** Brings a rendered object into the form that live is compared in. */
  readonly prepare: (rendered: JsonObject) => JsonObject
}
/** A place where live is not as it was rendered. What the API server fills in by itself is none. */
export type Deviation = { readonly path: Path; readonly kind: 'gone' | 'changed' | 'live-only'; readonly holds: Holds }

/** Every place where a live object is not as a render has it. An object that was not rendered is all live-only. */
export function listDeviations({ ref, schema, live, entries, prepare }: Subject, rendered: Rendered): readonly Deviation[] {
  const object = rendered.get(keyOfRef(ref))
  const { declared, liveOnly } = compareObjects(ref, schema, object === undefined ? {} : prepare(object), live, entries, [])
  return [
    ...declared.map(({ path, live: value, holds }) => ({
      path,
      kind: value === undefined ? ('gone' as const) : ('changed' as const),
      holds,
    })),
    ...liveOnly.flatMap(listUnexplained).map(({ path, holds }) => ({ path, kind: 'live-only' as const, holds })),
  ]
}

/** Whether live is, at a path, as it was rendered: nothing deviates there, above it or below it. */
export function isAsRendered(deviations: readonly Deviation[], path: Path): boolean {
  return !deviations.some((deviation) => overlaps(deviation.path, path))
}

/** Whether two renders of an object differ at a path. */
export function differAt(subject: Subject, a: Rendered, b: Rendered, path: Path): boolean {
  const object = a.get(keyOfRef(subject.ref)) ?? {}
  return !isAsRendered(listDeviations({ ...subject, live: subject.prepare(object), entries: [] }, b), path)
}

function listUnexplained(node: LiveOnly): readonly LiveOnly[] {
  if (node.standing !== null) return []
  return node.children.length === 0 ? [node] : node.children.flatMap(listUnexplained)
}
