import { describe, expect, test } from 'vitest'
import { offerReverts } from '../../../src/explain/revert/offer.ts'
import type { JsonObject } from '../../../src/model.ts'
import { makeInput, offerOne, TARGET } from './make-input.ts'
import { readOps, runWords } from './run-words.ts'

const HOSTILE = `it's $(INJECTED) \`INJECTED\` "x" \\ \n--all <&>`

function deployment(spec: JsonObject, container: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }], ...container }] },
      },
      ...spec,
    },
  }
}
function config(data: JsonObject, more: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data, ...more }
}

describe('a field', () => {
  test('replicas are scaled back, by their number', () => {
    expect(offerOne({ desired: deployment({}), live: deployment({ replicas: 5 }) })).toMatchObject({
      command: 'kubectl --namespace=shop scale deployments.apps/web --current-replicas=5 --replicas=3',
      guard: 'It refuses if the replicas are not 5 any more.',
      restartsPods: false,
      costs: ['Takes 2 of 5 pods away.'],
    })
  })

  test('an added variable is taken out, if it still is what it was', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'DEBUG', value: 'true' },
    ]
    const offered = offerOne({ desired: deployment({}), live: deployment({}, { env }) })
    expect(offered).toMatchObject({ restartsPods: true, costs: ['Restarts 3 pods, a few at a time.'] })
    expect(readOps(runWords(offered.command!))).toEqual([
      { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'web' },
      { op: 'test', path: '/spec/template/spec/containers/0/env/1', value: { name: 'DEBUG', value: 'true' } },
      { op: 'remove', path: '/spec/template/spec/containers/0/env/1' },
    ])
  })

  test('of two variables that come back, each says that the command before it moves what it is guarded by', () => {
    const env = ['A', 'B', 'C'].map((name) => ({ name, value: '1' }))
    const desired = deployment({}, { env })
    const one = offerOne({ desired, live: deployment({}, { env: env.slice(0, 2) }) })
    expect(one.guard).toBe('It refuses if anything was added to its list or taken out of it since.')
    const input = makeInput([{ desired, live: deployment({}, { env: env.slice(0, 1) }) }])
    const guards = [...offerReverts({ ...input, workspace: '/w' }).values()].map(({ guard }) => guard)
    const both = `${one.guard} Another command for the same object counts as a change, too: check again before this one.`
    expect(guards).toEqual([both, both])
  })

  test('a removed variable comes back to its old place, if its list has the same names', () => {
    const env = ['A', 'B', 'C'].map((name) => ({ name, value: '1' }))
    const offered = offerOne({ desired: deployment({}, { env }), live: deployment({}, { env: [env[0]!, env[2]!] }) })
    const list = '/spec/template/spec/containers/0/env'
    expect(readOps(runWords(offered.command!))).toEqual([
      { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'web' },
      { op: 'test', path: `${list}/0/name`, value: 'A' },
      { op: 'test', path: `${list}/1/name`, value: 'C' },
      { op: 'test', path: `${list}/-1/name`, value: 'C' },
      { op: 'add', path: `${list}/1`, value: { name: 'B', value: '1' } },
    ])
  })

  test('a removed key is put back, if it is still gone', () => {
    const offered = offerOne({ desired: config({ a: '1', 'x/y~z': HOSTILE }), live: config({ a: '1' }) })
    expect(readOps(runWords(offered.command!))).toEqual([
      { op: 'test', path: '/data/x~1y~0z', value: null },
      { op: 'add', path: '/data/x~1y~0z', value: HOSTILE },
    ])
  })

  test('a map that somebody added goes as a whole, one that Git declares stays', () => {
    const offered = offerOne({ desired: deployment({}), live: deployment({}, { securityContext: { runAsUser: 0 } }) })
    expect(readOps(runWords(offered.command!)).at(-1)).toEqual({ op: 'remove', path: '/spec/template/spec/containers/0/securityContext' })
    const declared = offerOne({
      desired: deployment({}, { securityContext: {} }),
      live: deployment({}, { securityContext: { runAsUser: 0 } }),
    })
    expect(readOps(runWords(declared.command!)).at(-1)).toEqual({
      op: 'remove',
      path: '/spec/template/spec/containers/0/securityContext/runAsUser',
    })
  })

  test('of two variables of one name, the one that changed is meant', () => {
    const [first, second] = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ]
    const offered = offerOne({
      desired: deployment({}, { env: [first, second] }),
      live: deployment({}, { env: [first, { name: 'A', value: '9' }] }),
    })
    expect(readOps(runWords(offered.command!)).at(-1)).toEqual({
      op: 'replace',
      path: '/spec/template/spec/containers/0/env/1/value',
      value: '2',
    })
  })

  test('values keep every digit and their sort', () => {
    const widget = (spec: JsonObject): JsonObject => ({ apiVersion: 'lab.example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec })
    const offered = offerOne({ desired: widget({ size: 12345678901234567890n }), live: widget({ size: 1 }) })
    expect(offered.command).toContain('"value":12345678901234567890}')
    const text = offerOne({ desired: config({ port: '0080' }), live: config({ port: '80' }) })
    expect(readOps(runWords(text.command!))).toContainEqual({ op: 'replace', path: '/data/port', value: '0080' })
  })

  test('fields of which the API server refuses one alone are set back together', () => {
    const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
    const offered = offerOne({
      desired: deployment({ strategy: { type: 'Recreate' } }),
      live: deployment({ strategy: { ...rolling, rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } }),
    })
    const ops = readOps(runWords(offered.command!))
    expect(ops.filter(({ op }) => op !== 'test')).toEqual([
      { op: 'replace', path: '/spec/strategy/type', value: 'Recreate' },
      { op: 'remove', path: '/spec/strategy/rollingUpdate' },
    ])
    expect(offered.summary).toContain('only go together')
  })

  test('a minimum above the maximum goes down with it', () => {
    const scaler = (minReplicas: number, maxReplicas: number): JsonObject => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas, maxReplicas },
    })
    const paths = (live: JsonObject) =>
      [...offerReverts(makeInput([{ desired: scaler(2, 4), live }])).values()].map(({ command }) =>
        readOps(runWords(command!)).flatMap(({ op, path }) => (op === 'test' ? [] : [path.slice('/spec/'.length)])),
      )
    expect(paths(scaler(6, 9)).toSorted()).toEqual([['maxReplicas', 'minReplicas'], ['minReplicas']])
    expect(paths(scaler(3, 9)).toSorted()).toEqual([['maxReplicas'], ['minReplicas']])
  })
})

