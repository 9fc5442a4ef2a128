import { expect, test } from 'vitest'
import { askCircumstances } from '../../../src/explain/circumstances/ask.ts'
import { describeCircumstances } from '../../../src/explain/circumstances/describe.ts'
import type { JsonObject } from '../../../src/model.ts'
import { refOf } from '../../make-live.ts'
import { CHANGED, makeFinding, makeInput, makeRead } from './make-input.ts'

const makeWorkload = (name: string, labels: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop', generation: 1, ...more },
  spec: { replicas: 3, selector: { matchLabels: labels } },
  status: {
    ...{ observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3 },
    conditions: [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', lastUpdateTime: '2026-11-23T14:51:00Z' }],
  },
})
const WEB = makeWorkload('web', { app: 'web', part: 'shop' })
const API = makeWorkload('web-api', { app: 'api', part: 'shop' })

const makeEvent = (kind: string, name: string, message: string, more: JsonObject = {}): JsonObject => ({
  ...{ type: 'Warning', reason: 'BackOff', message, lastTimestamp: '2026-11-23T14:55:00Z' },
  involvedObject: { kind, name, namespace: 'shop' },
  ...more,
})
const makeScaler = (kind: string, spec: JsonObject, more: JsonObject = {}) => {
  const object = {
    apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
    kind,
    metadata: { name: 'web', namespace: 'shop', ...more },
    spec,
  }
  return { ref: refOf(object), object }
}
const textsOf = (kind: string, circumstances: ReturnType<typeof describeCircumstances>) =>
  circumstances.facts
    .filter((fact) => fact.kind === kind)
    .map(({ text, relation, none }) => [text, relation ?? (none === true ? 'none' : null)])

test('nothing was read, and no GitHub: the objects still tell their health, and both absences are told', () => {
  const { health, facts, absences } = describeCircumstances(makeInput([WEB]), null, null)
  expect(health).toMatchObject({ state: 'healthy', objects: [{ state: 'healthy' }] })
  expect(facts.map(({ kind }) => kind)).toEqual(['rollout'])
  expect(absences).toEqual([
    { source: 'the cluster around the drift', why: 'it was not asked for', remedy: '' },
    {
      source: 'workflow runs, deployments and pull requests',
      why: 'not run by GitHub Actions',
      remedy: 'Run it in a workflow to have them.',
    },
  ])
})

test('what drifted stands first, the worst counts, and what rests does not', () => {
  const ill = {
    ...API,
    status: { ...(API.status as JsonObject), conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] },
  }
  const rests = { ...makeWorkload('worker', { app: 'worker' }), spec: { replicas: 0 } }
  const { health } = describeCircumstances(makeInput([rests, ill, WEB], [makeFinding(refOf(WEB))]), makeRead(), null)
  expect(health.objects.map(({ object, state }) => [object.name, state])).toEqual([
    ['web', 'healthy'],
    ['worker', 'unknown'],
    ['web-api', 'degraded'],
  ])
  expect(health.state).toBe('degraded')
  expect(describeCircumstances(makeInput([WEB, rests]), makeRead(), null).health.state).toBe('healthy')
})

test('warnings go to the workload that is nearest by name, the newest of each reason, cut and never steady', () => {
  const events = [
    makeEvent('Pod', 'web-6d4cf56db6-abcde', 'old', { lastTimestamp: '2026-11-23T14:00:00Z' }),
    makeEvent('Pod', 'web-6d4cf56db6-fghij', `new\n${'x'.repeat(400)}`),
    makeEvent('Pod', 'web-api-6d4cf56db6-abcde', 'of the other', { lastTimestamp: null, eventTime: '2026-11-23T14:54:00.123456Z' }),
    makeEvent('Deployment', 'web', 'of itself', { reason: 'FailedCreate', lastTimestamp: '2026-11-23T14:53:00Z' }),
    makeEvent('Pod', 'website-6d4cf56db6-abcde', 'of a stranger'),
    makeEvent('Node', 'web', 'of a node'),
    { type: 'Warning' },
  ]
  const circumstances = describeCircumstances(makeInput([WEB, API]), makeRead({ events }), null)
  expect(textsOf('warning', circumstances)).toEqual([
    [`BackOff on a pod of Deployment/web: new ${'x'.repeat(195)}…`, 'since'],
    ['BackOff on a pod of Deployment/web-api: of the other', 'since'],
    ['FailedCreate on Deployment/web: of itself', 'since'],
  ])
  expect(circumstances.facts.filter(({ kind }) => kind === 'warning').every(({ steady }) => !steady)).toBe(true)
})

