import { expect, test } from 'vitest'
import { readCircumstances } from '../../src/cluster/read-circumstances.ts'
import type { ReleaseRecord } from '../../src/cluster/release.ts'
import { openSavedLive } from '../../src/cluster/saved-source.ts'
import type { CircumstancesQuestion } from '../../src/explain/circumstances/ask.ts'
import { describeCircumstances } from '../../src/explain/circumstances/describe.ts'
import { makeInput } from '../explain/circumstances/make-input.ts'
import type { FakeOptions } from '../fakes/kubernetes-api.ts'
import { makeObject, openDiscovered } from './recording.ts'
import { writeTemporary } from './temporary.ts'

const QUESTION: CircumstancesQuestion = { release: 'shop', namespace: 'shop', pods: { labels: {} }, autoscalers: true, gitops: null }
const OBJECTS = [makeObject('v1', 'Pod', 'web-0'), makeObject('autoscaling/v2', 'HorizontalPodAutoscaler', 'web')]
const RECORD: ReleaseRecord = {
  outcome: 'read',
  last: { revision: 4, status: 'deployed', time: '2026-11-21T09:12:04Z', hasHooks: false, delivery: 'helm-server-side', manifests: [] },
  rollback: null,
}
const refuseRecord = async (): Promise<ReleaseRecord> => ({ outcome: 'unreadable', why: 'there is none', remedy: null })
const ofPods = (fault: NonNullable<FakeOptions['fault']>): FakeOptions => ({
  fault: (request) => (request.path.includes('/pods?') ? fault(request) : null),
})
/** This small cluster serves neither events nor ReplicaSets. */
const NOT_SERVED = [
  { source: 'events', why: 'the cluster does not serve Event', remedy: '' },
  { source: 'ReplicaSets', why: 'the cluster does not serve ReplicaSet', remedy: '' },
]

test('what is served is read in one request each, and what is not served is said', async () => {
  const { cluster, client, info } = await openDiscovered(OBJECTS)
  const read = await readCircumstances(client, info, QUESTION, refuseRecord)
  expect(read.pods).toHaveLength(1)
  expect(read.scalers).toMatchObject([{ ref: { kind: 'HorizontalPodAutoscaler', name: 'web' } }])
  expect(read.absences.slice(0, 2)).toEqual(NOT_SERVED)
  const asked = cluster.requests.filter(({ path }) => path.includes('/namespaces/'))
  expect(asked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'GET /api/v1/namespaces/shop/pods?limit=250',
    'GET /apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers?limit=250',
  ])
})

test.each<readonly [string, FakeOptions, RegExp]>([
  ['500', ofPods(() => ({ status: 500, body: '{"kind":"Status","message":"etcd is slow"}' })), /^HTTP 500: etcd is slow$/],
  ['a page for people', ofPods(() => ({ status: 200, body: '<html>' })), /complete JSON/],
  ['a broken connection', ofPods(() => 'reset'), /ECONNRESET/],
  ['half an answer', ofPods(() => 'truncate'), /TRUNCATED|ECONNRESET|aborted/],
  ['no answer', ofPods(() => 'hang'), /the server sent nothing within 5 s/],
])('pods answered with %s: the rest stands, within seconds', async (_, options, why) => {
  const { client, info } = await openDiscovered(OBJECTS, options)
  const start = performance.now()
  const read = await readCircumstances(client, info, QUESTION, refuseRecord)
  expect(performance.now() - start).toBeLessThan(20_000)
  expect(read.pods).toBeNull()
  expect(read.absences[0]).toMatchObject({ source: 'pods', why: expect.stringMatching(why) })
  expect(read.scalers).toHaveLength(1)
})

test('a credential that expires meanwhile costs what was asked for, and throws nothing', async () => {
  let isOver = false
  const expired = { status: 401, body: '{"kind":"Status","message":"Unauthorized"}' }
  const { client, info } = await openDiscovered(OBJECTS, { fault: () => (isOver ? expired : null) })
  isOver = true
  const read = await readCircumstances(client, info, QUESTION, refuseRecord)
  expect(read).toMatchObject({ pods: null, scalers: null, release: null })
  expect(read.absences.map(({ source }) => source)).toEqual([
    'pods',
    'events',
    'ReplicaSets',
    'HorizontalPodAutoscalers',
    'Helm’s record of the release',
  ])
})

test('Helm’s record is read where a Secret may be, and not even asked for where none may', async () => {
  let asked = 0
  const readRelease = async () => {
    asked++
    return RECORD
  }
  const allow = (allowed: boolean): FakeOptions => ({
    fault: ({ path }) =>
      path.endsWith('/selfsubjectaccessreviews')
        ? { status: 201, body: JSON.stringify({ kind: 'SelfSubjectAccessReview', status: { allowed } }) }
        : null,
  })
  const refused = await openDiscovered(OBJECTS, allow(false))
  const { release, absences } = await readCircumstances(refused.client, refused.info, QUESTION, readRelease)
  expect([release, asked]).toEqual([null, 0])
  expect(absences.at(-1)).toMatchObject({ source: 'Helm’s record of the release', why: 'it may not be read' })
  const allowed = await openDiscovered(OBJECTS, allow(true))
  expect((await readCircumstances(allowed.client, allowed.info, QUESTION, readRelease)).release).toEqual({
    ...{ revision: 4, status: 'deployed', time: '2026-11-21T09:12:04Z', rollbackTo: null },
  })
})

test('more pods than one page: the rest is said to be left out', async () => {
  const pods = Array.from({ length: 260 }, (_, at) => makeObject('v1', 'Pod', `web-${at}`))
  const { client, info } = await openDiscovered(pods)
  const { pods: read, absences } = await readCircumstances(client, info, QUESTION, refuseRecord)
  expect(read).toHaveLength(250)
  expect(absences[0]).toEqual({ source: 'pods', why: 'only the first 250 of namespace shop were looked at', remedy: '' })
})

test('a saved live state: everything around it is absent, and said to be', async () => {
  const file = writeTemporary('live.json', JSON.stringify(makeObject('v1', 'Pod', 'web-0')))
  const source = await openSavedLive(file, { kubeVersion: null, apiVersions: [] })
  const { facts, absences } = describeCircumstances(makeInput([]), await source.openTarget().readCircumstances(QUESTION), null)
  expect(facts).toEqual([])
  expect(absences[0]).toMatchObject({ why: 'a saved live state stands in for the cluster' })
})
