import { describe, expect, test } from 'vitest'
import { setAt } from '../../src/compare/json.ts'
import { type ExplainInput, explainTarget } from '../../src/explain/explain.ts'
import type { History } from '../../src/explain/history.ts'
import type { DesiredObject, Json, JsonObject, Path } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { makeDesired, makeEntry, makeHistory, makeLive, makeLiveObject, pathOf } from '../make-live.ts'

const target = { name: 'shop', release: 'shop', namespace: 'prod' }
const helmMetadata = {
  labels: { app: 'shop', 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod' },
}
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'prod', labels: { app: 'shop' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: {
        containers: [
          {
            name: 'shop',
            image: 'shop:1',
            args: ['serve'],
            env: [{ name: 'LOG', value: 'info' }],
            ports: [{ containerPort: 80 }],
            resources: { limits: { cpu: '1000m' } },
          },
        ],
      },
    },
  },
}
const container: Path = pathOf('spec.template.spec.containers[name=shop]')
/** What the API server makes of it: defaults filled in, quantities rewritten. */
const defaulted = [
  ['spec.progressDeadlineSeconds', 600],
  ['spec.strategy', { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }],
  ['spec.template.spec.restartPolicy', 'Always'],
  ['spec.template.spec.securityContext', {}],
  ['spec.template.spec.containers[name=shop].imagePullPolicy', 'IfNotPresent'],
  ['spec.template.spec.containers[name=shop].ports[containerPort=80,protocol=TCP].protocol', 'TCP'],
  ['spec.template.spec.containers[name=shop].resources.limits.cpu', '1'],
] as const
const stored = defaulted.reduce<JsonObject>((object, [path, value]) => setAt(object, pathOf(path), value) as JsonObject, {
  ...deployment,
  metadata: { ...deployment.metadata, ...helmMetadata },
})

type Edit = {
  readonly path: string
  readonly value: Json | undefined
  readonly by?: string
  readonly operation?: 'Apply' | 'Update'
  readonly subresource?: string
}

/** The live object after an edit: the value is there, and the editor's entry owns it. */
function edit(
  object: JsonObject,
  { path, value, by, operation = 'Update', subresource }: Edit,
): { object: JsonObject; entries: JsonObject[] } {
  const at = pathOf(path)
  const sent = setAt({ apiVersion: 'apps/v1', kind: 'Deployment' }, at, value) as JsonObject
  const more = { time: '2026-11-23T14:50:36Z', ...(subresource === undefined ? {} : { subresource }) }
  return {
    object: setAt(object, at, value) as JsonObject,
    entries: by === undefined || value === undefined ? [] : [makeEntry(by, operation, sent, more)],
  }
}

/** Who deployed: Helm 3 owns the defaults of what it created too, Helm 4 only what it applied. */
const deploys = {
  'helm-client-side': (removed: readonly Path[]) => makeEntry('helm', 'Update', without(stored, removed)),
  'helm-server-side': (removed: readonly Path[]) =>
    makeEntry('helm', 'Apply', without({ ...deployment, metadata: { ...deployment.metadata, ...helmMetadata } }, removed)),
}

/** What is removed has no owner any more: the API server takes it out of every record. */
function without(object: JsonObject, paths: readonly Path[]): JsonObject {
  return paths.reduce<JsonObject>((rest, path) => setAt(rest, path, undefined) as JsonObject, object)
}

function explain(
  delivery: keyof typeof deploys,
  edits: readonly Edit[],
  more: Partial<ExplainInput> & { desired?: readonly DesiredObject[] } = {},
) {
  const edited = edits.reduce<{ object: JsonObject; entries: JsonObject[] }>(
    (state, one) => {
      const next = edit(state.object, one)
      return { object: next.object, entries: [...state.entries, ...next.entries] }
    },
    { object: stored, entries: [deploys[delivery](edits.filter(({ value }) => value === undefined).map(({ path }) => pathOf(path)))] },
  )
  const [first = makeDesired(deployment), ...others] = more.desired ?? [makeDesired(deployment)]
  const live = makeLive([[first, makeLiveObject(edited.object, edited.entries)]])
  return explainTarget({
    target,
    rules: { deployers: [], controllers: [] },
    history: null,
    isSecret: () => false,
    ...more,
    desired: [first, ...others],
    live,
  })
}

function summarize(explanation: ReturnType<typeof explain>) {
  return explanation.findings.map(({ path, change, cause, confidence, drift, evidence }) => ({
    path: formatPath(path),
    change,
    cause,
    confidence,
    drift,
    by: evidence.manager,
  }))
}

