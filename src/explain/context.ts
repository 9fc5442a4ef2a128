import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Delivery, ObjectRef, Path } from '../model.ts'
import type { ActorRules } from './actors.ts'
import type { Scaler } from './autoscalers.ts'

/** What is known about one object when its differences are judged. */
export type ObjectContext = {
  readonly ref: ObjectRef
  readonly entries: readonly FieldsEntry[]
  readonly rules: ActorRules
  readonly delivery: Delivery
  /** A deployer wrote to it at some time: else it was created by hand, and its creator owns the defaults too. */
  readonly isDeployed: boolean
  /** It comes from the chart's `crds/`, which Helm installs once and never upgrades. */
  readonly isFromCrds: boolean
  /** The schema of its kind is known, and with it the defaults. */
  readonly hasSchema: boolean
  /** What scales it: asked for only when its replicas are to be judged. */
  readonly findScaler: () => Scaler
  /** Whether live is, at a path, as the last deploy rendered it; null when that is not known. */
  readonly isAsReleased: (path: Path) => boolean | null
}
