import type { DeclaredDifference } from '../compare/comparison.ts'
import { isObject } from '../compare/json.ts'
import { childOf, type FieldTree, isLeaf } from '../compare/managed-fields.ts'
import { toPattern } from '../compare/pattern.ts'
import type { Evidence, Json } from '../model.ts'
import { isDeployer } from './actors.ts'
import { isFilledBundle } from './bundles.ts'
import type { ObjectContext } from './context.ts'
import { type Judgement, judgeByHistory } from './history.ts'
import {
  isReplicas,
  judgeBorrowedName,
  judgeBundle,
  judgeController,
  judgeForeignWriter,
  judgeOtherVersion,
  judgeReplicas,
} from './judge-writer.ts'
import { findOwner, type Owner, toEvidence } from './owners.ts'

export type Judged = Pick<DeclaredDifference, 'path' | 'live'> & {
  readonly change: 'changed' | 'added' | 'removed'
  readonly desired: Json | undefined
  readonly judgement: Judgement
  readonly evidence: Evidence
}

/**
 * Judges a declared value that live does not have as declared. Null means that nothing is to be reported: the chart
 * itself does not agree on the value, and its deployer wrote what is there.
 */
export function judgeDeclared(context: ObjectContext, difference: DeclaredDifference): Judged | null {
  const { path, change, desired, live, holds } = difference
  const owner = findOwner(holds, context.ref, toPattern(path), context.rules)
  const writer = live === undefined && owner?.grip !== 'ancestor' ? null : owner
  // Whatever chance makes of a value, every render has one: that it is gone is no chance.
  const isGone = live === undefined && difference.unstable?.why === 'random'
  if (difference.unstable !== null && !isGone && (writer === null || writer.actor === 'deployer')) return null
  return { path, change, desired, live, judgement: judgeWriter(context, difference, writer), evidence: toEvidence(writer) }
}

/**
 * Whether the API server did not keep a declared value: its deployer is still on record for it, which is not so after a
 * removal (measured, for Apply and Update alike). A disabled feature does that, and a field that another one rules out.
 */
export function wasDropped({ ref, rules }: ObjectContext, { desired, live, holds, isField }: DeclaredDifference): boolean {
  if (live !== undefined || !isField) return false
  // `stringData` stays on record for good, since it is never stored; nothing else in a Secret is ever dropped.
  if (ref.kind === 'Secret') return false
  return holds.some(({ entry, node }) => node !== null && isDeployer(entry.manager, rules) && coversAll(node, desired))
}

/** Of what is removed, a zero that was never stored may stay on record; only what is there in full was dropped. */
function coversAll(node: FieldTree, value: Json): boolean {
  if (isLeaf(node) || !isObject(value)) return true
  return Object.entries(value).every(([field, child]) => {
    const below = childOf(node, { field })
    return below !== undefined && coversAll(below, child)
  })
}

function judgeWriter(context: ObjectContext, difference: DeclaredDifference, owner: Owner | null): Judgement {
  const { path, desired, live } = difference
  const pattern = toPattern(path)
  if (owner?.actor === 'human') return judgeForeignWriter(owner)
  if (isFilledBundle(pattern, desired, live) && owner?.actor !== 'deployer') return judgeBundle(owner)
  // To scale to zero leaves no record whatever: the API server leaves a zero out of what it compares.
  if (owner === null && isReplicas(pattern) && context.entries.length > 0) return judgeReplicas(context, live, null)
  if (owner === null || owner.actor === 'deployer') return judgeDeployers(context, difference, owner)
  if (owner.actor !== 'controller') return judgeForeignWriter(owner)
  return judgeController(context, pattern, live, owner)
}

/** What its deployer holds, or nobody: Git may be ahead, or the cluster may have been touched without leaving a record. */
function judgeDeployers(context: ObjectContext, { path, live }: DeclaredDifference, owner: Owner | null): Judgement {
  if (context.isAdjusted && RESOURCES.test(toPattern(path))) return ADJUSTED
  const isGone = live === undefined
  const answer = context.askHistory(path, isGone)
  const inOtherVersion = owner === null && answer.state === 'touched' ? judgeOtherVersion(context) : null
  const special = owner === null ? inOtherVersion : judgeBorrowedName(context, owner, answer)
  return special ?? judgeByHistory(answer, isGone, owner)
}

/** What GKE Autopilot changes in workloads on their way in; it says so in an annotation. */
const RESOURCES = /ontainers\[\]\.resources(?:\.|$)/
const ADJUSTED: Judgement = {
  cause: 'admission',
  confidence: 'likely',
  because: 'GKE Autopilot adjusted the resources when the object was deployed, as its annotation says',
}
