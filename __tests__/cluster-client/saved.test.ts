import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import { parseSavedLive, readSavedLive } from '../../src/cluster/saved.ts'
import type { Json, JsonObject, ObjectRef } from '../../src/model.ts'
import { makeObject, OWNED } from './recording.ts'

const parse = (text: string, where: string): readonly Json[] => parseYaml(text, where).documents.map((one) => one.value)
const OPTIONS = { release: 'shop', namespace: 'shop', extraKinds: [] }
const ref = (apiVersion: string, kind: string, name: string, namespace: string | null = null): ObjectRef => ({
  apiVersion,
  kind,
  namespace,
  name,
})
const managed = (object: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...(object.metadata as JsonObject), managedFields: [{ manager: 'helm' }] },
})

describe('a saved file', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
    items: [makeObject('v1', 'ConfigMap', 'a'), makeObject('v1', 'Secret', 'b')],
  }
  test.each([
    ['a List in JSON', JSON.stringify(list), ['a', 'b']],
    ['a List in YAML', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n', ['a']],
    ['one object', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', ['a']],
    [
      'several documents',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
      ['a', 'b'],
    ],
    ['a list of one kind', JSON.stringify({ ...list, kind: 'ConfigMapList' }), ['a', 'b']],
  ])('may be %s', (_name, text, names) => {
    expect(parseSavedLive(text, 'live.yaml', parse).map((object) => (object.metadata as JsonObject).name)).toEqual(names)
  })

  test.each([
    ['empty', '', 'live: live.yaml holds no Kubernetes objects. Save it with'],
    ['an empty List', '{"apiVersion":"v1","kind":"List","items":[]}', 'live: live.yaml holds no Kubernetes objects.'],
    ['something else', 'hello: world', 'live: live.yaml holds a document without `apiVersion` and `kind`.'],
    ['without a name', 'apiVersion: v1\nkind: Pod', 'live: live.yaml holds a Pod without `metadata.name`.'],
    ['not YAML', 'a: [', 'live.yaml:2: This is not valid YAML'],
  ])('that is %s is refused with the remedy', (_name, text, message) => {
    expect(() => parseSavedLive(text, 'live.yaml', parse)).toThrow(message)
  })
})

describe('reading from it', () => {
  const objects = [
    managed(makeObject('apps/v1', 'Deployment', 'web')),
    managed(makeObject('autoscaling/v1', 'HorizontalPodAutoscaler', 'web')),
    managed(makeObject('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', null)),
    managed(makeObject('v1', 'ConfigMap', 'left', 'shop', { metadata: OWNED })),
  ]
  test.each<[string, ObjectRef, object]>([
    ['found', ref('apps/v1', 'Deployment', 'web'), { outcome: 'found', object: objects[0] }],
    [
      'found, of a cluster-scoped kind',
      ref('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', 'shop'),
      { outcome: 'found', object: objects[2] },
    ],
    ['missing among its kind', ref('apps/v1', 'Deployment', 'gone'), { outcome: 'missing' }],
    [
      'of a kind that was not saved',
      ref('v1', 'Service', 'web', 'shop'),
      {
        outcome: 'unreadable',
        reason: 'not-saved',
        detail: 'the saved state has no Service of namespace shop',
        remedy: 'Save it too: `kubectl get service -n shop -o yaml --show-managed-fields`.',
      },
    ],
    [
      'of a namespace that was not saved',
      ref('apps/v1', 'Deployment', 'web', 'other'),
      { outcome: 'unreadable', reason: 'not-saved', remedy: expect.stringContaining('kubectl get deployment.v1.apps -n other') },
    ],
    [
      'saved in another version',
      ref('autoscaling/v2', 'HorizontalPodAutoscaler', 'web'),
      {
        outcome: 'unreadable',
        reason: 'not-saved',
        detail: 'the saved state has HorizontalPodAutoscaler as autoscaling/v1, not as autoscaling/v2',
        remedy: expect.stringContaining('horizontalpodautoscaler.v2.autoscaling'),
      },
    ],
  ])('an object is %s', (_name, wanted, reading) => {
    expect(readSavedLive(objects, [wanted], OPTIONS).readings[0]?.reading).toMatchObject(reading)
  })

  test('extra objects are seen here too', () => {
    expect(readSavedLive(objects, [ref('apps/v1', 'Deployment', 'web')], OPTIONS)).toMatchObject({
      extra: [{ ref: { name: 'left' } }],
      requests: { list: 0, get: 0, discovery: 0 },
      notes: [],
    })
  })

  test('objects saved without managedFields are noted', () => {
    const live = readSavedLive(
      [...objects, makeObject('v1', 'Service', 'web')],
      [ref('v1', 'Service', 'web'), ref('apps/v1', 'Deployment', 'web')],
      OPTIONS,
    )
    expect(live.notes).toEqual([
      {
        kind: 'no-managed-fields',
        message: '1 of 2 objects were saved without `managedFields`, so who changed them cannot be told. Save with --show-managed-fields.',
      },
    ])
  })
})
