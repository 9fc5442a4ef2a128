import { describe, expect, test } from 'vitest'
import { setAt } from '../../../src/compare/json.ts'
import { ANY } from '../../../src/compare/schema/any.ts'
import type { DecisionInput } from '../../../src/explain/decision-input.ts'
import { explainTarget } from '../../../src/explain/explain.ts'
import { foretellBy, foretellFates } from '../../../src/explain/fate/foretell.ts'
import type { Delivery, DesiredObject, Json, JsonObject, Target } from '../../../src/model.ts'
import { makeDesired, makeEntry, makeHistory, makeLive, makeLiveObject, pathOf } from '../../make-live.ts'

const rules = { deployers: [], controllers: [] }
const target: Target = {
  ...{ name: 'shop', release: 'shop', namespace: 'prod', source: { type: 'manifests', path: '/' }, context: null },
  ...{ persistRuns: 2, persistMinutes: 0, extraKinds: [] },
}
const container = 'spec.template.spec.containers[name=shop]'
const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'prod', labels: { app: 'shop' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: {
        nodeSelector: { disk: 'ssd' },
        containers: [
          {
            name: 'shop',
            image: 'shop:1',
            args: ['serve'],
            env: [{ name: 'LOG', value: 'info' }],
            livenessProbe: { httpGet: { port: 80 } },
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
    },
  },
}
const widget: JsonObject = {
  apiVersion: 'lab.example.com/v1',
  kind: 'Widget',
  metadata: { name: 'shop', namespace: 'prod' },
  spec: { size: 3 },
}
const service: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'prod' },
  spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }] },
}

type Edit = { readonly path: string; readonly value: Json | undefined; readonly subresource?: string }

function makeInput(object: JsonObject, edits: readonly Edit[], delivery: Delivery, more: Partial<DesiredObject> = {}): DecisionInput {
  const operation = delivery === 'helm-server-side' ? 'Apply' : 'Update'
  const written = edits.filter(({ value }) => value !== undefined)
  const bare: JsonObject = { apiVersion: object.apiVersion ?? '', kind: object.kind ?? '', metadata: object.metadata ?? {} }
  const apply = (start: JsonObject, some: readonly Edit[]) =>
    some.reduce<JsonObject>((done, { path, value }) => setAt(done, pathOf(path), value) as JsonObject, start)
  const marks = {
    annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod' },
    labels: { ...((object.metadata as JsonObject).labels as JsonObject | undefined), 'app.kubernetes.io/managed-by': 'Helm' },
  }
  const stored = { ...object, metadata: { ...(object.metadata as JsonObject), ...marks } }
  // Who writes over a value takes it from the one who had it.
  const left = apply(
    stored,
    edits.map(({ path }) => ({ path, value: undefined })),
  )
  const entries = [
    makeEntry('helm', operation, left),
    ...written.map((edit) => {
      const { metadata: _, ...own } = apply(bare, [edit])
      return makeEntry(
        'kubectl',
        'Update',
        edit.path.startsWith('metadata') ? apply(bare, [edit]) : own,
        edit.subresource === undefined ? {} : { subresource: edit.subresource },
      )
    }),
  ]
  const desired = [makeDesired(object, more)]
  const live = makeLive([[desired[0]!, makeLiveObject(apply(stored, edits), entries)]])
  const findSchema = () => ANY
  const history = makeHistory({ record: [object], delivery: delivery === 'helm-server-side' ? delivery : 'helm-client-side' })
  const explained = explainTarget({ target, desired, live, rules, findSchema, history, isSecret: () => false })
  const info = { kubeVersion: 'v1.34.4', resources: [], staleGroups: [] }
  const { findings, sides } = explained
  return {
    target,
    desired,
    live,
    findings,
    sides,
    delivery,
    rules,
    findSchema,
    info,
    record: null,
    isSecret: () => false,
    now: '2026-11-24T00:00:00Z',
  }
}

function nextOf(object: JsonObject, edits: readonly Edit[], delivery: Delivery): readonly (string | undefined)[] {
  return foretellFates(makeInput(object, edits, delivery)).findings.map(({ fate }) => fate?.next)
}

