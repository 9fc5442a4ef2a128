import { describe, expect, it } from 'vitest'
import type { Finding, Json, JsonObject, ObjectRef, Path } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { isSecretValue, redactFinding, redactObject, redactObjects } from '../../src/report/redact.ts'
import { redactText } from '../../src/report/redact-text.ts'
import { isSecretName } from '../../src/report/secrets.ts'

const NO_RULES = { paths: [] }
const HIDDEN = { redacted: true }
const CANARY = 'hunter2canary'
const POD = 'spec.template.spec.containers[name=app]'

describe('isSecretName', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'PGPASSWORD',
    'dbPassword',
    'password_1',
    'TOKEN',
    'GITHUB_TOKEN',
    'authToken',
    'clientSecret',
    'SECRET_KEY_BASE',
    'AWS_ACCESS_KEY_ID',
    'apiKey',
    'API_KEYS',
    'ENCRYPTION_KEY',
    'SENTRY_DSN',
    'AZURE_CREDENTIALS',
    'DB_PASS',
    'CONNECTION_STRING',
    '.dockerconfigjson',
    'passphrase',
    'Authorization',
    'PASSWORD_HASH',
  ])('hides %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })
  it.each([
    'DEBUG',
    'key',
    'secretName',
    'secretKeyRef',
    'configMapKeyRef',
    'existingSecretName',
    'tokenExpirationSeconds',
    'TOKEN_TTL',
    'PASSWORD_FILE',
    'privateKeySecretRef',
    'topologyKey',
    'PARTITION_KEY',
    'publicKey',
    'MAX_TOKENS',
    'TOKEN_URL',
    'KEYCLOAK_HOST',
    'KEYSPACE',
    'MONKEY',
    'PASS_THROUGH',
    'COMPASS',
    'tokenizer',
    'PATH',
    'replicas',
    'image',
    'secretVersion',
    'AUTHOR',
    'PASSWORD_MIN_LENGTH',
  ])('shows %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
  it('takes a lone KEY for a secret only as a variable', () => {
    expect([isSecretName('KEY', true), isSecretName('KEY', false)]).toEqual([true, false])
  })
})

