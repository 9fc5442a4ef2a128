import type { FieldsEntry, FieldTree } from '../compare/managed-fields.ts'
import type { ObjectRef, Path, PathStep, Scalar } from '../model.ts'
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
    listPaths(entry.fields).some((path) => ['human', 'stranger'].includes(classifyActor(entry, ref, path, rules)))
  )
}

function listPaths(tree: FieldTree, path: Path = []): readonly Path[] {
  return Object.entries(tree).flatMap(([name, below]) => {
    if (name === '.') return [path]
    const step = readStep(name)
    if (step === null) return []
    return Object.keys(below).length === 0 ? [[...path, step]] : listPaths(below, [...path, step])
  })
}

/** @see https://github.com/kubernetes-sigs/structured-merge-diff (fieldpath/serialize-pe.go) */
function readStep(name: string): PathStep | null {
  const text = name.slice(2)
  try {
    if (name.startsWith('f:')) return { field: text }
    if (name.startsWith('k:')) return { key: JSON.parse(text) as { [key: string]: Scalar } }
    if (name.startsWith('v:')) return { value: JSON.parse(text) as Scalar }
    return name.startsWith('i:') ? { index: Number(text) } : null
  } catch {
    // Not what an API server writes: nothing can be concluded from it.
    return null
  }
}
