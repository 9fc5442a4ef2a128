import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from '@actions/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { getInput, loadActionInputs } from '../../src/inputs/action.ts'
import { kubeconfig, least, listFaults, makeFolder, toEnv } from './support.ts'

const loadFrom = (folder: string, inputs: Record<string, string>) => loadActionInputs(toEnv(folder, inputs))

describe('what is given', () => {
  test('the least that works is one target, named after its release', () => {
    const folder = makeFolder({})
    const { targets, ...inputs } = loadFrom(folder, least)
    expect(targets).toEqual([
      {
        name: 'shop',
        release: 'shop',
        namespace: 'production',
        source: { type: 'chart', chart: join(folder, 'deploy/shop'), values: [], set: [], deployTimeValues: [] },
        context: null,
        persistRuns: 2,
        persistMinutes: 0,
        extraKinds: [],
      },
    ])
    expect(inputs).toEqual({
      mode: 'check',
      workspace: folder,
      // Trimmed, as getInput trims.
      kubeconfig: { type: 'inline', text: kubeconfig.trim() },
      live: null,
      kubeVersion: null,
      apiVersions: [],
      helmVersion: null,
      helmChecksum: null,
      dependencies: 'auto',
      configFile: null,
      token: '',
      failOn: ['never'],
      ignore: [],
      controllers: [],
      deployers: [],
      deployerUsers: [],
      breakGlassGroup: null,
      redact: [],
      reportDir: '/runner/temp/plumbline',
      dryRun: false,
      previewAll: false,
      labels: ['drift'],
      assignees: [],
      maxOpenedIssues: 10,
      state: { type: 'cache' },
      allowPublic: false,
      fingerprintKey: null,
      auditLog: null,
      notes: [],
    })
  })

  test('everything, with lists by comma and by line, and `set` by line only', () => {
    const folder = makeFolder({})
    const inputs = loadFrom(folder, {
      ...least,
      mode: 'check',
      'kube-context': 'production',
      values: 'a.yaml, b.yaml\n\nc.yaml\r\n',
      set: 'hosts={a,b}\nmessage=one\\, two\n',
      'deploy-time-values': 'image.tag,image.digest',
      'helm-version': '4.1.4',
      'helm-checksum': `sha256:${'AB'.repeat(32)}`,
      dependencies: 'never',
      token: 'a-token',
      'fail-on': 'drift, incomplete',
      'dry-run': 'True',
      'report-dir': 'reports',
      'persist-runs': '3',
      'persist-minutes': '30',
    })
    expect(inputs.targets[0]).toMatchObject({
      source: {
        values: ['a.yaml', 'b.yaml', 'c.yaml'].map((file) => join(folder, file)),
        set: ['hosts={a,b}', 'message=one\\, two'],
        deployTimeValues: ['image.tag', 'image.digest'],
      },
      context: 'production',
      persistRuns: 3,
      persistMinutes: 30,
    })
    expect(inputs).toMatchObject({
      helmVersion: 'v4.1.4',
      helmChecksum: 'ab'.repeat(32),
      dependencies: 'never',
      token: 'a-token',
      failOn: ['drift', 'incomplete'],
      dryRun: true,
      reportDir: join(folder, 'reports'),
    })
  })

  test('manifests in place of a chart', () => {
    const folder = makeFolder({})
    const { targets } = loadFrom(folder, { kubeconfig, manifests: 'out', release: 'shop', namespace: 'production' })
    expect(targets[0]?.source).toEqual({ type: 'manifests', path: join(folder, 'out') })
  })

  test('a saved live state needs no kubeconfig', () => {
    const folder = makeFolder({})
    const inputs = loadFrom(folder, { chart: 'c', release: 'shop', namespace: 'production', live: 'live.yaml' })
    expect(inputs).toMatchObject({ kubeconfig: { type: 'none' }, live: join(folder, 'live.yaml') })
  })

  test('the audit log stays inside the workspace, whether it is there or not', () => {
    const folder = makeFolder({})
    expect(loadFrom(folder, { ...least, 'audit-log': 'logs/audit.log' })).toMatchObject({
      auditLog: join(folder, 'logs/audit.log'),
      notes: [],
    })
    for (const path of ['../audit.log', '/var/log/audit.log', '.git/config']) {
      const faults = listFaults(() => loadFrom(folder, { ...least, 'audit-log': path }), folder)
      expect(faults).toEqual([expect.stringMatching(/^audit-log: .* lies outside the workspace/)])
    }
  })

  test('the mode follows the event', () => {
    const load = (given: Record<string, string>, event: string) =>
      loadActionInputs({ ...toEnv(makeFolder({}), { ...least, ...given }), GITHUB_EVENT_NAME: event }).mode
    expect(load({}, 'schedule')).toBe('check')
    expect(load({}, 'issue_comment')).toBe('triage')
    expect(load({ mode: 'check' }, 'issue_comment')).toBe('check')
  })

  test('triage needs no cluster, and no target', () => {
    const inputs = loadActionInputs({ ...toEnv(makeFolder({}), {}), GITHUB_EVENT_NAME: 'issue_comment' })
    expect(inputs).toMatchObject({ mode: 'triage', kubeconfig: { type: 'none' }, targets: [] })
  })
})