describe('a command for a shell', () => {
  test('hostile values and names are words, whatever they hold', () => {
    const role = (verbs: readonly string[]): JsonObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: "-x'$(INJECTED)" },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
    })
    const target = { ...TARGET, context: 'prod; INJECTED $(INJECTED)' }
    const offered = offerOne({ desired: role(['get']), live: role(['get', HOSTILE]) }, { target })
    const words = runWords(offered.command!)
    expect(words.slice(0, 3)).toEqual([
      '--context=prod; INJECTED $(INJECTED)',
      'patch',
      "clusterroles.rbac.authorization.k8s.io/-x'$(INJECTED)",
    ])
    expect(readOps(words)[0]).toEqual({ op: 'test', path: '/rules/0/verbs', value: ['get', HOSTILE] })
  })

  test('nothing in it is invisible', () => {
    const offered = offerOne({ desired: config({ a: '1' }), live: config({ a: 'x\u202e\u200b\u001b[31m\u0007' }) })
    expect(offered.command).toContain('x\\u202e\\u200b\\u001b[31m\\u0007')
    expect(readOps(runWords(offered.command!))[0]).toMatchObject({ value: 'x\u202e\u200b\u001b[31m\u0007' })
  })

  test('objects of other namespaces are named there, and a version where there are several', () => {
    const elsewhere = config({ a: '1' }, { metadata: { name: 'settings', namespace: 'elsewhere' } })
    const offered = offerOne({ desired: elsewhere, live: { ...elsewhere, data: { a: '2' } } })
    expect(offered.command).toMatch(/^kubectl --namespace=elsewhere patch configmaps\/settings /)
  })
})

