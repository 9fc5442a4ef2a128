import { describe, expect, test } from 'vitest'
import { type ReadOptions, readLive } from '../../src/cluster/read.ts'
import type { JsonObject, Live, ObjectRef } from '../../src/model.ts'
import type { FakeOptions, Fault } from '../fakes/kubernetes-api.ts'
import { makeObject, OWNED, openDiscovered } from './recording.ts'

const NAMESPACE = makeObject('v1', 'Namespace', 'shop', null, { status: { phase: 'Active' } })
const configMap = (name: string, more?: JsonObject) => makeObject('v1', 'ConfigMap', name, 'shop', more)
const ref = (kind: string, name: string, apiVersion = 'v1', namespace: string | null = null): ObjectRef => ({
  apiVersion,
  kind,
  namespace,
  name,
})
const OPTIONS: ReadOptions = { release: 'shop', namespace: 'shop', extraKinds: [] }

async function read(
  objects: readonly JsonObject[],
  wanted: readonly ObjectRef[],
  fake: FakeOptions = {},
  options: Partial<ReadOptions> = {},
) {
  const { client, info, paths } = await openDiscovered(objects, fake, { tries: 2 })
  const live = await readLive(client, info, wanted, { ...OPTIONS, ...options })
  return { live, paths: paths() }
}
const outcomes = (live: Live) =>
  live.readings.map(({ ref: { name }, reading }) => `${name}: ${reading.outcome}${'reason' in reading ? ` ${reading.reason}` : ''}`)
const kinds = (live: Live) => live.notes.map((note) => note.kind)

describe('what is there', () => {
  test('comes raw, in the order of the wish, with the namespace it has and no request too many', async () => {
    const big = configMap('b', { data: { n: 9007199254740991 }, unknownField: [1, { deep: true }] })
    const role = makeObject('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', null)
    const { live, paths } = await read(
      [NAMESPACE, configMap('a'), big, role],
      [ref('ConfigMap', 'b'), ref('ClusterRole', 'reader', 'rbac.authorization.k8s.io/v1', 'shop'), ref('ConfigMap', 'a')],
    )
    expect(live.readings.map((one) => one.ref)).toEqual([
      ref('ConfigMap', 'b', 'v1', 'shop'),
      ref('ClusterRole', 'reader', 'rbac.authorization.k8s.io/v1', null),
      ref('ConfigMap', 'a', 'v1', 'shop'),
    ])
    expect(live.readings.map((one) => one.reading)).toEqual([big, role, configMap('a')].map((object) => ({ outcome: 'found', object })))
    expect(paths.toSorted()).toEqual([
      '/api/v1/namespaces/shop/configmaps?limit=500',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/reader',
    ])
    expect(live.requests).toEqual({ list: 1, get: 1, discovery: 3 })
    expect(live.notes).toEqual([])
  })

  test('an object that is being deleted still says so', async () => {
    const object = configMap('a', { metadata: { deletionTimestamp: '2026-11-23T10:00:00Z' } })
    expect((await read([object], [ref('ConfigMap', 'a')])).live.readings[0]?.reading).toEqual({ outcome: 'found', object })
  })

  test('a name that needs escaping is found', async () => {
    const object = makeObject('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:a b', null)
    expect(outcomes((await read([object], [ref('ClusterRole', 'system:a b', 'rbac.authorization.k8s.io/v1')])).live)).toEqual([
      'system:a b: found',
    ])
  })

  test('a list comes in pages', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => configMap(`c-${String(index).padStart(4, '0')}`))
    const { live, paths } = await read(
      many,
      many.map((object) => ref('ConfigMap', String((object.metadata as JsonObject).name))),
    )
    expect(live.readings.filter(({ reading }) => reading.outcome === 'found')).toHaveLength(1203)
    expect(paths).toHaveLength(3)
    expect(live.requests.list).toBe(3)
  })

  test('the server warns of a deprecated version: once, as a note', async () => {
    const warned: Fault = {
      status: 200,
      headers: { warning: '299 - "v1 ConfigMap is deprecated in v9.99+"' },
      body: JSON.stringify(configMap('a')),
    }
    const { live } = await read([], [ref('ConfigMap', 'a')], { fault: ({ path }) => (path.endsWith('/a') ? warned : null) })
    expect(live.notes).toEqual([{ kind: 'server-warning', message: 'The API server warns: v1 ConfigMap is deprecated in v9.99+' }])
  })
})