test('restarts are counted over the pods that the selector takes', () => {
  const makePod = (labels: JsonObject, restartCount: number) => ({
    metadata: { labels },
    status: {
      containerStatuses: [{ restartCount, lastState: { terminated: { reason: 'OOMKilled', finishedAt: '2026-11-23T14:58:00Z' } } }],
    },
  })
  const pods = [makePod({ app: 'web', part: 'shop' }, 2), makePod({ app: 'web', part: 'shop' }, 1), makePod({ app: 'web' }, 50)]
  expect(textsOf('restarts', describeCircumstances(makeInput([WEB]), makeRead({ pods }), null))).toEqual([
    ['Containers of Deployment/web were restarted 3 times, the last time because of OOMKilled.', 'since'],
  ])
})

test('the newest ReplicaSet tells the last rollout; one that was taken again does not', () => {
  const makeSet = (revision: number, made: string, cause?: string) => ({
    metadata: {
      ...{ name: `web-${revision}`, creationTimestamp: made, ownerReferences: [{ kind: 'Deployment', name: 'web' }] },
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        ...(cause === undefined ? {} : { 'kubernetes.io/change-cause': cause }),
      },
    },
  })
  const rollout = (...replicaSets: readonly JsonObject[]) =>
    textsOf('rollout', describeCircumstances(makeInput([WEB]), makeRead({ replicaSets }), null))
  const old = makeSet(1, '2026-11-20T10:00:00Z')
  expect(rollout(old, makeSet(2, CHANGED, 'kubectl set env'))).toEqual([
    ['Version 2 of Deployment/web began to roll out at 2026-11-23 14:50 UTC, because of “kubectl set env”.', 'around'],
  ])
  expect(rollout(makeSet(3, '2026-11-20T10:00:00Z'), makeSet(2, '2026-11-22T10:00:00Z'))).toEqual([
    ['The last rollout of Deployment/web, version 3, was complete at 2026-11-23 14:51 UTC.', 'around'],
  ])
})