describe('redactFinding', () => {
  it.each<[string, string, Json | undefined, Json | undefined, Json | undefined, Json | undefined, string?]>([
    ['a changed Secret value', 'data.password', 'YQ==', 'Yg==', HIDDEN, HIDDEN, 'Secret'],
    ['an added Secret value', 'data["tls.crt"]', undefined, 'Yg==', undefined, HIDDEN, 'Secret'],
    ['Secret data that is not a map', 'data', 'oops', ['x'], HIDDEN, HIDDEN, 'Secret'],
    ['a Secret field nobody knows', 'payload', { a: 1 }, { a: 2 }, HIDDEN, HIDDEN, 'Secret'],
    [
      'a whole Secret, its keys stay',
      'stringData',
      undefined,
      { user: 'a', 'b.c': 'd' },
      undefined,
      { user: HIDDEN, 'b.c': HIDDEN },
      'Secret',
    ],
    ['the copy kubectl keeps', 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]', '{}', '{"a":1}', HIDDEN, HIDDEN],
    ['the checksum of a Secret', 'spec.template.metadata.annotations["checksum/secret"]', 'aa', 'bb', HIDDEN, HIDDEN],
    ['an env value by its name', `${POD}.env[name=DB_PASSWORD].value`, 'a', 'b', HIDDEN, HIDDEN],
    [
      'a live-only env element, the name stays',
      `${POD}.env[name=DB_PASSWORD]`,
      undefined,
      { name: 'DB_PASSWORD', value: 'x' },
      undefined,
      { name: 'DB_PASSWORD', value: HIDDEN },
    ],
    ['an env value by its shape, on both sides', `${POD}.env[name=WHERE].value`, 'plain', 'postgres://u:p@db/app', HIDDEN, HIDDEN],
    ['a switch that became a secret', `${POD}.env[name=ADMIN_TOKEN].value`, 'false', 's3cr3t', HIDDEN, HIDDEN],
    [
      'a flag with its value',
      `${POD}.args`,
      ['--password=a', '-v'],
      ['--password=b', '-v'],
      ['--password=(redacted)', '-v'],
      ['--password=(redacted, differs)', '-v'],
    ],
    [
      'a flag before its value',
      `${POD}.args`,
      ['--db-password', 'a'],
      ['--db-password', 'b', 'c'],
      ['--db-password', HIDDEN],
      ['--db-password', HIDDEN, 'c'],
    ],
    [
      'a header by its name',
      `${POD}.livenessProbe.httpGet.httpHeaders`,
      undefined,
      [{ name: 'Authorization', value: 'Basic eHk=' }],
      undefined,
      [{ name: 'Authorization', value: HIDDEN }],
    ],
    [
      'a field of a custom resource',
      'spec.auth',
      { user: 'u', password: 'a' },
      { user: 'u', password: 'b' },
      { user: 'u', password: HIDDEN },
      { user: 'u', password: HIDDEN },
    ],
    ['a value under a secret name', 'spec.password', undefined, { value: 'a', from: 'b' }, undefined, { value: HIDDEN, from: 'b' }],
    ['a list of secrets', 'spec.tokens', ['a'], ['b'], [HIDDEN], [HIDDEN]],
    ['a number under a password name', 'spec.password', 1234, 5678, HIDDEN, HIDDEN],
    ['a ConfigMap key by its name', 'data.API_KEY', 'a', 'b', HIDDEN, HIDDEN, 'ConfigMap'],
    ['binary data', 'binaryData["a.bin"]', 'AA==', 'AB==', HIDDEN, HIDDEN, 'ConfigMap'],
    [
      'one line of a text',
      'data["app.yaml"]',
      'a: 1\npassword: x\n',
      'a: 2\npassword: y\n',
      'a: 1\npassword: (redacted)\n',
      'a: 2\npassword: (redacted, differs)\n',
      'ConfigMap',
    ],
    [
      'one line of a text, the same on both sides',
      'data["app.yaml"]',
      'a: 1\npassword: x\n',
      'a: 2\npassword: x\n',
      'a: 1\npassword: (redacted)\n',
      'a: 2\npassword: (redacted)\n',
      'ConfigMap',
    ],
  ])('hides %s', (_, path, desired, live, shownDesired, shownLive, kind = 'Deployment') => {
    const finding = redactFinding(makeFinding(kind, path, desired, live), NO_RULES)
    expect([finding.desired, finding.live]).toEqual([shownDesired, shownLive])
    expect(finding.equal).toBe(false)
    expect(
      isSecretValue(finding.object, finding.path, live, NO_RULES) || isSecretValue(finding.object, finding.path, desired, NO_RULES),
    ).toBe(true)
  })

  it.each<[string, Json | undefined, Json | undefined, string?]>([
    ['spec.replicas', 3, 5],
    [`${POD}.env[name=DEBUG]`, undefined, { name: 'DEBUG', value: 'true' }],
    [`${POD}.env[name=DB_PASSWORD]`, undefined, { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
    [`${POD}.env[name=MODE]`, undefined, { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'cm', key: 'name' } } }],
    [`${POD}.env[name=DB_PASSWORD].value`, '$(OTHER)', '$(POSTGRES_PASSWORD)'],
    ['spec.template.spec.automountServiceAccountToken', false, true],
    ['spec.template.spec.imagePullSecrets[name=a]', undefined, { name: 'a' }],
    ['spec.template.spec.volumes[name=v]', undefined, { name: 'v', secret: { secretName: 's', items: [{ key: 'password', path: 'p' }] } }],
    [
      'spec.template.spec.volumes[name=v].projected.sources[0]',
      undefined,
      { serviceAccountToken: { expirationSeconds: 3600, path: 'token', audience: 'x' } },
    ],
    [`${POD}.image`, 'registry.example:5000/a@sha256:00', 'registry.example:5000/a@sha256:11'],
    [`${POD}.args`, ['--token-ttl=5m', '--tls-private-key-file=/x'], ['--token-ttl=6m', '--tls-private-key-file=/x']],
    ['spec.tls[0].secretName', 'a', 'b', 'Ingress'],
    ['metadata.annotations["nginx.ingress.kubernetes.io/auth-secret"]', 'ns/a', 'ns/b', 'Ingress'],
    ['metadata.annotations["checksum/config"]', 'aa', 'bb'],
    ['rules[0].resources', ['pods'], ['pods', 'secrets'], 'Role'],
    ['type', 'Opaque', 'kubernetes.io/tls', 'Secret'],
    ['data["app.yaml"]', 'secretName: a\nkey: b\nurl: https://host:8080/x\n', 'secretName: b\nkey: c\nurl: https://host/\n', 'ConfigMap'],
    ['spec.affinity.topologyKey', 'a', 'b'],
  ])('shows %s', (path, desired, live, kind = 'Deployment') => {
    const finding = makeFinding(kind, path, desired, live)
    expect(redactFinding(finding, NO_RULES)).toBe(finding)
    expect(isSecretValue(finding.object, finding.path, live, NO_RULES)).toBe(false)
  })

  it('knows from the whole object what an argument is', () => {
    const args = (value: string): JsonObject => ({ spec: { args: ['--password', value, 'run'] } })
    const sides = { desired: args('a'), live: args('b') }
    const finding = makeFinding('Pod', 'spec.args[1]', 'a', 'b')
    expect(redactFinding(finding, NO_RULES, sides)).toMatchObject({ desired: HIDDEN, live: HIDDEN, equal: false })
    expect(isSecretValue(finding.object, finding.path, 'b', NO_RULES, sides)).toBe(true)
    const other = makeFinding('Pod', 'spec.args[2]', 'run', 'walk')
    expect(redactFinding(other, NO_RULES, sides)).toBe(other)
  })

  it.each([
    ['spec.license', 'spec.license'],
    ['spec.*', 'spec.license'],
    ['spec', 'spec.license'],
    ['*.env[name=LICENSE]', `${POD}.env[name=LICENSE].value`],
    ['data["app.yaml"]', 'data["app.yaml"]'],
  ])('hides what the rule %s names', (glob, path) => {
    const finding = makeFinding('Thing', path, 'a', 'b')
    expect(redactFinding(finding, NO_RULES).desired).toBe('a')
    expect(redactFinding(finding, { paths: [glob] })).toMatchObject({ desired: HIDDEN, live: HIDDEN, equal: false })
  })

  it.each(['*.env[name=LICENSE].value', '*.containers[name=app].env[0].value', '*.containers[0].env[name=LICENSE]', 'LICENSE', 'LIC*'])(
    'finds what the rule %s names inside a larger value and in a view',
    (glob) => {
      const containers = [{ name: 'app', env: [{ name: 'LICENSE', value: CANARY }] }]
      const object: JsonObject = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: { containers } } } }
      const finding = makeFinding('Deployment', 'spec.template.spec.containers', undefined, containers)
      expect(JSON.stringify(redactFinding(finding, { paths: [glob] }))).not.toContain(CANARY)
      expect(JSON.stringify(redactObject(object, { paths: [glob] }))).not.toContain(CANARY)
      expect(JSON.stringify(redactObject(object, NO_RULES))).toContain(CANARY)
    },
  )

  it('takes the value out of the sentences and commands beside it, and out of the path', () => {
    const finding: Finding = {
      ...makeFinding('Thing', `spec.tokens[="${CANARY}"]`, undefined, CANARY),
      because: `someone set ${CANARY}`,
      fate: { next: 'kept', confidence: 'certain', reason: `${CANARY} stays` },
      choices: {
        keep: { summary: 's', edit: { file: 'values.yaml', key: 'k', to: CANARY } },
        revert: { summary: 'r', command: `set X=${CANARY}`, restartsPods: true },
      },
    }
    const redacted = redactFinding(finding, NO_RULES)
    expect(JSON.stringify(redacted)).not.toContain(CANARY)
    // With a hole in it, the command would write the hole.
    expect(redacted.choices).toEqual({ keep: { summary: 's' }, revert: { summary: 'r', restartsPods: true } })
    const short = redactFinding({ ...finding, desired: undefined, live: 'abc', because: 'x' }, NO_RULES)
    expect(short.choices).toEqual({ keep: { summary: 's' }, revert: { summary: 'r', restartsPods: true } })
  })
})

