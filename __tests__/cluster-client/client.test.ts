import { randomBytes } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, expectTypeOf, onTestFinished, test } from 'vitest'
import type { ClusterClient, ReviewKind } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { discover } from '../../src/cluster/discover.ts'
import { parseJson } from '../../src/cluster/json.ts'
import { isReadablePath } from '../../src/cluster/paths.ts'
import { type Fault, writeKubeconfig } from '../fakes/kubernetes-api.ts'
import { makeCertificate } from './certificate.ts'
import { makeObject, openFake, QUICK } from './recording.ts'

const PATH = '/api/v1/namespaces/shop/configmaps/a'
const OBJECTS = [makeObject('v1', 'ConfigMap', 'a')]

describe('the client cannot write', () => {
  test('by type: there is a get and a review, and no place for a method or a body', () => {
    expectTypeOf<keyof ClusterClient>().toEqualTypeOf<'server' | 'get' | 'review' | 'counts'>()
    expectTypeOf<keyof NonNullable<Parameters<ClusterClient['get']>[1]>>().toEqualTypeOf<'purpose' | 'accept' | 'within'>()
    expectTypeOf<ReviewKind>().toEqualTypeOf<'SelfSubjectReview' | 'SelfSubjectAccessReview' | 'SelfSubjectRulesReview'>()
  })

  test('at run time: whatever is passed, only GETs and the three reviews arrive', async () => {
    const { cluster, client } = await openFake(OBJECTS)
    const sneaky = { purpose: 'get', method: 'DELETE', body: '{}' } as const
    await client.get(PATH, sneaky)
    for (const kind of ['SelfSubjectReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview'] as const) await client.review(kind, {})
    for (const kind of ['TokenReview', 'Pod', '__proto__', '../../api/v1/pods?x='])
      expect(() => client.review(kind as ReviewKind, {})).toThrow('Not a review')
    expect(cluster.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${PATH}`,
      'POST /apis/authentication.k8s.io/v1/selfsubjectreviews',
      'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    ])
  })

  test('nor run a command by a GET', async () => {
    const { cluster, client } = await openFake(OBJECTS)
    expect(() => client.get('/api/v1/nodes/n/proxy/run')).toThrow('Not a path to read from')
    expect(cluster.requests).toEqual([])
  })

  test.each([
    '/api/v1/nodes/n/proxy',
    '/api/v1/nodes/n/proxy/run/default/p/c?cmd=id',
    '/api/v1/namespaces/shop/pods/p/exec?command=id',
    '/api/v1/namespaces/shop/services/s/proxy/',
    '/api/v1/namespaces/shop/pods/p/log',
    '/api/v1/namespaces/shop/pods?watch=true',
    '/api/v1/namespaces/shop/pods?limit=1&watch=1',
    '/api/v1/namespaces/../nodes/n',
    '/metrics',
    '/openapi/v3/api/v1/nodes/n/proxy',
    '/openapi/v3/apis/apps/v1/deployments',
    '/openapi/v3/../../metrics',
    '//evil.example.com/api/v1',
    'api/v1/pods',
    '/api/v1/pods#/x',
  ])('a GET of %s is refused, since a GET may run commands too', (path) => {
    expect(isReadablePath(path)).toBe(false)
  })

  test.each([
    '/version',
    '/api',
    '/apis',
    '/api/v1',
    '/apis/apps/v1',
    '/openapi/v3/api/v1',
    '/openapi/v3/apis/cert-manager.io/v1',
    '/api/v1/namespaces',
    '/api/v1/namespaces/shop',
    '/api/v1/nodes/n',
    PATH,
    '/apis/apps/v1/deployments?limit=500',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Abasic-user',
  ])('a GET of %s is a read', (path) => {
    expect(isReadablePath(path)).toBe(true)
  })
})

describe('what passes by itself is tried again', () => {
  const throttled: Fault = {
    status: 429,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Too many requests, please try again later.',
  }
  test.each<[string, Fault]>([
    ['429 in plain text', throttled],
    ['500', { status: 500, body: '{"kind":"Status","message":"etcdserver: leader changed","code":500}' }],
    ['503 in plain text', { status: 503, headers: { 'content-type': 'text/plain' }, body: 'service unavailable' }],
    ['504', { status: 504, body: '{"kind":"Status","code":504}' }],
    ['a reset', 'reset'],
    ['half a body', 'truncate'],
    ['half a body of the right length', { status: 200, body: '{"kind":"ConfigMap","meta' }],
    ['silence', 'hang'],
  ])('%s, twice', async (_name, fault) => {
    const { cluster, client } = await openFake(OBJECTS, { fault: ({ nth }) => (nth <= 2 ? fault : null) })
    expect(await client.get(PATH)).toMatchObject({ outcome: 'answered', status: 200, body: { kind: 'ConfigMap' } })
    expect(cluster.requests).toHaveLength(3)
    expect(client.counts()).toEqual({ discovery: 0, list: 0, get: 1 })
  })

  test('the server says how long to wait', async () => {
    const { client } = await openFake(OBJECTS, {
      fault: ({ nth }) => (nth === 1 ? { ...throttled, headers: { 'retry-after': '1' } } : null),
    })
    const start = performance.now()
    expect(await client.get(PATH)).toMatchObject({ status: 200 })
    expect(performance.now() - start).toBeGreaterThan(990)
  })

  test('a wait beyond the time left is not begun', async () => {
    const { cluster, client } = await openFake(OBJECTS, {
      fault: () => ({ ...throttled, headers: { 'content-type': 'text/plain', 'retry-after': '3600' } }),
    })
    expect(await client.get(PATH)).toMatchObject({ status: 429, body: null, text: 'Too many requests, please try again later.' })
    expect(cluster.requests).toHaveLength(1)
  })

  test.each<[string, Fault, object]>([
    ['503', { status: 503, body: '{"kind":"Status"}' }, { outcome: 'answered', status: 503 }],
    ['half a body', 'truncate', { outcome: 'failed', code: expect.stringMatching(/TRUNCATED|ECONNRESET/) }],
    ['silence', 'hang', { outcome: 'failed', code: 'TIMEOUT' }],
  ])('%s that stays is data after five tries, once the server has answered', async (_name, fault, expected) => {
    const { cluster, client } = await openFake(OBJECTS, { fault: ({ path }) => (path === PATH ? fault : null) })
    await client.get('/version')
    expect(await client.get(PATH)).toMatchObject(expected)
    expect(cluster.requests).toHaveLength(6)
  })

  test.each<[string, number]>([
    ['403', 403],
    ['404', 404],
    ['410', 410],
  ])('%s is an answer, asked for once', async (_name, status) => {
    const { cluster, client } = await openFake(OBJECTS, { fault: () => ({ status, body: '{"kind":"Status"}' }) })
    expect(await client.get(PATH)).toMatchObject({ status })
    expect(cluster.requests).toHaveLength(1)
  })
})

test('a redirect is not followed: the credential stays here', async () => {
  const { cluster, client } = await openFake(OBJECTS, {
    fault: ({ path }) => (path === PATH ? { status: 302, headers: { location: 'https://login.example.com/?x' }, body: '' } : null),
  })
  await client.get('/version')
  expect(await client.get(PATH)).toEqual({
    outcome: 'failed',
    code: 'REDIRECT',
    message: 'the server redirects to login.example.com, which is not followed',
  })
  expect(cluster.requests).toHaveLength(2)
})

test('an answer beyond the bound is not read to its end', async () => {
  const { client } = await openFake(
    [makeObject('v1', 'ConfigMap', 'a', 'shop', { data: { big: 'x'.repeat(2_000_000) } })],
    {},
    { bytes: 2 ** 20 },
  )
  await client.get('/version')
  expect(await client.get(PATH)).toEqual({ outcome: 'failed', code: 'TOO_LARGE', message: 'the answer is larger than 1 MiB' })
})

test('a packed answer is unpacked, and one that unpacks beyond the bound is refused', async () => {
  const bodies = [JSON.stringify({ kind: 'ConfigMap' }), JSON.stringify({ big: 'x'.repeat(2_000_000) })]
  const server = createHttpServer((request, response) => {
    const packed = gzipSync(bodies[request.url === PATH ? 1 : 0] ?? '')
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { client } = connect(
    { type: 'inline', text: writeKubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 't') },
    null,
    { limits: { ...QUICK, bytes: 2 ** 20 } },
  )
  expect(await client.get('/version')).toMatchObject({ body: { kind: 'ConfigMap' } })
  expect(await client.get(PATH)).toMatchObject({ code: 'TOO_LARGE' })
})

test('a packed answer that breaks off is noticed at once, and tried again', async () => {
  const packed = gzipSync(JSON.stringify({ kind: 'ConfigMap', noise: randomBytes(5_000).toString('hex') }))
  let requests = 0
  const server = createHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': packed.length })
    if (++requests > 1) response.end(packed)
    else response.write(packed.subarray(0, 1_000), () => response.destroy())
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const text = writeKubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 't')
  // Without a time limit that would end the wait.
  const { client } = connect({ type: 'inline', text }, null, { limits: { backoff: 5 } })
  const start = performance.now()
  expect(await client.get(PATH)).toMatchObject({ body: { kind: 'ConfigMap' } })
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('a server that never answered is a fault, one that did and then fell silent is data', async () => {
  const { cluster, client } = await openFake(OBJECTS, {}, { tries: 2 })
  await client.get('/version')
  await cluster.close()
  expect(await client.get(PATH)).toMatchObject({ outcome: 'failed', code: 'ECONNREFUSED' })
  const { client: fresh } = connect({ type: 'inline', text: cluster.kubeconfig() }, null, { limits: { ...QUICK, tries: 2 } })
  await expect(fresh.get(PATH)).rejects.toThrow(/^kubeconfig: The API server .* cannot be reached: .*ECONNREFUSED/)
})

test('at most four requests run at once, over kept connections', async () => {
  let open = 0
  let most = 0
  const ports = new Set<number | undefined>()
  const server = createHttpServer((request, response) => {
    most = Math.max(most, ++open)
    ports.add(request.socket.remotePort)
    setTimeout(() => {
      open--
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }, 5)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { client } = connect(
    { type: 'inline', text: writeKubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 't') },
    null,
  )
  await Promise.all(Array.from({ length: 40 }, () => client.get(PATH)))
  expect([most, ports.size]).toEqual([4, 4])
})

test('a server behind a path keeps it', async () => {
  const seen: (string | undefined)[] = []
  const server = createHttpServer((request, response) => {
    seen.push(request.url)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { client } = connect(
    { type: 'inline', text: writeKubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}/k8s/clusters/c-1/`, 't') },
    null,
  )
  await client.get('/version')
  await client.review('SelfSubjectReview', {})
  expect(seen).toEqual(['/k8s/clusters/c-1/version', '/k8s/clusters/c-1/apis/authentication.k8s.io/v1/selfsubjectreviews'])
})

