import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readAuditLog } from '../../src/audit/read-audit-log.ts'
import { makeAuditEvent } from './make-event.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-audit-'))
})
afterEach(() => rm(folder, { recursive: true }))

const request = { namespaces: ['shop'], since: null, now: '2026-11-23T15:00:00Z' }
const read = (path: string, more: Partial<Parameters<typeof readAuditLog>[0]> = {}) =>
  readAuditLog({ path: join(folder, path), workspace: folder, ...request, ...more })
const put = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)
const toLines = (events: readonly object[]) => `${events.map((event) => JSON.stringify(event)).join('\n')}\n`
const two = [
  makeAuditEvent(),
  makeAuditEvent({ user: { username: 'bob' }, requestReceivedTimestamp: '2026-11-23T14:51:00Z', stageTimestamp: '2026-11-23T14:51:00Z' }),
]
const users = (log: Awaited<ReturnType<typeof read>>) => log.events?.map(({ user }) => user)
const kinds = (log: Awaited<ReturnType<typeof read>>) => log.notes.map(({ kind }) => kind)

describe('every form of an audit log', () => {
  const list = { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items: two }
  test.each([
    ['a line each', toLines(two)],
    ['a line each, without a last line feed', toLines(two).trimEnd()],
    ['a line each, as Windows ends lines', toLines(two).replaceAll('\n', '\r\n')],
    ['a line each, with a mark at the start and empty lines', `\uFEFF\n${toLines(two).replace('\n', '\n\n')}`],
    ['an array', JSON.stringify(two)],
    ['an array over several lines', JSON.stringify(two, null, 2)],
    ['a list', JSON.stringify(list)],
    ['a list over several lines', JSON.stringify(list, null, 2)],
    ['a list whose items come first', JSON.stringify({ items: two, kind: 'EventList' }, null, 2)],
    ['events over several lines', two.map((event) => JSON.stringify(event, null, 2)).join('\n')],
    ['one event', toLines(two.slice(0, 1)), ['jane@example.com']],
    ['brackets and quotes in texts', JSON.stringify([{ ...two[0], userAgent: 'a"]}\\' }, two[1]])],
    ['an event with maps in lists', JSON.stringify([{ ...two[0], requestObject: { list: [{ a: [{}] }] } }, two[1]], null, 1)],
  ] as const)('%s', async (_, text, expected: readonly string[] = ['jane@example.com', 'bob']) => {
    await put('audit.log', text)
    const log = await read('audit.log')
    expect(log.notes).toEqual([])
    expect(users(log)).toEqual(expected)
  })

  test('compressed, whatever it is called', async () => {
    await put('audit.log', gzipSync(toLines(two)))
    expect(users(await read('audit.log'))).toEqual(['jane@example.com', 'bob'])
  })

  test('a folder: all its files, an event that is in two of them once', async () => {
    await put('audit-1.log.gz', gzipSync(toLines(two)))
    await put(
      'audit.log',
      toLines([two[1] ?? {}, makeAuditEvent({ user: { username: 'carol' }, requestReceivedTimestamp: '2026-11-23T14:52:00Z' })]),
    )
    await put('.hidden', toLines([makeAuditEvent({ user: { username: 'mallory' } })]))
    await mkdir(join(folder, 'older'))
    const log = await read('.')
    expect(users(log)).toEqual(['jane@example.com', 'bob', 'carol'])
    expect(log).toMatchObject({ notes: [], span: { from: '2026-11-23T14:50:36.120Z', to: '2026-11-23T14:52:00.000Z' } })
  })
})

