import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findActionMode, loadActionInputs } from '../../src/inputs/action.ts'
import { parseCommandLine } from '../../src/inputs/command-line.ts'
import { kubeconfig, least, listFaults, makeFolder, toEnv } from './support.ts'

const onPull = (workspace: string, inputs: Record<string, string>) => ({
  ...toEnv(workspace, inputs),
  GITHUB_EVENT_NAME: 'pull_request',
})
const target = (release: string, more = '') =>
  `version: 1\ntargets:\n  - { chart: deploy/shop, release: ${release}, namespace: x }\n${more}`

test.each([
  ['pull_request', 'preview'],
  ['workflow_run', 'preview'],
  ['issue_comment', 'triage'],
  ['schedule', 'check'],
  ['workflow_dispatch', 'check'],
  ['push', 'check'],
])('one workflow file does for all: %s is for a %s', (event, mode) => {
  expect(findActionMode({ GITHUB_EVENT_NAME: event })).toBe(mode)
  expect(loadActionInputs({ ...toEnv(makeFolder({}), least), GITHUB_EVENT_NAME: event }).mode).toBe(mode)
})

test.each(['auto', 'check', 'preview', 'triage'])('pull_request_target is refused with mode %s, and why is said', (mode) => {
  const env = { ...toEnv(makeFolder({}), { ...least, mode }), GITHUB_EVENT_NAME: 'pull_request_target' }
  const faults = listFaults(() => findActionMode(env), '/nowhere')
  expect(faults).toEqual([expect.stringMatching(/^mode: `pull_request_target` runs with the secrets .*docs\/preview\.md/)])
  expect(listFaults(() => loadActionInputs(env), '/nowhere')).toEqual(faults)
})

test('a check of a pull request can still be asked for', () => {
  expect(loadActionInputs(onPull(makeFolder({}), { ...least, mode: 'check' }))).toMatchObject({ mode: 'check', dependencies: 'auto' })
})

test('a preview downloads nothing, needs no cluster, and may be of everything', () => {
  const { kubeconfig: _, ...noSecrets } = least
  const folder = makeFolder({})
  expect(loadActionInputs(onPull(folder, noSecrets))).toMatchObject({
    ...{ mode: 'preview', dependencies: 'local', kubeconfig: { type: 'none' }, previewAll: false },
  })
  expect(loadActionInputs(onPull(folder, { ...least, dependencies: 'never', 'preview-all': 'true' }))).toMatchObject({
    ...{ dependencies: 'never', kubeconfig: { type: 'inline', text: kubeconfig.trim() }, previewAll: true },
  })
})

test('the config file is that of the base, and what it names lies in the workspace', () => {
  const application = (path: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop }
spec: { ignoreDifferences: [{ kind: Deployment, jsonPointers: ['${path}'] }] }
`
  const silence = 'ignore: [{ kind: "*", reason: mine }]\n'
  const head = makeFolder({ '.github/plumbline.yml': target('mine', silence), 'app.yaml': application('/spec') })
  const entry = '  - { chart: deploy/shop, release: shop, namespace: x, argocd-application: app.yaml }\n'
  const base = makeFolder({
    '.github/plumbline.yml': `version: 1\ntargets:\n${entry}`,
    'app.yaml': application('/spec/replicas'),
  })
  const inputs = loadActionInputs(onPull(head, {}), { configFrom: base })
  expect(inputs.targets).toMatchObject([{ name: 'shop', source: { chart: join(head, 'deploy/shop') } }])
  expect(inputs).toMatchObject({ workspace: head, configFile: '.github/plumbline.yml' })
  expect(inputs.ignore.map(({ path, where }) => [JSON.stringify(path), where])).toEqual([
    [expect.stringContaining('replicas'), expect.stringContaining('app.yaml')],
  ])
})

test('a config file that the pull request brings is not used yet', () => {
  const [head, base] = [makeFolder({ '.github/plumbline.yml': target('shop') }), makeFolder({})]
  expect(listFaults(() => loadActionInputs(onPull(head, {}), { configFrom: base }), base)).toEqual([
    'config: the branch that this pull request is to be merged into has no config file `.github/plumbline.yml`, and no input names a chart. Merge the file first: a preview never takes it from the pull request, which could silence it.',
  ])
  expect(listFaults(() => loadActionInputs(onPull(head, { config: 'drift.yml' }), { configFrom: base }), base)).toEqual([
    'config: the branch that this pull request is to be merged into has no config file `drift.yml`. Merge the file first: a preview never takes it from the pull request, which could silence it.',
  ])
  // Inputs are part of the workflow, which says what it wants without any file.
  expect(loadActionInputs(onPull(head, least), { configFrom: base }).targets).toMatchObject([{ release: 'shop' }])
})

test('on the command line', () => {
  const cwd = makeFolder({})
  const parse = (...args: string[]) => parseCommandLine(['preview', ...args], { cwd, version: '1' })
  const flags = ['--chart', 'deploy/shop', '--release', 'shop', '-n', 'production']
  expect(parse('--base', 'origin/main', ...flags)).toMatchObject({
    ...{ command: 'preview', base: 'origin/main', output: { format: 'terminal', file: null } },
    inputs: { mode: 'preview', dependencies: 'local', previewAll: false, kubeconfig: { type: 'default' }, targets: [{ release: 'shop' }] },
  })
  expect(parse('--base', 'HEAD~3', '--all', '-o', 'json', '--out', 'a.json', '--live', 'l.yaml', ...flags)).toMatchObject({
    ...{ base: 'HEAD~3', output: { format: 'json', file: join(cwd, 'a.json') } },
    inputs: { previewAll: true, live: join(cwd, 'l.yaml') },
  })
})
