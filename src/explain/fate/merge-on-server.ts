import { getAt, getOwn, isList, isObject, setAt } from '../../compare/json.ts'
import { pairElements } from '../../compare/lists.ts'
import { childOf, type FieldsEntry, type FieldTree } from '../../compare/managed-fields.ts'
import { ANY } from '../../compare/schema/any.ts'
import type { Schema } from '../../compare/schema/schema.ts'
import type { Json, JsonObject, Path } from '../../model.ts'
import { schemaAt } from './find-conflicts.ts'
import { listMembers } from './members.ts'

/**
 * What a server-side apply makes of an object, conflicts aside: Git's values are merged into live, by the schema's list
 * and map types.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function mergeOnServer(desired: Json | undefined, live: Json | undefined, schema: Schema): Json | undefined {
  if (desired === undefined) return live
  if (live === undefined || schema.atomic) return desired
  if (isObject(desired) && isObject(live)) {
    const names = [...new Set([...Object.keys(live), ...Object.keys(desired)])]
    return Object.fromEntries(
      names.flatMap((name): [string, Json][] => {
        const merged = mergeOnServer(getOwn(desired, name), getOwn(live, name), schema.field(name) ?? ANY)
        return merged === undefined ? [] : [[name, merged]]
      }),
    )
  }
  if (!isList(desired) || !isList(live) || schema.list.type === 'atomic') return desired
  const pairs = pairElements(schema.list, schema.items, desired, live)?.pairs
  return pairs?.flatMap((pair) => mergeOnServer(pair.desired, pair.live, schema.items ?? ANY) ?? []) ?? desired
}

/**
 * Takes out what the deployer applied the last time and does not send any more, where nobody else owns it. With the last of
 * what it applied within a struct's field the field goes as a whole, with the defaults that were filled in beside it.
 *
 * @param own the deployer's entry of operation Apply
 * @see https://pkg.go.dev/sigs.k8s.io/structured-merge-diff/v6/fieldpath#Set.EnsureNamedFieldsAreMembers
 */
export function dropUndeclared(
  after: JsonObject,
  { desired, own, others }: { readonly desired: JsonObject; readonly own: FieldsEntry; readonly others: readonly FieldsEntry[] },
  schema: Schema,
): JsonObject {
  const isGone = (path: Path) => getAt(desired, path) === undefined && !others.some(({ fields }) => isRecorded(fields, path))
  return listMembers(own.fields)
    .filter(isGone)
    .map((path) => listNamed(path, schema).find(isGone) ?? path)
    .reduce((left, path) => setAt(left, path, undefined) as JsonObject, after)
}

/** The fields of structs on the way to a place, from the top. */
function listNamed(path: Path, root: Schema): readonly Path[] {
  return path.flatMap((step, index) => {
    const parent = schemaAt(root, path.slice(0, index))
    return 'field' in step && parent.type === 'struct' && parent.field(step.field) !== undefined ? [path.slice(0, index + 1)] : []
  })
}

function isRecorded(fields: FieldTree, path: Path): boolean {
  let node: FieldTree | undefined = fields
  for (const step of path) node = node === undefined ? undefined : childOf(node, step)
  return node !== undefined
}
