import { getAt, isList, isObject, isSame } from '../../compare/json.ts'
import type { FieldsEntry } from '../../compare/managed-fields.ts'
import { ANY } from '../../compare/schema/any.ts'
import type { Schema } from '../../compare/schema/schema.ts'
import type { Json, JsonObject, Path } from '../../model.ts'
import { listMembers } from './members.ts'
import type { Conflict } from './model.ts'

/**
 * The fields on which a server-side apply fails: Git declares them, another manager owns them, and the value as Git
 * writes it is not the one that is stored. The comparison is by the letter: `1000m` and `1` are two values here, and a list
 * whose defaults are filled in is another one.
 *
 * @param foreign the entries of other managers than the one that applies
 * @param after live with Git's values merged into it
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
 */
export function findConflicts(
  foreign: readonly FieldsEntry[],
  sides: { readonly desired: JsonObject; readonly live: JsonObject; readonly after: JsonObject },
  schema: Schema,
): readonly Conflict[] {
  return foreign.flatMap((entry) =>
    listMembers(entry.fields).flatMap((path) => {
      const [desired, live, after] = [sides.desired, sides.live, sides.after].map((side) => getAt(side, path))
      if (desired === undefined || after === undefined) return []
      const differs = live === undefined || (!isGranular(schemaAt(schema, path), live, after) && !isSame(live, after))
      return differs ? [{ path, entry }] : []
    }),
  )
}

/** What merges by its parts conflicts at its parts only. */
function isGranular(schema: Schema, live: Json, after: Json): boolean {
  if (schema.atomic) return false
  return (isObject(live) && isObject(after)) || (isList(live) && isList(after) && schema.list.type !== 'atomic')
}

/** What is known of the place at a path; `any` where nothing is. */
export function schemaAt(root: Schema, path: Path): Schema {
  return path.reduce<Schema>((schema, step) => ('field' in step ? schema.field(step.field) : schema.items) ?? ANY, root)
}
