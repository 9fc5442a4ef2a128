import { toPattern } from '../compare/pattern.ts'
import type { DeclaredDifference } from '../compare/walk.ts'
import type { Evidence, Json, Path } from '../model.ts'
import type { ObjectContext } from './context.ts'
import { type Judgement, judgeByHistory } from './history.ts'
import { findOwner, type Owner, toEvidence } from './owners.ts'

export type Judged = Omit<DeclaredDifference, 'unstable' | 'change' | 'desired'> & {
  readonly change: 'changed' | 'added' | 'removed'
  readonly desired: DeclaredDifference['desired'] | undefined
  readonly judgement: Judgement
  readonly evidence: Evidence
}

/**
 * Judges a declared value that live does not have as declared. Null means that nothing is to be reported: the chart
 * itself does not agree on the value, and its deployer wrote what is there.
 */
export function judgeDeclared(context: ObjectContext, difference: DeclaredDifference): Judged | null {
  const owner = findOwner(context.entries, context.ref, difference.path, context.rules)
  const writer = difference.live === undefined && owner?.grip !== 'ancestor' ? null : owner
  if (difference.unstable !== null && (writer === null || writer.actor === 'deployer')) return null
  const judgement = judgeWriter(context, difference, writer)
  const { path, change, desired, live } = difference
  return { path, change, desired, live, judgement, evidence: toEvidence(writer) }
}

function judgeWriter(context: ObjectContext, difference: DeclaredDifference, owner: Owner | null): Judgement {
  const isGone = difference.live === undefined
  if (owner === null) return judgeByHistory(context.askHistory(difference.path, isGone), isGone, null)
  if (owner.actor === 'deployer') {
    return judgeBorrowedName(context, owner) ?? judgeByHistory(context.askHistory(difference.path, isGone), isGone, owner)
  }
  if (owner.actor !== 'controller') return judgeForeignWriter(owner)
  if (isReplicas(difference.path)) return judgeReplicas(context, difference.live, owner)
  return { cause: 'controller', confidence: 'certain', because: `${owner.entry.manager} is known to write this field` }
}

/** A writer that is neither a deployer nor a controller. */
export function judgeForeignWriter(owner: Owner): Judgement {
  const { manager } = owner.entry
  if (owner.actor === 'human')
    return { cause: 'manual', confidence: 'certain', because: `${manager} wrote it, a tool that people type into` }
  if (owner.actor === 'merged')
    return { cause: 'unknown', confidence: 'uncertain', because: `its record was merged into ${manager}, and the writer is lost` }
  return {
    cause: 'unknown',
    confidence: 'uncertain',
    because: `${manager} wrote it, which is neither a known deployer nor a known controller`,
  }
}

/** Names can be forged with `--field-manager`; a deployer that suddenly writes in the other way is worth a second look. */
export function judgeBorrowedName(context: ObjectContext, owner: Owner): Judgement | null {
  const usual = context.delivery === 'helm-server-side' ? 'Apply' : context.delivery === 'helm-client-side' ? 'Update' : null
  const { manager, operation } = owner.entry
  if (usual === null || operation === usual || manager !== 'helm') return null
  return {
    cause: 'unknown',
    confidence: 'uncertain',
    because: `${manager} wrote it through ${operation}, while this release is applied through ${usual}`,
  }
}

/** The one field that the scale subresource writes. */
export function isReplicas(path: Path): boolean {
  return toPattern(path) === 'spec.replicas'
}

/** An autoscaler may move replicas within its bounds, if this target renders it. */
export function judgeReplicas(context: ObjectContext, live: Json | undefined, owner: Owner | null): Judgement {
  const { bounds } = context
  // The scale subresource leaves no record at all where nobody owned the field before.
  const manager = owner?.entry.manager ?? 'someone who left no record'
  if (bounds === null) {
    return { cause: 'unknown', confidence: 'uncertain', because: `${manager} scaled it, and this target renders no autoscaler for it` }
  }
  const inside = typeof live === 'number' && live >= bounds.min && live <= bounds.max
  const range = `${bounds.by} (${bounds.min} to ${bounds.max})`
  if (inside) return { cause: 'controller', confidence: 'certain', because: `${range} holds the replicas` }
  return { cause: 'unknown', confidence: 'uncertain', because: `${manager} scaled it outside the bounds of ${range}` }
}
