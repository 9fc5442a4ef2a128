import type { LiveOnly } from '../compare/comparison.ts'
import { isFilledBundle } from './bundles.ts'
import type { ObjectContext } from './context.ts'
import { type Judgement, judgeByHistory, wasRendered } from './history.ts'
import type { Judged } from './judge-declared.ts'
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

/** What became of a live-only tree: what is to be reported, and how many of its values explain themselves. */
export type LiveOnlyJudgement = { readonly judged: readonly Judged[]; readonly defaulted: number }

/** Labels and annotations by which deployers mark what is theirs. A person who writes one is reported all the same. */
const DEPLOYER_METADATA =
  /\.(labels|annotations)\.(argocd\.argoproj\.io|(kustomize|helm)\.toolkit\.fluxcd\.io|objectset\.rio\.cattle\.io|kapp\.k14s\.io|werf\.io|meta\.helm\.sh)\/|\.labels\.app\.kubernetes\.io\/managed-by$/
const ROUTINE_METADATA = new RegExp(
  `${DEPLOYER_METADATA.source}|annotations\\.(?:deployment\\.kubernetes\\.io/revision$|pv\\.kubernetes\\.io/|volume\\.(?:beta\\.)?kubernetes\\.io/|autoscaling\\.alpha\\.kubernetes\\.io/)`,
)

/**
 * Judges a live value that nothing declares. What the API server would put there anyway is no difference, whoever holds
 * it; of all else the owner is asked first: that is what finds an added environment variable.
 *
 * An added map or element of a keyed list is one finding at that element, not one for each value in it.
 */
export function judgeLiveOnly(context: ObjectContext, node: LiveOnly): LiveOnlyJudgement {
  // The API server would put the same here: whoever holds it, the cluster is as it would be without them.
  if (node.standing === 'default' || node.standing === 'empty') return { judged: [], defaulted: 1 }
  if (node.children.length === 0) return judgeLeaf(context, node)
  const children = node.children.map((child) => judgeLiveOnly(context, child))
  const judged = children.flatMap((child) => child.judged)
  const defaulted = children.reduce((sum, child) => sum + child.defaulted, 0)
  if (judged.length === 0 && isAddedEmpty(context, node)) return judgeLeaf(context, node)
  const whole = node.open ? null : foldIntoOne(context, node, judged, children.length)
  return whole === null ? { judged, defaulted } : { judged: [whole], defaulted: 0 }
}

/** Somebody added an entry and left all that is in it to the API server: the entry itself is no default. */
function isAddedEmpty(context: ObjectContext, node: LiveOnly): boolean {
  if (node.standing !== null || node.filledIn || node.open) return false
  const owner = findOwner(node.holds, context.ref, node.pattern, context.rules)
  return owner?.grip === 'exact' && (owner.actor === 'human' || owner.actor === 'stranger')
}

/** One writer made all of it, or made it and left the rest to the API server: then it is one addition. */
function foldIntoOne(context: ObjectContext, node: LiveOnly, judged: readonly Judged[], childCount: number): Judged | null {
  const [first] = judged
  if (first === undefined || !judged.every((one) => isSameWriter(one, first))) return null
  const madeEveryChild = judged.length === childCount && judged.every((one) => one.path.length === node.path.length + 1)
  const owner = findOwner(node.holds, context.ref, node.pattern, context.rules)
  const madeTheWhole = owner !== null && owner.grip === 'exact' && isSameEvidence(toEvidence(owner), first.evidence)
  return !node.filledIn || madeEveryChild || madeTheWhole ? { ...first, path: node.path, live: node.value } : null
}

function isSameWriter(a: Judged, b: Judged): boolean {
  return a.judgement.cause === b.judgement.cause && isSameEvidence(a.evidence, b.evidence)
}

function isSameEvidence(a: Judged['evidence'], b: Judged['evidence']): boolean {
  return a.manager === b.manager && a.operation === b.operation && a.subresource === b.subresource && a.time === b.time
}

function judgeLeaf(context: ObjectContext, node: LiveOnly): LiveOnlyJudgement {
  const owner = findOwner(node.holds, context.ref, node.pattern, context.rules)
  const judgement = judgeWriter(context, node, owner)
  if (judgement === null) return { judged: [], defaulted: 1 }
  const { path, value } = node
  return { judged: [{ path, change: 'added', desired: undefined, live: value, judgement, evidence: toEvidence(owner) }], defaulted: 0 }
}

