import type {
  Act,
  Circumstances,
  Decision,
  Fact,
  Fate,
  Finding,
  HealthState,
  Meaning,
  ObjectRef,
  TargetReport,
} from '../../../src/model.ts'
import { makeDecision } from '../../report/make-decision.ts'
import { CHANGED, makeFinding } from '../circumstances/make-input.ts'

const WEB: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const ENV = 'spec.template.spec.containers[name=app].env[name=DEBUG]'
const IMAGE = 'spec.template.spec.containers[name=app].image'
const mean = (title: string, area: Meaning['area']): Meaning => ({ title, area, reason: 'because' })
const WORDS: { readonly [state in HealthState]: string } = {
  healthy: 'all 5 replicas are up to date and available',
  progressing: 'a rollout is under way',
  degraded: 'fewer of its 5 replicas are available than it needs',
  unknown: 'it is scaled to nothing, so nothing of it runs',
}

// --- Findings ---
export const more = makeFinding(WEB)
export const fewer = makeFinding(WEB, { desired: 5, live: 3 })
export const toNothing = makeFinding(WEB, { live: 0, meaning: mean('scaled to zero', 'availability') })
export const timeless = makeFinding(WEB, { evidence: { manager: 'kubectl', operation: 'Update', subresource: 'scale', time: null } })
export const debug = makeFinding(WEB, {
  id: 'd',
  path: ENV,
  change: 'added',
  live: { name: 'DEBUG', value: 'true' },
  meaning: mean('debug flag', 'configuration'),
})
export const image = makeFinding(WEB, {
  path: IMAGE,
  live: 'shop:1.2.4',
  pattern: 'image-changed',
  meaning: mean('image hotfix', 'availability'),
})
export const foreign = makeFinding(WEB, {
  path: IMAGE,
  live: 'evil/shop',
  pattern: 'image-changed',
  meaning: mean('image from another registry', 'security'),
})
export const rights = makeFinding(
  { ...WEB, kind: 'Role' },
  { path: 'rules', pattern: 'permissions-changed', meaning: mean('rights widened', 'security') },
)
export const secret = makeFinding(
  { ...WEB, apiVersion: 'v1', kind: 'Secret' },
  { path: 'data.password', meaning: mean('secret changed', 'security') },
)
export const deleted = makeFinding(
  { ...WEB, kind: 'Service' },
  { path: '', change: 'missing-object', pattern: 'object-missing', meaning: mean('object deleted', 'traffic') },
)
export const label = makeFinding(WEB, { path: 'metadata.labels.team', meaning: mean('label changed', 'cosmetic') })
export const selector = makeFinding(
  { ...WEB, kind: 'Service' },
  { path: 'spec.selector', meaning: mean('selector of the Service changed', 'traffic') },
)
export const claim = makeFinding({ ...WEB, kind: 'PersistentVolumeClaim' }, { path: 'spec', meaning: mean('volume claim grown', 'data') })
export const probe = makeFinding(WEB, { path: 'spec.x', meaning: mean('probe relaxed', 'availability') })
export const laptop = makeFinding(WEB, {
  path: 'spec.y',
  pattern: 'out-of-band-deploy',
  meaning: mean('deploy out of band', 'configuration'),
})
export const unknown = makeFinding(WEB, { path: 'spec.z', cause: 'unknown', meaning: mean('field changed', 'configuration') })
export const extra = makeFinding(
  { ...WEB, kind: 'ConfigMap' },
  { path: '', change: 'extra-object', pattern: 'object-added', meaning: mean('object added', 'configuration') },
)
export const configs = ['a', 'b', 'c', 'd', 'e'].map((name) =>
  makeFinding(WEB, { path: `data.${name}`, meaning: mean('config edited', 'configuration') }),
)
export const withFate = (finding: Finding, next: Fate['next'], confidence: Fate['confidence'] = 'certain'): Finding => ({
  ...finding,
  fate: { next, reason: 'so it is', confidence },
})