test('autoscalers: by KEDA told once, none told only where all were read', () => {
  const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' } }
  const scaled = makeScaler('ScaledObject', { ...spec, minReplicaCount: 1, maxReplicaCount: 9 })
  const made = makeScaler(
    'HorizontalPodAutoscaler',
    { ...spec, minReplicas: 1, maxReplicas: 9 },
    { name: 'keda-hpa-web', ownerReferences: [{ kind: 'ScaledObject', name: 'web' }] },
  )
  const other = makeScaler('HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'other' }, maxReplicas: 2 })
  const tell = (scalers: readonly (typeof scaled)[] | null) =>
    textsOf('autoscaler', describeCircumstances(makeInput([WEB]), makeRead({ scalers }), null))
  expect(tell([scaled, made])).toEqual([['ScaledObject/web keeps Deployment/web between 1 and 9 replicas.', null]])
  expect(tell([other])).toEqual([['No autoscaler scales Deployment/web.', 'none']])
  expect(tell(null)).toEqual([])
})

test('Helm’s last deploy lies before the change, around it, or since', () => {
  const tell = (time: string | null, more = {}) =>
    textsOf(
      'release',
      describeCircumstances(
        makeInput([WEB]),
        makeRead({ release: { revision: 4, status: 'deployed', time, rollbackTo: null, ...more } }),
        null,
      ),
    )
  expect(tell('2026-11-21T09:12:04Z')).toEqual([
    ['Helm’s last deploy of the release is revision 4 at 2026-11-21 09:12 UTC.', 'before'],
    ['Helm has deployed nothing since the change.', 'none'],
  ])
  expect(tell('2026-11-23T14:50:33.5Z')).toEqual([[expect.any(String), 'around']])
  expect(tell('2026-11-23T14:58:00Z', { status: 'failed', rollbackTo: 2 })).toEqual([
    [
      'Helm’s last deploy of the release is revision 4 at 2026-11-23 14:58 UTC, by going back to revision 2; its status is failed.',
      'since',
    ],
  ])
  expect(tell(null)).toEqual([['Helm’s last deploy of the release is revision 4.', null]])
})

test('Argo CD’s policies and Flux’s modes in words', () => {
  const tell = (kind: string, spec: JsonObject, status: JsonObject) => {
    const object = { apiVersion: 'x/v1', kind, metadata: { name: 'shop', namespace: 'ops' }, spec, status }
    return textsOf('gitops', describeCircumstances(makeInput([WEB]), makeRead({ gitops: [{ ref: refOf(object), object }] }), null))[0]?.[0]
  }
  const synced = { sync: { status: 'Synced' } }
  expect(tell('Application', { syncPolicy: { automated: { selfHeal: true } } }, synced)).toBe(
    'Argo CD’s Application shop is Synced; no sync is recorded. It syncs by itself and heals drift.',
  )
  expect(tell('Application', { syncPolicy: { automated: {} } }, {})).toContain(
    'It syncs by itself when Git changes, and does not heal drift.',
  )
  expect(tell('Application', { syncPolicy: { automated: { enabled: false, selfHeal: true } } }, synced)).toContain('It is synced by hand.')
  expect(tell('HelmRelease', { driftDetection: { mode: 'enabled' } }, {})).toBe(
    'Flux’s HelmRelease ops/shop tells no state; no applied version is recorded. It corrects drift by itself.',
  )
  const failed = { conditions: [{ type: 'Ready', status: 'False', reason: 'UpgradeFailed' }], lastAppliedRevision: '1.0.0' }
  expect(tell('HelmRelease', {}, failed)).toBe(
    'Flux’s HelmRelease ops/shop is not ready (UpgradeFailed); it applied version 1.0.0. It does not correct drift.',
  )
})

test('what is asked: the labels that all workloads share, autoscalers only where one can be, the owner by its marks', () => {
  expect(askCircumstances(makeInput([WEB, API]))).toEqual({
    ...{ release: 'shop', namespace: 'shop', pods: { labels: { part: 'shop' } }, autoscalers: true, gitops: null },
  })
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: {} }
  expect(askCircumstances(makeInput([config]))).toMatchObject({ pods: null, autoscalers: false })
  const owner = (more: JsonObject, delivery: 'argocd' | 'helm-server-side' = 'helm-server-side') =>
    askCircumstances(makeInput([makeWorkload('web', { app: 'web' }, more)], null, { delivery })).gitops
  expect(owner({ annotations: { 'argocd.argoproj.io/tracking-id': 'team_shop:apps/Deployment:shop/web' } })).toEqual({
    tool: 'argocd',
    name: 'shop',
    namespace: 'team',
  })
  expect(owner({ labels: { 'app.kubernetes.io/instance': 'shop' } })).toBeNull()
  expect(owner({ labels: { 'app.kubernetes.io/instance': 'shop' } }, 'argocd')).toEqual({ tool: 'argocd', name: 'shop', namespace: null })
  expect(owner({ labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } })).toEqual({ tool: 'flux', name: 'shop', namespace: null })
})

test('the same state gives the same texts whatever time it is', () => {
  const look = (now: string) =>
    describeCircumstances(
      makeInput([WEB, API], null, { now }),
      makeRead({ release: { revision: 4, status: 'deployed', time: CHANGED, rollbackTo: null } }),
      null,
    )
  expect(look('2026-12-24T00:00:00Z')).toEqual(look('2026-11-23T15:00:00Z'))
})