test.each([
  ['{"a": 9007199254740993}', { a: 9007199254740993n }],
  ['{"a": -18446744073709551616, "b": [1, 12345678901234567890]}', { a: -18446744073709551616n, b: [1, 12345678901234567890n] }],
  ['{"a": 9007199254740991}', { a: 9007199254740991 }],
  ['{"a": 1e400, "b": 0.1234567890123456}', { a: Number.POSITIVE_INFINITY, b: 0.1234567890123456 }],
  ['{"a": "12345678901234567890"}', { a: '12345678901234567890' }],
])('%s is parsed without losing a digit', (text, expected) => {
  expect(parseJson(text)).toEqual(expected)
})

describe('a server that cannot be used is told with the input and the remedy', () => {
  async function tell(server: string, user = 't'): Promise<string> {
    const { client } = connect({ type: 'inline', text: writeKubeconfig(server, user) }, null, { limits: QUICK })
    return discover(client).then(
      () => 'it worked',
      (error: Error) => error.message,
    )
  }

  test('nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    expect(await tell(`https://127.0.0.1:${port}`)).toMatch(
      new RegExp(`^kubeconfig: The API server 127.0.0.1:${port} cannot be reached: .*\\(ECONNREFUSED\\)\\. Check the port`),
    )
  })

  test('the name does not exist', async () => {
    expect(await tell('https://plumbline.invalid:6443')).toMatch(
      /^kubeconfig: The API server plumbline\.invalid:6443 cannot be reached: .*\((ENOTFOUND|EAI_AGAIN)\)\. Check the host name plumbline\.invalid/,
    )
  })

  test('it accepts and says nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    expect(await tell(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)).toMatch(
      /cannot be reached: .* \(TIMEOUT\)\. Check that this machine may reach/,
    )
  })

  test('it speaks plain http where https is expected', async () => {
    const { cluster } = await openFake([])
    expect(await tell(cluster.url.replace('http:', 'https:'))).toMatch(
      /secure connection to the API server .* failed: .*Check that the port/s,
    )
    expect(cluster.requests).toEqual([])
  })

  test('its certificate is signed by nobody known: asked once, and skipping the check is not the remedy', async () => {
    const { key, cert } = makeCertificate()
    let connections = 0
    const server = createHttpsServer({ key, cert }, (_request, response) => void response.end('{}')).listen(0, '127.0.0.1')
    server.on('connection', () => connections++)
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const message = await tell(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(message).toMatch(
      /^kubeconfig: The secure connection to the API server .* failed: .*\((DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)\)\. Put the certificate of the authority/,
    )
    expect(message).not.toMatch(/skip|insecure/)
    expect(connections).toBeLessThanOrEqual(3)
  })

  test('the data of a certificate is garbage', async () => {
    const text = writeKubeconfig('https://127.0.0.1:1', 't').replace(
      'user: {',
      'user: {client-certificate-data: Zm9v, client-key-data: Zm9v, ',
    )
    const { client } = connect({ type: 'inline', text }, null, { limits: QUICK })
    await expect(discover(client)).rejects.toThrow(/kubeconfig: .*each is PEM in base64/)
  })

  test('it refuses the credential', async () => {
    const { cluster } = await openFake([])
    expect(await tell(cluster.url, 'wrong')).toMatch(
      /^kubeconfig: The API server .* refuses the credential \(401 Unauthorized\)\. Check that it belongs/,
    )
  })

  test('it refuses a token that says itself that it has expired', async () => {
    const { cluster } = await openFake([])
    const token = `e30.${Buffer.from('{"exp":1700000000}').toString('base64url')}.c2ln`
    expect(await tell(cluster.url, token)).toMatch(/401 Unauthorized\)\. The token expired on 2023-11-14T22:13:20Z\. Make a new token/)
  })

  test.each<[string, Fault, RegExp]>([
    [
      'a login page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
      /does not answer as a Kubernetes API server does: GET \/version gave HTTP 200, text\/html: <html>Sign in<\/html>/,
    ],
    ['other JSON', { status: 200, body: '{"hello":1}' }, /does not answer as a Kubernetes API server does/],
    [
      'a redirect',
      { status: 301, headers: { location: 'https://console.example.com/' }, body: '' },
      /redirects to console\.example\.com.*Set the kubeconfig's `server` to the API server itself/s,
    ],
  ])('it is %s', async (_name, fault, message) => {
    const { cluster } = await openFake([], { fault: () => fault })
    expect(await tell(cluster.url, 'recorded-reader')).toMatch(message)
  })
})
