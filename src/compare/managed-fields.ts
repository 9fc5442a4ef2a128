import type { Evidence, Json, JsonObject, Path, PathStep, Scalar } from '../model.ts'
import { getAt, getOwn, isList, isObject } from './json.ts'

/** A node of a fieldsV1 tree, keyed by `f:name`, `k:{...}`, `v:...`, `i:n`; `.` marks that the item itself is owned. */
export type FieldTree = { readonly [step: string]: FieldTree }

/** One entry of `metadata.managedFields`: who wrote what, how and when. */
export type FieldsEntry = Evidence & {
  readonly manager: string
  /** The version in whose terms the fields are written; null when it is not said. */
  readonly apiVersion: string | null
  readonly fields: FieldTree
}

const MANAGED_FIELDS: Path = [{ field: 'metadata' }, { field: 'managedFields' }]

/**
 * Reads `metadata.managedFields`. Entries that are not in the documented form are left out, since nothing can be
 * concluded from them; `countBrokenEntries` tells that there are some.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readManagedFields(object: JsonObject): readonly FieldsEntry[] {
  return listEntries(object).flatMap((entry) => {
    if (!isReadable(entry)) return []
    const { manager, operation, subresource, time, apiVersion } = entry
    const fields = entry.fieldsV1 as FieldTree
    return [
      {
        manager: manager as string,
        operation: operation as 'Apply' | 'Update',
        apiVersion: typeof apiVersion === 'string' ? apiVersion : null,
        subresource: typeof subresource === 'string' && subresource !== '' ? subresource : null,
        time: typeof time === 'string' ? time : null,
        fields: object.kind === 'Secret' ? foldStringData(fields) : fields,
      },
    ]
  })
}

/** How many entries are in no form that this program knows: who wrote what they record stays open. */
export function countBrokenEntries(object: JsonObject): number {
  const entries = getAt(object, MANAGED_FIELDS)
  const isNoList = entries !== undefined && entries !== null && !isList(entries)
  return isNoList ? 1 : listEntries(object).filter((entry) => !isReadable(entry)).length
}

function listEntries(object: JsonObject): readonly Json[] {
  const entries = getAt(object, MANAGED_FIELDS)
  return isList(entries) ? entries : []
}

function isReadable(entry: Json): entry is JsonObject {
  if (!isObject(entry) || typeof entry.manager !== 'string' || entry.manager === '') return false
  if (entry.operation !== 'Apply' && entry.operation !== 'Update') return false
  if (entry.fieldsType !== undefined && entry.fieldsType !== 'FieldsV1') return false
  return isObject(entry.fieldsV1) && isTree(entry.fieldsV1)
}

/** Trees are as deep as objects; a loop goes through the levels, since a hostile one may be deeper than the stack. */
function isTree(root: JsonObject): boolean {
  const open: Json[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isObject(node)) return false
    for (const name in node) {
      if (!isStep(name)) return false
      open.push(node[name] as Json)
    }
  }
  return true
}

/** A key or a value that is no JSON names no element, and the API server reads no part of such a record either. */
function isStep(name: string): boolean {
  if (name.startsWith('k:')) return readKey(name.slice(2)) !== null
  return !name.startsWith('v:') || parse(name.slice(2)) !== undefined
}

/** Server-side apply records `stringData` as it was sent, while what is stored, and compared, is `data`. */
function foldStringData({ 'f:stringData': strings, ...fields }: FieldTree): FieldTree {
  return strings === undefined ? fields : { ...fields, 'f:data': { ...fields['f:data'], ...strings } }
}

/** What a node records one step further down; undefined when nothing. */
export function childOf(node: FieldTree, step: PathStep): FieldTree | undefined {
  if ('field' in step) return getOwn(node, `f:${step.field}`)
  if ('key' in step) return keyedChildren(node).get(nameKey(step.key))
  return getOwn(node, 'value' in step ? `v:${JSON.stringify(step.value)}` : `i:${step.index}`)
}

/** To see that a node with thousands of children has one takes as long as to list them: it is seen once. */
const branches = new WeakSet<FieldTree>()

/** A node that records nothing below itself. */
export function isLeaf(node: FieldTree): boolean {
  if (branches.has(node)) return false
  for (const _ in node) {
    branches.add(node)
    return false
  }
  return true
}

/** Lists may have thousands of elements, each asked for once: they are indexed the first time. */
const indexes = new WeakMap<FieldTree, ReadonlyMap<string, FieldTree>>()

function keyedChildren(node: FieldTree): ReadonlyMap<string, FieldTree> {
  const known = indexes.get(node)
  if (known !== undefined) return known
  const index = new Map<string, FieldTree>()
  for (const name in node) {
    const key = name.startsWith('k:') ? readKey(name.slice(2)) : null
    if (key !== null) index.set(nameKey(key), node[name] as FieldTree)
  }
  indexes.set(node, index)
  return index
}

/** The key of an element, from what follows `k:`; null for what is none. */
export function readKey(text: string): { readonly [name: string]: Scalar } | null {
  const key = parse(text)
  return isObject(key) && Object.keys(key).length > 0 ? (key as { readonly [name: string]: Scalar }) : null
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // Whoever asks tells what follows from that.
    return undefined
  }
}

/** The order of the fields inside `k:` is the server's, so the text cannot be compared as it is. */
export function nameKey(key: { readonly [name: string]: Scalar }): string {
  const names = Object.keys(key)
  const [only] = names
  if (names.length === 1 && only !== undefined) return `${only}=${nameScalar(key[only] ?? null)}`
  return names
    .toSorted()
    .map((name) => `${name}=${nameScalar(key[name] ?? null)}`)
    .join(',')
}

function nameScalar(value: Scalar): string {
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}
