// What the API server says of a custom kind may be refused, missing, broken or endless: its objects are compared all the same.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { markAsHelms } from '../../src/explain/helm-marks.ts'
import type { JsonObject } from '../../src/model.ts'
import { makeRecording } from '../cluster-client/recording.ts'
import { makeDefinition, makeDocument, THING_SPEC } from '../compare/schema/documents.ts'
import { type Fault, serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { makeEntry, makeLiveObject } from '../make-live.ts'
import { checkObjects, makeManifestInputs, runAndTell, type Told, toJson } from './check-objects.ts'

const identity = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x', namespace: 'prod' } }
const desired: JsonObject = { ...identity, spec: { replicas: 1, zones: ['a', 'b'] } }
const stored = markAsHelms({ ...identity, spec: { replicas: 5, zones: ['b', 'a'] } }, { release: 'it', namespace: 'prod' })
const live = makeLiveObject(stored, [
  makeEntry('helm', 'Apply', markAsHelms(desired, { release: 'it', namespace: 'prod' })),
  makeEntry('kubectl-edit', 'Update', { ...identity, spec: { replicas: 5 } }),
])
const REPLICAS = 'changed Thing spec.replicas by kubectl-edit'
/** Whether the order of the set is a difference depends on whether anyone knows that it is a set. */
const ZONES = 'changed Thing spec.zones by helm'

/** Runs the whole program against a server that gives this answer about the kind. */
async function checkAgainst(answer: Fault): Promise<Told> {
  const recording = makeRecording([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prod' } }, live])
  const items = recording.apis.items as readonly JsonObject[]
  const resource = {
    resource: 'things',
    responseKind: { group: 'example.com', version: 'v1', kind: 'Thing' },
    scope: 'Namespaced',
    verbs: ['get', 'list'],
  }
  const group = { metadata: { name: 'example.com' }, versions: [{ version: 'v1', freshness: 'Current', resources: [resource] }] }
  const cluster = await serveRecordedCluster(
    { ...recording, apis: { ...recording.apis, items: [...items, group] } },
    { fault: ({ path }) => (path === '/openapi/v3/apis/example.com/v1' ? answer : null) },
  )
  onTestFinished(() => cluster.close())
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-schema-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'desired.json'), toJson(desired))
  return runAndTell(
    makeManifestInputs(folder, join(folder, 'desired.json'), {
      kubeconfig: { type: 'inline', text: cluster.kubeconfig() },
      kubeVersion: null,
    }),
  )
}

const json = (status: number, body: unknown): Fault => ({ status, body: JSON.stringify(body) })

test('with its schema, a set in another order is no difference', async () => {
  const { findings, notes } = await checkAgainst(json(200, makeDocument(THING_SPEC)))
  expect(findings).toEqual([REPLICAS])
  expect(notes.filter((note) => note.startsWith('no-schema'))).toEqual([])
})

describe('an answer without a schema costs a note, and the object is compared', () => {
  test.each<[string, Fault]>([
    ['403', json(403, { kind: 'Status', message: 'forbidden', code: 403 })],
    ['404', { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }],
    ['500', json(500, { kind: 'Status', message: 'etcdserver: no leader' })],
    ['no JSON', { status: 200, body: '<html>' }],
    ['a page of a proxy', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['more than anyone reads', { status: 200, body: `{"components":"${'x'.repeat(65 * 2 ** 20)}"}` }],
  ])('%s', async (_, answer) => {
    const { findings, notes, verdict, text } = await checkAgainst(answer)
    expect(verdict).toBe('drifted')
    expect(findings).toContain(REPLICAS)
    expect(notes).toContainEqual(expect.stringMatching(/^no-schema: The schema of example\.com\/v1 could not be read/))
    expect(text).toContain('spec.replicas')
  })
})

describe('a schema that makes no sense is as good as none', () => {
  const withSchema = (schema: unknown): JsonObject => ({
    components: {
      schemas: {
        x: { 'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Thing' }], ...(schema as object) },
      },
    },
  })
  const circle = { $ref: '#/components/schemas/x' }
  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['no components', {}],
    ['components of text', { components: 'x' }],
    ['an empty schema', withSchema({})],
    ['properties of text', withSchema({ properties: 'x' })],
    ['a circle', withSchema({ properties: { spec: circle } })],
    [
      'a circle of defaults',
      withSchema({ properties: { spec: { type: 'object', default: {}, properties: { a: { default: {}, ...circle } } } } }),
    ],
    ['a type that nobody knows', withSchema({ properties: { spec: { type: 'thing' } } })],
    [
      'list keys that are none',
      withSchema({ properties: { spec: { properties: { zones: { type: 'array', 'x-kubernetes-list-type': 'map' } } } } }),
    ],
  ])('%s', async (_, document) => {
    const { findings, verdict } = await checkAgainst(json(200, document))
    expect(verdict).toBe('drifted')
    expect(findings).toContain(REPLICAS)
    expect(findings.filter((finding) => finding !== REPLICAS && finding !== ZONES)).toEqual([])
  })
})

test.each<[string, JsonObject]>([
  ['without a schema', makeDefinition(null)],
  [
    'with a schema of text',
    { ...makeDefinition(null), spec: { ...(makeDefinition(null).spec as JsonObject), versions: [{ name: 'v1', schema: 'x' }] } },
  ],
  ['without versions', { ...makeDefinition(null), spec: { group: 'example.com', names: { kind: 'Thing' } } }],
  ['of nothing', { ...makeDefinition(null), spec: 5 }],
])('a saved definition %s', async (_, definition) => {
  const { findings } = await checkObjects([desired], [live, definition])
  expect(findings).toContain(REPLICAS)
})
