import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { openEarlierCommits } from '../../src/chart/earlier-commits.ts'
import type { ChartSource, Target } from '../../src/model.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import {
  catchFaults,
  cluster,
  configMap,
  makeChartTarget,
  makeTarget,
  makeWorkspace,
  packChart,
  removeWorkspaces,
} from './support/charts.ts'
import { makeRepository, type TestRepository } from './support/repository.ts'

const helm = { path: await getHelm(4), version: '4.1.4' }
const chart = { 'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n' }
const template = 'app/templates/c.yaml'
const valued = configMap('c', '  a: {{ .Values.a | quote }}')

afterEach(removeWorkspaces)

type Options = Partial<Parameters<typeof openEarlierCommits>[2]>
function open(repository: { readonly path: string }, target: Target, options: Options = {}) {
  const defaults = { helm, workspace: repository.path, dependencies: 'never', made: 'upgrade' } as const
  return openEarlierCommits(target, cluster, { ...defaults, ...options })
}

function targetOf(repository: TestRepository, more: Partial<ChartSource> = {}): Target {
  return makeChartTarget(repository, more)
}

/** The data of every ConfigMap that each commit renders, newest first; or why a commit does not render. */
async function renderAll(repository: TestRepository, target: Target, options: Options = {}) {
  const earlier = await open(repository, target, options)
  const rendered = []
  for (const commit of earlier.commits) {
    const one = await earlier.render(commit, { withoutSet: false }).then(
      ({ objects: { objects } }) => Object.fromEntries([...objects.values()].map(({ ref, object }) => [ref.name, object.data])),
      (error: Error) => error.message,
    )
    rendered.push(one)
  }
  await earlier.close()
  return rendered
}

const value = (a: string) => ({ c: { a } })

