import type { Counts, Evidence, Finding, IgnoreRuleUse, Json, ObjectRef, Path, Report, TargetReport, Verdict } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { noteIdleRules } from '../../src/report/idle-rules.ts'
import { redactFinding, redactObjects } from '../../src/report/redact.ts'
import { toYaml } from '../../src/report/view.ts'
import { fillDecision, tellDecision } from './make-decision.ts'

/** Sample reports for the tests of all writers: values of the model, as the pipeline makes them. */

const NOW = '2026-11-23T15:00:00Z'
const DEPLOYMENT: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'grokdevops', name: 'grokdevops' }
const CONFIG: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'grokdevops', name: 'grokdevops' }
const SERVICE: ObjectRef = { apiVersion: 'v1', kind: 'Service', namespace: 'grokdevops', name: 'grokdevops' }
const SECRET: ObjectRef = { apiVersion: 'v1', kind: 'Secret', namespace: 'grokdevops', name: 'grokdevops' }
const TEST_POD: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: 'grokdevops', name: 'grokdevops-test-connection' }
const ENV = 'spec.template.spec.containers[name=grokdevops].env'
const SCALE: Evidence = { manager: 'kubectl', operation: 'Update', subresource: 'scale', time: null }
const SET_ENV: Evidence = { manager: 'kubectl-set', operation: 'Update', subresource: null, time: '2026-11-23T14:50:36Z' }
const NOBODY: Evidence = { manager: null, operation: null, subresource: null, time: null }

/** The story of the design: replicas 3 -> 5 and DEBUG=true, by hand. */
export function makeDrifted(): Report {
  return makeReport([makeDriftedTarget()])
}

/** The same with all that helps to decide. */
export function makeStory(): Report {
  return makeReport([tellDecision(makeDriftedTarget())])
}

/** Nothing differs; one test was set aside. */
export function makeInSync(): Report {
  return makeReport([makeTarget({})])
}

