import { afterAll, expect, test } from 'vitest'
import type { Target } from '../../src/model.ts'
import { listChangedFiles } from '../../src/trees/list-changed-files.ts'
import { makeTarget, makeWorkspace, removeWorkspaces, type Workspace } from '../chart/support/charts.ts'
import { CHART, targetIn } from './support.ts'

afterAll(removeWorkspaces)

type Files = Readonly<Record<string, string>>
type Prepare = (workspace: Workspace) => void

const make = (files: Files, prepare: Prepare = () => {}) => {
  const workspace = makeWorkspace(files)
  prepare(workspace)
  return workspace
}

/** What differs between the chart with some files, and the chart with others. */
async function list(before: Files, after: Files, values: readonly string[] = [], prepare?: readonly [Prepare, Prepare]) {
  const [base, head] = [make({ ...CHART, ...before }, prepare?.[0]), make({ ...CHART, ...after }, prepare?.[1])]
  const sideOf = (workspace: Workspace) => ({ target: targetIn(workspace, values), folder: workspace.path })
  const { files, touched } = await listChangedFiles(sideOf(base), sideOf(head))
  return { files: files.map(({ path, change, sort }) => `${change} ${path} (${sort})`), touched }
}

const dependencies = (version: string, repository = 'https://x.example') =>
  `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{name: lib, version: ${version}, repository: "${repository}"}]\n`

test('nothing differs', async () => {
  expect(await list({ 'other/x': '1' }, { 'other/x': '2' })).toEqual({ files: [], touched: false })
})

test.each<[string, Files, Files, readonly string[], readonly string[]]>([
  ['values of the chart', { 'app/values.yaml': 'a: 1' }, { 'app/values.yaml': 'a: 2' }, [], ['changed app/values.yaml (values)']],
  ['values of the target', { 'v/prod.yaml': 'a: 1' }, { 'v/prod.yaml': 'a: 2' }, ['v/prod.yaml'], ['changed v/prod.yaml (values)']],
  ['values inside of the chart', { 'app/prod.yaml': '1' }, { 'app/prod.yaml': '2' }, ['app/prod.yaml'], ['changed app/prod.yaml (values)']],
  [
    'templates',
    { 'app/templates/b.yaml': 'x' },
    { 'app/templates/c.yaml': 'x' },
    [],
    ['removed app/templates/b.yaml (templates)', 'added app/templates/c.yaml (templates)'],
  ],
  ['a lock file', { 'app/Chart.lock': 'a' }, { 'app/Chart.lock': 'b' }, [], ['changed app/Chart.lock (dependencies)']],
  [
    'declared dependencies',
    { 'app/Chart.yaml': dependencies('1') },
    { 'app/Chart.yaml': dependencies('2') },
    [],
    ['changed app/Chart.yaml (dependencies)'],
  ],
  [
    'the version of the chart',
    {},
    { 'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.1\n' },
    [],
    ['changed app/Chart.yaml (other)'],
  ],
  [
    'vendored dependencies',
    { 'app/charts/lib-1.tgz': 'a' },
    { 'app/charts/lib-2.tgz': 'a' },
    [],
    ['removed app/charts/lib-1.tgz (dependencies)', 'added app/charts/lib-2.tgz (dependencies)'],
  ],
  ['definitions', {}, { 'app/crds/a.yaml': 'x' }, [], ['added app/crds/a.yaml (definitions)']],
  [
    'a chart of the repository that it depends on',
    { 'app/Chart.yaml': dependencies('1', 'file://../lib'), 'lib/templates/a.yaml': '1' },
    { 'app/Chart.yaml': dependencies('1', 'file://../lib'), 'lib/templates/a.yaml': '2' },
    [],
    ['changed lib/templates/a.yaml (dependencies)'],
  ],
  ['what helm does not load', { 'app/.helmignore': 'a' }, { 'app/.helmignore': 'b' }, [], ['changed app/.helmignore (other)']],
])('%s', async (_, before, after, values, expected) => {
  expect(await list(before, after, values)).toEqual({ files: expected, touched: true })
})

test('a file that only readers read touches nothing, unless a template may read it', async () => {
  const [before, after] = [
    { 'app/README.md': '1', 'app/staging.yaml': '1' },
    { 'app/README.md': '2', 'app/staging.yaml': '2' },
  ]
  const files = ['changed app/README.md (other)', 'changed app/staging.yaml (other)']
  expect(await list(before, after)).toEqual({ files, touched: false })
  const reads = { 'app/templates/f.yaml': '{{ index . "Files" }}' }
  expect(await list({ ...before, ...reads }, { ...after, ...reads })).toEqual({ files, touched: true })
})

test('links are compared by where they lead, and what they lead to counts as theirs', async () => {
  const link: Prepare = (workspace) => workspace.link('app/templates/l.yaml', '../../shared/l.yaml')
  const other: Prepare = (workspace) => workspace.link('app/templates/l.yaml', '../files/l.yaml')
  const files = { 'shared/l.yaml': '1', 'app/files/l.yaml': '1' }
  expect(await list(files, { ...files, 'shared/l.yaml': '2' }, [], [link, link])).toEqual({
    files: ['changed shared/l.yaml (other)'],
    touched: true,
  })
  expect(await list(files, { ...files, 'app/files/l.yaml': '2' }, [], [other, other])).toEqual({
    files: ['changed app/files/l.yaml (other)'],
    touched: true,
  })
  expect((await list(files, files, [], [link, other])).files).toContain('changed app/templates/l.yaml (templates)')
  const out: Prepare = (workspace) => workspace.link('app/templates/l.yaml', '/proc/self/environ')
  const circle: Prepare = (workspace) => workspace.link('app/templates/l.yaml', 'l.yaml')
  expect((await list({}, {}, [], [out, out])).files).toEqual([])
  expect((await list({}, {}, [], [out, circle])).files).toEqual(['changed app/templates/l.yaml (templates)'])
})

test('a chart on one side only, manifests, a packaged chart, and a checkout in a folder of its own', async () => {
  const [base, head] = [makeWorkspace(), makeWorkspace(CHART)]
  const none = { target: null, folder: base.path }
  const whole = { target: targetIn(head), folder: head.path }
  expect(await listChangedFiles(none, whole)).toMatchObject({
    files: [{ change: 'added' }, { change: 'added' }, { change: 'added' }],
    touched: true,
  })
  expect(await listChangedFiles(whole, none)).toMatchObject({ files: [{ change: 'removed' }, {}, {}], touched: true })
  expect(await listChangedFiles(none, none)).toEqual({ files: [], touched: false })
  const side = (files: Files, source: (workspace: Workspace) => Target['source']) => {
    const workspace = makeWorkspace(files)
    return { target: makeTarget(source(workspace)), folder: workspace.path }
  }
  const manifests = (text: string) => side({ 'work/out/a.yaml': text }, ({ at }) => ({ type: 'manifests', path: at('work/out') }))
  expect(await listChangedFiles(manifests('1'), manifests('2'), 'work')).toEqual({
    files: [{ path: 'out/a.yaml', change: 'changed', sort: 'manifests' }],
    touched: true,
  })
  const packed = (text: string) =>
    side({ 'app.tgz': text }, ({ at }) => ({ type: 'chart', chart: at('app.tgz'), values: [], set: [], deployTimeValues: [] }))
  expect(await listChangedFiles(packed('1'), packed('2'))).toMatchObject({ files: [{ path: 'app.tgz' }], touched: true })
})