describe('getInput', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })
  test.each([
    ['fail-on', 'INPUT_FAIL-ON', ' drift\n'],
    ['two words', 'INPUT_TWO_WORDS', 'x'],
    ['absent', 'INPUT_OTHER', 'x'],
  ])('reads `%s` as @actions/core does', (name, variable, value) => {
    vi.stubEnv(variable, value)
    expect(getInput(process.env, name)).toBe(core.getInput(name))
    expect(getInput({ [variable]: value }, name)).toBe(core.getInput(name))
  })
})

describe('inputs and config file together', () => {
  const config = `version: 1
defaults: { chart: deploy/shop, namespace: from-defaults, values: [defaults.yaml], persist-runs: 5 }
targets:
  - { release: one }
  - { release: two, namespace: own, values: [own.yaml] }
`

  test('an input stands before `defaults`, and behind a target’s own entry', () => {
    const folder = makeFolder({ '.github/plumbline.yml': config })
    const { targets } = loadFrom(folder, { kubeconfig, namespace: 'from-input', values: 'input.yaml' })
    expect(targets).toMatchObject([
      { name: 'one', namespace: 'from-input', source: { values: [join(folder, 'input.yaml')] }, persistRuns: 5 },
      { name: 'two', namespace: 'own', source: { values: [join(folder, 'own.yaml')] }, persistRuns: 5 },
    ])
  })

  test('without targets in the file, the inputs over its defaults are the one target', () => {
    const folder = makeFolder({
      '.github/plumbline.yml': 'version: 1\ndefaults: { namespace: shop, chart: other }\ndeployers: [deploy-bot*]\n',
    })
    const inputs = loadFrom(folder, { kubeconfig, manifests: 'out.yaml', release: 'shop' })
    expect(inputs.targets).toMatchObject([{ namespace: 'shop', source: { type: 'manifests', path: join(folder, 'out.yaml') } }])
    expect(inputs.deployers).toEqual(['deploy-bot*'])
  })

  test('an empty `config` leaves the file out', () => {
    const folder = makeFolder({ '.github/plumbline.yml': config })
    expect(loadFrom(folder, { ...least, config: '' }).targets).toHaveLength(1)
  })

  test('a file under another name', () => {
    const folder = makeFolder({ 'drift.yml': config })
    expect(loadFrom(folder, { kubeconfig, config: 'drift.yml' }).targets.map(({ name }) => name)).toEqual(['one', 'two'])
  })
})