/** Null: it explains itself (a default, an allocated field, a deployer's or a controller's bookkeeping). */
function judgeWriter(context: ObjectContext, node: LiveOnly, owner: Owner | null): Judgement | null {
  const explainsItself = node.standing !== null
  if (owner === null) return explainsItself ? null : judgeUnowned(context, node)
  // Inside an atomic value, and on an object made by hand, the owner holds what was filled in without having set it.
  const ancestor = owner.grip === 'ancestor' ? node.path[owner.depth - 1] : undefined
  const holdsUnawares = (ancestor !== undefined && !('key' in ancestor)) || !context.isDeployed
  // A copy that somebody made brings along what controllers wrote into the object before.
  if (!context.isDeployed && ROUTINE_METADATA.test(node.pattern)) return null
  switch (owner.actor) {
    case 'stranger':
      if (isFilledBundle(node.pattern, undefined, node.value)) return judgeBundle(owner)
      if (explainsItself && holdsUnawares) return null
      return judgeForeignWriter(owner)
    case 'human':
      // An allocated field may hold anything, so on a deployed object its writer counts.
      return explainsItself && holdsUnawares ? null : judgeForeignWriter(owner)
    case 'merged':
      return explainsItself || ROUTINE_METADATA.test(node.pattern) ? null : judgeForeignWriter(owner)
    case 'controller':
      if (!isReplicas(node.pattern) && (explainsItself || isMetadata(node))) return null
      return judgeController(context, node.pattern, node.value, owner)
    case 'deployer':
      if (explainsItself || DEPLOYER_METADATA.test(node.pattern)) return null
      return judgeDeployed(context, node, owner)
  }
}

/**
 * A deployer holds a value that Git does not declare. Through Update it also holds what was filled in when it created the
 * object, and of a custom resource the defaults are not known here: both say little about a person.
 */
function judgeDeployed(context: ObjectContext, node: LiveOnly, owner: Owner): Judgement {
  const answer = context.askHistory(node.path, false)
  const borrowed = judgeBorrowedName(context, owner, answer)
  if (borrowed !== null) return borrowed
  const judgement = judgeByHistory(answer, false, owner)
  if (wasRendered(answer)) return judgement
  const filledIn = owner.entry.operation === 'Update' || owner.grip === 'ancestor'
  // A default of the definition at the time may be another one by now.
  if (filledIn && !context.isBuiltIn) {
    return {
      cause: 'admission',
      confidence: 'uncertain',
      because: 'a default of its custom resource at the time, or a webhook, may have added it when it was deployed',
    }
  }
  if (answer.state !== 'touched' || answer.by === 'record' || owner.entry.operation === 'Apply') return judgement
  const because = `${owner.entry.manager} holds it, though no commit renders it: filled in when it was created, or deployed out of band`
  return { cause: 'unknown', confidence: 'uncertain', because }
}

/** What a mutating webhook adds is owned by nobody, under Apply and Update alike. */
function judgeUnowned(context: ObjectContext, node: LiveOnly): Judgement | null {
  if (isFilledBundle(node.pattern, undefined, node.value)) return judgeBundle(null)
  if (isReplicas(node.pattern)) return judgeReplicas(context, node.value, null)
  // A saved state without managedFields: what deployers and controllers always write explains itself.
  if (context.entries.length === 0 && ROUTINE_METADATA.test(node.pattern)) return null
  if (!context.isDeployed) {
    return {
      cause: 'unknown',
      confidence: 'uncertain',
      because: 'nobody is recorded as its writer, and no deployer ever wrote to this object',
    }
  }
  const answer = context.askHistory(node.path, false)
  if (wasRendered(answer)) return judgeByHistory(answer, false, null)
  return (
    judgeOtherVersion(context) ?? {
      cause: 'admission',
      confidence: 'uncertain',
      because: 'nobody is recorded as its writer, as with what an admission webhook adds',
    }
  )
}

function isMetadata(node: LiveOnly): boolean {
  const [first] = node.path
  return first !== undefined && 'field' in first && first.field === 'metadata'
}