describe.each(Object.keys(deploys) as (keyof typeof deploys)[])('%s', (delivery) => {
  test('an untouched release has no finding, and its delivery is seen', () => {
    const explanation = explain(delivery, [])
    expect(explanation.findings).toEqual([])
    expect(explanation.delivery).toBe(delivery)
    expect(explanation.defaulted).toBeGreaterThanOrEqual(6)
  })

  test('the story: scaled by hand, and an extra environment variable', () => {
    const explanation = explain(delivery, [
      { path: 'spec.replicas', value: 5, by: 'kubectl', subresource: 'scale' },
      { path: `${formatPath(container)}.env[name=DEBUG]`, value: { name: 'DEBUG', value: 'true' }, by: 'kubectl-set' },
    ])
    expect(explanation.findings).toMatchObject([
      {
        change: 'changed',
        desired: 3,
        live: 5,
        cause: 'manual',
        evidence: { manager: 'kubectl', subresource: 'scale' },
        pattern: 'scaled',
      },
      {
        change: 'added',
        live: { name: 'DEBUG', value: 'true' },
        cause: 'manual',
        evidence: { manager: 'kubectl-set' },
        pattern: 'env-injected',
      },
    ])
    expect(explanation.findings[1]?.path).toEqual([...container, { field: 'env' }, { key: { name: 'DEBUG' } }])
    expect(explanation.findings.every((finding) => finding.drift && finding.confidence === 'certain')).toBe(true)
  })

  test.each<[string, Edit, ReturnType<typeof summarize>[number] | null]>([
    [
      'set by hand, and back to the default: the cluster is as it would be without',
      { path: 'spec.template.spec.terminationGracePeriodSeconds', value: 30, by: 'kubectl-patch' },
      null,
    ],
    [
      'what nothing declares, set by hand to another value than the default',
      { path: 'spec.template.spec.terminationGracePeriodSeconds', value: 31, by: 'kubectl-patch' },
      {
        path: 'spec.template.spec.terminationGracePeriodSeconds',
        change: 'added',
        cause: 'manual',
        confidence: 'certain',
        drift: true,
        by: 'kubectl-patch',
      },
    ],
    [
      'an added sidecar is one finding',
      {
        path: 'spec.template.spec.containers[name=spy]',
        value: { name: 'spy', image: 'spy:2', imagePullPolicy: 'IfNotPresent' },
        by: 'kubectl-edit',
      },
      {
        path: 'spec.template.spec.containers[name=spy]',
        change: 'added',
        cause: 'manual',
        confidence: 'certain',
        drift: true,
        by: 'kubectl-edit',
      },
    ],
    [
      'an atomic list is one value',
      { path: `${formatPath(container)}.args`, value: ['serve', '--verbose'], by: 'kubectl-edit' },
      { path: `${formatPath(container)}.args`, change: 'changed', cause: 'manual', confidence: 'certain', drift: true, by: 'kubectl-edit' },
    ],
    [
      'a label',
      { path: 'metadata.labels.team', value: 'blue', by: 'kubectl-label' },
      { path: 'metadata.labels.team', change: 'added', cause: 'manual', confidence: 'certain', drift: true, by: 'kubectl-label' },
    ],
    [
      'a stranger is unknown, and drift',
      { path: 'spec.replicas', value: 9, by: 'my-operator' },
      { path: 'spec.replicas', change: 'changed', cause: 'unknown', confidence: 'uncertain', drift: true, by: 'my-operator' },
    ],
    [
      'what nobody owns came in through admission, and is no drift',
      { path: 'metadata.annotations["sidecar.example.com/injected"]', value: 'yes' },
      {
        path: 'metadata.annotations["sidecar.example.com/injected"]',
        change: 'added',
        cause: 'admission',
        confidence: 'uncertain',
        drift: false,
        by: null,
      },
    ],
    [
      'a restart is told, and is no drift',
      {
        path: 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
        value: '2026-11-23T14:00:00Z',
        by: 'kubectl-rollout',
      },
      {
        path: 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
        change: 'added',
        cause: 'manual',
        confidence: 'certain',
        drift: false,
        by: 'kubectl-rollout',
      },
    ],
    [
      'the deployment controller keeps its revision',
      {
        path: 'metadata.annotations["deployment.kubernetes.io/revision"]',
        value: '4',
        by: 'kube-controller-manager',
        subresource: 'status',
      },
      null,
    ],
    [
      'the same annotation by a person is a finding',
      { path: 'metadata.annotations["deployment.kubernetes.io/revision"]', value: '4', by: 'kubectl-annotate' },
      {
        path: 'metadata.annotations["deployment.kubernetes.io/revision"]',
        change: 'added',
        cause: 'manual',
        confidence: 'certain',
        drift: true,
        by: 'kubectl-annotate',
      },
    ],
    [
      'a quantity spelled differently is the same',
      { path: `${formatPath(container)}.resources.limits.cpu`, value: '1', by: 'kubectl-edit' },
      null,
    ],
    [
      'a quantity that differs is not',
      { path: `${formatPath(container)}.resources.limits.cpu`, value: '1001m', by: 'kubectl-edit' },
      {
        path: `${formatPath(container)}.resources.limits.cpu`,
        change: 'changed',
        cause: 'manual',
        confidence: 'certain',
        drift: true,
        by: 'kubectl-edit',
      },
    ],
    [
      'who removed a field is not recorded',
      { path: `${formatPath(container)}.env[name=LOG]`, value: undefined },
      {
        path: `${formatPath(container)}.env[name=LOG]`,
        change: 'removed',
        cause: 'unknown',
        confidence: 'uncertain',
        drift: true,
        by: null,
      },
    ],
  ])('%s', (_, change, expected) => {
    const found = summarize(explain(delivery, [change]))
    expect(found).toEqual(expected === null ? [] : [expected])
  })

  test('the manifest of the last deploy tells an undeployed commit from a removal by hand', () => {
    const path = `${formatPath(container)}.env[name=LOG]`
    const removed = [{ path, value: undefined }]
    const before = setAt(deployment, pathOf(path), undefined) as JsonObject
    expect(summarize(explain(delivery, removed, { history: makeHistory({ record: [before], delivery }) }))).toMatchObject([
      { cause: 'undeployed', drift: false },
    ])
    expect(summarize(explain(delivery, removed, { history: makeHistory({ record: [deployment], delivery }) }))).toMatchObject([
      { cause: 'manual', drift: true },
    ])
    expect(explain(delivery, removed).needsHistory).toBe(true)
  })

  test('an autoscaler moves replicas within the bounds that the chart gives it', () => {
    const scaler = makeDesired({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'shop', namespace: 'prod' },
      spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { kind: 'Deployment', name: 'shop' } },
    })
    const scaled = (replicas: number) => [{ path: 'spec.replicas', value: replicas, by: 'kube-controller-manager', subresource: 'scale' }]
    const desired = [makeDesired(deployment), scaler]
    expect(summarize(explain(delivery, scaled(5), { desired }))).toMatchObject([{ cause: 'controller', drift: false }])
    expect(summarize(explain(delivery, scaled(7), { desired }))).toMatchObject([{ cause: 'unknown', drift: true }])
    expect(summarize(explain(delivery, scaled(5)))).toMatchObject([{ cause: 'unknown', drift: true }])
  })

  test('what changes from render to render is not compared, but its owner is still asked', () => {
    const path = pathOf(`${formatPath(container)}.image`)
    const desired = [makeDesired(deployment, { unstable: [{ path, why: 'random', rendered: ['shop:1', 'shop:2'] }] })]
    const image = { path: formatPath(path), value: 'shop:3' }
    expect(summarize(explain(delivery, [image], { desired }))).toEqual([])
    expect(summarize(explain(delivery, [{ ...image, by: 'kubectl-set' }], { desired }))).toMatchObject([
      { cause: 'manual', change: 'changed' },
    ])
  })
})

