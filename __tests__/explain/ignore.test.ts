import { describe, expect, test } from 'vitest'
import { applyIgnoreRules, type IgnoreInput } from '../../src/explain/ignore.ts'
import { parseIgnorePath } from '../../src/explain/ignore-path.ts'
import type { Finding, IgnoreRule, ObjectRef } from '../../src/model.ts'
import { pathOf } from '../make-live.ts'

const deployment: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' }
const config: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'prod', name: 'shop' }
const clusterRole: ObjectRef = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: null, name: 'shop' }

function makeFinding(object: ObjectRef, path: string, more: Partial<Finding> = {}): Finding {
  return {
    ...{ id: path, object, path: pathOf(path), change: 'changed', desired: 1, live: 2, cause: 'manual', confidence: 'certain' },
    ...{ drift: true, because: '', pattern: 'field-changed', severity: 'medium' },
    evidence: { manager: 'kubectl-edit', operation: 'Update', subresource: null, time: null },
    ...more,
  } as Finding
}

const nobody = { manager: null, operation: null, subresource: null, time: null }
const findings = {
  replicas: makeFinding(deployment, 'spec.replicas'),
  image: makeFinding(deployment, 'spec.template.spec.containers[name=shop].image', {
    evidence: { manager: 'keel', operation: 'Update', subresource: null, time: null },
  }),
  data: makeFinding(config, 'data.level', { cause: 'undeployed', drift: false }),
  rules: makeFinding(clusterRole, 'rules[0]'),
  missing: makeFinding({ ...deployment, name: 'gone' }, '', { change: 'missing-object', cause: 'unknown', evidence: nobody }),
  extra: makeFinding({ ...config, name: 'extra' }, '', { change: 'extra-object' }),
} as const
const all = Object.values(findings)

type Parts = Partial<Omit<IgnoreRule, 'path'>> & { readonly path?: string }

function makeRule({ path, ...parts }: Parts): IgnoreRule {
  const read = path === undefined ? null : parseIgnorePath(path)
  if (read !== null && 'message' in read) throw new SyntaxError(read.message)
  const empty = { target: null, kind: null, group: null, name: null, namespace: null, manager: null, expires: null, unsupported: null }
  return { ...empty, reason: 'because', where: 'rules.yml:1:1', ...parts, path: read === null ? null : read.path }
}

function apply(rules: readonly Parts[], more: Partial<IgnoreInput> = {}) {
  return applyIgnoreRules({
    ...{ target: 'shop', findings: all, desired: [], sides: new Map(), today: '2026-11-24' },
    ...more,
    rules: rules.map(makeRule),
  })
}

/** The names of the findings that one rule covers. */
function listCovered(rule: Parts): readonly string[] {
  const names = Object.keys(findings)
  return apply([rule]).findings.flatMap((finding, index) => (finding.ignoredBy === undefined ? [] : [names[index] ?? '']))
}

describe('a rule covers', () => {
  test.each<[rule: Parts, covered: readonly (keyof typeof findings)[]]>([
    [{ kind: 'Deployment' }, ['replicas', 'image', 'missing']],
    [{ kind: 'deployment' }, ['replicas', 'image', 'missing']],
    [{ kind: 'Deploy*' }, ['replicas', 'image', 'missing']],
    [{ kind: 'Deployment', group: 'apps' }, ['replicas', 'image', 'missing']],
    [{ kind: 'Deployment', group: 'extensions' }, []],
    [{ kind: '*', group: '*.k8s.io' }, ['rules']],
    [{ kind: '*', group: '' }, ['data', 'extra']],
    [{ name: 'shop' }, ['replicas', 'image', 'data', 'rules']],
    [{ name: 'sho?', kind: 'ConfigMap' }, ['data']],
    [{ namespace: 'prod' }, ['replicas', 'image', 'data', 'missing', 'extra']],
    [{ namespace: 'dev' }, []],
    // A path speaks of what is in an object: not of one that is missing or extra.
    [{ kind: 'Deployment', path: 'spec' }, ['replicas', 'image']],
    [{ path: '**' }, ['replicas', 'image', 'data', 'rules']],
    [{ path: 'spec.replicas' }, ['replicas']],
    // Written by anyone is not written by nobody.
    [{ manager: '*' }, ['replicas', 'image', 'data', 'rules', 'extra']],
    [{ manager: 'keel' }, ['image']],
    [{ manager: 'keel', path: 'spec.replicas' }, []],
    [{ target: 'sh*', path: 'spec.replicas' }, ['replicas']],
    [{ target: 'other' }, []],
    [{ path: 'spec.replicas', expires: '2026-11-24' }, ['replicas']],
    [{ path: 'spec.replicas', expires: '2026-11-23' }, []],
    [{ path: 'spec.replicas', unsupported: 'no equivalent' }, []],
  ])('%j', (rule, covered) => {
    expect(listCovered(rule)).toEqual(covered)
  })
})

test('what is covered stays in the report with the reason, and makes no drift', () => {
  const rule = { path: 'spec.replicas', reason: 'load test', expires: '2026-12-24' }
  const { findings: marked } = apply([rule])
  expect(marked).toHaveLength(all.length)
  expect(marked[0]).toEqual({
    ...findings.replicas,
    drift: false,
    ignoredBy: { reason: 'load test', expires: '2026-12-24', where: 'rules.yml:1:1' },
  })
  expect(marked.slice(1)).toEqual(all.slice(1))
})

test('every rule that applies is told with its count; the first of several is named with a finding', () => {
  const result = apply([
    { kind: 'Deployment', path: 'spec', where: 'a', reason: 'first' },
    { path: 'spec.replicas', where: 'b', reason: 'second' },
    { path: 'spec.paused', manager: 'keel', where: 'c' },
    { path: 'spec.replicas', where: 'd', expires: '2026-01-01' },
    { path: 'spec.replicas', where: 'e', unsupported: 'It has no equivalent.' },
    { target: 'another', path: 'spec.replicas', where: 'f' },
    { kind: 'Deployment', group: 'apps', name: 'shop', namespace: 'prod', where: 'g' },
  ])
  expect(result.ignoreRules).toEqual([
    { where: 'a', rule: 'Deployment/*, spec', reason: 'first', expires: null, matched: 2, status: 'used' },
    { where: 'b', rule: '*/*, spec.replicas', reason: 'second', expires: null, matched: 1, status: 'used' },
    { where: 'c', rule: '*/*, spec.paused, written by keel', reason: 'because', expires: null, matched: 0, status: 'unused' },
    { where: 'd', rule: '*/*, spec.replicas', reason: 'because', expires: '2026-01-01', matched: 0, status: 'expired' },
    {
      ...{ where: 'e', rule: '*/*, spec.replicas', reason: 'because', expires: null, matched: 0, status: 'unsupported' },
      detail: 'It has no equivalent.',
    },
    { where: 'g', rule: 'Deployment.apps/shop in namespace prod', reason: 'because', expires: null, matched: 2, status: 'used' },
  ])
  expect(result.findings[0]?.ignoredBy?.where).toBe('a')
})
