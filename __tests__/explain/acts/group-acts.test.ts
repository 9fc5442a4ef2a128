import { describe, expect, test } from 'vitest'
import type { AuditEvent } from '../../../src/explain/acts/audit-event.ts'
import { type ActsInput, groupActs } from '../../../src/explain/acts/group-acts.ts'
import type { Evidence, Finding, ObjectRef } from '../../../src/model.ts'
import { pathOf } from '../../make-live.ts'

const WEB: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const SET: Evidence = { manager: 'kubectl-set', operation: 'Update', subresource: null, time: '2026-11-23T14:50:36Z' }
const SCALE: Evidence = { manager: 'kubectl', operation: 'Update', subresource: 'scale', time: null }
const NOBODY: Evidence = { manager: null, operation: null, subresource: null, time: null }
const info: ActsInput['info'] = {
  resources: [
    { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
    { apiVersion: 'v1', kind: 'Service', resource: 'services', namespaced: true },
  ],
}

function find(id: string, evidence: Evidence, more: Partial<Finding> = {}): Finding {
  return {
    ...{ id, object: WEB, path: pathOf('spec.replicas'), change: 'changed', desired: 3, live: 5, cause: 'manual', confidence: 'certain' },
    ...{ drift: true, because: '', evidence, pattern: 'scaled', severity: 'medium' },
    ...more,
  }
}

function log(user: string, time: string, more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    ...{ received: time, answered: time, verb: 'patch', user, impersonatedBy: null, userAgent: 'kubectl/v1.34.5 (linux/amd64)' },
    ...{ sources: ['10.0.0.7'], fieldManager: 'kubectl-set' },
    object: { group: 'apps', resource: 'deployments', subresource: null, namespace: 'shop', name: 'web' },
    ...more,
  }
}
const scaled = { fieldManager: null, object: { ...log('', '').object, subresource: 'scale' } }

function group(findings: readonly Finding[], audit: ActsInput['audit'] = null, more: Partial<ActsInput> = {}) {
  return groupActs({ findings, audit, now: '2026-11-23T16:00:00Z', target: { name: 'web', namespace: 'shop' }, info, ...more })
}
const at = (time: string): Evidence => ({ ...SET, time: `2026-11-23T${time}Z` })
const idsOf = (result: ReturnType<typeof group>) => result.acts.map(({ findings }) => findings)

describe('grouping', () => {
  test('edits with one tool are one act as long as no more than five minutes lie between two', () => {
    const findings = [find('d', at('15:10:01')), find('a', at('14:50:00')), find('c', at('15:00:00')), find('b', at('14:55:00'))]
    const { acts } = group(findings)
    expect(acts.map(({ findings, from, to }) => [findings, from, to])).toEqual([
      [['a', 'b', 'c'], '2026-11-23T14:50:00Z', '2026-11-23T15:00:00Z'],
      [['d'], '2026-11-23T15:10:01Z', '2026-11-23T15:10:01Z'],
    ])
    expect(idsOf(group([find('a', at('14:50:00')), find('b', at('14:55:01'))]))).toEqual([['a'], ['b']])
  })

  test('another tool, another way of writing, another subresource: another act', () => {
    const findings = [
      find('a', SET),
      find('b', { ...SET, manager: 'kubectl-edit' }),
      find('c', { ...SET, operation: 'Apply' }),
      find('d', { ...SET, subresource: 'scale' }),
    ]
    expect(idsOf(group(findings))).toEqual([['a'], ['b'], ['c'], ['d']])
  })

  test('every drift is in exactly one act, and nothing else is; those of unknown time come last', () => {
    const findings = [find('a', SCALE), find('b', SET), find('c', NOBODY), find('d', SET, { drift: false }), find('e', SCALE)]
    const { acts } = group(findings)
    expect(acts.map(({ findings, tool, from }) => [findings, tool, from])).toEqual([
      [['b'], 'kubectl set', SET.time],
      [['a', 'e'], 'kubectl scale', null],
      [['c'], 'a tool that is not recorded', null],
    ])
    expect(acts.map(({ caution }) => caution)).toEqual([
      expect.stringContaining('A pipeline that runs kubectl leaves the same record as a person'),
      expect.stringContaining('The scale subresource leaves no time.'),
      expect.stringContaining('leaves no record'),
    ])
    expect(group([])).toEqual({ acts: [], notes: [] })
  })

  test.each([
    ['kubectl-client-side-apply', null, 'kubectl apply'],
    ['kubectl-rollout', null, 'kubectl rollout'],
    ['kubectl', null, 'kubectl, perhaps kubectl apply --server-side'],
    ['node-fetch', null, 'Lens, or another program made with Node.js'],
    ['node-fetch', 'scale', 'Lens, or another program made with Node.js (scale)'],
    ['Mozilla', null, 'a browser: a dashboard, Rancher, or the like'],
    ['helm', null, 'Helm'],
    ['before-first-apply', null, 'a tool that is not recorded'],
    ['my-operator', null, 'my-operator'],
    ['kubectly', null, 'kubectly'],
  ])('%s, %s is %s', (manager, subresource, tool) => {
    expect(group([find('a', { ...SET, manager, subresource })]).acts[0]?.tool).toBe(tool)
  })
})

