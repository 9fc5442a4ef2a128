import { descend, type Holds, holdRoot } from '../compare/holds.ts'
import { getAt } from '../compare/json.ts'
import { readManagedFields } from '../compare/managed-fields.ts'
import { toPattern } from '../compare/pattern.ts'
import type { Evidence, JsonObject, ObjectRef, Path } from '../model.ts'
import { type ActorRules, isDeployer } from './actors.ts'
import type { HistoryDesk } from './ask-history.ts'
import { type Judgement, judgeByHistory } from './history.ts'
import { judgeForeignWriter } from './judge-declared.ts'
import { findOwner, toEvidence } from './owners.ts'

const RESOURCE_POLICY: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'helm.sh/resource-policy' }]

/**
 * Whether an object that is not rendered any more stays because its chart said so when it was deployed. Written by a
 * person, the annotation keeps nothing out of sight.
 *
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export function isKept(ref: ObjectRef, object: JsonObject, rules: ActorRules): boolean {
  if (getAt(object, RESOURCE_POLICY) !== 'keep') return false
  const holds = RESOURCE_POLICY.reduce<Holds>((at, step) => descend(at, step, false), holdRoot(readManagedFields(object)))
  return findOwner(holds, ref, toPattern(RESOURCE_POLICY), rules)?.actor === 'deployer'
}

const RELEASE_NAME: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'meta.helm.sh/release-name' }]

/**
 * Judges an object that carries the release's annotations but is not rendered: Git stopped rendering it and that is
 * not deployed yet, or someone made it by hand.
 */
export function judgeExtraObject(
  ref: ObjectRef,
  object: JsonObject,
  rules: ActorRules,
  desk: HistoryDesk,
): { readonly judgement: Judgement; readonly evidence: Evidence; readonly byDeployer: boolean } {
  const entries = readManagedFields(object)
  const holds = RELEASE_NAME.reduce<Holds>((at, step) => descend(at, step, false), holdRoot(entries))
  const owner = findOwner(holds, ref, toPattern(RELEASE_NAME), rules)
  const evidence = toEvidence(owner)
  const byDeployer = owner !== null && isDeployer(owner.entry.manager, rules)
  if (owner !== null && !byDeployer) return { judgement: judgeForeignWriter(owner), evidence, byDeployer }
  const answer = desk.askObject(ref, false)
  const neverCommitted = answer.state === 'touched' && answer.by === 'commits' && owner !== null
  if (answer.state !== 'touched' || neverCommitted) return { judgement: judgeByHistory(answer, false, owner), evidence, byDeployer }
  const because = 'it carries the annotations of this release, but the last deploy did not render it'
  return { judgement: { cause: 'unknown', confidence: 'uncertain', because }, evidence, byDeployer }
}
