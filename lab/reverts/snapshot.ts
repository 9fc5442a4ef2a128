// All objects of a release as they are, to see what a command changed.

import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, ObjectRef, Path } from '../../src/model.ts'
import type { Kube } from '../kube.ts'
import { isMap } from '../places.ts'
import { keyOf } from '../refs.ts'

/** What people declare of each object, by its name: without status and what the API server and controllers keep. */
export type Snapshot = ReadonlyMap<string, JsonObject>
/** One place that is not the same in two snapshots, down to values and whole lists of values. */
export type Change = { readonly object: string; readonly path: Path; readonly before: Json | undefined; readonly after: Json | undefined }

/** Reads the objects anew. */
export async function takeSnapshot(refs: readonly ObjectRef[], kube: Kube): Promise<Snapshot> {
  const read = await Promise.all(refs.map(async (ref) => [keyOf(ref), await kube.get(ref)] as const))
  return new Map(read.flatMap(([key, object]) => (object === null || isGoing(object) ? [] : [[key, strip(object)] as const])))
}

function isGoing({ metadata }: JsonObject): boolean {
  return isMap(metadata) && metadata.deletionTimestamp !== undefined
}

/** The name of a rollout's revision moves with every change of a pod template. */
function strip({ status: _status, metadata, ...rest }: JsonObject): JsonObject {
  const {
    managedFields: _m,
    resourceVersion: _r,
    uid: _u,
    generation: _g,
    creationTimestamp: _c,
    ...kept
  } = isMap(metadata) ? metadata : {}
  const {
    'deployment.kubernetes.io/revision': _revision,
    'deprecated.daemonset.template.generation': _template,
    ...annotations
  } = isMap(kept.annotations) ? kept.annotations : {}
  return { ...rest, metadata: { ...kept, annotations } }
}

/** Every place that differs. Lists of one length are compared place by place, elements with a name by that. */
export function listChanges(before: Snapshot, after: Snapshot): readonly Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((object) => compare(object, before.get(object), after.get(object), []))
}

function compare(object: string, before: Json | undefined, after: Json | undefined, path: Path): readonly Change[] {
  if (isDeepStrictEqual(before, after) || (isEmpty(before) && isEmpty(after))) return []
  // An object that is not there is one change; a map that is not there is an empty one.
  const [left, right] = [before, after].map((side) => (side === undefined && path.length > 0 ? {} : side))
  if (isMap(left) && isMap(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
    return names.flatMap((field) => compare(object, left[field], right[field], [...path, { field }]))
  }
  const [one, other] = [byName(before), byName(after)]
  if (one !== null && other !== null) {
    const names = [...new Set([...one.keys(), ...other.keys()])]
    return names.flatMap((name) => compare(object, one.get(name), other.get(name), [...path, { key: { name } }]))
  }
  return [{ object, path, before, after }]
}

/** Absent, `{}` and `[]` say the same everywhere in the lab's charts. */
function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0
}

function byName(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (value !== undefined && !Array.isArray(value)) return null
  const items = (value ?? []) as readonly Json[]
  const named = items.flatMap((item) => (isMap(item) && typeof item.name === 'string' ? [[item.name, item] as const] : []))
  const map = new Map(named)
  return map.size === items.length ? map : null
}