describe('redactObjects', () => {
  const secret = (data: Json): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', labels: { app: 'a' } },
    type: 'Opaque',
    data,
  })

  it('shows in the live text alone whether a value differs', () => {
    const { desired, live } = redactObjects(
      secret({ same: 'YQ==', other: 'Yg==', old: 'eA==' }),
      secret({ same: 'YQ==', other: 'Yw==', more: 'ZA==' }),
      NO_RULES,
    )
    expect(desired).toEqual(secret({ same: '(redacted)', other: '(redacted)', old: '(redacted)' }))
    expect(live).toEqual(secret({ same: '(redacted)', other: '(redacted, differs)', more: '(redacted)' }))
  })

  it('pairs list elements by name or value, so that a move is no difference and a difference is not lost', () => {
    const args = (...items: readonly string[]): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', spec: { args: items } })
    const moved = redactObjects(args('--token=a', 'x'), args('y', 'x', '--token=a'), NO_RULES)
    expect(moved.live).toEqual(args('y', 'x', '--token=(redacted)'))
    const changed = redactObjects(args('--token=a'), args('x', '--token=b'), NO_RULES)
    expect(changed).toEqual({ desired: args('--token=(redacted)'), live: args('x', '--token=(redacted, differs)') })
    const spaced = redactObjects(args('--token', 'a'), args('x', '--token', 'b'), NO_RULES)
    expect(spaced).toEqual({ desired: args('--token', '(redacted)'), live: args('x', '--token', '(redacted, differs)') })
  })

  it.each<readonly [Json, Json]>([
    ['text', '(redacted)'],
    [5, '(redacted)'],
    [['x', { y: 'z' }], '(redacted)'],
    [
      { a: { b: ['c'] }, d: 5, e: true },
      { a: '(redacted)', d: '(redacted)', e: '(redacted)' },
    ],
  ])('fails closed on Secret data %j', (data, shown) => {
    expect(redactObject(secret(data), NO_RULES).data).toEqual(shown)
  })

  it('treats an object without a kind as a Secret', () => {
    expect(redactObject({ data: { a: 'b' }, spec: { c: 'd' } }, NO_RULES)).toEqual({ data: { a: '(redacted)' }, spec: '(redacted)' })
  })

  it('never lets a planted secret through, wherever it is', () => {
    const object: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'a',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"x":"${CANARY}"}`, note: `see https://u:${CANARY}@x` },
      },
      spec: {
        env: [
          { name: 'A_TOKEN', value: CANARY },
          { name: 'CONF', value: `{"user":"a","password":"${CANARY}"}` },
        ],
        command: [
          'sh',
          '-c',
          `export PASSWORD=${CANARY}; run`,
          '--secret',
          CANARY,
          `--api-key=${CANARY}`,
          `-Dspring.datasource.password=${CANARY}`,
        ],
        script: `#!/bin/sh\ncurl -H "Authorization: Bearer ${CANARY}" x\nmysql --password ${CANARY}\nTOKEN="${CANARY}" run\n`,
        yaml: `db:\n  password: |\n    ${CANARY}\n    ${CANARY}\n  host: x\ncredentials:\n  - ${CANARY}\nnext: y\n`,
        toml: `password = """\n${CANARY}\n"""\nx = 1\n`,
        ini: `password = a\\\n  ${CANARY}\nx=1\r\nsecret: ${CANARY}\r\n`,
        xml: `<a>\n<password>${CANARY}</password></a>\n`,
        pem: `x\n-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----\ny\n`,
        nested: { auth: { password: { value: CANARY } }, credentials: { plain: CANARY } },
      },
    }
    for (const shown of [
      redactObject(object, NO_RULES),
      redactObjects(object, {}, NO_RULES),
      redactObjects({}, object, NO_RULES),
      redactObjects(object, object, NO_RULES),
    ]) {
      expect(JSON.stringify(shown)).not.toContain(CANARY)
    }
    expect(JSON.stringify(redactObject(object, NO_RULES))).toMatch(/host: x.*next: y.*x = 1.*x=1.*\\ny\\n/s)
  })
})

