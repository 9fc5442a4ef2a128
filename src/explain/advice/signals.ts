import type { Finding } from '../../model.ts'
import { areaOf, isDebug, replicasMore, type Scene } from './scene.ts'

/**
 * Something that speaks for keeping a change, for taking it back, or for asking first. `guess` is what the change may be, as
 * the end of a headline; `reason` is a sentence.
 */
export type Signal = {
  readonly id: string
  readonly when: (scene: Scene) => boolean
  readonly keep?: number
  readonly revert?: number
  readonly ask?: number
  readonly reason: (scene: Scene) => string
  readonly guess?: string
  /** Whatever else there is, a headline must not leave this guess out. */
  readonly isFirst?: true
}

/** So many changes are no single act of somebody who knew why. */
const MANY = 5

const some = (test: (finding: Finding) => boolean) => (scene: Scene) => scene.drift.some(test)
const all = (test: (finding: Finding) => boolean) => (scene: Scene) => scene.drift.length > 0 && scene.drift.every(test)
const say = (text: string) => () => text
const isSecret = ({ object }: Finding) => object.kind === 'Secret'
const isSecurity = (finding: Finding) => areaOf(finding) === 'security' && !isSecret(finding)
const isImage = ({ pattern }: Finding) => pattern === 'image-changed'
const isScaled = (finding: Finding) => replicasMore(finding) !== null
const isToNothing = (finding: Finding) => isScaled(finding) && finding.live === 0
const isMore = (finding: Finding) => (replicasMore(finding) ?? 0) > 0 || finding.meaning?.title === 'resources raised'
const isLess = (finding: Finding) =>
  ((replicasMore(finding) ?? 0) < 0 && !isToNothing(finding)) || finding.meaning?.title === 'resources lowered'
const isDeleted = ({ change }: Finding) => change === 'missing-object'
const ran = (scene: Scene) => scene.deploys === 'since' || scene.deploys === 'around'
const told = (scene: Scene, kind: Scene['facts'][number]['kind']) => scene.facts.some((fact) => fact.kind === kind && fact.none !== true)
const healthy = (scene: Scene) => scene.health === 'healthy'