// --- Facts ---
const fact = (kind: Fact['kind'], more: Partial<Fact> = {}): Fact => ({ kind, text: `${kind}.`, time: null, steady: true, ...more })
export const NO_SCALER = fact('autoscaler', { none: true })
export const SCALER = fact('autoscaler')
export const HELM_BEFORE = [fact('release', { relation: 'before' }), fact('release', { none: true })]
export const HELM_SINCE = [fact('release', { relation: 'since' })]
export const RUN_AROUND = fact('workflow-run', { relation: 'around' })
export const DEPLOYED = fact('deployment', { relation: 'since' })
export const PULL = fact('pull-request')
export const MOVED = fact('git-moved', { relation: 'since' })
export const act = (people: Act['people'] = []): Act => ({
  ...{ manager: 'kubectl', tool: 'kubectl', from: CHANGED, to: CHANGED, findings: [more.id], people, caution: '', queries: [] },
})

export function makeTarget(
  findings: readonly Finding[],
  state: HealthState,
  facts: readonly Fact[] = [],
  more: { readonly acts?: readonly Act[]; readonly absences?: Circumstances['absences'] } = {},
): Pick<TargetReport, 'findings' | 'decision'> {
  const health = { state, objects: [{ object: WEB, state, text: WORDS[state] }] }
  const circumstances = { health, facts, absences: more.absences ?? [] }
  const { ways, advice } = makeDecision(['a', 'b'])
  const decision: Decision = { advice, acts: more.acts ?? [act()], circumstances, ways, gap: null }
  return { findings, decision }
}

export type Scenario = readonly [
  name: string,
  target: Pick<TargetReport, 'findings' | 'decision'>,
  lean: string,
  confidence: string,
  headline: string,
]
export const QUIET = [NO_SCALER, ...HELM_BEFORE]
export const SINCE = 'since 2026-11-23 14:50 UTC'

