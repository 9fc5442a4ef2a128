import type { Remark } from '../compare/comparison.ts'
import { isObject } from '../compare/json.ts'
import { childOf, type FieldsEntry, isLeaf } from '../compare/managed-fields.ts'
import type { JsonObject, Note, ObjectRef, Path } from '../model.ts'
import { formatPath } from '../path.ts'
import { nameOf } from '../refs.ts'
import { isMerged } from './actors.ts'
import type { ObjectContext } from './context.ts'

const MESSAGES: { readonly [kind in Remark['kind']]: (name: string, path: string) => string } = {
  'unknown-field': (name, path) =>
    `${name} declares ${path}, which is no field of its kind: the API server dropped it. Mend the chart; nobody changed the cluster.`,
  'duplicate-key': (name, path) => `${name} declares ${path} more than once; the last one counts, and Helm 4 refuses to apply it.`,
  reordered: (name, path) => `${name} has ${path} in another order than the chart, and there the order matters.`,
}
const KINDS = { 'unknown-field': 'chart-error', 'duplicate-key': 'duplicate-key', reordered: 'reordered' } as const

/** What the comparison saw that is no difference. */
export function noteRemark(ref: ObjectRef, { kind, path }: Remark): Note {
  const text = formatPath(path)
  return { kind: KINDS[kind], object: ref, path: text, message: MESSAGES[kind](nameOf(ref), text) }
}

/** A declared value that the API server did not keep, though its deployer is on record for it. */
export function noteDropped(ref: ObjectRef, path: Path): Note {
  const text = formatPath(path)
  const message = `${nameOf(ref)} was deployed with ${text}, and the API server did not keep it: a feature that is switched off, or a field that another one rules out.`
  return { kind: 'chart-error', object: ref, path: text, message }
}

/** Entries of `managedFields` that cannot be read leave open who wrote what they record. */
export function noteBrokenRecord(ref: ObjectRef, broken: number): readonly Note[] {
  if (broken === 0) return []
  const message = `${broken} of the managedFields entries of ${nameOf(ref)} are in no known form, so who wrote what they record stays open.`
  return [{ kind: 'broken-managed-fields', object: ref, message }]
}

/** An object whose whole record is gone: the API server then records no further edits in it either. Measured. */
export function noteNoRecord(ref: ObjectRef): Note {
  const message = `${nameOf(ref)} has no managedFields: somebody took them out, and who writes to it is not recorded any more. What differs is told as unknown; a server-side apply starts a new record.`
  return { kind: 'no-managed-fields', object: ref, message }
}

/**
 * An object that no deployer ever wrote to was made by hand, or made again by hand. Whoever makes an object holds all
 * that it was made with; where records were merged, broken or taken out, nothing can be said.
 */
export function noteHandMade({ ref, entries, isDeployed }: ObjectContext, declared: JsonObject, broken: number): readonly Note[] {
  const maker = entries.find((entry) => entry.subresource === null && holdsAll(entry, declared))
  if (isDeployed || maker === undefined || broken > 0 || entries.some(isMerged)) return []
  const message = `${nameOf(ref)} was made, or made again, by ${maker.manager}: no deployer ever wrote to it.`
  return [{ kind: 'made-by-hand', object: ref, message }]
}

/** Down to the second level: whoever changed something later holds only a part of it. */
function holdsAll({ fields }: FieldsEntry, declared: JsonObject): boolean {
  return Object.entries(declared).every(([name, value]) => {
    if (['apiVersion', 'kind', 'metadata'].includes(name)) return true
    const below = childOf(fields, { field: name })
    if (below === undefined) return isObject(value) && Object.keys(value).length === 0
    return isLeaf(below) || !isObject(value) || Object.keys(value).every((field) => childOf(below, { field }) !== undefined)
  })
}