/** One kind is forbidden, one is unknown to the cluster; the rest stands. */
export function makeIncomplete(): Report {
  const remedy =
    'Give the credential this rule in namespace grokdevops:\n- apiGroups: [""]\n  resources: ["secrets"]\n  verbs: ["get", "list"]'
  const detail = 'secrets is forbidden: User "reader" cannot list resource "secrets" in API group "" in the namespace "grokdevops"'
  const monitor: ObjectRef = { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', namespace: 'grokdevops', name: 'grokdevops' }
  const unread = [
    { object: SECRET, reason: 'forbidden', detail, remedy },
    { object: { ...SECRET, name: 'grokdevops-tls' }, reason: 'forbidden', detail, remedy },
    {
      object: monitor,
      reason: 'unknown-kind',
      detail: 'The cluster serves no kind ServiceMonitor in monitoring.coreos.com/v1.',
      remedy: 'Install its CustomResourceDefinition, or leave the object out of the chart.',
    },
  ]
  return makeReport([makeTarget({ verdict: 'incomplete', unread, counts: { objects: 6, compared: 3 } })])
}

/** Several targets: one drifted and incomplete, one in sync, one that could not be checked. */
export function makeSeveral(): Report {
  const drifted = makeDriftedTarget()
  const [incomplete] = makeIncomplete().targets
  const error = {
    message: 'The chart has no Chart.yaml.',
    where: 'targets[2].chart (.github/plumbline.yml:14)',
    remedy: 'Point "chart" at the folder that holds Chart.yaml.',
  }
  return makeReport([
    { ...drifted, complete: false, unread: incomplete?.unread.slice(0, 1) ?? [], counts: { ...drifted.counts, objects: 5, unread: 1 } },
    makeTarget({ name: 'billing-production', namespace: 'billing', counts: { objects: 31, compared: 31, defaulted: 412 }, setAside: [] }),
    {
      ...makeTarget({ name: 'search', verdict: 'error', setAside: [], counts: { objects: 0, compared: 0, defaulted: 0 } }),
      requests: { list: 0, get: 0, discovery: 0 },
      complete: false,
      error,
    },
  ])
}

/** Every cause, change, confidence and way of setting a difference aside, with long and many-lined values. */
export function makeMixed(): Report {
  const long =
    'postgresql.grokdevops.svc.cluster.local:5432/grokdevops?sslmode=verify-full&application_name=grokdevops&connect_timeout=10&options=-c%20statement_timeout%3D30000'
  const yaml = (level: string, pool: number) =>
    `server:\n  port: 8080\nlogging:\n  level: ${level}\n  format: json\ndatabase:\n  pool: ${pool}\n  timeout: 30s\n`
  const webhook: ObjectRef = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: null, name: 'grokdevops' }
  const findings: readonly Finding[] = [
    makeFinding(
      DEPLOYMENT,
      'spec.template.spec.containers[name=grokdevops].image',
      'registry.example/grokdevops:1.4.0',
      'registry.example/grokdevops:1.4.1-hotfix',
      {
        evidence: { ...SET_ENV, time: '2026-11-20T02:11:04Z' },
        pattern: 'image-changed',
        severity: 'high',
      },
    ),
    makeFinding(DEPLOYMENT, `${ENV}[name=DATABASE_ADDRESS].value`, 'postgresql:5432/grokdevops', long, {
      cause: 'unknown',
      confidence: 'uncertain',
      because: 'ops-bot wrote it, which is neither a known deployer nor a known controller',
      evidence: { ...SET_ENV, manager: 'ops-bot' },
    }),
    makeFinding(DEPLOYMENT, `${ENV}[name=LOG_FORMAT]`, { name: 'LOG_FORMAT', value: 'json' }, undefined, {
      evidence: NOBODY,
      confidence: 'likely',
      because: 'the last deploy rendered it and it is gone; who removed it is not recorded',
    }),
    makeFinding(
      DEPLOYMENT,
      'spec.template.spec.containers[name=grokdevops].args',
      ['--port=8080', '--workers=4'],
      ['--port=8080', '--workers=16', '--trace'],
      { evidence: { ...SET_ENV, manager: 'kubectl-edit' } },
    ),
    makeFinding(CONFIG, 'data["application.yaml"]', yaml('info', 10), yaml('debug', 50), {
      evidence: { ...SET_ENV, manager: 'kubectl-edit' },
    }),
    makeFinding(SERVICE, '', { kind: 'Service' }, undefined, {
      change: 'missing-object',
      evidence: NOBODY,
      because: 'the last deploy rendered it and it is gone',
      confidence: 'likely',
    }),
    makeFinding(
      { ...DEPLOYMENT, kind: 'HorizontalPodAutoscaler', apiVersion: 'autoscaling/v2' },
      '',
      undefined,
      { kind: 'HorizontalPodAutoscaler' },
      { change: 'extra-object', evidence: { ...SET_ENV, manager: 'kubectl-autoscale' } },
    ),
    makeFinding(CONFIG, 'data.FEATURE_FLAGS', 'new-search', 'old-search', {
      cause: 'undeployed',
      confidence: 'likely',
      because: 'live is as the last deploy rendered it: Git has moved on since',
      evidence: { manager: 'helm', operation: 'Apply', subresource: null, time: '2026-11-20T08:00:00Z' },
    }),
    makeFinding(webhook, 'rules', [], [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }], {
      cause: 'controller',
      because: 'clusterrole-aggregation-controller is known to write this field',
      evidence: { ...SET_ENV, manager: 'clusterrole-aggregation-controller', operation: 'Apply', time: null },
    }),
    makeFinding(DEPLOYMENT, 'spec.template.metadata.labels["sidecar.example/injected"]', undefined, 'true', {
      cause: 'admission',
      confidence: 'uncertain',
      because: 'nobody is recorded as its writer, as with what an admission webhook adds',
      evidence: NOBODY,
    }),
    makeFinding(SERVICE, 'metadata.labels.team', 'web', 'platform', {
      drift: false,
      ignoredBy: { reason: 'labels belong to the platform team', expires: '2026-12-31', where: '.github/plumbline.yml:9:5' },
    }),
    makeFinding(DEPLOYMENT, 'spec.strategy.rollingUpdate.maxSurge', '25%', 1, {
      drift: false,
      acceptance: { by: 'lena', because: 'load test this week', until: '2026-11-30' },
    }),
  ]
  const notes = [
    {
      kind: 'latent-conflict',
      object: DEPLOYMENT,
      path: 'spec.minReadySeconds',
      message: 'kubectl also holds this field; the next server-side deploy that changes it will conflict.',
    },
    { kind: 'deprecated', message: 'The server says: policy/v1beta1 is deprecated.' },
  ]
  const counts = { objects: 5, compared: 5, undeployed: 1, controller: 1, admission: 1, accepted: 1, ignored: 1 }
  const rule = { rule: 'Service/*, metadata.labels', reason: 'labels belong to the platform team', expires: '2026-12-31' }
  const ignoreRules: readonly IgnoreRuleUse[] = [
    { ...rule, where: '.github/plumbline.yml:9:5', matched: 1, status: 'used' },
    { ...rule, where: '.github/plumbline.yml:12:5', matched: 0, status: 'expired', expires: '2026-11-01' },
    {
      ...rule,
      where: 'grokdevops/templates/service.yaml (plumbline.dev/ignore of Service/grokdevops, line 1)',
      matched: 0,
      status: 'unused',
    },
    {
      ...rule,
      where: 'deploy/shop.yaml:20:11',
      expires: null,
      matched: 0,
      status: 'unsupported',
      detail: 'jqPathExpressions are not supported.',
    },
  ]
  return makeReport([makeTarget({ verdict: 'drifted', findings, notes, ignoreRules, counts })])
}

