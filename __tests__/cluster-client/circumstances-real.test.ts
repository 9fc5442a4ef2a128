import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { ClusterClient } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { countReads } from '../../src/cluster/count-reads.ts'
import { discover } from '../../src/cluster/discover.ts'
import { readLive } from '../../src/cluster/read.ts'
import { readCircumstances } from '../../src/cluster/read-circumstances.ts'
import { readReleaseRecord } from '../../src/cluster/release.ts'
import { askCircumstances } from '../../src/explain/circumstances/ask.ts'
import { describeCircumstances } from '../../src/explain/circumstances/describe.ts'
import type { Circumstances, ClusterInfo, JsonObject, ObjectRef } from '../../src/model.ts'
import { callApi } from '../cluster/api.ts'
import { readAuditEntries } from '../cluster/audit.ts'
import { readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { makeFinding, makeInput } from '../explain/circumstances/make-input.ts'

const NAMESPACE = 'circumstances-e'
const ref = (apiVersion: string, kind: string, name: string): ObjectRef => ({ apiVersion, kind, namespace: NAMESPACE, name })
const [WEB, BROKEN, SCALER] = [
  ref('apps/v1', 'Deployment', 'web'),
  ref('apps/v1', 'Deployment', 'broken'),
  ref('autoscaling/v2', 'HorizontalPodAutoscaler', 'web'),
]
const ARGO = { 'argocd.argoproj.io/tracking-id': `shop:apps/Deployment:${NAMESPACE}/web` }
const FLUX = { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': NAMESPACE }

/** What each restricted reader may do in the namespace. */
const BASE = [
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['get', 'list'] },
]
const READERS = {
  'no-pods': [...BASE, { apiGroups: [''], resources: ['events'], verbs: ['list'] }],
  'no-events': [...BASE, { apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
  'no-anything': BASE.slice(0, 1),
  'with-secrets': [...BASE, { apiGroups: [''], resources: ['pods', 'events', 'secrets'], verbs: ['list'] }],
}

describeOnCluster('what stands around a drift, on a real control plane', ({ kubeconfigs, users, auditLog }) => {
  let info: ClusterInfo
  let reader: ClusterClient
  const restricted = new Map<string, ClusterClient>()

  beforeAll(async () => {
    const admin = await readAccess(kubeconfigs.admin)
    const post = async (collection: string, object: JsonObject) => {
      const { status, body } = await callApi(admin, 'POST', collection, object)
      expect([201, 409], JSON.stringify(body)).toContain(status)
    }
    await post('/api/v1/namespaces', { metadata: { name: NAMESPACE } })
    await post('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', makeDefinition('argoproj.io', 'v1alpha1', 'Application'))
    await post('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', makeDefinition('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease'))
    const deployments = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`
    await post(deployments, makeDeployment('web', {}))
    await post(deployments, makeDeployment('broken', { nodeSelector: { nowhere: 'yes' } }))
    await post(`/apis/autoscaling/v2/namespaces/${NAMESPACE}/horizontalpodautoscalers`, {
      metadata: { name: 'web' },
      spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
    })
    reader = connect({ type: 'inline', text: readFileSync(kubeconfigs.reader, 'utf8') }, null).client
    for (const [name, rules] of Object.entries(READERS)) {
      const user = `circumstances-e-${name}`
      await post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/roles`, { metadata: { name }, rules })
      await post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/rolebindings`, {
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
      })
      restricted.set(name, actAs(user))
    }
    info = await waitFor('the definitions to be served', async () => {
      const served = await discover(reader)
      return served.resources.some(({ kind }) => kind === 'HelmRelease') ? served : null
    })
    await post(`/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/applications`, makeApplication())
    await post(`/apis/helm.toolkit.fluxcd.io/v2/namespaces/${NAMESPACE}/helmreleases`, makeHelmRelease())
  })

  /** Someone without a token of their own, by impersonation. */
  function actAs(user: string): ClusterClient {
    const text = readFileSync(kubeconfigs.admin, 'utf8').replace(/( +)token: .*/, (line, indent: string) => `${line}\n${indent}as: ${user}`)
    const file = path.join(path.dirname(kubeconfigs.admin), `${user}.yaml`)
    writeFileSync(file, text, { mode: 0o600 })
    return connect({ type: 'default', path: file }, null).client
  }

  type Looked = { readonly circumstances: Circumstances; readonly requests: number }

  /** @param marks labels and annotations as the deployer would have left them on what was read */
  async function look(client: ClusterClient, wanted: readonly ObjectRef[], known: ClusterInfo, marks: JsonObject = {}): Promise<Looked> {
    const live = await readLive(client, known, wanted, { release: 'shop', namespace: NAMESPACE, extraKinds: [] })
    const objects = live.readings.map(({ reading }) => {
      if (reading.outcome !== 'found') throw new Error(JSON.stringify(reading))
      return { ...reading.object, metadata: { ...(reading.object.metadata as JsonObject), ...marks } }
    })
    const base = makeInput(objects, [makeFinding(wanted[0]!)])
    const input = { ...base, target: { ...base.target, namespace: NAMESPACE }, now: new Date().toISOString() }
    const { counted, counts } = countReads(client)
    const readRelease = (release: string, namespace: string) => readReleaseRecord(counted, release, namespace)
    const read = await readCircumstances(counted, known, askCircumstances(input), readRelease)
    const { list, get } = counts()
    return { circumstances: describeCircumstances(input, read, null), requests: list + get }
  }

  async function lookUntil(wanted: ObjectRef, isThere: (one: Circumstances) => boolean): Promise<Looked> {
    return waitFor(JSON.stringify(wanted), async () => {
      const looked = await look(reader, [wanted], info)
      return isThere(looked.circumstances) ? looked : null
    })
  }

  test('a deployment that is well, with its rollout and its autoscaler', async () => {
    const { circumstances, requests } = await lookUntil(WEB, ({ health }) => health.state === 'healthy')
    expect(circumstances.health.objects).toEqual([{ object: WEB, state: 'healthy', text: 'all 3 replicas are up to date and available' }])
    const texts = circumstances.facts.map(({ text }) => text)
    expect(texts).toContainEqual(
      expect.stringMatching(/^Version 1 of Deployment\/web began to roll out at 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.$/),
    )
    expect(texts).toContain('HorizontalPodAutoscaler/web keeps Deployment/web between 2 and 6 replicas.')
    expect(circumstances.absences.map(({ source }) => source)).not.toContain('pods')
    expect(requests).toBeLessThanOrEqual(6)
  })

  test('a deployment that no node takes: degraded, and the scheduler’s own words', async () => {
    const { circumstances } = await lookUntil(BROKEN, ({ health, facts }) => {
      return health.state === 'degraded' && facts.some(({ kind }) => kind === 'warning')
    })
    expect(circumstances.health.objects[0]?.text).toBe(
      'its rollout did not end within its deadline (ProgressDeadlineExceeded), and no node takes its pods',
    )
    const warning = circumstances.facts.find(({ kind }) => kind === 'warning')
    expect(warning).toMatchObject({ object: BROKEN, steady: false })
    expect(warning?.text).toMatch(/^FailedScheduling on a pod of Deployment\/broken: .*node/)
    expect(circumstances.facts).toContainEqual(
      expect.objectContaining({ kind: 'autoscaler', none: true, text: 'No autoscaler scales Deployment/broken.' }),
    )
    const steady = (one: Circumstances) => JSON.stringify([one.health, one.facts.filter((fact) => fact.steady)])
    const again = await look(reader, [BROKEN], info)
    expect(steady(again.circumstances)).toBe(steady(circumstances))
  })

  test('an autoscaler without metrics is degraded', async () => {
    const { circumstances } = await lookUntil(SCALER, ({ health }) => health.state === 'degraded')
    expect(circumstances.health.objects[0]?.text).toMatch(/^it (does not know what to scale by|cannot scale) \([A-Za-z]+\)$/)
  })

  test('Argo CD’s Application and Flux’s HelmRelease that the objects name', async () => {
    const argo = await look(reader, [WEB], info, { annotations: ARGO })
    expect(argo.circumstances.absences).toContainEqual(
      expect.objectContaining({ source: 'Argo CD’s Application shop', why: 'there is none of that name in namespace argocd' }),
    )
    const named = { 'argocd.argoproj.io/tracking-id': ARGO['argocd.argoproj.io/tracking-id'].replace('shop', `${NAMESPACE}_shop`) }
    const found = await look(reader, [WEB], info, { annotations: named })
    expect(found.circumstances.facts).toContainEqual(
      expect.objectContaining({
        kind: 'gitops',
        text: 'Argo CD’s Application shop is OutOfSync and Healthy; its last sync ended at 2026-11-21 09:12 UTC. It is synced by hand.',
        time: '2026-11-21T09:12:04Z',
        relation: 'before',
      }),
    )
    const flux = await look(reader, [WEB], info, { labels: { app: 'web', ...FLUX } })
    expect(flux.circumstances.facts).toContainEqual(
      expect.objectContaining({
        kind: 'gitops',
        text: `Flux’s HelmRelease ${NAMESPACE}/shop is ready; it applied version 1.2.3 at 2026-11-20 08:00 UTC. It is suspended, so it changes nothing.`,
      }),
    )
  })

  test('a cluster without Argo CD’s kind says that it may be elsewhere', async () => {
    const without = { ...info, resources: info.resources.filter(({ kind }) => kind !== 'Application') }
    const { circumstances } = await look(reader, [WEB], without, { annotations: ARGO })
    expect(circumstances.absences).toContainEqual({
      source: 'Argo CD’s Application shop',
      why: 'this cluster does not serve Application (argoproj.io); it may be kept in another cluster',
      remedy: '',
    })
    expect(circumstances.health.state).not.toBe('unknown')
  })

  test.each([
    ['no-pods', ['pods', 'ReplicaSets', 'Helm’s record of the release']],
    ['no-events', ['events', 'ReplicaSets', 'Helm’s record of the release']],
    ['no-anything', ['pods', 'events', 'ReplicaSets', 'HorizontalPodAutoscalers', 'Helm’s record of the release']],
  ])('a reader with %s: the rest stands, and each gap has its rule', async (name, missing) => {
    const { circumstances } = await look(restricted.get(name)!, [WEB], info)
    const absences = circumstances.absences.filter(({ source }) => !source.startsWith('workflow runs'))
    expect(absences.map(({ source }) => source)).toEqual(missing)
    for (const { why, remedy } of absences) {
      expect(why).toMatch(/may not be read$/)
      expect(remedy).toContain(`Add this rule to a Role in namespace ${NAMESPACE} of the credential:\n- apiGroups: [`)
    }
    expect(circumstances.health.objects[0]?.state).toBe('healthy')
    // Without the ReplicaSets, the Deployment's own condition tells of its rollout.
    expect(circumstances.facts.some(({ text }) => text.startsWith('The last rollout of Deployment/web, version 1, was complete at'))).toBe(
      true,
    )
    expect(circumstances.facts.some(({ none }) => none === true)).toBe(false)
  })

  test('a refused list of Secrets is never sent; with the right, there is no record of a deploy by Helm', async () => {
    await look(restricted.get('no-pods')!, [WEB], info)
    const { circumstances } = await look(restricted.get('with-secrets')!, [WEB], info)
    expect(circumstances.absences).toContainEqual(
      expect.objectContaining({ source: 'Helm’s record of the release', why: 'there is no readable record of a deploy by Helm' }),
    )
    // The restricted readers are the admin in their names; only one of them may list Secrets.
    const lists = await readAuditEntries(auditLog, users.admin)
    const ofSecrets = lists.filter(({ resource, namespace }) => resource === 'secrets' && namespace === NAMESPACE)
    expect(ofSecrets.map(({ verb, code }) => [verb, code])).toEqual([['list', 200]])
    const asked = (await readAuditEntries(auditLog, users.reader)).filter(({ namespace }) => namespace === NAMESPACE)
    expect(asked.length).toBeGreaterThan(5)
    for (const { verb } of asked) expect(['get', 'list']).toContain(verb)
  })
})

/** Asks again until there is an answer, for a minute at most. */
async function waitFor<Value>(what: string, ask: () => Promise<Value | null>): Promise<Value> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`waited for ${what} in vain`)
}

function makeDeployment(name: string, pod: JsonObject): JsonObject {
  return {
    metadata: { name },
    spec: {
      ...{ replicas: 3, progressDeadlineSeconds: 5, selector: { matchLabels: { app: name } } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image: 'nginx' }], ...pod } },
    },
  }
}

/** The least of a definition that lets any object of the kind be stored. */
function makeDefinition(group: string, version: string, kind: string): JsonObject {
  const plural = `${kind.toLowerCase()}s`
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    metadata: { name: `${plural}.${group}` },
    spec: {
      ...{ group, scope: 'Namespaced', names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` } },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}

function makeApplication(): JsonObject {
  return {
    ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'shop' }, spec: { project: 'default' } },
    status: {
      sync: { status: 'OutOfSync', revision: '4f0c1d2' },
      health: { status: 'Healthy' },
      operationState: { phase: 'Succeeded', finishedAt: '2026-11-21T09:12:04Z' },
    },
  }
}

function makeHelmRelease(): JsonObject {
  return {
    ...{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'shop' } },
    spec: { suspend: true, driftDetection: { mode: 'enabled' } },
    status: {
      conditions: [{ type: 'Ready', status: 'True', reason: 'UpgradeSucceeded', lastTransitionTime: '2026-11-20T08:00:09Z' }],
      history: [{ chartVersion: '1.2.3', lastDeployed: '2026-11-20T08:00:00Z' }],
    },
  }
}
