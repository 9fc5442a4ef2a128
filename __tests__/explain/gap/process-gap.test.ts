import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import type { DecisionInput } from '../../../src/explain/decision-input.ts'
import { findProcessGap, PLACEHOLDER } from '../../../src/explain/gap/process-gap.ts'
import type { RbacRead } from '../../../src/explain/gap/rbac-read.ts'
import type { ApiResource, DesiredObject, Finding, JsonObject, ObjectRef } from '../../../src/model.ts'

const API = 'rbac.authorization.k8s.io/v1'
const serve = (apiVersion: string, kind: string, resource: string, namespaced = true): ApiResource => ({
  apiVersion,
  kind,
  resource,
  namespaced,
})
const SERVED = [
  serve('apps/v1', 'Deployment', 'deployments'),
  serve('v1', 'ConfigMap', 'configmaps'),
  serve('v1', 'Secret', 'secrets'),
  serve('v1', 'Namespace', 'namespaces', false),
  serve('example.com/v1', 'Widget', 'widgets'),
  serve('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', false),
]
const POLICIES = ['v1', 'v1beta1'].map((version) =>
  serve(`admissionregistration.k8s.io/${version}`, 'ValidatingAdmissionPolicyBinding', 'x', false),
)

const refOf = (apiVersion: string, kind: string, name: string, namespace: string | null = 'shop'): ObjectRef => ({
  apiVersion,
  kind,
  name,
  namespace,
})
const WEB = refOf('apps/v1', 'Deployment', 'web')
const declare = (ref: ObjectRef, more: JsonObject = {}, fromCrds = false): DesiredObject => ({
  ...{ ref, template: null, fromCrds, unstable: [] },
  object: { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name }, ...more },
})

function makeInput(
  refs: readonly ObjectRef[] = [WEB],
  served: readonly ApiResource[] = [...SERVED, ...POLICIES],
  object = WEB,
): DecisionInput {
  const finding = {
    id: 'a',
    object,
    path: [{ field: 'spec' }],
    change: 'changed',
    cause: 'manual',
    drift: true,
    pattern: 'scaled',
  } as unknown as Finding
  const source = { type: 'chart', chart: '/w/deploy/app', values: ['/w/deploy/values.yaml'], set: [], deployTimeValues: [] } as const
  return {
    target: { name: 'shop', release: 'shop', namespace: 'shop', source, context: null, persistRuns: 2, persistMinutes: 0, extraKinds: [] },
    desired: refs.map((ref) => declare(ref, { spec: { replicas: 3 } })),
    live: { readings: [], extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] },
    ...{
      findings: [finding],
      sides: new Map(),
      delivery: 'helm-server-side',
      rules: { deployers: [], controllers: [] },
      findSchema: findBuiltInSchema,
    },
    ...{
      info: { kubeVersion: 'v1.34.4', resources: served, staleGroups: [] },
      record: null,
      isSecret: () => false,
      now: '2026-11-23T15:00:00Z',
    },
  }
}

const role = (name: string, ...rules: readonly JsonObject[]): JsonObject => ({
  apiVersion: API,
  kind: 'Role',
  metadata: { name, namespace: 'shop' },
  rules,
})
const binding = (name: string, ref: string, ...subjects: readonly JsonObject[]): JsonObject => ({
  ...{ apiVersion: API, kind: 'RoleBinding', metadata: { name, namespace: 'shop' } },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: ref },
  subjects,
})
const group = (name: string): JsonObject => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name })
const user = (name: string): JsonObject => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name })
const EDIT = role('edit', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] })

function makeRbac(more: Partial<RbacRead> = {}): RbacRead {
  const self = { user: 'reader', groups: [], rules: [], incomplete: false }
  return { roles: [EDIT], roleBindings: [], clusterRoles: [], clusterRoleBindings: [], self, absences: [], ...more }
}

const settings = { deployerUsers: ['system:serviceaccount:ci:deployer'], breakGlassGroup: 'sre', workspace: '/w' }
const parse = (text: string | null) =>
  parseAllDocuments(text ?? '').map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
const conditionsOf = (policy: string | null): { readonly [name: string]: string } =>
  Object.fromEntries(parse(policy)[0].spec.matchConditions.map((one: { name: string; expression: string }) => [one.name, one.expression]))

