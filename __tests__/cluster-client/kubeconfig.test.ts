import { describe, expect, test } from 'vitest'
import { type ConnectOptions, connect } from '../../src/cluster/connect.ts'
import { UserError } from '../../src/errors.ts'
import type { Fault } from '../../src/model.ts'

/** A kubeconfig with the given entries in place of the usual ones. */
function write({
  cluster = 'server: https://api.example.com:6443',
  user = 'token: abc123',
  context = 'cluster: c, user: u',
  current = 'main',
} = {}): string {
  return `apiVersion: v1
kind: Config
current-context: ${current}
contexts:
  - name: main
    context: {${context}}
  - name: other
    context: {cluster: c, user: u}
clusters:
  - name: c
    cluster: {${cluster}}
users:
  - name: u
    user: {${user}}
`
}

function collectFaults(text: string, context: string | null = null, options: ConnectOptions = {}): readonly Fault[] {
  try {
    connect({ type: 'inline', text }, context, options)
    return []
  } catch (error) {
    if (error instanceof UserError) return error.faults
    throw error
  }
}

const noExec = /runs a program \(`exec`: `aws`\), which is refused/

describe('an inline kubeconfig', () => {
  test.each<[string, string, string | null, string, RegExp]>([
    ['empty', ' \n', null, 'kubeconfig', /is empty.*check that the secret exists/s],
    ['not YAML', 'clusters: [a\n  b: c', null, 'kubeconfig', /not valid YAML at line \d/],
    ['a scalar', 'hello there', null, 'kubeconfig', /no kubeconfig: it is not a YAML mapping.*kubectl config view/s],
    ['a path', '~/.kube/config', null, 'kubeconfig', /This is a path/],
    ['base64', Buffer.from(write()).toString('base64'), null, 'kubeconfig', /encoded in base64: give it decoded/],
    ['another YAML', 'kind: Deployment\nmetadata: {name: x}', null, 'kubeconfig', /neither `clusters` nor `contexts`/],
    ['without contexts', 'clusters: []\ncontexts: []', null, 'kubeconfig', /has no contexts/],
    ['without current context', write({ current: '""' }), null, 'kube-context', /no `current-context`.*`main`, `other`/s],
    [
      'with a current context it does not have',
      write({ current: 'gone' }),
      null,
      'kube-context',
      /`gone`, which it does not have.*`main`, `other`/s,
    ],
    ['without the context asked for', write(), 'prod', 'kube-context', /no context `prod`.*`main`, `other`/s],
    ['with an unknown cluster', write({ context: 'cluster: x, user: u' }), null, 'kubeconfig', /names the cluster `x`/],
    ['with an unknown user', write({ context: 'cluster: c, user: x' }), null, 'kubeconfig', /names the user `x`/],
    ['without server', write({ cluster: 'foo: bar' }), null, 'kubeconfig', /has no `server`/],
    ['with a server that is no address', write({ cluster: 'server: "api.example.com:6443"' }), null, 'kubeconfig', /not an https address/],
    [
      'with a credential in the address',
      write({ cluster: 'server: "https://me:pw@api.example.com"' }),
      null,
      'kubeconfig',
      /carries a credential/,
    ],
    ['with plain http', write({ cluster: 'server: "http://api.example.com"' }), null, 'kubeconfig', /plain http on api.example.com/],
    [
      'with a name that merely starts like loopback',
      write({ cluster: 'server: "http://127.0.0.1.example.com"' }),
      null,
      'kubeconfig',
      /plain http/,
    ],
    ['with exec', write({ user: 'exec: {command: aws, args: [a]}' }), null, 'kubeconfig', noExec],
    ['with auth-provider', write({ user: 'auth-provider: {name: gcp}' }), null, 'kubeconfig', /`auth-provider` `gcp`, which is refused/],
    ['with a token file', write({ user: 'tokenFile: /etc/token' }), null, 'kubeconfig', /refers to a file \(`tokenFile`\).*`token`/s],
    [
      'with a certificate file',
      write({ user: 'client-certificate: /a' }),
      null,
      'kubeconfig',
      /\(`client-certificate`\).*`client-certificate-data`/s,
    ],
    ['with a key file', write({ user: 'client-key: /a' }), null, 'kubeconfig', /\(`client-key`\).*`client-key-data`/s],
    [
      'with an authority file',
      write({ cluster: 'server: "https://a", certificate-authority: /a' }),
      null,
      'kubeconfig',
      /\(`certificate-authority`\)/,
    ],
    [
      'that skips verification',
      write({ cluster: 'server: "https://a", insecure-skip-tls-verify: true' }),
      null,
      'kubeconfig',
      /could go to anyone.*`certificate-authority-data`/s,
    ],
    ['with a proxy', write({ cluster: 'server: "https://a", proxy-url: "http://p"' }), null, 'kubeconfig', /has a `proxy-url`/],
    ['that acts as someone else', write({ user: 'token: t, as: admin' }), null, 'kubeconfig', /acts as someone else \(`as`\)/],
    ['that acts as a group', write({ user: 'token: t, as-groups: [system:masters]' }), null, 'kubeconfig', /\(`as-groups`\)/],
  ])('%s is refused, with the input and the remedy', (_name, text, context, where, message) => {
    const [fault] = collectFaults(text, context)
    expect(fault?.where).toBe(where)
    expect(`${fault?.message} ${fault?.remedy}`).toMatch(message)
    expect(fault?.remedy).not.toBe('')
    expect(fault?.remedy).not.toMatch(/skip/)
  })

  test('tells all faults at once', () => {
    const text = write({
      cluster: 'server: "http://far.example.com", certificate-authority: /ca, proxy-url: "http://p"',
      user: 'exec: {command: aws}, tokenFile: /t, as: admin',
    })
    expect(collectFaults(text).map((fault) => fault.message)).toEqual([
      expect.stringMatching(/plain http/),
      expect.stringMatching(noExec),
      expect.stringMatching(/certificate-authority/),
      expect.stringMatching(/tokenFile/),
      expect.stringMatching(/proxy-url/),
      expect.stringMatching(/acts as someone else/),
    ])
  })

  test.each<[string, string, ConnectOptions]>([
    ['exec by its name', write({ user: 'exec: {command: aws}' }), { allowExec: ['aws'] }],
    ['exec by its absolute path', write({ user: 'exec: {command: /usr/bin/aws}' }), { allowExec: ['/usr/bin/aws'] }],
    ['skip-verify', write({ cluster: 'server: "https://a", insecure-skip-tls-verify: true' }), { allowSkipVerify: true }],
    ['http on loopback', write({ cluster: 'server: "http://127.0.0.1:8001"' }), {}],
    [
      'JSON',
      JSON.stringify({
        contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'main',
        clusters: [{ name: 'c', cluster: { server: 'https://a' } }],
        users: [{ name: 'u', user: { token: 't' } }],
      }),
      {},
    ],
  ])('%s is allowed', (_name, text, options) => {
    expect(collectFaults(text, null, options)).toEqual([])
  })

  test.each([
    ['another program of that name', 'exec: {command: /tmp/aws}', ['aws']],
    ['a relative path, even by name', 'exec: {command: ./aws}', ['./aws']],
    ['a relative path in a folder, even by name', 'exec: {command: bin/aws}', ['bin/aws']],
  ])('%s is refused', (_name, user, allowExec) => {
    expect(collectFaults(write({ user }), null, { allowExec })).toHaveLength(1)
  })

  test('other contexts may break the rules: only the chosen one counts', () => {
    expect(collectFaults(write({ context: 'cluster: nowhere, user: nobody' }), 'other')).toEqual([])
  })

  test('every credential is told for masking, in each form, also when the kubeconfig is refused', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n'
    const encoded = Buffer.from(key).toString('base64')
    const user = `token: "0123456789012345678901", username: me, password: hunter2, client-key-data: ${encoded}, exec: {command: aws, env: [{name: AWS_SECRET_ACCESS_KEY, value: s3cr3t}, {name: AWS_PROFILE, value: dev}]}`
    const told: string[] = []
    expect(collectFaults(write({ user }), null, { onSecret: (secret) => told.push(secret) })).toHaveLength(1)
    expect(told).toEqual(['0123456789012345678901', 'hunter2', Buffer.from('me:hunter2').toString('base64'), encoded, key, 's3cr3t'])
    const { secrets } = connect({ type: 'inline', text: write({ user }) }, null, { allowExec: ['aws'] })
    expect(secrets).toEqual(told)
  })

  test('messages never repeat the text, which holds credentials', () => {
    const text = `users:\n  - user: {token: TOPSECRET\n    other: [`
    expect(JSON.stringify(collectFaults(text))).not.toContain('TOPSECRET')
  })

  test.each([
    ['never expires', { sub: 'x' }, /never expires/],
    ['lives long', { exp: Date.now() / 1000 + 365 * 86400 }, /is valid until/],
  ])('a token that %s is noted', (_name, claims, message) => {
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`
    expect(connect({ type: 'inline', text: write({ user: `token: ${token}` }) }, null).notes).toEqual([
      { kind: 'long-lived-token', message: expect.stringMatching(message) },
    ])
  })
})
