import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Delivery, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import type { Bounds } from './autoscalers.ts'
import type { Answer } from './history.ts'

/** What is known about one object when its differences are judged. */
export type ObjectContext = {
  readonly ref: ObjectRef
  readonly entries: readonly FieldsEntry[]
  readonly rules: ActorRules
  readonly delivery: Delivery
  /** A deployer wrote to it at some time: else it was created by hand, and its creator owns the defaults too. */
  readonly isDeployed: boolean
  /** Bounds of the autoscaler that the target renders for it. */
  readonly bounds: Bounds | null
  /** What was rendered before at a path; `isGone`: the path is absent from live. */
  readonly askHistory: (path: Path, isGone: boolean) => Answer
}
