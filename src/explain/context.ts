import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Delivery, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import type { Bounds } from './autoscalers.ts'

/** What is known about one object when its differences are judged. */
export type ObjectContext = {
  readonly ref: ObjectRef
  readonly entries: readonly FieldsEntry[]
  readonly rules: ActorRules
  readonly delivery: Delivery
  /** A deployer wrote to it at some time: else it was created by hand, and its creator owns the defaults too. */
  readonly isDeployed: boolean
  /** The schema of its kind is known, and with it the defaults. */
  readonly hasSchema: boolean
  /** Bounds of the autoscaler that the target renders for it. */
  readonly bounds: Bounds | null
  /** Whether live is, at a path, as the last deploy rendered it; null when that is not known. */
  readonly isAsReleased: (path: Path) => boolean | null
}
