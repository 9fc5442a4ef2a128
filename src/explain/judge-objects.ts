import { getAt } from '../compare/json.ts'
import { type FieldsEntry, readManagedFields } from '../compare/managed-fields.ts'
import type { Evidence, JsonObject, ObjectRef, Path } from '../model.ts'
import { type ActorRules, classifyActor, isDeployer } from './actors.ts'
import type { HistoryDesk } from './ask-history.ts'
import { type Judgement, judgeByHistory } from './history.ts'
import { judgeForeignWriter } from './judge-writer.ts'
import { findOwnerAt, type Owner, toEvidence } from './owners.ts'

const RESOURCE_POLICY: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'helm.sh/resource-policy' }]

/**
 * Whether an object that is not rendered any more stays because its chart said so when it was deployed. Written by a
 * person, the annotation keeps nothing out of sight.
 *
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export function isKept(ref: ObjectRef, object: JsonObject, rules: ActorRules): boolean {
  if (getAt(object, RESOURCE_POLICY) !== 'keep') return false
  return findOwnerAt(readManagedFields(object), ref, RESOURCE_POLICY, rules)?.actor === 'deployer'
}

const RELEASE_NAME: Path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'meta.helm.sh/release-name' }]

/**
 * Judges an object that carries the release's annotations but is not rendered: Git stopped rendering it and that is
 * not deployed yet, or someone made it by hand. An autoscaler that somebody made by hand carries no annotations; its first
 * writer speaks for it.
 */
export function judgeExtraObject(
  ref: ObjectRef,
  object: JsonObject,
  rules: ActorRules,
  desk: HistoryDesk,
): { readonly judgement: Judgement; readonly evidence: Evidence; readonly byDeployer: boolean } {
  const entries = readManagedFields(object)
  const owner = findOwnerAt(entries, ref, RELEASE_NAME, rules) ?? findMaker(entries, ref, rules)
  const evidence = toEvidence(owner)
  const byDeployer = owner !== null && isDeployer(owner.entry.manager, rules)
  if (owner !== null && !byDeployer) return { judgement: judgeForeignWriter(owner), evidence, byDeployer }
  const answer = desk.askObject(ref, false)
  const neverCommitted = answer.state === 'touched' && answer.by === 'commits' && owner !== null
  if (answer.state !== 'touched' || neverCommitted) return { judgement: judgeByHistory(answer, false, owner), evidence, byDeployer }
  const because = 'it carries the annotations of this release, but the last deploy did not render it'
  return { judgement: { cause: 'unknown', confidence: 'uncertain', because }, evidence, byDeployer }
}

function findMaker(entries: readonly FieldsEntry[], ref: ObjectRef, rules: ActorRules): Owner | null {
  const entry = entries.filter(({ subresource }) => subresource === null).toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))[0]
  return entry === undefined ? null : { entry, actor: classifyActor(entry, ref, 'spec', rules), grip: 'below', depth: 0 }
}
