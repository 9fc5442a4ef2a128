import { descend, type Holds, holdRoot } from '../compare/holds.ts'
import { getAt } from '../compare/json.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import { toPattern } from '../compare/pattern.ts'
import type { JsonObject, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import { findOwner } from './owners.ts'

const ADJUSTMENT: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'autopilot.gke.io/resource-adjustment' }]

/** Whether GKE Autopilot notes on a live object that it changed resources. A note that somebody wrote by hand counts for nothing. */
export function isAdjusted(live: JsonObject, entries: readonly FieldsEntry[], ref: ObjectRef, rules: ActorRules): boolean {
  if (getAt(live, ADJUSTMENT) === undefined) return false
  const holds = ADJUSTMENT.reduce<Holds>((at, step) => descend(at, step, false), holdRoot(entries))
  return findOwner(holds, ref, toPattern(ADJUSTMENT), rules) === null
}