describe('redactText', () => {
  it.each([
    ['ghp_0123456789abcdefghijABCDEFGHIJ', '(redacted)'],
    ['key AKIAIOSFODNN7EXAMPLE here', '(redacted)'],
    ['  x: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '  x: (redacted)'],
    ['hook = https://hooks.slack.com/services/T0/B0/x', 'hook = (redacted)'],
    ['Error: YAML parse error on a/templates/s.yaml: password: x', 'Error: (redacted)'],
    ['Error: chart.yaml not found', 'Error: chart.yaml not found'],
    ['https://host:8080/path', 'https://host:8080/path'],
    ['git+ssh://git@github.com/a/b', 'git+ssh://git@github.com/a/b'],
  ])('%s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  it('makes one line of a key', () => {
    expect(redactText('a: 1\ntls.key: |\n  -----BEGIN PRIVATE KEY-----\n  xyz\n  -----END PRIVATE KEY-----\nb: 2')).toBe(
      'a: 1\ntls.key: (redacted)\nb: 2',
    )
  })
})

function makeFinding(kind: string, path: string, desired: Json | undefined, live: Json | undefined): Finding {
  const object: ObjectRef = { apiVersion: 'v1', kind, namespace: 'ns', name: 'app' }
  const parsed: Path = parsePath(path) ?? []
  expect(parsed).not.toEqual([])
  const evidence = { manager: 'kubectl', operation: 'Update', subresource: null, time: null } as const
  const change = desired === undefined ? 'added' : live === undefined ? 'removed' : 'changed'
  return {
    id: 'x',
    object,
    path: parsed,
    change,
    desired,
    live,
    cause: 'manual',
    confidence: 'certain',
    drift: true,
    because: 'b',
    evidence,
    pattern: 'p',
    severity: 'low',
  }
}
