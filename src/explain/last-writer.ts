import type { FieldsEntry, FieldTree } from '../compare/managed-fields.ts'
import type { ObjectRef } from '../model.ts'
import { type ActorRules, classifyActor, isDeployer } from './actors.ts'

/**
 * The newest writer of an object, deployers and controllers aside, that wrote no earlier than the deployer did: the
 * likely author of a removal, which itself leaves no record.
 */
export function findLastWriter(entries: readonly FieldsEntry[], ref: ObjectRef, rules: ActorRules): FieldsEntry | null {
  const times = entries.filter(({ manager }) => isDeployer(manager, rules)).map(({ time }) => time ?? '')
  const deployed = times.toSorted().at(-1) ?? ''
  const foreign = entries.filter((entry) => entry.time !== null && entry.time >= deployed && isForeign(entry, ref, rules))
  return foreign.toSorted((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0] ?? null
}

/** Controllers are known by what they write, so one field beyond that makes an entry a foreign one. */
function isForeign(entry: FieldsEntry, ref: ObjectRef, rules: ActorRules): boolean {
  return (
    entry.subresource !== 'status' &&
    listPatterns(entry.fields, '').some((pattern) => ['human', 'stranger'].includes(classifyActor(entry, ref, pattern, rules)))
  )
}

/** Every place that a record names, as text without list keys. */
function listPatterns(tree: FieldTree, pattern: string): readonly string[] {
  return Object.entries(tree).flatMap(([name, below]) => {
    if (name === '.') return [pattern]
    const field = name.startsWith('f:') ? name.slice(2) : null
    const place = field === null ? `${pattern}[]` : pattern === '' ? field : `${pattern}.${field}`
    return Object.keys(below).length === 0 ? [place] : listPatterns(below, place)
  })
}
