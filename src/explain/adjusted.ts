import { getAt } from '../compare/json.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { JsonObject, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import { findOwnerAt } from './owners.ts'

const ADJUSTMENT: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'autopilot.gke.io/resource-adjustment' }]

/** Whether GKE Autopilot notes on a live object that it changed resources. A note that somebody wrote by hand counts for nothing. */
export function isAdjusted(live: JsonObject, entries: readonly FieldsEntry[], ref: ObjectRef, rules: ActorRules): boolean {
  return getAt(live, ADJUSTMENT) !== undefined && findOwnerAt(entries, ref, ADJUSTMENT, rules) === null
}