describe('the fate of an edit, by the way the release was last applied', () => {
  test.each([
    ['a declared value changed', deployment, [{ path: 'spec.replicas', value: 5, subresource: 'scale' }], ['reverted'], ['blocks-deploy']],
    ['a declared value removed', deployment, [{ path: `${container}.env[name=LOG]`, value: undefined }], ['reverted'], ['reverted']],
    [
      'an element added',
      deployment,
      [{ path: `${container}.env[name=DEBUG]`, value: { name: 'DEBUG', value: 'true' } }],
      ['kept'],
      ['kept'],
    ],
    ['a declared list added to', deployment, [{ path: `${container}.args`, value: ['serve', '-v'] }], ['reverted'], ['blocks-deploy']],
    [
      'a key added to a map that merges as one value',
      deployment,
      [{ path: 'spec.template.spec.nodeSelector', value: { disk: 'ssd', zone: 'a' } }],
      ['kept'],
      ['blocks-deploy'],
    ],
    [
      'another handler in a probe',
      deployment,
      [{ path: `${container}.livenessProbe`, value: { tcpSocket: { port: 80 } } }],
      ['blocks-deploy', 'blocks-deploy'],
      ['blocks-deploy', 'blocks-deploy'],
    ],
    [
      'another type of a volume',
      deployment,
      [{ path: 'spec.template.spec.volumes[name=tmp]', value: { name: 'tmp', hostPath: { path: '/x' } } }],
      ['reverted', 'reverted'],
      ['blocks-deploy', 'blocks-deploy'],
    ],
    [
      'a selector that cannot be changed back',
      deployment,
      [{ path: 'spec.selector.matchLabels.app', value: 'other' }],
      ['blocks-deploy'],
      ['blocks-deploy'],
    ],
    ['a custom resource', widget, [{ path: 'spec.size', value: 4 }], ['kept'], ['blocks-deploy']],
    ['an addition to a custom resource', widget, [{ path: 'spec.color', value: 'red' }], ['kept'], ['kept']],
    [
      'a service made public',
      service,
      [
        { path: 'spec.type', value: 'NodePort' },
        { path: 'spec.ports[port=80,protocol=TCP].nodePort', value: 30000 },
      ],
      ['reverted', 'reverted'],
      ['blocks-deploy', 'reverted'],
    ],
  ] as const)('%s', (_, object, edits, clientSide, serverSide) => {
    expect(nextOf(object, edits, 'helm-client-side').toSorted()).toEqual([...clientSide].toSorted())
    expect(nextOf(object, edits, 'helm-server-side').toSorted()).toEqual([...serverSide].toSorted())
  })

  test('the conflict, as the API server words it: one in a line, several by their managers', () => {
    const scaled = { path: 'spec.replicas', value: 5, subresource: 'scale' }
    const one = foretellFates(makeInput(deployment, [scaled], 'helm-server-side'))
    const line = 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas'
    expect(one.findings[0]?.fate?.conflict).toBe(line)
    expect(one.messages[0]?.text).toBe(
      `conflict occurred while applying object prod/shop apps/v1, Kind=Deployment: Apply failed with 1 conflict: ${line}`,
    )
    const two = foretellFates(makeInput(deployment, [{ path: `${container}.image`, value: 'shop:2' }, scaled], 'helm-server-side'))
    expect(two.messages[0]?.text).toBe(
      'conflict occurred while applying object prod/shop apps/v1, Kind=Deployment: Apply failed with 2 conflicts: ' +
        'conflicts with "kubectl" with subresource "scale" using apps/v1:\n- .spec.replicas\n' +
        'conflicts with "kubectl" using apps/v1:\n- .spec.template.spec.containers[name="shop"].image',
    )
    for (const { fate } of two.findings) expect(two.messages[0]?.text).toContain(fate?.conflict)
  })

  test('a definition of crds/ is left alone, and what the chart makes up cannot be foretold', () => {
    const edits = [{ path: 'spec.replicas', value: 5 }]
    const fateOf = (more: Partial<DesiredObject>) =>
      foretellBy('client-side', makeInput(deployment, edits, 'helm-client-side', more)).findings[0]?.fate?.next
    expect(fateOf({ fromCrds: true })).toBe('none')
    expect(fateOf({ unstable: [{ path: pathOf('spec.replicas'), why: 'random', rendered: [3, 4] }] })).toBe('unknown')
  })

  test.each([
    ['argocd', 'reverted', 'likely'],
    ['flux', 'reverted', 'likely'],
    ['kubectl', 'unknown', 'uncertain'],
    ['unknown', 'unknown', 'uncertain'],
  ] as const)('%s was not measured: %s, %s', (delivery, next, confidence) => {
    const { findings } = foretellFates(makeInput(widget, [{ path: 'spec.size', value: 4 }], delivery))
    expect(findings.map(({ fate }) => fate)).toMatchObject([{ next, confidence }])
  })

  test('a field set back by hand stays owned: a note, and no conflict yet', () => {
    const input = makeInput(deployment, [{ path: 'spec.replicas', value: 3, subresource: 'scale' }], 'helm-server-side')
    const { findings, notes, messages } = foretellFates(input)
    expect(findings).toEqual([])
    expect(messages).toEqual([])
    expect(notes).toMatchObject([{ kind: 'latent-conflict', path: 'spec.replicas', message: expect.stringContaining('kubectl (scale)') }])
  })
})
