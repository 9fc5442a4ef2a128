import type { Evidence, JsonObject, Path, PathStep, Scalar } from '../model.ts'
import { getAt, isList, isObject } from './json.ts'
import { GRANULAR_STRUCTS } from './schema/fields.ts'

/** A node of a fieldsV1 tree, keyed by `f:name`, `k:{...}`, `v:...`, `i:n`; `.` marks that the item itself is owned. */
export type FieldTree = { readonly [step: string]: FieldTree }

/** One entry of `metadata.managedFields`: who wrote what, how and when. */
export type FieldsEntry = Evidence & { readonly manager: string; readonly fields: FieldTree }

/**
 * Reads `metadata.managedFields`. Entries that are not in the documented form are left out, since nothing can be
 * concluded from them.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readManagedFields(object: JsonObject): readonly FieldsEntry[] {
  const entries = getAt(object, MANAGED_FIELDS)
  return (isList(entries) ? entries : []).flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry.fieldsV1) || typeof entry.manager !== 'string') return []
    const fields = entry.fieldsV1
    if (entry.operation !== 'Apply' && entry.operation !== 'Update') return []
    return [
      {
        manager: entry.manager,
        operation: entry.operation,
        subresource: typeof entry.subresource === 'string' && entry.subresource !== '' ? entry.subresource : null,
        time: typeof entry.time === 'string' ? entry.time : null,
        fields: object.kind === 'Secret' ? foldStringData(fields as FieldTree) : (fields as FieldTree),
      },
    ]
  })
}

/** Server-side apply records `stringData` as it was sent, while what is stored, and compared, is `data`. */
function foldStringData({ 'f:stringData': strings, ...fields }: FieldTree): FieldTree {
  return strings === undefined ? fields : { ...fields, 'f:data': { ...fields['f:data'], ...strings } }
}

const MANAGED_FIELDS: Path = [{ field: 'metadata' }, { field: 'managedFields' }]

/** How an entry stands to a path: it names it, names something below it, or owns it as part of an atomic ancestor. */
export type Grip = 'exact' | 'below' | 'ancestor'

/**
 * Tells how an entry owns a path, and at which depth (number of steps) the record ends.
 * Atomic maps and lists are recorded as a whole (`f:selector: {}`), so the nearest recorded ancestor counts.
 */
export function findGrip(entry: FieldsEntry, path: Path): { readonly grip: Grip; readonly depth: number } | null {
  let node: FieldTree = entry.fields
  for (const [depth, step] of path.entries()) {
    const next = childOf(node, step)
    if (next === undefined) return depth > 0 && isLeaf(node) && !isGranular(path[depth - 1]) ? { grip: 'ancestor', depth } : null
    node = next
  }
  return { grip: isLeaf(node) || '.' in node ? 'exact' : 'below', depth: path.length }
}

/** The keys by which the API server itself keyed the list at a path, or `set`; null when no entry tells. */
export function findListKeys(entries: readonly FieldsEntry[], path: Path): readonly string[] | 'set' | null {
  for (const entry of entries) {
    const node = path.reduce<FieldTree | undefined>((at, step) => (at === undefined ? undefined : childOf(at, step)), entry.fields)
    for (const name of Object.keys(node ?? {})) {
      if (name.startsWith('k:')) return Object.keys(JSON.parse(name.slice(2)) as object)
      if (name.startsWith('v:')) return 'set'
    }
  }
  return null
}

function isGranular(step: PathStep | undefined): boolean {
  return step !== undefined && 'field' in step && GRANULAR_STRUCTS.has(step.field)
}

function isLeaf(node: FieldTree): boolean {
  return Object.keys(node).length === 0
}

function childOf(node: FieldTree, step: PathStep): FieldTree | undefined {
  if ('field' in step) return Object.hasOwn(node, `f:${step.field}`) ? node[`f:${step.field}`] : undefined
  if ('index' in step) return node[`i:${step.index}`]
  if ('value' in step) return node[`v:${JSON.stringify(step.value)}`]
  // The order of keys inside `k:` is the server's, so the text cannot simply be rebuilt.
  const name = Object.keys(node).find((candidate) => candidate.startsWith('k:') && sameKeys(candidate.slice(2), step.key))
  return name === undefined ? undefined : node[name]
}

function sameKeys(text: string, key: { readonly [name: string]: Scalar }): boolean {
  const recorded = JSON.parse(text) as { [name: string]: Scalar }
  const names = Object.keys(recorded)
  return names.length === Object.keys(key).length && names.every((name) => recorded[name] === key[name])
}
