import type { FieldsEntry } from '../../compare/managed-fields.ts'
import type { Schema } from '../../compare/schema/schema.ts'
import type { DesiredObject, JsonObject, Path } from '../../model.ts'

/** The two ways in which Helm changes an object that is there. */
export type Method = 'client-side' | 'server-side'

/** One object with all that its next deploy depends on. Both sides are prepared as they were compared. */
export type Scene = {
  readonly wanted: DesiredObject
  readonly desired: JsonObject
  readonly live: JsonObject
  /** As the last successful deploy rendered it; undefined where it did not, null where that is not known. */
  readonly last: JsonObject | undefined | null
  readonly entries: readonly FieldsEntry[]
  readonly schema: Schema
}

/** A field on which a server-side apply fails, and the entry of `managedFields` that stands in the way. */
export type Conflict = { readonly path: Path; readonly entry: FieldsEntry }

/** A rule of the API server that refuses what the deploy would write, whatever the method. */
export type Refusal = {
  /** Findings at, above or below these places are what makes the deploy fail. */
  readonly places: readonly Path[]
  /** The part of a sentence that follows `the deploy fails, since`. */
  readonly because: string
  /** How the API server words it; null where its words depend on what it finds first. */
  readonly message: string | null
}

/** What the next deploy makes of an object. */
export type Outlook = { readonly after: JsonObject; readonly conflicts: readonly Conflict[]; readonly refusals: readonly Refusal[] }