describe('what must not stand in a command', () => {
  const secret = (data: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, data })
  const GIT = 'Z2l0LXNlY3JldC12YWx1ZQ=='
  const LIVE = 'bGl2ZS1zZWNyZXQtdmFsdWU='

  test('a secret that somebody added is taken out by its key, guarded by the version', () => {
    const offered = offerOne({ desired: secret({ a: GIT }), live: secret({ a: GIT, b: LIVE }) })
    expect(JSON.stringify(offered.command)).not.toContain(LIVE)
    expect(readOps(runWords(offered.command!))).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '4711' },
      { op: 'remove', path: '/data/b' },
    ])
  })

  test("Git's secret comes from a render, in a pipe", () => {
    const { finding: _, ...offered } = offerOne({ desired: secret({ a: GIT }), live: secret({ a: LIVE }) })
    expect(JSON.stringify(offered)).not.toMatch(new RegExp(`${GIT}|${LIVE}`))
    expect(offered.command).toBe(
      'helm template shop ./charts/shop --namespace=shop --values=./charts/dev.yaml --kube-version=v1.34.4 --is-upgrade --no-hooks --show-only=templates/0.yaml | kubectl --namespace=shop patch secrets/keys --type=strategic --patch-file=/dev/stdin',
    )
    expect(offered.guard).toBeUndefined()
  })

  test('not if the render would do more', () => {
    const live = secret({ a: LIVE })
    const unstable = [{ path: [{ field: 'data' }, { field: 'z' }], why: 'random' as const, rendered: [] }]
    expect(offerOne({ desired: secret({ a: GIT }), live, more: { unstable } }).command).toBeUndefined()
    const two = makeInput([{ desired: secret({ a: GIT, b: GIT }), live: secret({ a: LIVE, b: LIVE }) }])
    expect(two.findings).toHaveLength(2)
  })

  test('a value as long as a file comes from a render too', () => {
    const offered = offerOne({ desired: config({ a: 'x'.repeat(20_000) }), live: config({ a: 'y'.repeat(20_000) }) })
    expect(offered.command!.length).toBeLessThan(1000)
    const short = offerOne({ desired: config({ a: 'x' }), live: config({ a: 'y'.repeat(20_000) }) })
    expect(readOps(runWords(short.command!))).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '4711' },
      { op: 'replace', path: '/data/a', value: 'x' },
    ])
  })

  test('nor what Git alone does not settle', () => {
    const unstable = [{ path: [{ field: 'data' }, { field: 'a' }], why: 'deploy-time' as const, rendered: ['plumbline-1', 'plumbline-2'] }]
    const fieldsV1 = { 'f:data': { 'f:a': {} } }
    const entries = [
      { manager: 'kubectl-edit', operation: 'Update', apiVersion: 'v1', time: '2026-11-24T11:00:00Z', fieldsType: 'FieldsV1', fieldsV1 },
    ]
    const offered = offerOne({ desired: config({ a: 'plumbline-1' }), live: config({ a: 'y' }), more: { unstable }, entries })
    expect(offered.command).toBeUndefined()
    expect(offered.summary).toContain('does not settle')
  })
})

describe('what cannot be set back in place', () => {
  test('an immutable object, and a volume that has grown', () => {
    const offered = offerOne({ desired: config({}), live: config({}, { immutable: true }) })
    expect(offered).toMatchObject({
      summary: expect.stringContaining('has to be deleted and made again'),
      costs: ['Pods that start meanwhile wait for it.'],
    })
    expect(offered.command).toBeUndefined()
    const claim = (storage: string): JsonObject => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { resources: { requests: { storage } } },
    })
    expect(offerOne({ desired: claim('1Gi'), live: claim('2Gi') }).command).toBeUndefined()
    expect(offerOne({ desired: claim('2Gi'), live: claim('1Gi') }).command).toBeDefined()
  })
})