describe('faults', () => {
  const two = `version: 1
targets:
  - { chart: a, release: one, namespace: x }
  - { manifests: b, release: two, namespace: x }
`
  const one = 'version: 1\ntargets:\n  - { manifests: b, release: two, namespace: x }\n'
  test.each<[name: string, inputs: Record<string, string>, files?: Record<string, string>]>([
    ['nothing given', { kubeconfig }],
    ['nothing given, and a config file without targets', { kubeconfig }, { '.github/plumbline.yml': 'version: 1' }],
    ['release and namespace missing', { kubeconfig, chart: 'c' }],
    ['an empty secret', { ...least, kubeconfig: '' }],
    ['a path as kubeconfig', { ...least, kubeconfig: '/home/runner/.kube/config' }],
    ['a kubeconfig and a saved state', { ...least, live: 'live.yaml' }],
    ['chart and manifests', { ...least, manifests: 'out' }],
    ['values for manifests', { kubeconfig, manifests: 'out', release: 'a', namespace: 'b', values: 'v.yaml', set: 'a=1' }],
    ['an address as chart', { ...least, chart: 'oci://example.com/shop', values: 'https://example.com/values.yaml' }],
    ['names', { ...least, release: 'My_Shop', namespace: 'Production' }],
    ['names that are too long', { ...least, release: 'r'.repeat(54), namespace: 'n'.repeat(64) }],
    ['a misspelt mode', { ...least, mode: 'chek' }],
    ['a preview of nothing', { ...least, mode: 'preview' }],
    ['set and deploy-time-values', { ...least, set: 'image.tag', 'deploy-time-values': 'image.tag=1' }],
    ['numbers', { ...least, 'persist-runs': '0', 'persist-minutes': '1.5', 'max-opened-issues': '-2' }],
    ['booleans', { ...least, 'dry-run': 'yes', 'allow-public': '1' }],
    ['helm', { ...least, 'helm-version': '2.17.0', 'helm-checksum': 'abc' }],
    ['a checksum without its version', { ...least, 'helm-checksum': 'a'.repeat(64) }],
    ['other words', { ...least, dependencies: 'allways', 'fail-on': 'drfit', state: 'disk' }],
    ['never and drift', { ...least, 'fail-on': 'never, drift' }],
    ['labels and assignees', { ...least, labels: 'x'.repeat(51), assignees: '@octocat' }],
    ['too many assignees', { ...least, assignees: Array.from({ length: 11 }, (_, index) => `user${index}`).join() }],
    ['a key that could be guessed', { ...least, 'fingerprint-key': 'guessable' }],
    ['a config file that is not there', { ...least, config: 'drift.yml' }],
    ['a folder as config file', { ...least, config: '.github' }, { '.github/x': '' }],
    ['a config file outside the workspace', { ...least, config: '../..' }],
    ['inputs that several targets make ambiguous', { ...least }, { '.github/plumbline.yml': two }],
    ['inputs that the only target leaves without effect', { ...least }, { '.github/plumbline.yml': one }],
    ['values that no target takes', { kubeconfig, values: 'v.yaml' }, { '.github/plumbline.yml': one }],
    [
      'all at once',
      { ...least, mode: 'x', release: 'X', kubeconfig: '', 'dry-run': 'maybe' },
      { '.github/plumbline.yml': 'version: 1\nignore: [{ kind: Pod }]\nreda: []\n' },
    ],
  ])('%s', (_, inputs, files = {}) => {
    const folder = makeFolder(files)
    expect(listFaults(() => loadFrom(folder, inputs), folder).join('\n')).toMatchSnapshot()
  })

  test('a link out of the workspace is not read', () => {
    const [folder, elsewhere] = [makeFolder({}), makeFolder({ 'secrets.yml': 'password: hunter2' })]
    mkdirSync(join(folder, '.github'))
    symlinkSync(join(elsewhere, 'secrets.yml'), join(folder, '.github/plumbline.yml'))
    expect(listFaults(() => loadFrom(folder, least), folder)).toEqual([
      'config: the config file `WORK/.github/plumbline.yml` lies outside the workspace `WORK`. Keep it in the repository, and not as a link to somewhere else.',
    ])
  })

  test('a config file too large to be one', () => {
    const folder = makeFolder({})
    writeFileSync(join(folder, 'big.yml'), '#'.repeat(1024 * 1024 + 1))
    expect(listFaults(() => loadFrom(folder, { ...least, config: 'big.yml' }), folder)).toEqual([
      'config: the config file `WORK/big.yml` is larger than 1 MiB. Give the path of a Plumbline config file.',
    ])
  })

  test('outside of GitHub Actions', () => {
    expect(listFaults(() => loadActionInputs({ INPUT_CONFIG: '' }), '/nowhere')[0]).toBe(
      'GITHUB_WORKSPACE: is not set to the folder of the repository. Run Plumbline as a step of a GitHub workflow, or use the command line: `plumbline check --help`.',
    )
  })

  test('a kubeconfig is never quoted', () => {
    const folder = makeFolder({})
    expect(listFaults(() => loadFrom(folder, { ...least, kubeconfig: 'hunter2' }), folder).join()).not.toContain('hunter2')
  })
})
