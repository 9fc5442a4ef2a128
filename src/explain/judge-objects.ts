import { getAt } from '../compare/json.ts'
import { readManagedFields } from '../compare/managed-fields.ts'
import type { Evidence, JsonObject, ObjectRef, Path } from '../model.ts'
import { type ActorRules, isDeployer } from './actors.ts'
import type { HistoryDesk } from './ask-history.ts'
import { type Judgement, judgeByHistory } from './history.ts'
import { judgeForeignWriter } from './judge-declared.ts'
import { findOwner, toEvidence } from './owners.ts'

/** https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource */
const KEEP: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'helm.sh/resource-policy' }]

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
  const path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'meta.helm.sh/release-name' }]
  const owner = findOwner(entries, ref, path, rules)
  const evidence = toEvidence(owner)
  const byDeployer = owner !== null && isDeployer(owner.entry.manager, rules)
  if (owner !== null && !byDeployer) return { judgement: judgeForeignWriter(owner), evidence, byDeployer }
  const answer = desk.askObject(ref, false, false)
  // What Helm was told to keep may be from a commit longer ago than any that was looked at.
  const isKept = getAt(object, KEEP) === 'keep'
  const neverCommitted = answer.state === 'touched' && answer.by === 'commits' && owner !== null && !isKept
  if (answer.state !== 'touched' || neverCommitted) return { judgement: judgeByHistory(answer, false, owner), evidence, byDeployer }
  const because = 'it carries the annotations of this release, but the last deploy did not render it'
  return { judgement: { cause: 'unknown', confidence: 'uncertain', because }, evidence, byDeployer }
}
