import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { reviewAccess } from '../../src/cluster/access.ts'
import type { Answer } from '../../src/cluster/answer.ts'
import type { ClusterClient } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { discover, listApiVersions } from '../../src/cluster/discover.ts'
import { readLive } from '../../src/cluster/read.ts'
import type { JsonObject, ObjectRef } from '../../src/model.ts'
import { toObject } from '../../src/shapes.ts'
import { callApi } from '../cluster/api.ts'
import { readAuditEntries } from '../cluster/audit.ts'
import { readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { type FakeOptions, type Recording, serveRecordedCluster } from '../fakes/kubernetes-api.ts'

const NAMESPACE = 'cluster-client-test'
const RESTRICTED = 'cluster-client-nobody'
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'
const CONFIG_MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`
const ref = (apiVersion: string, kind: string, name: string): ObjectRef => ({ apiVersion, kind, namespace: null, name })

describeOnCluster('the client against a real API server', ({ kubeconfigs, users, auditLog }) => {
  let reader: ClusterClient
  /** A user without any right but those everyone has. */
  let nobody: ClusterClient

  beforeAll(async () => {
    const admin = await readAccess(kubeconfigs.admin)
    const create = async (collection: string, object: JsonObject) =>
      expect([201, 409]).toContain((await callApi(admin, 'POST', collection, object)).status)
    await create('/api/v1/namespaces', { metadata: { name: NAMESPACE } })
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const labels = { tier: name < 'c' ? 'front' : 'back' }
      await create(CONFIG_MAPS, { metadata: { name, labels }, data: { name } })
    }
    await create(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, {
      metadata: { name: 'web' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
      },
    })
    reader = connect({ type: 'inline', text: readFileSync(kubeconfigs.reader, 'utf8') }, null).client
    const acting = readFileSync(kubeconfigs.admin, 'utf8').replace(
      /( +)token: .*/,
      (line, indent: string) => `${line}\n${indent}as: ${RESTRICTED}`,
    )
    const file = path.join(path.dirname(kubeconfigs.admin), 'nobody.yaml')
    writeFileSync(file, acting, { mode: 0o600 })
    nobody = connect({ type: 'default', path: file }, null).client
  })

  /** The real cluster, as the fake can serve it: what a recording script would write. */
  async function record(): Promise<Recording> {
    const body = async (asked: string, accept?: string) => {
      const answer = await reader.get(asked, accept === undefined ? {} : { accept })
      if (answer.outcome !== 'answered' || answer.status !== 200) throw new Error(`${asked}: ${JSON.stringify(answer)}`)
      return toObject(answer.body ?? undefined)
    }
    const items = async (asked: string, kind: JsonObject) =>
      ((await body(asked)).items as readonly JsonObject[]).map((item) => ({ ...item, ...kind }))
    const objects = [
      await body(`/api/v1/namespaces/${NAMESPACE}`),
      ...(await items(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap' })),
      ...(await items(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, { apiVersion: 'apps/v1', kind: 'Deployment' })),
    ]
    return { version: await body('/version'), api: await body('/api', AGGREGATED), apis: await body('/apis', AGGREGATED), objects }
  }

  async function serve(options: FakeOptions = {}): Promise<ClusterClient> {
    const cluster = await serveRecordedCluster(await record(), options)
    onTestFinished(() => cluster.close())
    return connect({ type: 'inline', text: cluster.kubeconfig() }, null).client
  }

  /** What must be alike: everything but what names a moment (resource versions, tokens) or depends on the order of fields. */
  function normalise(answer: Answer): object {
    if (answer.outcome === 'failed') return answer
    const body = answer.body === null ? null : toObject(answer.body)
    const metadata = body === null ? {} : toObject(body.metadata)
    const message = typeof body?.message === 'string' ? { message: body.message.replace(/(?<=^invalid continue token): .*/, '') } : {}
    const list = Array.isArray(body?.items) && body.kind !== 'APIGroupDiscoveryList'
    return {
      status: answer.status,
      contentType: answer.contentType.replaceAll(' ', ''),
      text: answer.text.trim(),
      body: list
        ? {
            ...body,
            metadata: {
              ...metadata,
              resourceVersion: typeof metadata.resourceVersion,
              ...(metadata.continue === undefined ? {} : { continue: typeof metadata.continue }),
            },
          }
        : body && { ...body, ...message },
    }
  }

  test.each<[string, string, string?]>([
    ['the version', '/version'],
    ['discovery of the core group', '/api', AGGREGATED],
    ['discovery of all other groups', '/apis', AGGREGATED],
    ['an object', `${CONFIG_MAPS}/a`],
    ['an object of a group', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`],
    ['a list, whose items have no kind', `${CONFIG_MAPS}?limit=500`],
    ['the first page', `${CONFIG_MAPS}?limit=2`],
    ['a page of a selection', `${CONFIG_MAPS}?limit=2&labelSelector=tier%3Dback`],
    ['a list by label', `${CONFIG_MAPS}?labelSelector=tier%3Dfront`],
    ['a list of one name', `${CONFIG_MAPS}?fieldSelector=metadata.name%3Db`],
    ['a list in a namespace that does not exist', '/api/v1/namespaces/no-such/configmaps'],
    ['an object that does not exist', `${CONFIG_MAPS}/z`],
    ['an object of a group that does not exist', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/z`],
    ['an object in a namespace that does not exist', '/api/v1/namespaces/no-such/configmaps/a'],
    ['a namespace that does not exist', '/api/v1/namespaces/no-such'],
    ['an unknown kind in a known group', `/apis/apps/v1/namespaces/${NAMESPACE}/widgets/w`],
    ['an unknown kind in the core group', `/api/v1/namespaces/${NAMESPACE}/widgets`],
    ['an unknown version of a known group', `/apis/apps/v9/namespaces/${NAMESPACE}/deployments/web`],
    ['an unknown group', `/apis/example.com/v1/namespaces/${NAMESPACE}/widgets/w`],
    ['a token that is no token', `${CONFIG_MAPS}?limit=2&continue=nonsense`],
  ])('the fake answers as the real one: %s', async (_name, asked, accept) => {
    const options = accept === undefined ? {} : { accept }
    expect(normalise(await (await serve()).get(asked, options))).toEqual(normalise(await reader.get(asked, options)))
  })

  test.each([
    ['a get', `${CONFIG_MAPS}/a`, 'get', 'configmaps'],
    ['a get of what does not exist', `${CONFIG_MAPS}/z`, 'get', 'configmaps'],
    ['a list', `${CONFIG_MAPS}?limit=500`, 'list', 'configmaps'],
    ['a list of one name', `${CONFIG_MAPS}?fieldSelector=metadata.name%3Db`, 'list', 'configmaps'],
    ['a get in a group', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`, 'get', 'deployments'],
    ['a cluster-scoped get', '/apis/rbac.authorization.k8s.io/v1/clusterroles/view', 'get', 'clusterroles'],
    ['a namespace', `/api/v1/namespaces/${NAMESPACE}`, 'get', 'namespaces'],
  ] as const)('the fake refuses as the real one: %s', async (_name, asked, verb, resource) => {
    const fake = await serve({ user: RESTRICTED, refusals: [{ verb, resource }] })
    const real = normalise(await nobody.get(asked))
    expect(real).toMatchObject({ status: 403 })
    expect(normalise(await fake.get(asked))).toEqual(real)
  })

  test('both refuse a wrong credential alike', async () => {
    const text = readFileSync(kubeconfigs.reader, 'utf8').replace(/token: .*/, 'token: wrong')
    await expect(connect({ type: 'inline', text }, null).client.get('/version')).rejects.toThrow(
      /refuses the credential \(401 Unauthorized\)/,
    )
    const cluster = await serveRecordedCluster(await record())
    onTestFinished(() => cluster.close())
    await expect(connect({ type: 'inline', text: cluster.kubeconfig('wrong') }, null).client.get('/version')).rejects.toThrow(
      /refuses the credential \(401 Unauthorized\)/,
    )
  })

  test('discovery gives the same by either way of asking, and from the fake', async () => {
    const info = await discover(reader)
    expect(info.kubeVersion).toMatch(/^v1\.\d+\.\d+/)
    expect(info.staleGroups).toEqual([])
    const versions = listApiVersions(info)
    expect(versions).toEqual(
      expect.arrayContaining([
        'v1',
        'v1/ConfigMap',
        'apps/v1/Deployment',
        'autoscaling/v2/HorizontalPodAutoscaler',
        'rbac.authorization.k8s.io/v1/ClusterRole',
      ]),
    )
    // A client that asks for plain JSON gets the answers of servers before 1.26.
    const old: ClusterClient = { ...reader, get: (asked, options) => reader.get(asked, { ...options, accept: 'application/json' }) }
    const sort = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).toSorted()
    expect(sort((await discover(old)).resources)).toEqual(sort(info.resources))
    expect(await discover(await serve())).toEqual(info)
  })

  test('reading gives the same from both', async () => {
    const wanted = [
      ref('v1', 'ConfigMap', 'a'),
      ref('v1', 'ConfigMap', 'z'),
      ref('apps/v1', 'Deployment', 'web'),
      ref('example.com/v1', 'Widget', 'w'),
    ]
    const options = { release: 'web', namespace: NAMESPACE, extraKinds: [] }
    const read = async (client: ClusterClient) => {
      const live = await readLive(client, await discover(client), wanted, options)
      return live.readings.map(({ reading }) => reading.outcome)
    }
    expect(await read(reader)).toEqual(['found', 'missing', 'found', 'unknown-kind'])
    expect(await read(await serve())).toEqual(await read(reader))
    const deployment = await reader.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`)
    expect(deployment.outcome === 'answered' && toObject(toObject(deployment.body ?? undefined).metadata).managedFields).toBeTruthy()
  })

  test('a namespace that does not exist is told', async () => {
    const options = { release: 'web', namespace: 'no-such', extraKinds: [] }
    await expect(readLive(reader, await discover(reader), [ref('v1', 'ConfigMap', 'a')], options)).rejects.toThrow(
      'namespace: Namespace `no-such` does not exist',
    )
  })

  test('who may do nothing is told each rule that is missing', async () => {
    const options = { release: 'web', namespace: NAMESPACE, extraKinds: [] }
    const live = await readLive(nobody, await discover(nobody), [ref('v1', 'ConfigMap', 'a'), ref('v1', 'ConfigMap', 'b')], options)
    expect(live.readings[0]?.reading).toMatchObject({
      outcome: 'unreadable',
      reason: 'forbidden',
      remedy: expect.stringContaining('resources: ["configmaps"]\n  verbs: ["get", "list"]'),
    })
  })

  test('a credential knows itself and its rights', async () => {
    const admin = connect({ type: 'inline', text: readFileSync(kubeconfigs.admin, 'utf8') }, null).client
    expect(await reviewAccess(reader, NAMESPACE)).toMatchObject({ user: users.reader, notes: [] })
    expect(await reviewAccess(admin, NAMESPACE)).toMatchObject({ user: users.admin, notes: [{ kind: 'write-access' }] })
  })

  test('the audit log shows nothing of the reader but get, list and reviews about itself', async () => {
    // The tests of the control plane itself try what the reader may not do, in a namespace of their own.
    const entries = (await readAuditEntries(auditLog, users.reader)).filter(({ namespace }) => namespace !== 'control-plane-test')
    const done = entries.map(({ verb, resource }) => (verb === 'create' ? `create ${resource}` : verb))
    expect(done.length).toBeGreaterThan(0)
    const allowed = ['get', 'list', 'create selfsubjectreviews', 'create selfsubjectrulesreviews', 'create selfsubjectaccessreviews']
    expect(done.filter((one) => !allowed.includes(one))).toEqual([])
  })
})
