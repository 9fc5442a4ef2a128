import { toPattern } from '../compare/pattern.ts'
import { overlaps } from '../compare/same-place.ts'
import type { ObjectRef } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { type ActorRules, isDeployer } from './actors.ts'
import { type Deviation, differAt, listDeviations, type Subject } from './deviations.ts'
import type { CommitRender, Rendered } from './history.ts'
import { findOwner } from './owners.ts'

/** The state of Git that live resembles most. `commit` is null when it is what Git says now. */
export type BestFit = { readonly commit: CommitRender | null; readonly objects: Rendered; readonly misfit: number }
/** All live objects of a target. */
export type LiveState = {
  readonly subjects: readonly Subject[]
  readonly missing: readonly ObjectRef[]
  readonly extra: readonly ObjectRef[]
}

/**
 * Finds which commit was deployed, where no record tells: a deploy brings all that a commit renders at once, so live
 * resembles that commit in everything but what was changed since. Among equals the newest wins.
 *
 * Without it, a field that someone removed would pass for a commit that is not deployed yet as soon as the oldest commit
 * did not have that field.
 */
export function findDeployedCommit(
  current: Rendered,
  commits: readonly CommitRender[],
  live: LiveState,
  rules: ActorRules,
  deviate: (subject: Subject, rendered: Rendered) => readonly Deviation[] = listDeviations,
): BestFit {
  let best: BestFit = { commit: null, objects: current, misfit: countMisfit({ objects: current, again: null }, live, rules, deviate) }
  for (const commit of commits) {
    const misfit = countMisfit(commit, live, rules, deviate)
    if (misfit < best.misfit) best = { commit, objects: commit.objects, misfit }
  }
  return best
}

function countMisfit(
  { objects, again }: Pick<CommitRender, 'objects' | 'again'>,
  { subjects, missing, extra }: LiveState,
  rules: ActorRules,
  deviate: (subject: Subject, rendered: Rendered) => readonly Deviation[],
): number {
  const isSteady = (subject: Subject, { path }: Deviation) => again === null || !differAt(subject, objects, again, path)
  const inObjects = subjects
    .filter(({ fromCrds }) => !fromCrds)
    .map((subject) => deviate(subject, objects).filter((one) => counts(subject, one, rules) && isSteady(subject, one)).length)
  const absent = missing.filter((ref) => objects.has(keyOfRef(ref))).length
  const unrendered = extra.filter((ref) => !objects.has(keyOfRef(ref))).length
  return inObjects.reduce((sum, number) => sum + number, absent + unrendered)
}

/** What someone else wrote says nothing about the deploy; nor does what only today's pipeline or chance decides. */
function counts(subject: Subject, { path, kind, holds }: Deviation, rules: ActorRules): boolean {
  if (subject.unstable.some((one) => overlaps(one.path, path))) return false
  if (kind === 'gone') return true
  const owner = findOwner(holds, subject.ref, toPattern(path), rules)
  if (owner === null) return kind === 'changed'
  return isDeployer(owner.entry.manager, rules)
}