describe('what is missing', () => {
  test('is told apart from what is found; anything found proves the namespace', async () => {
    const { live, paths } = await read([configMap('other')], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b'), ref('Secret', 's')])
    expect(outcomes(live)).toEqual(['a: missing', 'b: missing', 's: missing'])
    expect(paths).not.toContain('/api/v1/namespaces/shop')
  })

  test('the namespace is asked for once when nothing was found in it', async () => {
    const { live, paths } = await read([NAMESPACE], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b'), ref('Secret', 's')])
    expect(outcomes(live)).toEqual(['a: missing', 'b: missing', 's: missing'])
    expect(paths.filter((path) => path === '/api/v1/namespaces/shop')).toHaveLength(1)
    expect(live.notes).toEqual([])
  })

  test('a namespace that does not exist is a fault of the input, not many missing objects', async () => {
    await expect(read([], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')])).rejects.toThrow(
      /^namespace: Namespace `shop` does not exist on 127\.0\.0\.1:\d+\. Check its spelling, and that `kube-context` names the right cluster\.$/,
    )
  })

  test("another namespace that does not exist is the chart's affair", async () => {
    const { live } = await read([NAMESPACE, configMap('a')], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b', 'v1', 'elsewhere')])
    expect(outcomes(live)).toEqual(['a: found', 'b: missing'])
    expect(kinds(live)).toEqual(['namespace-missing'])
  })

  test('a namespace that may not be read leaves a doubt, which is said', async () => {
    const { live } = await read([], [ref('ConfigMap', 'a')], { refusals: [{ verb: 'get', resource: 'namespaces' }] })
    expect(outcomes(live)).toEqual(['a: missing'])
    expect(live.notes).toEqual([
      {
        kind: 'namespace-unconfirmed',
        message: expect.stringMatching(/Whether namespace shop exists could not be confirmed.*Allow `get`/s),
      },
    ])
  })

  test('a namespace that is being deleted is noted', async () => {
    const { live } = await read([{ ...NAMESPACE, status: { phase: 'Terminating' } }], [ref('ConfigMap', 'a')])
    expect(kinds(live)).toEqual(['namespace-terminating'])
  })

  test('a cluster-scoped object needs no namespace', async () => {
    const { live, paths } = await read([], [ref('ClusterRole', 'r', 'rbac.authorization.k8s.io/v1')])
    expect(outcomes(live)).toEqual(['r: missing'])
    expect(paths).toHaveLength(1)
  })
})

describe('what may not be read', () => {
  const both = [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')]
  const objects = [NAMESPACE, configMap('a'), configMap('b')]

  test('a refused list is read by name, and that extra objects cannot be seen is said', async () => {
    const { live } = await read(objects, both, { refusals: [{ verb: 'list', resource: 'configmaps' }] })
    expect(outcomes(live)).toEqual(['a: found', 'b: found'])
    expect(live.notes).toEqual([
      {
        kind: 'extra-objects-unseen',
        message:
          'Objects of kind ConfigMap in namespace shop that the chart does not render could not be looked for: the credential may not list them.',
      },
    ])
    expect(live.requests).toMatchObject({ list: 1, get: 2 })
  })

  test('a refused get is read as a list of one name', async () => {
    const { live, paths } = await read(objects, [ref('ConfigMap', 'b')], { refusals: [{ verb: 'get', resource: 'configmaps' }] })
    expect(live.readings[0]?.reading).toEqual({ outcome: 'found', object: configMap('b') })
    expect(paths.at(-1)).toBe('/api/v1/namespaces/shop/configmaps?fieldSelector=metadata.name%3Db&limit=500')
  })

  test('and is missing when that list is empty', async () => {
    const { live } = await read(objects, [ref('ConfigMap', 'z'), ref('ConfigMap', 'a')].slice(0, 1), {
      refusals: [{ verb: 'get', resource: 'configmaps' }],
    })
    expect(outcomes(live)).toEqual(['z: missing'])
  })

  test.each<[string, readonly ObjectRef[], string, string]>([
    [
      'two of a kind',
      both,
      'configmaps',
      'Add this rule to a Role in namespace shop of the credential:\n- apiGroups: [""]\n  resources: ["configmaps"]\n  verbs: ["get", "list"]',
    ],
    [
      'one of a kind',
      [ref('Deployment', 'd', 'apps/v1')],
      'deployments',
      'Add this rule to a Role in namespace shop of the credential:\n- apiGroups: ["apps"]\n  resources: ["deployments"]\n  verbs: ["get"]',
    ],
    [
      'cluster-scoped',
      [ref('ClusterRole', 'r', 'rbac.authorization.k8s.io/v1')],
      'clusterroles',
      'Add this rule to a ClusterRole of the credential:\n- apiGroups: ["rbac.authorization.k8s.io"]\n  resources: ["clusterroles"]\n  verbs: ["get"]',
    ],
    [
      'Secrets, by name only',
      [ref('Secret', 's'), ref('Secret', 't')],
      'secrets',
      'Add this rule to a Role in namespace shop of the credential:\n- apiGroups: [""]\n  resources: ["secrets"]\n  resourceNames: ["s", "t"]\n  verbs: ["get"]',
    ],
  ])('both refused, %s: unreadable with the very rule that is missing, never missing', async (_name, wanted, resource, remedy) => {
    const { live } = await read(objects, wanted, {
      refusals: [
        { verb: 'list', resource },
        { verb: 'get', resource },
      ],
    })
    for (const { reading } of live.readings) {
      expect(reading).toMatchObject({
        outcome: 'unreadable',
        reason: 'forbidden',
        detail: expect.stringMatching(/^HTTP 403: .*User "plumbline-reader" cannot get resource/),
        remedy,
      })
    }
  })

  test('the rest is read all the same', async () => {
    const { live } = await read(objects, [ref('Secret', 's'), ref('ConfigMap', 'a')], {
      refusals: [
        { verb: 'list', resource: 'secrets' },
        { verb: 'get', resource: 'secrets' },
      ],
    })
    expect(outcomes(live)).toEqual(['s: unreadable forbidden', 'a: found'])
  })
})

describe('what the cluster does not know', () => {
  test.each<[string, ObjectRef, string, RegExp]>([
    [
      'an unknown group',
      ref('Widget', 'w', 'example.com/v1'),
      'unknown-kind',
      /does not serve example\.com\/v1.*CustomResourceDefinition/s,
    ],
    ['an unknown kind in a known group', ref('Widget', 'w', 'apps/v1'), 'unknown-kind', /serves apps\/v1, but no kind Widget/],
    [
      'a version that is no longer served',
      ref('HorizontalPodAutoscaler', 'h', 'autoscaling/v2beta2'),
      'unknown-kind',
      /but as autoscaling\/v2, autoscaling\/v1.*Change the apiVersion in the chart to autoscaling\/v2/s,
    ],
    [
      'a group whose server is down',
      ref('NodeMetrics', 'm', 'metrics.k8s.io/v1beta1'),
      'unreadable discovery-failed',
      /metrics\.k8s\.io could not be discovered.*apiservices/s,
    ],
  ])('%s', async (_name, wanted, outcome, message) => {
    const { live, paths } = await read([NAMESPACE], [wanted])
    expect(outcomes(live)).toEqual([`${wanted.name}: ${outcome}`])
    const reading = live.readings[0]?.reading
    expect(reading !== undefined && 'detail' in reading ? `${reading.detail} ${reading.remedy}` : '').toMatch(message)
    expect(paths).toEqual([])
  })
})

describe('an answer that proves nothing is never "missing"', () => {
  const text = (status: number, body: string, type = 'text/plain'): Fault => ({ status, headers: { 'content-type': type }, body })
  const json = (status: number, body: object): Fault => ({ status, body: JSON.stringify(body) })
  const cases: readonly (readonly [string, Fault, string])[] = [
    ['a 404 page in HTML', text(404, '<html>Not found</html>', 'text/html'), 'unreadable bad-answer'],
    ["a proxy's 404 in plain text", text(404, '404 page not found'), 'unreadable bad-answer'],
    ['a login page', text(200, '<html>Sign in</html>', 'text/html'), 'unreadable bad-answer'],
    ['another kind', json(200, makeObject('v1', 'Secret', 'a')), 'unreadable bad-answer'],
    ['another version', json(200, makeObject('v2', 'ConfigMap', 'a')), 'unreadable bad-answer'],
    ['another name', json(200, makeObject('v1', 'ConfigMap', 'z')), 'unreadable bad-answer'],
    ['JSON of something else', json(200, { ok: true }), 'unreadable bad-answer'],
    ['JSON that is no object', json(200, []), 'unreadable bad-answer'],
    ['a redirect', { status: 302, headers: { location: 'https://sso.example.com' }, body: '' }, 'unreadable bad-answer'],
    [
      'a kind that was just removed',
      json(404, { kind: 'Status', code: 404, details: {}, message: 'the server could not find the requested resource' }),
      'unknown-kind',
    ],
    ['too many requests', text(429, 'Too many requests, please try again later.'), 'unreadable rate-limited'],
    ['a server error', json(500, { kind: 'Status', message: 'etcdserver: no leader' }), 'unreadable server-error'],
    ['a down extension server', text(503, 'service unavailable'), 'unreadable server-error'],
    ['a gateway timeout', json(504, { kind: 'Status' }), 'unreadable timeout'],
    ['resets', 'reset', 'unreadable server-error'],
    ['half bodies', 'truncate', 'unreadable server-error'],
    ['silence', 'hang', 'unreadable timeout'],
  ]
  test.each(cases)('%s, to a get', async (_name, fault, outcome) => {
    const { live } = await read([NAMESPACE, configMap('a')], [ref('ConfigMap', 'a')], {
      fault: ({ path }) => (path.endsWith('/configmaps/a') ? fault : null),
    })
    expect(outcomes(live)).toEqual([`a: ${outcome}`])
    expect(live.readings[0]?.reading).toMatchObject({ detail: expect.stringMatching(/./), remedy: expect.stringMatching(/./) })
  })
  test.each(cases)('%s, to a list', async (_name, fault, outcome) => {
    const { live } = await read([NAMESPACE, configMap('a')], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')], {
      fault: ({ path }) => (path.includes('/configmaps?') ? fault : null),
    })
    expect(outcomes(live)).toEqual([`a: ${outcome}`, `b: ${outcome}`])
  })

  test('a list of items without names', async () => {
    const body = { kind: 'ConfigMapList', apiVersion: 'v1', metadata: {}, items: [{}] }
    const { live } = await read([], [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')], {
      fault: ({ path }) => (path.includes('/configmaps?') ? json(200, body) : null),
    })
    expect(outcomes(live)).toEqual(['a: unreadable bad-answer', 'b: unreadable bad-answer'])
  })
})

describe('a continue token that expires', () => {
  const many = Array.from({ length: 600 }, (_, index) => configMap(`c-${String(index).padStart(3, '0')}`))
  const wanted = [ref('ConfigMap', 'c-000'), ref('ConfigMap', 'c-599')]
  const expired: Fault = {
    status: 410,
    body: JSON.stringify({ kind: 'Status', reason: 'Expired', code: 410, metadata: { continue: 'an-inconsistent-one' } }),
  }

  test('once: the list starts anew, and the token offered instead is not used', async () => {
    let times = 0
    const { live, paths } = await read(many, wanted, {
      fault: ({ path }) => (path.includes('continue=') && times++ === 0 ? expired : null),
    })
    expect(outcomes(live)).toEqual(['c-000: found', 'c-599: found'])
    expect(paths).toHaveLength(4)
    expect(paths.join()).not.toContain('inconsistent')
  })

  test('always: the objects are read by name', async () => {
    const { live } = await read(many, wanted, { fault: ({ path }) => (path.includes('continue=') ? expired : null) })
    expect(outcomes(live)).toEqual(['c-000: found', 'c-599: found'])
    expect(live.requests).toMatchObject({ list: 6, get: 2 })
    expect(kinds(live)).toEqual(['extra-objects-unseen'])
  })
})

test('a list that is too large is read by name', async () => {
  const objects = [configMap('a'), configMap('b'), configMap('huge', { data: { x: 'x'.repeat(200_000) } })]
  const { client, info } = await openDiscovered(objects, {}, { bytes: 100_000 })
  const live = await readLive(client, info, [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')], OPTIONS)
  expect(outcomes(live)).toEqual(['a: found', 'b: found'])
})

describe('extra objects', () => {
  const objects = [
    configMap('a', { metadata: OWNED }),
    configMap('left', { metadata: OWNED }),
    configMap('hook', { metadata: OWNED }),
    configMap('child', { metadata: { ...OWNED, ownerReferences: [{ kind: 'X', name: 'x', controller: true }] } }),
    configMap('owned', { metadata: { ...OWNED, ownerReferences: [{ kind: 'X', name: 'x' }] } }),
    configMap('foreign', { metadata: { annotations: { ...OWNED.annotations, 'meta.helm.sh/release-name': 'else' } } }),
    configMap('plain'),
    makeObject('v1', 'Secret', 'old', 'shop', { metadata: OWNED }),
    makeObject('autoscaling/v2', 'HorizontalPodAutoscaler', 'h', 'shop', { metadata: OWNED }),
  ]
  const wanted = [ref('ConfigMap', 'a'), ref('ConfigMap', 'b')]
  const names = (live: Live) => live.extra.map((one) => one.ref.name)

  test('are those of this release in the lists made anyway, not rendered and not made by a controller', async () => {
    const { live, paths } = await read(objects, wanted, {}, { setAside: [ref('ConfigMap', 'hook')] })
    expect(names(live)).toEqual(['left', 'owned'])
    expect(live.extra[0]?.object).toEqual(objects[1])
    expect(paths).toHaveLength(1)
  })

  test('of other kinds only when asked for', async () => {
    const { live } = await read(
      objects,
      wanted,
      {},
      { extraKinds: ['secret', 'HorizontalPodAutoscaler.autoscaling'], setAside: [ref('ConfigMap', 'hook')] },
    )
    expect(names(live).toSorted()).toEqual(['h', 'left', 'old', 'owned'])
  })

  test('an object rendered in another version of its kind is not extra', async () => {
    const { live } = await read(
      objects,
      [ref('HorizontalPodAutoscaler', 'h', 'autoscaling/v1')],
      {},
      { extraKinds: ['HorizontalPodAutoscaler'] },
    )
    expect(names(live)).toEqual([])
  })

  test('a kind asked for that the cluster has not, or may not be listed, is noted', async () => {
    const { live } = await read(
      objects,
      [ref('ConfigMap', 'a')],
      { refusals: [{ verb: 'list', resource: 'secrets' }] },
      { extraKinds: ['Widget', 'Secret'] },
    )
    expect(kinds(live)).toEqual(['unknown-extra-kind', 'extra-objects-unseen'])
  })
})

test('a credential that is refused in the middle ends the reading', async () => {
  const refused: Fault = { status: 401, body: '{"kind":"Status","reason":"Unauthorized","code":401}' }
  await expect(
    read([configMap('a')], [ref('ConfigMap', 'a')], { fault: ({ path }) => (path.endsWith('/configmaps/a') ? refused : null) }),
  ).rejects.toThrow(/401 Unauthorized/)
})
