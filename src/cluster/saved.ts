import { MAX_DEPTH } from '../compare/depth.ts'
import { UserError } from '../errors.ts'
import type { Json, JsonObject, Live, LiveReading, Note, ObjectRef, Reading } from '../model.ts'
import { groupOf, keyOfRef } from '../refs.ts'
import { toList, toObject, toText } from '../shapes.ts'
import { findExtra, refOfObject } from './find-extra.ts'
import type { ReadOptions } from './read.ts'
import { refuseTooDeep } from './refuse-too-deep.ts'

/** Turns a YAML or JSON stream into its values; throws a UserError when it is neither. */
export type ParseStream = (text: string, where: string) => readonly Json[]

/**
 * Takes the objects out of a file that `kubectl get ... -o yaml --show-managed-fields` (or `-o json`) wrote; lists are unpacked.
 * @param where the file's name for messages
 * @throws UserError naming `live` when it holds no Kubernetes objects
 */
export function parseSavedLive(text: string, where: string, parse: ParseStream): readonly JsonObject[] {
  const how = 'Save it with `kubectl get KIND,KIND -n NAMESPACE -o yaml --show-managed-fields > FILE`.'
  const objects = parse(text, where).flatMap((value) => flattenList(value))
  const faulty = objects.find((object) => !isNamed(object))
  if (objects.length === 0) throw new UserError({ message: `${where} holds no Kubernetes objects.`, where: 'live', remedy: how })
  if (faulty !== undefined) {
    const { apiVersion, kind } = toObject(faulty)
    const what =
      toText(kind) === null || toText(apiVersion) === null
        ? 'a document without `apiVersion` and `kind`'
        : `a ${toText(kind)} without \`metadata.name\``
    throw new UserError({ message: `${where} holds ${what}.`, where: 'live', remedy: how })
  }
  return objects.map(toObject)
}

/**
 * The same answers as `readLive`, from saved objects. What the file does not show was not saved, which is not the same as missing:
 * a name counts as missing only among saved objects of its kind in its namespace.
 */
export function readSavedLive(objects: readonly JsonObject[], wanted: readonly ObjectRef[], options: ReadOptions): Live {
  const saved = objects.map((object) => ({ ref: refOfObject(object), object }))
  const place = (ref: ObjectRef) => placeSaved(saved, ref, options.namespace)
  const refs = wanted.map(place)
  const byKey = new Map(saved.map((one) => [keyOfRef(one.ref), one]))
  const readings = refs.map((ref): LiveReading => {
    const found = byKey.get(keyOfRef(ref))
    return refuseTooDeep({
      ref,
      reading: found?.ref.apiVersion === ref.apiVersion ? { outcome: 'found', object: found.object } : explainAbsent(saved, ref),
    })
  })
  const known = [...refs, ...(options.setAside ?? []).map(place)]
  return {
    readings,
    extra: findExtra(objects, known, options.release, options.namespace),
    requests: { list: 0, get: 0, discovery: 0 },
    notes: noteNoManagedFields(readings),
  }
}

type Saved = { readonly ref: ObjectRef; readonly object: JsonObject }

/** Without a cluster to ask, the saved objects themselves tell whether their kind lives in namespaces. */
function placeSaved(saved: readonly Saved[], ref: ObjectRef, releaseNamespace: string): ObjectRef {
  const sibling = saved.find((one) => isSameKind(one.ref, ref))
  if (sibling === undefined) return ref
  return { ...ref, namespace: sibling.ref.namespace === null ? null : (ref.namespace ?? releaseNamespace) }
}

function explainAbsent(saved: readonly Saved[], ref: ObjectRef): Reading {
  const kin = saved.filter((one) => isSameKind(one.ref, ref) && one.ref.namespace === ref.namespace)
  if (kin.some((one) => one.ref.apiVersion === ref.apiVersion)) return { outcome: 'missing' }
  const place = ref.namespace === null ? '' : ` -n ${ref.namespace}`
  const other = kin[0]?.ref.apiVersion
  const detail =
    other === undefined
      ? `the saved state has no ${ref.kind}${ref.namespace === null ? '' : ` of namespace ${ref.namespace}`}`
      : `the saved state has ${ref.kind} as ${other}, not as ${ref.apiVersion}`
  return {
    outcome: 'unreadable',
    reason: 'not-saved',
    detail,
    remedy: `Save it too: \`kubectl get ${nameForKubectl(ref)}${place} -o yaml --show-managed-fields\`.`,
  }
}

/** `deployment.v1.apps`: kubectl then answers in exactly this version. */
function nameForKubectl({ apiVersion, kind }: ObjectRef): string {
  const group = groupOf(apiVersion)
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${apiVersion.slice(group.length + 1)}.${group}`
}

function isSameKind(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && groupOf(a.apiVersion) === groupOf(b.apiVersion)
}

/** kubectl leaves `managedFields` out unless told otherwise, and with them goes the answer to who changed what. */
function noteNoManagedFields(readings: readonly LiveReading[]): readonly Note[] {
  const without = readings.filter(
    ({ reading }) => reading.outcome === 'found' && toObject(reading.object.metadata).managedFields === undefined,
  )
  if (without.length === 0) return []
  const message = `${without.length} of ${readings.length} objects were saved without \`managedFields\`, so who changed them cannot be told. Save with --show-managed-fields.`
  return [{ kind: 'no-managed-fields', message }]
}

function flattenList(value: Json, level = 0): readonly Json[] {
  const object = toObject(value)
  const isNested = toText(object.kind)?.endsWith('List') && Array.isArray(object.items) && level <= MAX_DEPTH
  return isNested ? toList(object.items).flatMap((item) => flattenList(item, level + 1)) : [value]
}

function isNamed(value: Json): boolean {
  const object = toObject(value)
  return toText(object.apiVersion) !== null && toText(object.kind) !== null && toText(toObject(object.metadata).name) !== null
}