describe('who it was, by the audit log', () => {
  const people = (finding: Finding, audit: readonly AuditEvent[], more: Partial<ActsInput> = {}) =>
    group([finding], audit, more).acts[0]?.people.map(({ user, confidence }) => [user, confidence])

  test('the same object, tool and second', () => {
    const { acts, notes } = group([find('a', SET)], [log('jane', '2026-11-23T14:50:36.120Z')])
    expect(notes).toEqual([])
    expect(acts).toMatchObject([
      {
        people: [
          {
            ...{ user: 'jane', impersonatedBy: null, verb: 'patch', time: '2026-11-23T14:50:36.120Z', confidence: 'certain' },
            sources: ['10.0.0.7'],
          },
        ],
        queries: [],
        caution: expect.stringContaining('who used it, it does not know'),
      },
    ])
  })

  test.each([
    ['its second begins before the request', '2026-11-23T14:50:36.999Z', 'certain'],
    ['four seconds off', '2026-11-23T14:50:41.000Z', 'likely'],
    ['a minute off', '2026-11-23T14:51:36.000Z', 'uncertain'],
    ['a minute off, the other way', '2026-11-23T14:49:36.000Z', 'uncertain'],
  ])('a clock that differs: %s', (_, time, confidence) => {
    expect(people(find('a', SET), [log('jane', time)])).toEqual([['jane', confidence]])
  })

  test.each([
    ['three minutes off', log('jane', '2026-11-23T14:54:00Z')],
    ['another tool', log('jane', '2026-11-23T14:50:36Z', { fieldManager: 'kubectl-edit' })],
    ['another object', log('jane', '2026-11-23T14:50:36Z', { object: { ...log('', '').object, name: 'web-2' } })],
    ['another namespace', log('jane', '2026-11-23T14:50:36Z', { object: { ...log('', '').object, namespace: 'other' } })],
    ['another group', log('jane', '2026-11-23T14:50:36Z', { object: { ...log('', '').object, group: 'example.com' } })],
    ['the scale subresource', log('jane', '2026-11-23T14:50:36Z', { object: scaled.object })],
    ['a deletion', log('jane', '2026-11-23T14:50:36Z', { verb: 'delete' })],
  ])('not %s; what was searched is said', (_, event) => {
    const { acts, notes } = group([find('a', SET)], [event])
    expect(acts[0]?.people).toEqual([])
    expect(notes).toEqual([
      {
        kind: 'audit-log-no-match',
        object: WEB,
        message: expect.stringContaining('no successful write to Deployment/web that fits a change by kubectl-set at 2026-11-23T14:50:36Z'),
      },
    ])
  })

  test('nothing that is still to come', () => {
    expect(people(find('a', SCALE), [log('jane', '2026-11-23T17:00:00Z', scaled)])).toEqual([])
  })

  test('the nearest, however many there are', () => {
    const audit = [log('bob', '2026-11-23T14:51:30Z'), log('jane', '2026-11-23T14:50:36Z')]
    expect(people(find('a', SET), audit)).toEqual([['jane', 'certain']])
  })

  test('two people in the same second: neither is certain', () => {
    const audit = [log('jane', '2026-11-23T14:50:36.1Z'), log('bob', '2026-11-23T14:50:36.2Z')]
    expect(people(find('a', SET), audit)).toEqual([
      ['jane', 'uncertain'],
      ['bob', 'uncertain'],
    ])
  })

  test('a record’s time is that of the tool’s last write: whoever used the same tool before is named, too', () => {
    const audit = [log('bob', '2026-11-23T14:00:00Z'), log('jane', '2026-11-23T14:50:36Z'), log('carol', '2026-11-23T15:30:00Z')]
    expect(people(find('a', SET), audit)).toEqual([
      ['jane', 'likely'],
      ['bob', 'uncertain'],
    ])
    expect(people(find('a', SET), audit, { window: { from: '2026-11-23T14:30:00Z' } })).toEqual([['jane', 'certain']])
  })

  test('the scale subresource has no time: the log gives it', () => {
    const { acts } = group([find('a', SCALE)], [log('jane', '2026-11-23T14:45:12.5Z', scaled)])
    expect(acts).toMatchObject([
      { from: '2026-11-23T14:45:12Z', to: '2026-11-23T14:45:12Z', people: [{ user: 'jane', confidence: 'likely' }] },
    ])
    const two = [log('jane', '2026-11-23T14:45:12Z', scaled), log('bob', '2026-11-23T15:00:00Z', scaled)]
    expect(group([find('a', SCALE)], two).acts).toMatchObject([
      { from: null, people: [{ confidence: 'uncertain' }, { confidence: 'uncertain' }] },
    ])
  })

  test('what was taken away: writes of people, not of deployers, parts of Kubernetes or through subresources', () => {
    const audit = [
      log('jane', '2026-11-23T14:50:36Z', { fieldManager: 'kubectl-edit' }),
      log('ci', '2026-11-23T14:51:00Z', { fieldManager: 'helm' }),
      log('ci-2', '2026-11-23T14:51:00Z', { fieldManager: 'our-deployer' }),
      log('system:serviceaccount:kube-system:deployment-controller', '2026-11-23T14:52:00Z', { fieldManager: null }),
      log('bob', '2026-11-23T14:53:00Z', scaled),
    ]
    const removed = find('a', NOBODY, { change: 'removed', live: undefined })
    expect(people(removed, audit, { rules: { deployers: ['our-*'], controllers: [] } })).toEqual([['jane', 'likely']])
    expect(people(removed, audit, { window: { from: '2026-11-23T15:00:00Z' } })).toEqual([])
  })

  test('an object that is gone: whoever deleted it last', () => {
    const gone = find('a', NOBODY, { change: 'missing-object', path: [], desired: undefined, live: undefined })
    const audit = [
      log('bob', '2026-11-23T13:00:00Z', { verb: 'delete' }),
      log('jane', '2026-11-23T14:00:00Z', { verb: 'delete' }),
      log('carol', '2026-11-23T14:30:00Z'),
    ]
    expect(people(gone, audit)).toEqual([['jane', 'certain']])
    const all = log('dave', '2026-11-23T15:00:00Z', { verb: 'deletecollection', object: { ...log('', '').object, name: '' } })
    expect(people(gone, [...audit, all])).toEqual([['dave', 'likely']])
  })

  test('in somebody’s name', () => {
    const { acts } = group([find('a', SET)], [log('ops', '2026-11-23T14:50:36Z', { impersonatedBy: 'jane' })])
    expect(acts[0]?.people).toMatchObject([{ user: 'ops', impersonatedBy: 'jane' }])
  })

  test('a log that does not tell the tool is less certain', () => {
    expect(people(find('a', SET), [log('jane', '2026-11-23T14:50:36Z', { fieldManager: null, userAgent: null })])).toEqual([
      ['jane', 'likely'],
    ])
  })

  test('a kind that is not known to be served is found by the usual plural', () => {
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
    const object = { group: 'networking.k8s.io', resource: 'networkpolicies', subresource: null, namespace: 'shop', name: 'web' }
    expect(people(find('a', SET, { object: policy }), [log('jane', '2026-11-23T14:50:36Z', { object })])).toEqual([['jane', 'certain']])
  })
})
