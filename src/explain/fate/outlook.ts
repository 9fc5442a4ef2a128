import { getAt, getOwn, isObject, setAt } from '../../compare/json.ts'
import type { FieldsEntry } from '../../compare/managed-fields.ts'
import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import type { JsonObject, ObjectRef } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import { findConflicts } from './find-conflicts.ts'
import { mergeChanges } from './merge-json.ts'
import { dropUndeclared, mergeOnServer } from './merge-on-server.ts'
import { mergeStrategic } from './merge-strategic.ts'
import type { Method, Outlook, Scene } from './model.ts'
import { settleService } from './settle-service.ts'
import { listRefusals } from './validity.ts'

/** What Helm's next deploy makes of an object that is there. */
export function foreseeObject(method: Method, scene: Scene): Outlook {
  const { wanted, live } = scene
  const { after, conflicts } = method === 'client-side' ? { after: mergeByClient(scene), conflicts: [] } : applyOnServer(scene)
  const settled = settleService(wanted.ref, live, after)
  // What is there now was accepted, so a rule that refuses it does not hold as it is written here.
  const standing = new Set(listRefusals(wanted.ref, live).map(({ message }) => message))
  const refusals = listRefusals(wanted.ref, settled).filter(({ message }) => !standing.has(message))
  return { after: settled, conflicts, refusals }
}

/** Where the last deploy is not known, nothing is taken to have changed since. */
function mergeByClient({ wanted, desired, live, last, schema }: Scene): JsonObject {
  const { ref } = wanted
  if (hasPatchType(ref)) {
    return mergeStrategic({ last: last ?? desired, desired, live }, schema, `${ref.apiVersion}/${ref.kind} `) as JsonObject
  }
  // Helm's marks are added to what is sent, and not to what it remembers: they are always sent.
  return mergeChanges(last ?? wanted.object, desired, live) as JsonObject
}

/** Helm's library has Go types, and so patch strategies, for what Kubernetes serves but for this group. */
export function hasPatchType(ref: ObjectRef): boolean {
  return findBuiltInSchema(ref) !== null && groupOf(ref.apiVersion) !== 'apiregistration.k8s.io'
}

function applyOnServer(scene: Scene): Pick<Outlook, 'after' | 'conflicts'> {
  const { live, entries, schema } = scene
  const desired = asSent(scene)
  const own = entries.find(isOwn)
  const others = entries.filter((entry) => entry !== own)
  const after = mergeOnServer(desired, live, schema) as JsonObject
  const conflicts = findConflicts(others, { desired, live, after }, schema)
  const left = own === undefined ? after : dropUndeclared(after, { desired, own, others }, schema)
  return { after: fillStrings(scene, left), conflicts }
}

function isOwn({ manager, operation, subresource }: FieldsEntry): boolean {
  return manager === 'helm' && operation === 'Apply' && subresource === null
}

/** A Secret's `stringData` never meets what is stored as `data`: it is written over it, and conflicts with nobody; `data` may. */
function asSent({ wanted, desired }: Scene): JsonObject {
  const { stringData, data } = wanted.object
  if (wanted.ref.kind !== 'Secret' || !isObject(stringData)) return desired
  const sent = (name: string) => (isObject(data) ? getOwn(data, name) : undefined)
  return Object.keys(stringData).reduce(
    (left, name) => setAt(left, [{ field: 'data' }, { field: name }], sent(name)) as JsonObject,
    desired,
  )
}

function fillStrings({ wanted, desired }: Scene, after: JsonObject): JsonObject {
  const { stringData } = wanted.object
  if (wanted.ref.kind !== 'Secret' || !isObject(stringData)) return after
  return Object.keys(stringData).reduce((filled, name) => {
    const path = [{ field: 'data' }, { field: name }]
    return setAt(filled, path, getAt(desired, path)) as JsonObject
  }, after)
}