/** The table. Weights are points; asking first has two of its own, so that little evidence leads to a question. */
export const SIGNALS: readonly Signal[] = [
  {
    id: 'security-weakened',
    when: some(isSecurity),
    ...{ revert: 8, reason: say('It concerns security: what Git allows or forbids does not hold.') },
    ...{ guess: 'a weakening of security that nobody has reviewed', isFirst: true },
  },
  {
    id: 'secret',
    when: some(isSecret),
    ...{ ask: 6, reason: say('A Secret is among it: a credential may have been renewed, and the old one may not work any more.') },
    guess: 'a renewed credential',
  },
  {
    id: 'data',
    when: some((finding) => areaOf(finding) === 'data'),
    ...{ ask: 5, reason: say('It concerns stored data, which may be lost on either way.') },
    guess: 'a change for the sake of data',
  },
  {
    id: 'deleted',
    when: some(isDeleted),
    ...{ ask: 3, revert: 2, reason: say('Something that Git has was deleted, and no record tells by whom.') },
    guess: 'a deletion by mistake',
  },
  {
    id: 'degraded',
    when: (scene) => scene.health === 'degraded',
    ...{ revert: 4, reason: say('It is not well with this change in place; whether the change is the cause, the record cannot tell.') },
    guess: 'a change that does harm',
  },
  {
    id: 'progressing',
    when: (scene) => scene.health === 'progressing',
    ...{ ask: 2, reason: say('Something is still under way, so how it ends is not known yet.') },
  },
  {
    id: 'scaled-to-nothing',
    when: some(isToNothing),
    ...{ ask: 4, reason: say('It is scaled to nothing: a fault may have been stopped in this way, or an outage made.') },
    guess: 'a stop on purpose',
  },
  {
    id: 'more-capacity',
    when: (scene) => scene.drift.some(isMore) && healthy(scene),
    ...{ keep: 3, reason: say('There is more capacity than Git asks for, and it is well: somebody may have needed it.') },
    guess: 'a hotfix',
  },
  {
    id: 'less-capacity',
    when: some(isLess),
    ...{ revert: 3, ask: 1, reason: say('There is less capacity than Git asks for.') },
    guess: 'a leftover of an earlier need',
  },
  {
    id: 'no-autoscaler',
    when: (scene) => scene.drift.some(isScaled) && scene.autoscaler === 'none',
    ...{ reason: say('No autoscaler is responsible for the replicas.') },
  },
  {
    id: 'autoscaler',
    when: (scene) => scene.drift.some(isScaled) && scene.autoscaler === 'some',
    ...{ ask: 3, reason: say('An autoscaler scales it, so the number of replicas may be its own, and may not last.') },
    guess: 'the work of an autoscaler',
  },
  {
    id: 'debug',
    when: (scene) => scene.drift.some(isDebug),
    ...{ ask: 2, reason: say('Debug output was turned on: somebody may be looking for a fault.') },
    guess: 'a hotfix',
  },
  {
    id: 'image',
    when: (scene) => scene.drift.some((finding) => isImage(finding) && !isSecurity(finding)),
    ...{ ask: 5, reason: say('Another image runs than Git names: taking it back may bring back the fault that it mends.') },
    guess: 'a hotfix',
  },
  {
    id: 'traffic',
    when: some((finding) => areaOf(finding) === 'traffic'),
    ...{ ask: 3, reason: say('It decides where requests go, so either way is felt at once.') },
    guess: 'a detour of traffic on purpose',
  },
  {
    id: 'availability',
    when: some(
      (finding) => areaOf(finding) === 'availability' && !isImage(finding) && !isDeleted(finding) && !isScaled(finding) && !isLess(finding),
    ),
    ...{ ask: 2, reason: say('It bears on how well the application stays available.') },
  },
  {
    id: 'out-of-band',
    when: some(({ pattern }) => pattern === 'out-of-band-deploy'),
    ...{ ask: 4, reason: say('It came with a deploy of something that Git does not have.') },
    guess: 'a deploy from somebody’s own machine',
  },
  {
    id: 'added-object',
    when: some(({ change }) => change === 'extra-object'),
    ...{ ask: 2, reason: say('There is an object that Git does not have.') },
  },
  {
    id: 'cosmetic',
    when: all((finding) => areaOf(finding) === 'cosmetic'),
    ...{ keep: 3, reason: say('It changes nothing that runs.') },
    guess: 'a mark that somebody left',
  },
  {
    id: 'unknown-writer',
    when: some(({ cause }) => cause === 'unknown'),
    ...{ ask: 3, reason: say('Who writes it is not known: a controller or a pipeline may write it again.') },
    guess: 'the work of a program',
  },
  {
    id: 'deploy-around',
    when: (scene) => scene.deploys === 'around',
    ...{ ask: 4, reason: say('A deploy or a workflow ran at the time of the change: a pipeline may have made it.') },
    guess: 'the work of a pipeline',
  },
  {
    id: 'deploy-since',
    when: (scene) => scene.deploys === 'since',
    ...{ ask: 3, reason: say('Something was deployed since, and the change is still there.') },
  },
  {
    id: 'no-deploy',
    when: (scene) => scene.deploys === 'none' && scene.since !== null,
    ...{ keep: 1, reason: say('Nothing was deployed since the change, as far as is known.') },
  },
  {
    id: 'pull-request',
    when: (scene) => told(scene, 'pull-request'),
    ...{ keep: 5, reason: say('An open pull request touches the same chart or values, and may bring this change into Git.') },
    guess: 'on its way into Git',
  },
  {
    id: 'git-moved',
    when: (scene) => told(scene, 'git-moved'),
    ...{ ask: 1, reason: say('Git has changed the chart or its values since, and the next deploy brings that, too.') },
  },
  {
    id: 'many',
    when: (scene) => scene.drift.length >= MANY,
    ...{ ask: 3, reason: ({ drift }) => `There are ${drift.length} changes, which are not one small act.` },
  },
  {
    id: 'named',
    when: ({ acts }) => acts.some(({ people }) => people.length > 0),
    ...{ reason: say('The audit log names an account that can be asked.') },
  },
  {
    id: 'nothing-known',
    when: (scene) => scene.health === 'unknown' && !ran(scene) && scene.facts.length === 0,
    ...{ ask: 2, reason: say('How things stand around it could not be looked at.') },
  },
]
