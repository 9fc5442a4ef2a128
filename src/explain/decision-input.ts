import type { FindSchema } from '../compare/schema/schema.ts'
import type { ClusterInfo, Delivery, DesiredObject, Finding, Live, ObjectRef, Target } from '../model.ts'
import type { ActorRules } from './actors.ts'
import type { Sides } from './explain.ts'
import type { DeployRecord } from './history.ts'

/** What is known of one target once its differences are judged: what fates, ways back and advice are made from. */
export type DecisionInput = {
  readonly target: Target
  readonly desired: readonly DesiredObject[]
  readonly live: Live
  /** With what they really hold: nothing is redacted yet. */
  readonly findings: readonly Finding[]
  readonly sides: ReadonlyMap<ObjectRef, Sides>
  readonly delivery: Delivery
  readonly rules: ActorRules
  readonly findSchema: FindSchema
  readonly info: ClusterInfo
  /** What Helm recorded of the last deploy; null when it could not be read, or nobody needed it. */
  readonly record: DeployRecord | null
  /** Whether a side holds what no report may show. Commands and patches for such a finding must not hold it either. */
  readonly isSecret: (finding: Pick<Finding, 'object' | 'path' | 'desired' | 'live'>) => boolean
  /** RFC 3339. */
  readonly now: string
}
