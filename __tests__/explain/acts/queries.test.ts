import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { writeQueries } from '../../../src/explain/acts/queries.ts'
import type { ObjectRef } from '../../../src/model.ts'
import { makeAuditEvent } from '../../audit/make-event.ts'

const WEB: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const ROLE: ObjectRef = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: null, name: 'system:x' }
const info = {
  resources: [
    { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', resource: 'clusterroles', namespaced: false },
  ],
}
const minutes = { from: '2026-11-23T14:50:36Z', to: '2026-11-23T14:52:00Z' }
const write = (objects: readonly ObjectRef[], window: Parameters<typeof writeQueries>[1] = minutes) =>
  Object.fromEntries(writeQueries(objects, window, info).map(({ where, text }) => [where, text])) as {
    readonly [where in 'Kubernetes audit log' | 'Amazon EKS' | 'Google GKE' | 'Azure AKS']: string
  }
const hasJq = spawnSync('jq', ['--version']).status === 0

/** Runs the command as it stands, with the log in the place of the file. */
function runJq(command: string, events: readonly object[]): readonly { readonly user: string }[] {
  const piped = command.replace(/ audit\.log$/, '')
  expect(piped).not.toBe(command)
  const { stdout, stderr, status } = spawnSync('sh', ['-c', piped], {
    input: events.map((event) => JSON.stringify(event)).join('\n'),
    encoding: 'utf8',
  })
  expect([stderr, status]).toEqual(['', 0])
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

test('one for each kind of log, in which the same is asked', () => {
  expect(write([WEB, ROLE, WEB])).toMatchSnapshot()
})

test('a change without a time: since the last deploy, or for seven days', () => {
  const since = write([WEB], { from: '2026-11-21T09:00:00Z', to: null })
  const week = write([WEB], { from: null, to: null })
  for (const where of ['Kubernetes audit log', 'Amazon EKS', 'Google GKE', 'Azure AKS'] as const) {
    expect(since[where]).toMatch(/2026-11-21T08:59:00/)
    expect(week[where]).toMatch(/7 \* 86400|ago\(7d\)|last seven days/)
    expect(week[where]).not.toMatch(/\d{4}-\d\d-\d\d/)
  }
})

test('many objects: no more than a person reads', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ ...WEB, name: `web-${at}` }))
  for (const text of Object.values(write(many))) expect(text.match(/web-\d+/g)?.length).toBe(20)
})

// Without jq nothing could be shown here; CI has it, and the test on the control plane needs it in any case.
describe.runIf(hasJq)('jq', () => {
  const objectRef = makeAuditEvent().objectRef as object
  test('finds writes to these objects in these minutes, and nothing else', () => {
    const events = [
      makeAuditEvent({ user: { username: 'jane' } }),
      makeAuditEvent({ user: { username: 'scaler' }, objectRef: { ...objectRef, subresource: 'scale' } }),
      makeAuditEvent({ user: { username: 'all' }, verb: 'deletecollection', objectRef: { ...objectRef, name: undefined } }),
      makeAuditEvent({ user: { username: 'bot' }, impersonatedUser: { username: 'ops' } }),
      makeAuditEvent({
        user: { username: 'admin' },
        objectRef: { resource: 'clusterroles', apiGroup: 'rbac.authorization.k8s.io', name: 'system:x' },
      }),
      makeAuditEvent({ user: { username: 'reads' }, verb: 'get' }),
      makeAuditEvent({ user: { username: 'refused' }, responseStatus: { code: 403 } }),
      makeAuditEvent({ user: { username: 'other' }, objectRef: { ...objectRef, name: 'web-2' } }),
      makeAuditEvent({ user: { username: 'elsewhere' }, objectRef: { ...objectRef, namespace: 'other' } }),
      makeAuditEvent({ user: { username: 'late' }, requestReceivedTimestamp: '2026-11-23T14:53:01.000000Z' }),
      makeAuditEvent({ user: { username: 'nothing' }, objectRef: undefined }),
    ]
    expect(runJq(write([WEB, ROLE])['Kubernetes audit log'], events).map(({ user }) => user)).toEqual([
      'jane',
      'scaler',
      'all',
      'ops',
      'admin',
    ])
  })

  test.each(["it's", '"; rm -rf /', '\\(input)', '$(touch x)', '`id`', 'ü\u2028\n', '\\', '"] | halt_error #'])(
    'a hostile name stays a name: %j',
    (name) => {
      const events = [makeAuditEvent({ objectRef: { ...objectRef, name } }), makeAuditEvent()]
      expect(runJq(write([{ ...WEB, name }])['Kubernetes audit log'], events)).toHaveLength(1)
    },
  )
})

test('in the other languages a hostile name is one literal, in one line', () => {
  const name = 'a"b\\c\nd|e $(id)\u2028.*'
  const queries = write([{ ...WEB, name }])
  const literal = String.raw`"a\"b\\c\nd|e $(id)\u2028.*"`
  expect(queries['Amazon EKS']).toContain(`(objectRef.name = ${literal} or verb`)
  expect(queries['Azure AKS']).toContain(`tostring(What.name) in (${literal}, "")`)
  // A pattern within a literal: what is special in a pattern is escaped, and so are the escapes.
  expect(queries['Google GKE']).toContain(String.raw`/deployments(/a\"b\\\\c\nd\\|e \\$\\(id\\)\u2028\\.\\*(/[a-z]+)?)?$"`)
})