/** A text that tries everything: colours, commands, mentions, HTML, fences, references, links. */
const NASTY =
  '\u001b[31m::error::owned\u202e @octocat <img src=x onerror=alert(1)> ##[add-mask]e | `` ``` fixes #1 <!-- x --> [l](https://evil.example)\n::set-output name=verdict::in-sync\r\n```\n</details>'

/** Text of the worst kind in every place that a cluster or a chart can fill. */
export function makeHostile(nasty = NASTY): Report {
  const object = { ...DEPLOYMENT, name: nasty }
  const finding = makeFinding(object, 'spec.replicas', nasty, `${nasty}\n2`, {
    because: nasty,
    confidence: 'likely',
    evidence: { manager: nasty, operation: 'Update', subresource: nasty, time: nasty },
  })
  const element = makeFinding(object, 'x', undefined, { [nasty]: nasty }, { cause: 'admission', because: nasty })
  const target = makeTarget({
    name: nasty,
    verdict: 'drifted',
    findings: [{ ...finding, path: [{ field: nasty }, { key: { name: nasty } }, { value: nasty }] }, element],
    unread: [{ object, reason: nasty, detail: nasty, remedy: nasty }],
    setAside: [{ object, reason: nasty }],
    notes: [{ kind: nasty, object, path: nasty, message: nasty }],
    ignoreRules: [
      { where: nasty, rule: nasty, reason: nasty, expires: null, matched: 1, status: 'used' },
      { where: `${nasty}2`, rule: nasty, reason: nasty, expires: null, matched: 0, status: 'unsupported', detail: nasty },
    ],
    views: [{ object, desired: `a: ${nasty}\n`, live: `b: ${nasty}\n` }],
  })
  const failed = makeTarget({ name: nasty, verdict: 'error', setAside: [] })
  return makeReport([
    fillDecision({ ...target, complete: false, counts: { ...target.counts, unread: 1 } }, nasty),
    { ...failed, complete: false, error: { message: nasty, where: nasty, remedy: nasty } },
  ])
}

/** What no writer may ever print; planted in every finding of `makeSecret`. */
export const CANARY = 'hunter2-canary'

/** Secrets, redacted as the pipeline does it. */
export function makeSecret(): Report {
  const rules = { paths: ['data.LICENSE'] }
  const findings = [
    makeFinding(SECRET, 'data.password', 'b2xk', CANARY, { evidence: { ...SET_ENV, manager: 'kubectl-edit' } }),
    makeFinding(DEPLOYMENT, `${ENV}[name=DB_PASSWORD]`, undefined, { name: 'DB_PASSWORD', value: CANARY }),
    makeFinding(DEPLOYMENT, 'spec.template.spec.containers[name=grokdevops].args', ['--token=old', '-v'], [`--token=${CANARY}`, '-v']),
    makeFinding(CONFIG, 'data["app.properties"]', 'level=info\npassword=old\n', `level=debug\npassword=${CANARY}\n`),
    makeFinding(CONFIG, 'data.LICENSE', 'old', CANARY),
  ].map((finding) => redactFinding(finding, rules))
  const secret = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'grokdevops' },
    data: { password, user: 'Z3Jvaw==' },
  })
  const { desired = {}, live = {} } = redactObjects(secret('b2xk'), secret(CANARY), rules)
  return makeReport([
    makeTarget({ verdict: 'drifted', findings, views: [{ object: SECRET, desired: toYaml(desired), live: toYaml(live) }] }),
  ])
}