describe('found by trying to get past it', () => {
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'a', namespace: 'prod' },
    imagePullSecrets: [{ name: 'x' }],
  }
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, rules: [{ verbs: ['get'] }] }

  /** These live objects go without what Helm adds to all of them. */
  function withoutMarks(found: ReturnType<typeof summarize>) {
    return found.filter(({ path }) => !path.startsWith('metadata.'))
  }

  function explainOne(declared: JsonObject, live: JsonObject, entries: readonly JsonObject[], history: History | null = null) {
    const desired = [makeDesired(declared)] as const
    const rules = { deployers: [], controllers: [] }
    return summarize(
      explainTarget({
        target,
        desired,
        live: makeLive([[desired[0], makeLiveObject(live, entries)]]),
        rules,
        history,
        isSecret: () => false,
      }),
    )
  }

  test('scaling what declares no replicas, which leaves no record under server-side apply', () => {
    const declared = setAt(deployment, pathOf('spec.replicas'), undefined) as JsonObject
    const live = setAt(declared, pathOf('spec.replicas'), 5) as JsonObject
    const found = explainOne(declared, live, [makeEntry('helm', 'Apply', declared)]).filter(({ path }) => path === 'spec.replicas')
    expect(found).toMatchObject([{ cause: 'unknown', drift: true }])
    const defaulted = setAt(declared, pathOf('spec.replicas'), 1) as JsonObject
    expect(explainOne(declared, defaulted, [makeEntry('helm', 'Apply', declared)]).filter(({ path }) => path === 'spec.replicas')).toEqual(
      [],
    )
  })

  test('an allocated field that a person wrote', () => {
    const live = { ...account, secrets: [{ name: 'evil' }] }
    const byHand = makeEntry('kubectl-patch', 'Update', { apiVersion: 'v1', kind: 'ServiceAccount', secrets: [{ name: 'evil' }] })
    expect(withoutMarks(explainOne(account, live, [makeEntry('helm', 'Apply', account), byHand]))).toMatchObject([
      { cause: 'manual', drift: true },
    ])
  })

  test('a controller’s name on a role that declares no aggregation', () => {
    const forged = makeEntry('clusterrole-aggregation-controller', 'Apply', { apiVersion: role.apiVersion, kind: role.kind, rules: [] })
    const live = { ...role, rules: [{ verbs: ['*'] }] }
    expect(
      withoutMarks(explainOne(role, live, [makeEntry('helm', 'Apply', { ...role, rules: undefined as unknown as Json }), forged])),
    ).toMatchObject([{ cause: 'unknown', drift: true }])
    const aggregated = { ...role, aggregationRule: { clusterRoleSelectors: [] } }
    expect(withoutMarks(explainOne(aggregated, { ...live, aggregationRule: aggregated.aggregationRule }, [forged]))).toMatchObject([
      { cause: 'controller', drift: false },
    ])
  })

  test('a probe removed by hand, of which a zero that was never stored stays on record', () => {
    const probe = `${formatPath(container)}.livenessProbe`
    const declared = setAt(deployment, pathOf(probe), { initialDelaySeconds: 0, failureThreshold: 5 }) as JsonObject
    const left = setAt(deployment, pathOf(probe), { initialDelaySeconds: 0 }) as JsonObject
    const found = withoutMarks(explainOne(declared, deployment, [makeEntry('helm', 'Apply', left)], makeHistory({ record: [declared] })))
    expect(found).toMatchObject([{ path: probe, change: 'removed', cause: 'manual' }])
    // Still on record in full: the API server never kept it.
    const dropped = explainOne(declared, deployment, [makeEntry('helm', 'Apply', declared)], makeHistory({ record: [declared] }))
    expect(withoutMarks(dropped)).toEqual([])
  })

  test('Helm’s own marks removed by hand are not an undeployed commit', () => {
    const marked = { ...account, metadata: { ...account.metadata, ...helmMetadata, labels: { 'app.kubernetes.io/managed-by': 'Helm' } } }
    const live = setAt(marked, pathOf('metadata.annotations["meta.helm.sh/release-name"]'), undefined) as JsonObject
    const history = makeHistory({ record: [marked as JsonObject] })
    expect(explainOne(account, live, [makeEntry('helm', 'Apply', live)], history)).toMatchObject([
      { change: 'removed', cause: 'manual', drift: true },
    ])
  })

  test('a saved state without managedFields raises no alarm about what deployers and controllers always write', () => {
    const live = setAt(stored, pathOf('metadata.annotations["deployment.kubernetes.io/revision"]'), '1') as JsonObject
    expect(explainOne(deployment, live, [])).toEqual([])
    expect(explainOne(deployment, setAt(live, pathOf('spec.replicas'), 5) as JsonObject, [])).toMatchObject([
      { path: 'spec.replicas', drift: true },
    ])
  })

  test('an empty struct that the deployer left owns nothing of what is filled into it', () => {
    const path = `${formatPath(container)}.resources`
    const declared = setAt(deployment, pathOf(path), {}) as JsonObject
    const live = setAt(declared, pathOf(path), { limits: { cpu: '1' } }) as JsonObject
    expect(withoutMarks(explainOne(declared, live, [makeEntry('helm', 'Update', declared)]))).toMatchObject([
      { cause: 'admission', drift: false },
    ])
  })
})

test('the deployer writing in the other way may be a borrowed name', () => {
  const edits: Edit[] = [{ path: 'spec.replicas', value: 5, by: 'helm', operation: 'Update' }]
  const [finding] = explain('helm-server-side', edits).findings
  expect(finding).toMatchObject({ cause: 'unknown', confidence: 'uncertain', drift: true })
})

test('ids are stable, differ by value, and never cover a secret value', () => {
  const at = (value: number, isSecret = false) =>
    explain('helm-server-side', [{ path: 'spec.replicas', value, by: 'kubectl' }], { isSecret: () => isSecret }).findings[0]?.id
  expect(at(5)).toMatch(/^[0-9a-f]{16}$/)
  expect(at(5)).toBe(at(5))
  expect(at(5)).not.toBe(at(6))
  expect(at(5, true)).toBe(at(6, true))
})