test('commits that touched chart or values, newest first, each rendered as it was', async () => {
  const repository = makeRepository({ ...chart, [template]: valued, 'values.yaml': 'a: "1"\n' })
  const second = repository.commit({ 'values.yaml': 'a: "2"\n' })
  repository.commit({ 'README.md': 'nothing to do with it' })
  const third = repository.commit({ [template]: configMap('c', '  a: {{ .Values.a | quote }}\n  b: "1"') })
  const target = targetOf(repository, { values: [repository.at('values.yaml')], set: ['x=y'] })
  const { commits, cut, gap } = await open(repository, target)
  expect(commits.map(({ id }) => id).slice(0, 2)).toEqual([third, second])
  expect(commits).toHaveLength(3)
  expect(commits[0]?.time).toMatch(/^2026-01-01T\d\d:\d\d:00Z$/)
  expect({ cut, gap }).toEqual({ cut: false, gap: null })
  const [before, temporary] = [process.env.TMPDIR, makeWorkspace().path]
  process.env.TMPDIR = temporary
  try {
    expect(await renderAll(repository, target)).toEqual([{ c: { a: '2', b: '1' } }, value('2'), value('1')])
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  // Neither the working tree nor the temporary folder keeps a trace.
  expect(repository.git('status', '--porcelain')).toBe('')
  expect(readdirSync(temporary)).toEqual([])
})

test('what is not committed: the newest commit counts as an earlier one', async () => {
  const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: "1"') })
  repository.write({ [template]: configMap('c', '  a: "2"') })
  expect(await renderAll(repository, targetOf(repository))).toEqual([value('1')])
})

test('no more than the last 20 are looked at', async () => {
  const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: "0"') })
  for (let index = 1; index <= 20; index++) repository.commit({ [template]: configMap('c', `  a: "${index}"`) })
  const { commits, cut } = await open(repository, targetOf(repository))
  expect({ number: commits.length, cut }).toEqual({ number: 20, cut: true })
})

test('as an install or as an upgrade, with or without set', async () => {
  const repository = makeRepository({
    ...chart,
    [template]: configMap('c', '  a: {{ .Release.IsUpgrade | quote }}\n  b: {{ .Values.b | quote }}'),
  })
  const target = targetOf(repository, { set: ['b=1'] })
  expect(await renderAll(repository, target, { made: 'install' })).toEqual([{ c: { a: 'false', b: '1' } }])
  expect(await renderAll(repository, target, { made: 'upgrade' })).toEqual([{ c: { a: 'true', b: '1' } }])
  const earlier = await open(repository, target)
  const { objects } = (await earlier.render(earlier.commits[0] ?? { id: '', time: '' }, { withoutSet: true })).objects
  expect([...objects.values()][0]?.object.data).toEqual({ a: 'true', b: null })
})

test('a commit that may give something else each time is rendered both ways, and only such a one', async () => {
  const repository = makeRepository({
    ...chart,
    [template]: configMap('c', '  a: {{ randAlphaNum 8 | quote }}\n  b: {{ .Release.IsInstall | quote }}'),
  })
  repository.commit({ [template]: configMap('c', '  a: fixed') })
  const { commits, render } = await open(repository, targetOf(repository))
  const [fixed, random] = await Promise.all(commits.map((commit) => render(commit, { withoutSet: false })))
  expect(fixed?.again).toBe(null)
  const data = [random?.objects, random?.again].map((one) => [...(one?.objects.values() ?? [])][0]?.object.data)
  expect(data).toMatchObject([{ b: 'false' }, { b: 'true' }])
  expect(data[0]).not.toEqual({ ...(data[1] as object), b: 'false' })
})

describe('what a chart needs beside itself', () => {
  const library = { 'library/Chart.yaml': 'apiVersion: v2\nname: library\nversion: 1.0.0\n' }
  const helper = (text: string) => ({ 'library/templates/_h.tpl': `{{ define "library.a" }}${text}{{ end }}` })
  const dependent = (repository: string) => ({
    'app/Chart.yaml': `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n  - {name: library, version: 1.0.0, repository: "${repository}"}\n`,
    [template]: configMap('c', '  a: {{ include "library.a" . | quote }}'),
  })

  test('a file: dependency, whose own commits count', async () => {
    const repository = makeRepository({ ...library, ...helper('1'), ...dependent('file://../library') })
    repository.commit(helper('2'))
    expect(await renderAll(repository, targetOf(repository), { dependencies: 'auto' })).toEqual([value('2'), value('1')])
  })

  test('a vendored dependency, as it was', async () => {
    const repository = makeRepository({ ...library, ...helper('1'), ...dependent('https://charts.invalid') })
    packChart(repository, 'library', 'app/charts/library-1.0.0.tgz')
    repository.commit({})
    repository.write(helper('2'))
    packChart(repository, 'library', 'app/charts/library-1.0.0.tgz')
    repository.commit({})
    const [newest, older] = await renderAll(repository, targetOf(repository))
    expect([newest, older]).toEqual([value('2'), value('1')])
  })

  test('what Git does not have is borrowed from today, if it is declared alike, and never fetched', async () => {
    const repository = makeRepository({ '.gitignore': 'charts/\n', ...dependent('https://charts.invalid') })
    repository.commit({ 'app/values.yaml': 'b: 1\n' })
    repository.commit({ 'app/Chart.yaml': dependent('https://charts.invalid')['app/Chart.yaml'].replace('1.0.0, rep', '1.0.1, rep') })
    const elsewhere = makeWorkspace({ ...library, ...helper('1') })
    packChart(elsewhere, 'library', 'library-1.0.1.tgz')
    repository.write({ 'app/charts/.keep': '' })
    execFileSync('cp', [elsewhere.at('library-1.0.1.tgz'), repository.at('app/charts/')])
    const [first, ...older] = await renderAll(repository, targetOf(repository), { dependencies: 'auto' })
    expect(first).toEqual(value('1'))
    for (const one of older) expect(one).toMatch(/charts lacks library 1\.0\.0/)
  })

  test('values that Git does not have are taken as they are; those of later commits are left out', async () => {
    const repository = makeRepository({
      ...chart,
      '.gitignore': '*.dec.yaml\n',
      [template]: configMap('c', '  a: {{ .Values.a }}{{ .Values.b }}'),
    })
    repository.commit({ 'values.yaml': 'b: 2\n' })
    repository.write({ 'secret.dec.yaml': 'a: 1\n' })
    const values = ['values.yaml', 'secret.dec.yaml'].map(repository.at)
    expect(await renderAll(repository, targetOf(repository, { values }))).toEqual([{ c: { a: 12 } }, { c: { a: 1 } }])
  })

  test('a symbolic link to elsewhere in the repository', async () => {
    const repository = makeRepository({
      ...chart,
      [template]: configMap('c', '  a: {{ .Files.Get "shared/x" | trim | quote }}'),
      'shared/x': '1',
    })
    repository.link('app/shared', '../shared')
    repository.commit({})
    repository.commit({ 'shared/x': '2' })
    expect(await renderAll(repository, targetOf(repository))).toEqual([value('2'), value('1'), value('')])
  })

  test('manifests, and a chart that is the repository', async () => {
    const manifests = makeRepository({ 'all/c.yaml': configMap('c', '  a: "1"') })
    manifests.commit({ 'all/c.yaml': configMap('c', '  a: "2"') })
    const target = makeTarget({ type: 'manifests', path: manifests.at('all') })
    expect(await renderAll(manifests, target, { helm: null })).toEqual([value('2'), value('1')])
    const root = makeRepository({ 'Chart.yaml': chart['app/Chart.yaml'], 'templates/c.yaml': configMap('c', '  a: "1"') })
    root.commit({ 'templates/c.yaml': configMap('c', '  a: "2"') })
    expect(await renderAll(root, makeChartTarget(root, { chart: root.path }))).toEqual([value('2'), value('1')])
  })

  test('names that mean something to git or helm', async () => {
    const repository = makeRepository({ ...chart, [template]: valued, 'a, :(top)*.yaml': 'a: "1"\n' })
    repository.commit({ 'a, :(top)*.yaml': 'a: "2"\n' })
    repository.commit({ 'a, :(top)x.yaml': 'a: "3"\n' })
    const target = targetOf(repository, { values: [repository.at('a, :(top)*.yaml')] })
    expect(await renderAll(repository, target)).toEqual([value('2'), value('1')])
  })
})

describe('a commit that does not render is told of, and the others stand', () => {
  test('a broken template', async () => {
    const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: "1"') })
    repository.commit({ [template]: '{{ fail "boom" }}' })
    repository.commit({ [template]: configMap('c', '  a: "3"') })
    expect(await renderAll(repository, targetOf(repository))).toEqual([value('3'), expect.stringMatching(/boom/), value('1')])
  })

  test('a link that leads out of the repository', async () => {
    const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: {{ .Files.Get "x" | quote }}') })
    repository.link('app/x', '/proc/self/environ')
    repository.commit({})
    rmSync(repository.at('app/x'))
    repository.commit({ 'app/x': 'mended' })
    expect(await renderAll(repository, targetOf(repository))).toEqual([
      value('mended'),
      expect.stringMatching(/symbolic link that leads out of the workspace/),
      value(''),
    ])
  })

  test.each([
    ['..', /holds a path that no file can have/],
    ['.GIT', /holds a path that no file can have/],
    ['x'.repeat(300), /holds a file that cannot be written \(ENAMETOOLONG\)/],
  ])('a tree with a file in %j', async (name, says) => {
    const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: "1"') })
    const put = (type: string, content: Buffer) =>
      execFileSync('git', ['hash-object', '-t', type, '-w', '--stdin', '--literally'], {
        cwd: repository.path,
        input: content,
        encoding: 'utf8',
      }).trim()
    const blob = put('blob', Buffer.from('evil'))
    const tree = (...entries: readonly (readonly [mode: string, name: string, id: string])[]) =>
      put(
        'tree',
        Buffer.concat(entries.map(([mode, entry, id]) => Buffer.concat([Buffer.from(`${mode} ${entry}\0`), Buffer.from(id, 'hex')]))),
      )
    const evil = tree(['40000', 'app', tree(['40000', name, tree(['100644', 'evil', blob])])])
    const commit = repository.git('commit-tree', evil, '-p', 'HEAD', '-m', 'evil')
    repository.git('update-ref', 'refs/heads/main', repository.git('commit-tree', 'HEAD^{tree}', '-p', commit, '-m', 'mended'))
    const [first, second] = await renderAll(repository, targetOf(repository))
    expect(first).toEqual(value('1'))
    expect(second).toMatch(says)
  })

  test('files that a clone with a filter left out are not fetched', async () => {
    const origin = makeRepository({ ...chart, [template]: configMap('c', '  a: "1"') })
    origin.commit({ [template]: configMap('c', '  a: "2"') })
    origin.git('config', 'uploadpack.allowFilter', 'true')
    const clone = makeWorkspace()
    origin.git('clone', '-q', '--filter=blob:none', `file://${origin.path}`, clone.path)
    const objects = () => execFileSync('git', ['count-objects', '-v'], { cwd: clone.path, encoding: 'utf8' })
    const before = objects()
    const target = makeChartTarget(clone)
    const earlier = await open(clone, target)
    const [newest, older] = earlier.commits
    expect((await earlier.render(newest ?? { id: '', time: '' }, { withoutSet: false })).objects.objects.size).toBe(1)
    const faults = await catchFaults(earlier.render(older ?? { id: '', time: '' }, { withoutSet: false }))
    expect(faults[0]?.message).toMatch(/is not here as a whole|cannot be read/)
    expect(objects()).toBe(before)
  })
})

describe('no history', () => {
  const one = { ...chart, [template]: configMap('c', '  a: "1"') }

  test('a shallow clone has its newest commit, and says so', async () => {
    const origin = makeRepository(one)
    origin.commit({ [template]: configMap('c', '  a: "2"') })
    const clone = makeWorkspace()
    origin.git('clone', '-q', '--depth=1', `file://${origin.path}`, clone.path)
    const { commits, gap } = await open(clone, makeChartTarget(clone))
    expect(commits).toHaveLength(1)
    expect(gap).toMatchObject({ what: expect.stringContaining('newest commits'), remedy: expect.stringContaining('fetch-depth: 0') })
  })

  test('no repository, none above the workspace either', async () => {
    const outer = makeRepository({ 'ws/app/Chart.yaml': chart['app/Chart.yaml'] })
    const target = makeTarget({ type: 'chart', chart: outer.at('ws/app'), values: [], set: [], deployTimeValues: [] })
    const { commits, gap } = await open({ path: outer.at('ws') }, target)
    expect({ commits, what: gap?.what }).toEqual({ commits: [], what: 'the sources lie in no Git repository' })
  })

  test('no git, no commit, not committed, another repository', async () => {
    const repository = makeRepository(one)
    const path = process.env.PATH
    process.env.PATH = '/nonexistent'
    try {
      expect((await open(repository, targetOf(repository))).gap?.what).toBe('git is not installed')
    } finally {
      process.env.PATH = path
    }
    const empty = makeWorkspace(one)
    execFileSync('git', ['init', '-q'], { cwd: empty.path })
    expect((await open(empty, makeChartTarget(empty))).gap).not.toBe(null)
    const untracked = makeRepository({ 'README.md': '' })
    untracked.write(one)
    expect((await open(untracked, targetOf(untracked))).gap?.what).toBe('Git has no commit with these sources')
    const two = makeWorkspace({ 'charts/app/Chart.yaml': chart['app/Chart.yaml'], 'values/v.yaml': '' })
    for (const folder of ['charts', 'values']) {
      execFileSync('sh', ['-c', 'git init -q && git add -A && git -c user.name=t -c user.email=t@e.com commit -qm x'], {
        cwd: two.at(folder),
      })
    }
    const target = makeTarget({
      type: 'chart',
      chart: two.at('charts/app'),
      values: [two.at('values/v.yaml')],
      set: [],
      deployTimeValues: [],
    })
    expect((await open(two, target)).gap?.what).toContain('outside the repository')
  })
})

describe('a repository is no more trusted than a chart', () => {
  test('nothing that its settings name is run', async () => {
    const repository = makeRepository({
      ...chart,
      '.gitattributes': '* filter=evil diff=evil export-subst\n',
      [template]: configMap('c', '  a: "1"'),
    })
    repository.commit({ [template]: configMap('c', '  a: "2"') })
    const marker = repository.at('marker')
    repository.write({ evil: `#!/bin/sh\ntouch ${marker}\ncat\n` })
    chmodSync(repository.at('evil'), 0o755)
    const evil = repository.at('evil')
    const settings = [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'core.alternateRefsCommand',
      'diff.external',
      'gpg.program',
    ]
    for (const setting of settings) repository.git('config', setting, evil)
    for (const setting of ['filter.evil.smudge', 'filter.evil.clean', 'filter.evil.process', 'diff.evil.textconv', 'diff.evil.command'])
      repository.git('config', setting, evil)
    repository.git('config', 'log.showSignature', 'true')
    // `git log` would have the signature checked by the program that the settings name.
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n'
    const signed = repository.git('cat-file', 'commit', 'HEAD').replace('\n\n', `\n${signature}`)
    const input = { cwd: repository.path, input: `${signed}\n`, encoding: 'utf8' } as const
    repository.git('update-ref', 'HEAD', execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], input).trim())
    repository.git('config', 'core.hooksPath', repository.path)
    expect(await renderAll(repository, targetOf(repository))).toEqual([value('2'), value('1')])
    expect(existsSync(marker)).toBe(false)
  })

  test.runIf(process.getuid?.() === 0)('a checkout of another user, as in a job’s container, can be read', async () => {
    const repository = makeRepository({ ...chart, [template]: configMap('c', '  a: "1"') })
    for (const name of ['', '.git']) chownSync(repository.at(name), 65534, 65534)
    expect(() => repository.git('log')).toThrow(/dubious ownership/)
    expect(await renderAll(repository, targetOf(repository))).toEqual([value('1')])
  })
})