describe('what is kept', () => {
  const objectRef = makeAuditEvent().objectRef as object
  const uri = '/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=kubectl-set'
  test.each([
    ['a read', { verb: 'get' }],
    ['an earlier stage', { stage: 'RequestReceived' }],
    ['a refused request', { responseStatus: { code: 403 } }],
    ['a refused request of nobody', { user: {}, responseStatus: { code: 401 } }],
    ['a conflict', { responseStatus: { code: 409 } }],
    ['a dry run', { requestURI: `${uri}&dryRun=All` }],
    ['a deletion that is a dry run by its body', { verb: 'delete', requestObject: { kind: 'DeleteOptions', dryRun: ['All'] } }],
    ['a status', { objectRef: { ...objectRef, subresource: 'status' } }],
    ['another namespace', { objectRef: { ...objectRef, namespace: 'other' } }],
    ['an event of Kubernetes', { objectRef: { ...objectRef, resource: 'events' } }],
    ['a component', { user: { username: 'system:kube-controller-manager' } }],
    ['a node', { user: { username: 'system:node:n1' } }],
  ])('not %s', async (_, more) => {
    await put('audit.log', toLines([makeAuditEvent(more)]))
    expect(await read('audit.log')).toMatchObject({ events: [], notes: [] })
  })

  test.each([
    ['a subresource that changes the object', { objectRef: { ...objectRef, subresource: 'scale' } }],
    ['an object without a namespace', { objectRef: { resource: 'clusterroles', name: 'web', apiGroup: 'rbac.authorization.k8s.io' } }],
    ['a service account', { user: { username: 'system:serviceaccount:ci:deployer' } }],
    ['the administrator of k3s', { user: { username: 'system:admin' } }],
    ['a deletion', { verb: 'delete', responseStatus: { code: 202 } }],
  ])('%s', async (_, more) => {
    await put('audit.log', toLines([makeAuditEvent(more)]))
    expect((await read('audit.log')).events).toHaveLength(1)
  })

  test('nothing of the bodies, whatever the level', async () => {
    const bodies = {
      level: 'RequestResponse',
      requestObject: { data: { PASSWORD: 'hunter2' } },
      responseObject: { data: { PASSWORD: 'hunter2' } },
    }
    await put('audit.log', toLines([makeAuditEvent(bodies)]))
    const log = await read('audit.log')
    expect(JSON.stringify(log)).not.toContain('hunter2')
    expect(log.events).toEqual([
      {
        ...{ received: '2026-11-23T14:50:36.120Z', answered: '2026-11-23T14:50:36.150Z', verb: 'patch' },
        ...{ user: 'jane@example.com', impersonatedBy: null, sources: ['10.0.0.7'], fieldManager: 'kubectl-set' },
        userAgent: 'kubectl/v1.34.5 (linux/amd64) kubernetes/abcdef0',
        object: { group: 'apps', resource: 'deployments', subresource: null, namespace: 'shop', name: 'web' },
      },
    ])
  })

  test('who acts in another’s name', async () => {
    await put('audit.log', toLines([makeAuditEvent({ impersonatedUser: { username: 'ops' } })]))
    expect((await read('audit.log')).events).toMatchObject([{ user: 'ops', impersonatedBy: 'jane@example.com' }])
  })

  test('only since a time', async () => {
    await put('audit.log', toLines(two))
    expect(users(await read('audit.log', { since: '2026-11-23T14:50:50Z' }))).toEqual(['bob'])
  })
})