/** A report as large as wanted: `count` findings, and a view of `count` lines. */
export function makeLarge(count: number): Report {
  const findings = Array.from({ length: count }, (_, index) =>
    makeFinding({ ...DEPLOYMENT, name: `app-${index % 50}` }, `data.key${index}`, 'é'.repeat(100), `${'ü'.repeat(100)}${index}`),
  )
  const lines = (text: string) => Array.from({ length: count }, (_, index) => `key${index}: ${text}\n`).join('')
  const views = Array.from({ length: 50 }, (_, index) => ({
    object: { ...DEPLOYMENT, name: `app-${index}` },
    desired: lines('a'),
    live: lines('b'),
  }))
  return makeReport([makeTarget({ verdict: 'drifted', findings, views, counts: { objects: 50, compared: 50 } })])
}

function makeDriftedTarget(): TargetReport {
  const container = (env: readonly Json[]) => ({
    name: 'grokdevops',
    image: 'registry.example/grokdevops:1.4.0',
    ports: [{ containerPort: 8080, name: 'http' }],
    env,
  })
  const deployment = (replicas: number, env: readonly Json[]) =>
    toYaml({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'grokdevops', namespace: 'grokdevops' },
      spec: { replicas, template: { spec: { containers: [container(env)] } } },
    })
  const level = { name: 'LOG_LEVEL', value: 'info' }
  const debug = { name: 'DEBUG', value: 'true' }
  const findings = [
    makeFinding(DEPLOYMENT, 'spec.replicas', 3, 5, { evidence: SCALE, pattern: 'scaled' }),
    makeFinding(DEPLOYMENT, `${ENV}[name=DEBUG]`, undefined, debug, { pattern: 'env-injected' }),
  ]
  return makeTarget({
    verdict: 'drifted',
    findings,
    views: [{ object: DEPLOYMENT, desired: deployment(3, [level]), live: deployment(5, [level, debug]) }],
  })
}

function makeReport(targets: readonly TargetReport[]): Report {
  const verdicts: readonly Verdict[] = ['error', 'drifted', 'incomplete', 'in-sync']
  const verdict = verdicts.find((one) => targets.some((target) => target.verdict === one)) ?? 'error'
  return { schemaVersion: '1', generatedAt: NOW, tool: { name: 'plumbline', version: '0.1.0' }, verdict, targets: noteIdleRules(targets) }
}

function makeTarget(parts: Partial<Omit<TargetReport, 'counts'>> & { readonly counts?: Partial<Counts> }): TargetReport {
  const { findings = [], unread = [], setAside = [{ object: TEST_POD, reason: 'test' }], counts = {}, ...rest } = parts
  const zero = { undeployed: 0, controller: 0, admission: 0, accepted: 0, ignored: 0 }
  const drift = findings.filter((finding) => finding.drift).length
  return {
    ...{ name: 'grokdevops', release: 'grokdevops', namespace: 'grokdevops', delivery: 'helm-server-side', verdict: 'in-sync' },
    ...{ notes: [], ignoreRules: [], requests: { list: 4, get: 0, discovery: 2 }, views: [], error: null },
    ...rest,
    complete: unread.length === 0,
    ...{ findings, unread, setAside },
    counts: { objects: 4, compared: 4, ...zero, drift, unread: unread.length, setAside: setAside.length, defaulted: 37, ...counts },
  }
}

function makeFinding(
  object: ObjectRef,
  path: string,
  desired: Json | undefined,
  live: Json | undefined,
  parts: Partial<Finding> = {},
): Finding {
  const cause = parts.cause ?? 'manual'
  const steps: Path | null = parsePath(path)
  if (steps === null) throw new Error(`not a path: ${path}`)
  return {
    ...{ id: `id-${object.kind}-${path}`, object, path: steps, desired, live },
    change: desired === undefined ? 'added' : live === undefined ? 'removed' : 'changed',
    ...{ cause, confidence: 'certain', drift: cause === 'manual' || cause === 'unknown' },
    because: `${parts.evidence?.manager ?? 'kubectl-set'} wrote it, a tool that people type into`,
    ...{ evidence: SET_ENV, pattern: 'field-changed', severity: 'medium' },
    ...parts,
  }
}