export const SCENARIOS: readonly Scenario[] = [
  [
    'the story',
    makeTarget([more, debug], 'healthy', QUIET),
    'ask-first',
    'likely',
    `Healthy, 2 more replicas and debug output ${SINCE}, no autoscaler, no deploy since: likely a hotfix.`,
  ],
  [
    'the story, with a pull request',
    makeTarget([more, debug], 'healthy', [...QUIET, PULL]),
    'keep',
    'likely',
    `Healthy, 2 more replicas and debug output ${SINCE}, no autoscaler, no deploy since: likely on its way into Git.`,
  ],
  [
    'the story, in which it does harm',
    makeTarget([more, debug], 'degraded', QUIET),
    'ask-first',
    'likely',
    `Degraded, 2 more replicas and debug output ${SINCE}, no autoscaler, no deploy since: likely a hotfix.`,
  ],
  [
    'replicas alone, healthy',
    makeTarget([more], 'healthy', QUIET),
    'keep',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, no deploy since: likely a hotfix.`,
  ],
  [
    'replicas whose writer left no time',
    makeTarget([timeless], 'healthy', [NO_SCALER]),
    'keep',
    'uncertain',
    'Healthy, 2 more replicas, no autoscaler: perhaps a hotfix.',
  ],
  [
    'replicas with an autoscaler',
    makeTarget([more], 'healthy', [SCALER, ...HELM_BEFORE]),
    'ask-first',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no deploy since: likely the work of an autoscaler.`,
  ],
  [
    'fewer replicas',
    makeTarget([fewer], 'healthy', QUIET),
    'ask-first',
    'likely',
    `Healthy, 2 fewer replicas ${SINCE}, no autoscaler, no deploy since: likely a leftover of an earlier need.`,
  ],
  [
    'fewer replicas, degraded',
    makeTarget([fewer], 'degraded', QUIET),
    'revert',
    'likely',
    `Degraded, 2 fewer replicas ${SINCE}, no autoscaler, no deploy since: likely a change that does harm.`,
  ],
  [
    'scaled to nothing',
    makeTarget([toNothing], 'unknown', QUIET),
    'ask-first',
    'likely',
    `No replicas at all ${SINCE}, no autoscaler, no deploy since: likely a stop on purpose.`,
  ],
  [
    'debug output',
    makeTarget([debug], 'healthy', QUIET),
    'ask-first',
    'likely',
    `Healthy, debug output ${SINCE}, no deploy since: likely a hotfix.`,
  ],
  [
    'an image',
    makeTarget([image], 'healthy', QUIET),
    'ask-first',
    'likely',
    `Healthy, image hotfix ${SINCE}, no deploy since: likely a hotfix.`,
  ],
  [
    'an image, degraded',
    makeTarget([image], 'degraded', QUIET),
    'ask-first',
    'likely',
    `Degraded, image hotfix ${SINCE}, no deploy since: likely a hotfix.`,
  ],
  [
    'an image from elsewhere',
    makeTarget([foreign], 'healthy', QUIET),
    'revert',
    'likely',
    `Healthy, image from another registry ${SINCE}, no deploy since: likely a weakening of security that nobody has reviewed.`,
  ],
  [
    'rights widened',
    makeTarget([rights], 'unknown', HELM_BEFORE),
    'revert',
    'likely',
    `Rights widened ${SINCE}, no deploy since: likely a weakening of security that nobody has reviewed.`,
  ],
  [
    'rights widened among much else',
    makeTarget([rights, image, ...configs, unknown], 'healthy', QUIET),
    'ask-first',
    'likely',
    `Healthy, rights widened, image hotfix, config edited (5 times) and 1 other kind of change ${SINCE}, no deploy since: likely a weakening of security that nobody has reviewed.`,
  ],
  [
    'a Secret',
    makeTarget([secret], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, secret changed ${SINCE}, no deploy since: likely a renewed credential.`,
  ],
  [
    'something deleted',
    makeTarget([{ ...deleted, evidence: { ...deleted.evidence, time: null } }], 'healthy'),
    'ask-first',
    'likely',
    'Healthy, object deleted: likely a deletion by mistake.',
  ],
  [
    'a label',
    makeTarget([label], 'healthy', HELM_BEFORE),
    'keep',
    'likely',
    `Healthy, label changed ${SINCE}, no deploy since: likely a mark that somebody left.`,
  ],
  [
    'a selector',
    makeTarget([selector], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, selector of the Service changed ${SINCE}, no deploy since: likely a detour of traffic on purpose.`,
  ],
  [
    'a claim',
    makeTarget([claim], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, volume claim grown ${SINCE}, no deploy since: likely a change for the sake of data.`,
  ],
  [
    'a probe',
    makeTarget([probe], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, probe relaxed ${SINCE}, no deploy since: nothing tells what it is for.`,
  ],
  [
    'a deploy from a laptop',
    makeTarget([laptop], 'healthy', HELM_SINCE),
    'ask-first',
    'likely',
    `Healthy, deploy out of band ${SINCE}, a deploy since: likely a deploy from somebody’s own machine.`,
  ],
  [
    'a writer whom nobody knows',
    makeTarget([unknown], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, field changed ${SINCE}, no deploy since: likely the work of a program.`,
  ],
  [
    'an object that Git does not have',
    makeTarget([extra], 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, object added ${SINCE}, no deploy since: nothing tells what it is for.`,
  ],
  [
    'many changes',
    makeTarget(configs, 'healthy', HELM_BEFORE),
    'ask-first',
    'likely',
    `Healthy, config edited (5 times) ${SINCE}, no deploy since: nothing tells what it is for.`,
  ],
  [
    'a workflow at that very time',
    makeTarget([more], 'healthy', [...QUIET, RUN_AROUND]),
    'ask-first',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, a deploy or workflow at the same time: likely the work of a pipeline.`,
  ],
  [
    'a deploy since, by Helm’s record',
    makeTarget([more], 'healthy', [NO_SCALER, ...HELM_SINCE]),
    'ask-first',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, a deploy since: likely a hotfix.`,
  ],
  [
    'a deployment of something else, by GitHub',
    makeTarget([more], 'healthy', [...QUIET, DEPLOYED]),
    'keep',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, no deploy since: likely a hotfix.`,
  ],
  [
    'a deployment where Helm’s record may not be read',
    makeTarget([more], 'healthy', [NO_SCALER, DEPLOYED]),
    'ask-first',
    'likely',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, a deploy since: likely a hotfix.`,
  ],
  [
    'Git that moved',
    makeTarget([more], 'healthy', [...QUIET, MOVED]),
    'keep',
    'uncertain',
    `Healthy, 2 more replicas ${SINCE}, no autoscaler, no deploy since: perhaps a hotfix.`,
  ],
  [
    'a rollout under way',
    makeTarget([more], 'progressing', QUIET),
    'ask-first',
    'likely',
    `Still changing, 2 more replicas ${SINCE}, no autoscaler, no deploy since: nothing tells what it is for.`,
  ],
  ['nothing known at all', { findings: [more] }, 'ask-first', 'likely', `2 more replicas ${SINCE}: nothing tells what it is for.`],
]