describe('what is wrong with it costs a note, and the rest stands', () => {
  test('broken lines are counted, and the first is named', async () => {
    const [first = '', second = ''] = toLines(two).trimEnd().split('\n')
    await put('audit.log', [first, first.slice(0, 100), '{"kind":"Event"}', 'no JSON', '[1]', second, second.slice(0, -9)].join('\n'))
    const log = await read('audit.log')
    expect(users(log)).toEqual(['jane@example.com', 'bob'])
    expect(log.notes).toEqual([
      { kind: 'audit-log-broken', message: expect.stringContaining('5 entries are no event that can be read, the first at audit.log:2') },
    ])
  })

  test('an array that ends in the middle', async () => {
    await put('audit.log', JSON.stringify(two, null, 2).slice(0, -40))
    const log = await read('audit.log')
    expect(users(log)).toEqual(['jane@example.com'])
    expect(log.notes).toMatchObject([{ kind: 'audit-log-broken', message: expect.stringMatching(/audit\.log:\d\d/) }])
  })

  test.each(['', '\n\n', '[]', '{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[]}'])('nothing in it: %j', async (text) => {
    await put('audit.log', text)
    const log = await read('audit.log')
    expect([log.events, kinds(log), log.span]).toEqual([null, ['audit-log-empty'], null])
  })

  test('another kind of file', async () => {
    await put('audit.log', 'I1123 14:50:36 some other log\nof two lines\n')
    expect(kinds(await read('audit.log'))).toEqual(['audit-log-broken', 'audit-log-empty'])
  })

  test('no such file, an empty folder', async () => {
    const missing = await read('audit.log')
    expect(missing).toMatchObject({
      events: null,
      notes: [{ kind: 'audit-log-unreadable', message: expect.stringContaining('no such file') }],
    })
    await mkdir(join(folder, 'empty'))
    expect(await read('empty')).toMatchObject({ events: null, notes: [{ kind: 'audit-log-unreadable' }] })
  })

  test('compressed data that ends too early gives what it has', async () => {
    const packed = gzipSync(toLines(Array.from({ length: 5_000 }, () => makeAuditEvent())))
    await put('audit.log', packed.subarray(0, packed.length / 2))
    const log = await read('audit.log')
    expect(log.events?.length).toBeGreaterThan(1_000)
    expect(log.notes).toContainEqual({ kind: 'audit-log-unreadable', message: expect.stringContaining('ends too early') })
  })

  test('a broken file in a folder of others', async () => {
    await put('a.log', toLines(two))
    await put('b.log.gz', new Uint8Array([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    const log = await read('.')
    expect(users(log)).toEqual(['jane@example.com', 'bob'])
    expect(log.notes).toEqual([
      { kind: 'audit-log-unreadable', message: expect.stringContaining('b.log.gz was not read: its compressed data is broken') },
    ])
  })

  test('a link out of the workspace is not followed; outside of it, a person’s links are', async () => {
    const [workspace, elsewhere] = [join(folder, 'work'), join(folder, 'elsewhere')]
    await Promise.all([mkdir(workspace), mkdir(elsewhere)])
    await put('elsewhere/audit.log', toLines(two))
    await symlink(join(elsewhere, 'audit.log'), join(workspace, 'audit.log'))
    await symlink(elsewhere, join(workspace, 'logs'))
    for (const path of ['work/audit.log', 'work/logs', 'work']) {
      const { events, notes } = await read(path, { workspace })
      expect(events).toBeNull()
      expect(notes).toHaveLength(path === 'work' ? 2 : 1)
      for (const { message } of notes) expect(message).toContain('leads out of the folder')
    }
    await symlink(join(elsewhere, 'audit.log'), join(folder, 'current.log'))
    expect(users(await read('current.log', { workspace }))).toEqual(['jane@example.com', 'bob'])
  })

  test('a clock that is ahead', async () => {
    await put('audit.log', toLines(two))
    expect(kinds(await read('audit.log', { now: '2026-11-23T14:30:00Z' }))).toEqual(['audit-log-clock'])
    expect(kinds(await read('audit.log', { now: '2026-11-23T14:50:00Z' }))).toEqual([])
  })

  test('one event longer than any', async () => {
    const long = makeAuditEvent({ requestObject: 'x'.repeat(9 * 1024 * 1024) })
    for (const text of [toLines([two[0] ?? {}, long, two[1] ?? {}]), JSON.stringify([two[0], long, two[1]])]) {
      await put('audit.log', text)
      const log = await read('audit.log')
      expect(users(log)).toEqual(['jane@example.com', 'bob'])
      expect(kinds(log)).toEqual(['audit-log-broken'])
    }
  })
})

/** The size of the long form, which `PLUMBLINE_AUDIT_MEGABYTES=100` asks for; CI has not the time. */
const MEGABYTES = Number(process.env.PLUMBLINE_AUDIT_MEGABYTES ?? 24)

describe('a large log', () => {
  const program = (path: string) => `
    const { readAuditLog } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/audit/read-audit-log.ts'))})
    const log = await readAuditLog({ path: ${JSON.stringify(path)}, workspace: '/', ...${JSON.stringify(request)} })
    console.log(JSON.stringify({ events: log.events.length, notes: log.notes, peak: process.resourceUsage().maxRSS / 1024 }))`

  /** In a process of its own, whose peak of memory is its own. */
  async function measure(path: string): Promise<{ events: number; notes: object[]; peak: number }> {
    const child = spawn(process.execPath, ['--max-old-space-size=160', '--input-type=module', '--eval', program(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return JSON.parse((await child.stdout.toArray()).join(''))
  }

  test.each(['lines', 'array'] as const)('costs no more memory than a small one (%s)', async (form) => {
    const noise = JSON.stringify(makeAuditEvent({ verb: 'get', requestObject: 'x'.repeat(600) }))
    const change = JSON.stringify(makeAuditEvent({ requestObject: 'x'.repeat(600) }))
    const [open, between, close] = form === 'lines' ? ['', '\n', '\n'] : ['[', ',', ']']
    const write = async (name: string, megabytes: number) => {
      const block = Array.from({ length: 1_000 }, (_, at) =>
        at % 100 === 0 ? change.replace(/"auditID":"/, () => `"auditID":"${crypto.randomUUID()}`) : noise,
      ).join(between)
      const blocks = Math.ceil((megabytes * 1024 * 1024) / block.length)
      await put(
        name,
        open + Array.from({ length: blocks }, (_, at) => block.replaceAll('"auditID":"', `"auditID":"${at}-`)).join(between) + close,
      )
      return blocks * 10
    }
    await write('small.log', 1)
    const expected = await write('large.log', MEGABYTES)
    const [small, large] = [await measure(join(folder, 'small.log')), await measure(join(folder, 'large.log'))]
    expect(large).toMatchObject({ events: expected, notes: [] })
    expect(large.peak - small.peak).toBeLessThan(120)
  })
})
