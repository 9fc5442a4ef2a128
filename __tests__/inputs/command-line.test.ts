import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../src/inputs/command-line.ts'
import { listFaults, makeFolder } from './support.ts'

const parse = (cwd: string, ...args: string[]) => parseCommandLine(args, { cwd, version: '1.2.3' })
const check = (cwd: string, ...args: string[]) => {
  const command = parse(cwd, 'check', ...args)
  if (command.command !== 'check') throw new Error(`not a check but ${command.command}`)
  return command
}
const least = ['--chart', 'deploy/shop', '--release', 'shop', '-n', 'production']

describe('check', () => {
  test('the least that works', () => {
    const cwd = makeFolder({})
    const { inputs, output } = check(cwd, ...least)
    expect(output).toEqual({ format: 'terminal', file: null })
    expect(inputs).toMatchObject({
      mode: 'check',
      workspace: cwd,
      kubeconfig: { type: 'default', path: null },
      live: null,
      targets: [{ name: 'shop', release: 'shop', namespace: 'production', source: { type: 'chart', chart: join(cwd, 'deploy/shop') } }],
      notes: [],
    })
  })

  test('an audit log may lie anywhere', () => {
    const cwd = makeFolder({})
    expect(check(cwd, ...least, '--audit-log', '/var/log/kubernetes').inputs.auditLog).toBe('/var/log/kubernetes')
    expect(check(cwd, ...least, '--audit-log', 'audit.log').inputs.auditLog).toBe(join(cwd, 'audit.log'))
    expect(check(cwd, ...least).inputs.auditLog).toBeNull()
  })

  test('every flag', () => {
    const cwd = makeFolder({})
    const { inputs, output } = check(
      cwd,
      ...least,
      ...['-f', 'a.yaml,b.yaml', '--values', '/c.yaml', '--set', 'hosts={a,b}', '--set', 'x=1'],
      ...['--deploy-time-values', 'image.tag', '--kube-context', 'blue', '--helm-version', 'v3.17.2', '--dependencies', 'never'],
      ...['--live', 'saved.yaml', '--kube-version', '1.34', '--api-versions', 'a/v1,b/v1/Kind'],
      ...['-o', 'json', '--out', 'report.json'],
    )
    expect(output).toEqual({ format: 'json', file: join(cwd, 'report.json') })
    expect(inputs).toMatchObject({
      kubeconfig: { type: 'none' },
      live: join(cwd, 'saved.yaml'),
      kubeVersion: '1.34',
      apiVersions: ['a/v1', 'b/v1/Kind'],
      helmVersion: 'v3.17.2',
      dependencies: 'never',
      targets: [
        {
          context: 'blue',
          source: {
            values: [join(cwd, 'a.yaml'), join(cwd, 'b.yaml'), '/c.yaml'],
            set: ['hosts={a,b}', 'x=1'],
            deployTimeValues: ['image.tag'],
          },
        },
      ],
    })
  })

  test('--kubeconfig is a path from the current folder', () => {
    const cwd = makeFolder({})
    expect(check(cwd, ...least, '--kubeconfig', 'reader.yaml').inputs.kubeconfig).toEqual({
      type: 'default',
      path: join(cwd, 'reader.yaml'),
    })
  })

  test('--manifests in place of a chart', () => {
    const cwd = makeFolder({ 'out.yaml': '' })
    const { inputs } = check(cwd, '--manifests', 'out.yaml', '--release', 'shop', '-n', 'x')
    expect(inputs.targets[0]?.source).toEqual({ type: 'manifests', path: join(cwd, 'out.yaml') })
  })

  test('the paths of a config file start from its repository, wherever one stands in it', () => {
    const root = makeFolder({
      '.git/HEAD': '',
      '.github/plumbline.yml': 'version: 1\ntargets: [{ chart: deploy/shop, release: shop, namespace: x }]\n',
      'src/x': '',
    })
    const { inputs } = check(join(root, 'src'))
    expect(inputs.workspace).toBe(root)
    expect(inputs.targets[0]?.source).toMatchObject({ chart: join(root, 'deploy/shop') })
  })

  test('the default config file is not read beside a chart that is named', () => {
    const cwd = makeFolder({ '.github/plumbline.yml': 'not a config file' })
    expect(check(cwd, ...least).inputs.targets).toHaveLength(1)
  })
})