test('who may write, how it is taken from people, and what would have refused it', () => {
  const rbac = makeRbac({
    roleBindings: [binding('all', 'edit', group('developers'), { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' })],
  })
  const gap = findProcessGap(makeInput(), rbac, settings)
  expect(gap.summary).toBe('1 subject beside the deployers may change deployments.apps in namespace shop: Group developers.')
  expect(gap.writers).toEqual([
    {
      ...{ subject: 'Group developers', through: 'RoleBinding/all -> Role/edit', deploys: false },
      rights: 'create, delete, deletecollection, patch, update deployments.apps; patch, update deployments.apps/scale',
    },
    expect.objectContaining({ subject: 'ServiceAccount ci/deployer', deploys: true }),
  ])
  expect(gap.rbac).toMatchSnapshot('rights')
  expect(gap.policy).toMatchSnapshot('policy')
  expect(gap.steps).toMatchSnapshot('steps')
})

describe('where nobody said who deploys', () => {
  const rbac = makeRbac({ roleBindings: [binding('all', 'edit', group('developers'), user('robot'))] })
  const gap = findProcessGap(makeInput(), rbac, { deployerUsers: [], breakGlassGroup: null })

  test('nothing is guessed: everybody is listed, and the summary asks for the names', () => {
    expect(gap.writers.map(({ subject, deploys }) => [subject, deploys])).toEqual([
      ['Group developers', false],
      ['User robot', false],
    ])
    expect(gap.summary).toMatch(/deployers among them.*Name your deployers under deployer-users/)
    expect(gap.absences.map(({ source }) => source)).toContain('who deploys')
  })

  test('both files have a marked placeholder, and no step refuses anything yet', () => {
    for (const text of [gap.policy, gap.rbac]) {
      expect(text).toContain('# TO DO: ')
      expect(text).toContain(PLACEHOLDER)
    }
    expect(gap.steps[0]?.command).toBe('kubectl auth whoami')
    expect(gap.steps.some(({ command }) => command?.includes('Deny'))).toBe(false)
    expect(Object.keys(conditionsOf(gap.policy))).not.toContain('not-in-an-emergency')
  })
})

describe('the policy', () => {
  test('names objects by group, resource, namespace and name; a Namespace by its own name', () => {
    const refs = [
      WEB,
      refOf('v1', 'ConfigMap', 'a', 'other'),
      refOf('v1', 'Namespace', 'made', null),
      refOf('rbac.authorization.k8s.io/v1', 'ClusterRole', 'watch', null),
    ]
    const [policy, bound] = parse(findProcessGap(makeInput(refs), null, settings).policy)
    expect(policy.spec.matchConditions.at(-1).expression).toContain(
      'in ["/configmaps/other/a", "/namespaces/made/made", "apps/deployments/shop/web", "rbac.authorization.k8s.io/clusterroles//watch"]',
    )
    expect(bound.spec.matchResources.namespaceSelector.matchExpressions[0].values).toEqual(['made', 'other', 'shop'])
    expect(bound.spec.validationActions).toEqual(['Warn', 'Audit'])
  })

  test('covers scale of custom kinds and of what scales, and nothing that has none', () => {
    const refs = [WEB, refOf('v1', 'ConfigMap', 'a'), refOf('example.com/v1', 'Widget', 'gear')]
    const [policy] = parse(findProcessGap(makeInput(refs), null, settings).policy)
    const resources = policy.spec.matchConstraints.resourceRules.flatMap((rule: { resources: string[] }) => rule.resources)
    expect(resources).toEqual(['configmaps', 'deployments', 'deployments/scale', 'widgets', 'widgets/scale'])
  })

  test('leaves out what people upgrade themselves: definitions in crds/', () => {
    const input = makeInput()
    const desired = [...input.desired, declare(refOf('v1', 'ConfigMap', 'from-crds'), {}, true)]
    expect(findProcessGap({ ...input, desired }, null, settings).policy).not.toContain('from-crds')
  })

  test.each([
    ['v1 where both are served', POLICIES, 'admissionregistration.k8s.io/v1'],
    ['v1beta1 on 1.28 and 1.29', POLICIES.slice(1), 'admissionregistration.k8s.io/v1beta1'],
  ])('is written as %s', (_, served, apiVersion) => {
    const documents = parse(findProcessGap(makeInput([WEB], [...SERVED, ...served]), null, settings).policy)
    expect(documents.map((one) => one.apiVersion)).toEqual([apiVersion, apiVersion])
  })

  test('is none where the cluster has no such kind, and the reader is told of another way', () => {
    const gap = findProcessGap(makeInput([WEB], SERVED), null, settings)
    expect(gap.policy).toBe(null)
    expect(gap.steps).toEqual([])
    expect(gap.absences.find(({ source }) => source === 'ValidatingAdmissionPolicy')?.remedy).toContain('Kyverno or Gatekeeper')
  })

  test('tells the place from the workspace, and never the folders above it', () => {
    expect(findProcessGap(makeInput(), null, settings).policy).toContain('Change deploy/values.yaml or deploy/app in Git')
    const { workspace: _, ...without } = settings
    expect(findProcessGap(makeInput(), null, without).policy).toContain('Change values.yaml or app in Git')
  })
})

describe('rights', () => {
  test('a saved state has none, and says so', () => {
    const gap = findProcessGap(makeInput(), null, settings)
    expect(gap).toMatchObject({ writers: [], rbac: null, summary: 'Who may change deployments.apps in namespace shop could not be read.' })
    expect(gap.absences[0]).toMatchObject({ source: 'rights in the cluster' })
  })

  test('what could not be listed is told, and no change is made of the rest by guess', () => {
    const absences = [{ source: 'RoleBindings', why: 'the credential may not list them', remedy: 'Add this rule' }]
    const gap = findProcessGap(makeInput(), makeRbac({ roleBindings: null, absences }), settings)
    expect(gap.rbac).toBe(null)
    expect(gap.summary).toContain('could not be read')
    expect(gap.absences).toContainEqual(absences[0])
  })

  test('the credential of the check may write, too', () => {
    const self = { user: 'me', groups: [], rules: [{ verbs: ['*'], apiGroups: ['apps'], resources: ['deployments'] }], incomplete: true }
    const gap = findProcessGap(makeInput(), makeRbac({ self }), settings)
    expect(gap.summary).toContain('The credential of this check may change them, too')
    expect(gap.absences.map(({ source }) => source)).toContain('rights beside RBAC')
  })

  test('nobody gets a Secret with the Role for people on call', () => {
    const refs = [WEB, refOf('v1', 'Secret', 'token')]
    const gap = findProcessGap(makeInput(refs), makeRbac({ roleBindings: [binding('all', 'edit', group('developers'))] }), settings)
    const [narrow] = parse(gap.rbac)
    expect(JSON.stringify(narrow.rules)).not.toMatch(/secrets|exec|\*/)
  })

  test('a binding that a chart deploys is named as such', () => {
    const one = binding('all', 'edit', group('developers'))
    const metadata = { ...(one.metadata as JsonObject), annotations: { 'meta.helm.sh/release-name': 'access' } }
    const gap = findProcessGap(makeInput(), makeRbac({ roleBindings: [{ ...one, metadata }] }), settings)
    expect(gap.rbac).toContain('# Helm deploys this binding with release access: change it in that chart')
  })

  test('only the first twenty are listed, and how many there are', () => {
    const many = Array.from({ length: 31 }, (_, index) => binding(`b${index}`, 'edit', user(`u${String(index).padStart(2, '0')}`)))
    const gap = findProcessGap(makeInput(), makeRbac({ roleBindings: many }), settings)
    expect(gap.writers).toHaveLength(20)
    expect(gap.absences[0]).toMatchObject({ why: 'only the first 20 of 31 are listed' })
    expect(gap.summary).toMatch(/^31 subjects .*: User u00, User u01, User u02 and 28 more\.$/)
  })
})

test('the order in which a server lists changes no letter', () => {
  const bindings = [binding('b', 'edit', user('b'), group('z')), binding('a', 'read', user('a')), binding('c', 'edit', user('a'))]
  const roles = [EDIT, role('read', { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch', 'get'] })]
  const refs = [WEB, refOf('v1', 'ConfigMap', 'a')]
  const one = findProcessGap(makeInput(refs), makeRbac({ roles, roleBindings: bindings }), settings)
  const other = findProcessGap(
    makeInput(refs.toReversed()),
    makeRbac({ roles: roles.toReversed(), roleBindings: bindings.toReversed() }),
    settings,
  )
  expect(other).toEqual(one)
})

test.each(['a\nkind: ClusterRoleBinding', "it's $(id) `id`", '"}]\r---\nkind: Secret', '# x: [y] {z} \u2028 - &a *b !c'])(
  'hostile names stay names: %j',
  (name) => {
    const rbac = makeRbac({ roleBindings: [binding(name, 'edit', group(name), { kind: 'ServiceAccount', name, namespace: name })] })
    const base = makeInput([refOf('apps/v1', 'Deployment', name)], undefined, refOf('apps/v1', 'Deployment', name))
    const gap = findProcessGap(base, rbac, { deployerUsers: [name], breakGlassGroup: name, workspace: '/w' })
    const rights = parse(gap.rbac)
    expect(rights.map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding', 'RoleBinding', 'RoleBinding'])
    expect(rights[1].subjects[0].name).toBe(name)
    expect(parse(gap.policy).map(({ kind }) => kind)).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'])
    // Every text in an expression is on one line and closed again.
    for (const expression of Object.values(conditionsOf(gap.policy)))
      expect(expression.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
  },
)
