import { matchesGlob } from '../compare/glob.ts'
import type { Json } from '../model.ts'
import type { ObjectContext } from './context.ts'
import { type Answer, type Judgement, wasRendered } from './history.ts'
import { findLastWriter } from './last-writer.ts'
import type { Owner } from './owners.ts'

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

/** A controller that is recognised by what it writes. */
export function judgeController(context: ObjectContext, pattern: string, live: Json | undefined, owner: Owner): Judgement {
  if (isReplicas(pattern)) return judgeReplicas(context, live, owner)
  return { cause: 'controller', confidence: 'certain', because: `${owner.entry.manager} is known to write this field` }
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