describe('what it costs', () => {
  const change = (spec: JsonObject, kind = 'Deployment') => {
    const [one, other] = [deployment(spec), deployment(spec, { image: 'web:2' })].map((object) => ({ ...object, kind }))
    return offerOne({ desired: one!, live: other! })
  }
  test.each([
    [{}, true, 'Restarts 3 pods, a few at a time.'],
    [{ replicas: 1 }, true, 'Restarts 1 pod.'],
    [{ replicas: 0 }, false, 'No pod runs that it could restart.'],
    [{ strategy: { type: 'Recreate' } }, true, 'Stops 3 pods before new ones start.'],
    [{ paused: true }, false, 'The rollout is paused: the pods stay as they are until somebody resumes it.'],
  ])('a Deployment with %j', (spec, restartsPods, cost) => {
    expect(change(spec as JsonObject)).toMatchObject({ restartsPods, costs: [cost] })
  })
  test.each([
    [{ updateStrategy: { type: 'OnDelete' } }, false, 'Its pods stay as they are until somebody deletes them (OnDelete).'],
    [{ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } }, true, 'Restarts its pods from number 2 on.'],
    [{}, true, 'Restarts 3 pods, one after the other.'],
  ])('a StatefulSet with %j', (spec, restartsPods, cost) => {
    expect(change(spec as JsonObject, 'StatefulSet')).toMatchObject({ restartsPods, costs: [cost] })
  })
})

describe('a whole object', () => {
  test('a missing one is made again as helm makes it, and marked', () => {
    const offered = offerOne({ desired: config({ a: HOSTILE }), live: null })
    expect(offered.command).toMatch(/ \| kubectl --namespace=shop create --field-manager=helm --filename=-$/)
    const [made] = runWords(
      offered
        .command!.replace(/ \| kubectl.*$/s, '')
        .replace('printf', 'kubectl')
        .replace("'%s\\n' ", ''),
    )
    expect(JSON.parse(made!)).toMatchObject({ data: { a: HOSTILE }, metadata: { annotations: { 'meta.helm.sh/release-name': 'shop' } } })
    expect(offerOne({ desired: config({}), live: null }, { delivery: 'helm-server-side' }).command).toContain(
      'apply --server-side --field-manager=helm',
    )
  })

  test('what changes with each render is left to the next deploy, so that the command stays the same', () => {
    const object = config({ a: '1' }, { metadata: { name: 'settings', annotations: { sum: 'random-1' } } })
    const path = [{ field: 'metadata' }, { field: 'annotations' }, { field: 'sum' }]
    const unstable = [{ path, why: 'random' as const, rendered: ['random-1', 'random-2'] }]
    const offered = offerOne({ desired: object, live: null, more: { unstable } })
    expect(offered.command).toContain('"sum":"set-by-the-next-deploy"')
    expect(offered.command).not.toContain('random-1')
    const data = [{ ...unstable[0]!, path: [{ field: 'data' }, { field: 'a' }] }]
    expect(offerOne({ desired: object, live: null, more: { unstable: data } }).command).toBeUndefined()
  })

  test('a missing Secret goes through a render, and its values nowhere', () => {
    const secret: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { token: 'do-not-tell' } }
    const { finding: _, ...offered } = offerOne({ desired: secret, live: null })
    expect(JSON.stringify(offered)).not.toContain('do-not-tell')
    expect(offered.command).toMatch(/^helm template .* \| kubectl label .* \| kubectl annotate .* \| kubectl --namespace=shop create /)
  })

  test('an extra one is deleted only if it is still that one', () => {
    const offered = offerOne({ desired: null, live: config({ a: '1' }, { metadata: { name: 'lab extra' } }) })
    expect(offered.command).toMatch(/\| kubectl delete --raw=\/api\/v1\/namespaces\/shop\/configmaps\/lab%20extra --filename=-$/)
    expect(offered.command).toContain('"preconditions":{"uid":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","resourceVersion":"4711"}')
  })
})

describe('the release of a field', () => {
  test('is offered where the next deploy applies on the server, and what was taken out leaves nothing', () => {
    const pair = { desired: config({ a: '1' }), live: config({ a: '2' }) }
    const offered = offerOne(pair, { delivery: 'helm-server-side' })
    expect(offered.command).toContain('--field-manager=plumbline-revert')
    expect(offered.release?.command).toContain('eq $e.manager "plumbline-revert"')
    expect(offerOne(pair).release).toBeUndefined()
    const added = offerOne({ desired: config({ a: '1' }), live: config({ a: '1', b: '2' }) }, { delivery: 'helm-server-side' })
    expect(added.release).toBeUndefined()
  })
})
