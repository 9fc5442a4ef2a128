import { isList, isObject } from '../src/compare/json.ts'
import { pairElements } from '../src/compare/lists.ts'
import type { FieldTree } from '../src/compare/managed-fields.ts'
import { ANY } from '../src/compare/schema/any.ts'
import { findBuiltInSchema } from '../src/compare/schema/built-in.ts'
import type { Schema } from '../src/compare/schema/schema.ts'
import type { DeployRecord, History, Rendered } from '../src/explain/history.ts'
import type { DesiredObject, Json, JsonObject, Live, ObjectRef, Path, PathStep, Reading } from '../src/model.ts'
import { parsePath } from '../src/path.ts'
import { keyOfRef } from '../src/refs.ts'

/** A managedFields entry as the API server writes it, owning every leaf of `object` (what a manager sent). */
export function makeEntry(
  manager: string,
  operation: 'Apply' | 'Update',
  object: JsonObject,
  more: { readonly subresource?: string; readonly time?: string } = {},
): JsonObject {
  const { apiVersion, kind, ...owned } = object
  return {
    manager,
    operation,
    apiVersion: apiVersion ?? 'v1',
    fieldsType: 'FieldsV1',
    fieldsV1: toFields(findBuiltInSchema(refOf(object)) ?? ANY, withoutIdentity(owned)),
    ...(more.subresource === undefined ? {} : { subresource: more.subresource }),
    time: more.time ?? '2026-11-23T09:00:00Z',
  }
}

/** The API server never records who wrote an object's name. */
function withoutIdentity(object: JsonObject): JsonObject {
  if (!isObject(object.metadata)) return object
  const { name: _name, namespace: _namespace, ...metadata } = object.metadata
  return { ...object, metadata }
}

function toFields(schema: Schema, value: Json): FieldTree {
  if (isObject(value) && Object.keys(value).length > 0 && !schema.atomic) {
    const children = Object.entries(value).map(([field, child]) => [`f:${field}`, toFields(schema.field(field) ?? ANY, child)])
    return Object.fromEntries(children) as FieldTree
  }
  if (!isList(value)) return {}
  const pairs = schema.list.type === 'atomic' ? null : pairElements(schema.list, schema.items, value, [])?.pairs
  if (pairs === null || pairs === undefined) return {}
  const elements = pairs.map(({ step, desired }) => {
    const below = toFields(schema.items ?? ANY, desired ?? null)
    return [nameStep(step), Object.keys(below).length === 0 ? below : { '.': {}, ...below }]
  })
  return Object.fromEntries(elements) as FieldTree
}

function nameStep(step: PathStep): string {
  return 'key' in step ? `k:${JSON.stringify(step.key)}` : `v:${JSON.stringify('value' in step ? step.value : null)}`
}

/** A live object with the given managedFields. */
export function makeLiveObject(object: JsonObject, entries: readonly JsonObject[]): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject), uid: 'u', resourceVersion: '7', managedFields: entries } }
}

export function refOf(object: JsonObject): ObjectRef {
  const metadata = isObject(object.metadata) ? object.metadata : {}
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : '')
  return {
    apiVersion: text(object.apiVersion),
    kind: text(object.kind),
    namespace: typeof metadata.namespace === 'string' ? metadata.namespace : null,
    name: text(metadata.name),
  }
}

export function makeDesired(object: JsonObject, more: Partial<DesiredObject> = {}): DesiredObject {
  return { ref: refOf(object), object, template: null, fromCrds: false, unstable: [], ...more }
}

/** What reading these objects gave, in order. */
export function makeLive(readings: readonly (readonly [DesiredObject, JsonObject | Exclude<Reading, { outcome: 'found' }>])[]): Live {
  return {
    readings: readings.map(([desired, answer]) => ({
      ref: desired.ref,
      reading: 'outcome' in answer ? (answer as Reading) : { outcome: 'found', object: answer as JsonObject },
    })),
    extra: [],
    requests: { list: 0, get: readings.length, discovery: 0 },
    notes: [],
  }
}

/** A path as people write it; a test with a mistyped one fails at once. */
export function pathOf(text: string): Path {
  const path = parsePath(text)
  if (path === null) throw new SyntaxError(`not a path: ${text}`)
  return path
}

/** What was rendered before: by the recorded deploy, and by earlier commits, newest first. Unless said otherwise nothing more can be learned. */
export function makeHistory({
  record,
  commits = [],
  ...more
}: Partial<Omit<History, 'record' | 'commits'>> & {
  readonly record?: readonly JsonObject[]
  readonly delivery?: DeployRecord['delivery']
  readonly rollback?: { readonly to: number; readonly undone: Rendered | null }
  readonly commits?: readonly (readonly JsonObject[])[]
}): History {
  const { rollback = null, delivery = 'helm-server-side', ...rest } = more
  return {
    record:
      record === undefined
        ? null
        : { revision: 4, time: '2026-11-23T08:59:58Z', hasHooks: false, delivery, rendered: [makeRendered(record)], rollback },
    commits: commits.map((objects, index) => ({
      id: String(index + 1).repeat(40),
      time: `2026-11-${20 - index}T10:00:00Z`,
      objects: makeRendered(objects),
      again: null,
    })),
    skipped: 0,
    cut: false,
    withoutSet: null,
    hasMore: false,
    gap: null,
    ...rest,
  }
}

export function makeRendered(objects: readonly JsonObject[]): Rendered {
  return new Map(objects.map((object) => [keyOfRef(refOf(object)), object]))
}
