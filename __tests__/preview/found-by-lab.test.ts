import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { getAt, setAt } from '../../src/compare/json.ts'
import { ANY } from '../../src/compare/schema/any.ts'
import { foreseeObject } from '../../src/explain/fate/outlook.ts'
import type { Finding, Json, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { placeField } from '../../src/preview/place-field.ts'
import { serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording, type RecordedState } from '../fakes/load-recording.ts'
import { pathOf } from '../make-live.ts'
import { CHART, type Edits, listChanges, previewExample, VALUES } from './preview-example.ts'

const container = 'spec.template.spec.containers[name=grokdevops]'
type Row = {
  readonly what: string
  readonly state: RecordedState
  readonly edits: Edits
  /** A tool that owns a field of the Deployment, whose value is as it was. */
  readonly owned?: { readonly manager: string; readonly fields: JsonObject }
  readonly expected: readonly string[]
}

/** Each was told wrongly once, and found out when the lab deployed such a pull request. */
const ROWS: readonly Row[] = [
  {
    what: 'with what was applied, a server-side deploy takes out the defaults beside it',
    state: 'helm4-in-sync',
    edits: { [`${CHART}/templates/deployment.yaml`]: (text) => text.replace(/^( +)readinessProbe:\n(?:\1 +.*\n)+/m, '') },
    expected: [`changes Deployment/grokdevops ${container}.readinessProbe`],
  },
  ...(['helm3-in-sync', 'helm4-in-sync'] as const).map((state) => ({
    ...{ what: 'a port that gets another number does not stay beside itself', state },
    edits: { [VALUES]: (text: string) => `${text}\nservice:\n  port: 8099\n` },
    expected: ['changes Service/grokdevops spec.ports[port=8099,protocol=TCP].port'],
  })),
  {
    what: 'a server-side deploy fails on another spelling of what a tool owns',
    state: 'helm4-in-sync',
    edits: { [VALUES]: (text) => text.replace('memory: 256Mi', 'memory: 0.25Gi') },
    owned: {
      manager: 'ops-script',
      fields: {
        'f:spec': {
          'f:template': {
            'f:spec': {
              'f:containers': { 'k:{"name":"grokdevops"}': { 'f:resources': { 'f:requests': { 'f:memory': {} } } } },
            },
          },
        },
      },
    },
    expected: [`fails Deployment/grokdevops ${container}.resources.requests.memory`],
  },
]

test.each(ROWS)('$what ($state)', async ({ state, edits, owned, expected }) => {
  const recording = await loadRecording(join(import.meta.dirname, '../../examples/live'), state)
  const own = (object: JsonObject) => (owned === undefined || object.kind !== 'Deployment' ? object : addOwner(object, owned))
  const cluster = await serveRecordedCluster({ ...recording, objects: recording.objects.map(own) })
  try {
    const target = await previewExample(edits, { kubeconfig: cluster.kubeconfig() })
    expect(target.error).toBeNull()
    expect(listChanges(target.preview!)).toEqual(expected)
    const conflict = target.preview!.changes[0]?.conflict
    expect(conflict?.startsWith(`conflict with "${owned?.manager}"`)).toBe(owned === undefined ? undefined : true)
  } finally {
    await cluster.close()
  }
})

function addOwner(object: JsonObject, { manager, fields }: NonNullable<Row['owned']>): JsonObject {
  const path = pathOf('metadata.managedFields')
  const entry = {
    manager,
    operation: 'Update',
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    time: '2026-11-01T00:00:00Z',
    fieldsV1: fields,
  }
  return setAt(object, path, [...(getAt(object, path) as readonly Json[]), entry]) as JsonObject
}

test('what is taken out whole does not codify a default that somebody set in it', () => {
  const element = pathOf('webhooks[name=check]')
  const base = setAt({}, [...element, { field: 'failurePolicy' }], 'Ignore') as JsonObject
  const make = (field: string, more: Partial<Finding>): Finding => ({
    ...{ object: { apiVersion: 'v1', kind: 'X', namespace: null, name: 'x' }, path: [...element, { field }], change: 'added', id: 'f' },
    ...{
      desired: undefined,
      live: 'Fail',
      cause: 'manual',
      confidence: 'certain',
      drift: true,
      because: '',
      pattern: '',
      severity: 'info',
    },
    ...{ evidence: { manager: 'kubectl', operation: 'Update', subresource: null, time: null } },
    ...more,
  })
  const was = make('failurePolicy', { change: 'changed', desired: 'Ignore' })
  const rest = make('sideEffects', { live: 'None', fate: { next: 'reverted', reason: 'it goes', confidence: 'certain' } })
  const declared = { base, head: { webhooks: [] } }
  const place = (fields: readonly Finding[]) => placeField({ path: was.path, was: [was], will: [] }, declared, fields)
  expect(place([rest])).toMatchObject([{ prospect: 'undoes', contested: true, base: 'Ignore', head: undefined, live: 'Fail' }])
  expect(place([])).toMatchObject([{ prospect: 'codifies' }])
})

test('what a Secret has as data conflicts, though its stringData says what is stored', () => {
  const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'prod', name: 'x' }
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { word: 'b25l' }, stringData: { word: 'two' } }
  const stored = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { word: 'dHdv' } }
  const entry = { manager: 'kubectl', operation: 'Update', apiVersion: 'v1', subresource: null, time: null } as const
  const wanted = { ref, object, template: null, fromCrds: false, unstable: [] }
  const entries = [{ ...entry, fields: { 'f:data': { 'f:word': {} } } }]
  const outlook = foreseeObject('server-side', { wanted, desired: stored, live: stored, last: null, entries, schema: ANY })
  expect(outlook.conflicts.map(({ path }) => formatPath(path))).toEqual(['data.word'])
})

describe('a definition of crds/, which Git had changed before the pull request', () => {
  const path = pathOf('spec.names.listKind')
  const finding = (desired: string): Finding => ({
    ...{ object: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', namespace: null, name: 'x' }, path },
    ...{ change: 'changed', desired, live: 'A', id: 'f', cause: 'undeployed', confidence: 'likely', drift: false, because: '' },
    ...{ evidence: { manager: null, operation: null, subresource: null, time: null }, pattern: '', severity: 'info' },
    fate: { next: 'none', reason: 'no deploy touches it', confidence: 'certain' },
  })
  const declare = (value: string) => setAt({}, path, value) as JsonObject
  const place = (base: string, head: string) =>
    placeField({ path, was: [finding(base)], will: [finding(head)] }, { base: declare(base), head: declare(head) })

  test('no deploy carries out what the pull request changes further', () => {
    expect(place('B', 'C')).toMatchObject([{ prospect: 'leaves', ours: true, contested: false }])
  })

  test('nor what it does not touch, of which nothing is said', () => {
    expect(place('B', 'B')).toEqual([])
  })
})
