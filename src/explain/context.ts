import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Delivery, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import type { Scaler } from './autoscalers.ts'
import type { Answer } from './history.ts'

/** What is known about one object when its differences are judged. */
export type ObjectContext = {
  readonly ref: ObjectRef
  readonly entries: readonly FieldsEntry[]
  readonly rules: ActorRules
  readonly delivery: Delivery
  /** A deployer wrote to it at some time: else it was created by hand, and its creator owns the defaults too. */
  readonly isDeployed: boolean
  /** GKE Autopilot says in an annotation that it changed resources, and no person wrote that annotation. */
  readonly isAdjusted: boolean
  /** Of a kind of Kubernetes' own, whose defaults are known. */
  readonly isBuiltIn: boolean
  /** What scales it: asked for only when its replicas are to be judged. */
  readonly findScaler: () => Scaler
  /** What was rendered before at a path; `isGone`: the path is absent from live. */
  readonly askHistory: (path: Path, isGone: boolean) => Answer
}
