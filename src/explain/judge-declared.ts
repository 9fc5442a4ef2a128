import type { DeclaredDifference } from '../compare/comparison.ts'
import { matchesGlob } from '../compare/glob.ts'
import { isObject } from '../compare/json.ts'
import { childOf, type FieldTree, isLeaf } from '../compare/managed-fields.ts'
import { toPattern } from '../compare/pattern.ts'
import type { Evidence, Json } from '../model.ts'
import { isDeployer } from './actors.ts'
import { isFilledBundle } from './bundles.ts'
import type { ObjectContext } from './context.ts'
import { type Answer, type Judgement, judgeByHistory, wasRendered } from './history.ts'
import { findLastWriter } from './last-writer.ts'
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
  if (isReplicas(pattern)) return judgeReplicas(context, live, owner)
  return { cause: 'controller', confidence: 'certain', because: `${owner.entry.manager} is known to write this field` }
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

/** Somebody filled a certificate bundle that the chart leaves blank. */
export function judgeBundle(owner: Owner | null): Judgement {
  const injector = owner === null ? 'an injector that left no record' : owner.entry.manager
  return {
    cause: 'controller',
    confidence: 'likely',
    because: `the chart leaves this certificate bundle blank, and ${injector} fills it in`,
  }
}

/**
 * Who wrote in the terms of another version of the kind is on record for fields that this version does not have: an
 * autoscaler that is rendered as v1 and edited as v2, as kubectl does.
 */
export function judgeOtherVersion({ ref, entries, rules }: ObjectContext): Judgement | null {
  const others = entries.filter(({ apiVersion }) => apiVersion !== null && apiVersion !== ref.apiVersion)
  const writer = others.length === 0 ? null : findLastWriter(others, ref, rules)
  if (writer === null) return null
  const because = `nobody is on record for it in ${ref.apiVersion}, but ${writer.manager} wrote to this object in ${writer.apiVersion}`
  return { cause: 'unknown', confidence: 'uncertain', because }
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

/**
 * Names can be forged with `--field-manager`; a deployer that suddenly writes in the other way, and what no deploy is
 * known to have rendered, is worth a second look.
 */
export function judgeBorrowedName(context: ObjectContext, owner: Owner, answer: Answer): Judgement | null {
  const usual = context.delivery === 'helm-server-side' ? 'Apply' : context.delivery === 'helm-client-side' ? 'Update' : null
  const { manager, operation } = owner.entry
  if (usual === null || (isHelm(manager) && (operation === usual || manager !== 'helm'))) return null
  if (context.rules.deployers.some((glob) => matchesGlob(glob, manager))) return null
  if (wasRendered(answer)) return null
  return {
    needsHistory: answer.state === 'open',
    cause: 'unknown',
    confidence: 'uncertain',
    because: isHelm(manager)
      ? `${manager} wrote it through ${operation}, while this release is applied through ${usual}`
      : `${manager} wrote it, while this release is deployed by Helm`,
  }
}

function isHelm(manager: string): boolean {
  return manager === 'helm' || manager.startsWith('terraform-provider-helm')
}

/** The one field that the scale subresource writes. */
export function isReplicas(pattern: string): boolean {
  return pattern === 'spec.replicas'
}

/** An autoscaler may move replicas within its bounds, if this target renders it or a deployer deployed it. */
export function judgeReplicas(context: ObjectContext, live: Json | undefined, owner: Owner | null): Judgement {
  const { bounds, handMade } = context.findScaler()
  // The scale subresource leaves no record at all where nobody owned the field before.
  const manager = owner?.entry.manager ?? 'someone who left no record'
  if (handMade !== null) {
    const because = `${handMade.ref.kind}/${handMade.ref.name} scales it, and no deployer deployed that`
    return { cause: 'manual', confidence: 'likely', because }
  }
  if (bounds === null) {
    return { cause: 'unknown', confidence: 'uncertain', because: `${manager} scaled it, and no deployed autoscaler is known to scale it` }
  }
  const inside = typeof live === 'number' && live >= bounds.min && live <= bounds.max
  const range = `${bounds.by} (${bounds.min} to ${bounds.max})`
  if (inside) return { cause: 'controller', confidence: 'certain', because: `${range} holds the replicas` }
  return { cause: 'unknown', confidence: 'uncertain', because: `${manager} scaled it outside the bounds of ${range}` }
}