describe('the workspace', () => {
  test.each<[name: string, files: string[], cwd: string, chart: string, expected: string]>([
    [
      'is the repository around the chart',
      ['repo/.git/HEAD', 'repo/deploy/shop/Chart.yaml', 'here/x'],
      'here',
      '../repo/deploy/shop',
      'repo',
    ],
    ['is the nearest repository', ['.git/HEAD', 'sub/.git', 'sub/shop/Chart.yaml'], '.', 'sub/shop', 'sub'],
    ['is the current folder when the chart lies in it', ['here/shop/Chart.yaml'], 'here', 'shop', 'here'],
    ['is the chart’s own folder else', ['here/x', 'there/shop/Chart.yaml'], 'here', '../there/shop', 'there/shop'],
    ['is the folder of a packaged chart else', ['here/x', 'there/shop.tgz'], 'here', '../there/shop.tgz', 'there'],
  ])('%s', (_, files, cwd, chart, expected) => {
    const folder = makeFolder(Object.fromEntries(files.map((file) => [file, ''])))
    const { workspace } = check(join(folder, cwd), '--chart', chart, '--release', 'shop', '-n', 'x').inputs
    expect(workspace).toBe(join(folder, expected))
  })
})

test.each(['terminal', 'json', 'markdown', 'html'])('--output %s', (format) => {
  const cwd = makeFolder({})
  expect(check(cwd, ...least, '--output', format, '--out', 'report').output).toEqual({ format, file: join(cwd, 'report') })
})

describe('the other commands', () => {
  test('demo', () => {
    expect(parse('/work', 'demo')).toEqual({ command: 'demo', folder: null })
    expect(parse('/work', 'demo', '--report-dir', 'out')).toEqual({ command: 'demo', folder: '/work/out' })
  })

  test.each([['--version'], ['-V']])('%s', (flag) => {
    expect(parse('/', flag)).toEqual({ command: 'version', text: '1.2.3\n' })
  })

  test('rbac: a version stands in for a cluster, and with a saved state it belongs to that', () => {
    const folder = makeFolder({})
    const offline = parse(folder, 'rbac', ...least, '--kube-version', '1.34', '--api-versions', 'a/v1/B', '--optional')
    expect(offline).toMatchObject({
      ...{ command: 'rbac', optional: true, file: null, assumed: { kubeVersion: 'v1.34', apiVersions: ['a/v1/B'] } },
      inputs: { kubeVersion: null, live: null, targets: [{ release: 'shop' }] },
    })
    const saved = parse(folder, 'rbac', ...least, '--kube-version', 'v1.34.4', '--live', 'l.yaml', '--out', 'role.yaml')
    expect(saved).toMatchObject({ assumed: null, optional: false, file: join(folder, 'role.yaml'), inputs: { kubeVersion: 'v1.34.4' } })
  })

  test.each<[args: string[], contains: string]>([
    [[], 'Usage: plumbline [options] [command]'],
    [['--help'], 'Usage: plumbline [options] [command]'],
    [['help', 'check'], '$ plumbline check --chart'],
    [['check', '--help'], '$ plumbline check --chart'],
    [['preview', '--help'], '$ plumbline preview --base'],
    [['rbac', '--help'], '$ plumbline rbac --chart'],
    [['demo', '-h'], 'Usage: plumbline demo [options]'],
  ])('help: %j', (args, contains) => {
    const answer = parse('/', ...args)
    expect(answer).toMatchObject({ command: 'help', text: expect.stringContaining(contains) })
  })
})

describe('faults', () => {
  test.each<[args: string[]]>([
    [['check']],
    [['check', '--chart', 'c']],
    [['chekc']],
    [['check', '--relase', 'shop']],
    [['check', '--chart']],
    [['check', './chart']],
    [['check', ...least, '--output', 'jsn']],
    [['check', ...least, '--release', 'My_Shop', '--set', 'x', '--helm-version', '3', '--dependencies', 'no']],
    [['check', ...least, '--manifests', 'm']],
    [['check', ...least, '--kube-version', 'v1.34.4', '--api-versions', 'a/v1']],
    [['check', ...least, '--live', 'l.yaml', '--kubeconfig', 'k.yaml', '--kube-version', 'new', '--api-versions', 'a b']],
    [['check', '--config', 'nowhere.yml']],
    [['check', '--config', 'two.yml', '--chart', 'c', '--namespace', 'x']],
    [['preview']],
    [['preview', ...least]],
    [['preview', '--base', '--output=x', ...least]],
    [['preview', '--base', 'main..dev', ...least]],
    [['rbac', '--chart', 'c']],
    [['rbac', ...least, '--kube-version', 'new', '--api-versions', 'a b']],
    [['rbac', ...least, '--output', 'json']],
  ])('%j', (args) => {
    const folder = makeFolder({
      'two.yml': 'version: 1\ntargets:\n  - { chart: a, release: one, namespace: x }\n  - { chart: a, release: two, namespace: x }\n',
    })
    mkdirSync(join(folder, 'c'))
    expect(listFaults(() => parse(folder, ...args), folder).join('\n')).toMatchSnapshot()
  })
})
