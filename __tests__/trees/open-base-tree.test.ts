import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listCheckouts } from '../../src/trees/list-checkouts.ts'
import { loadPreviewInputs } from '../../src/trees/load-preview-inputs.ts'
import { openBaseTree } from '../../src/trees/open-base-tree.ts'
import { findHeadTarget, relocateTarget } from '../../src/trees/relocate-target.ts'
import { catchFaults, makeWorkspace, removeWorkspaces, type Workspace } from '../chart/support/charts.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { kubeconfig, toEnv } from '../inputs/support.ts'
import { archiveCommit, CHART, checkOut, gitIn, makeOrigin, serveGit, targetIn } from './support.ts'

afterAll(removeWorkspaces)

const CONFIG = 'version: 1\ntargets:\n  - { chart: app, release: app, namespace: prod, values: [prod.yaml] }\n'
const origin = makeOrigin(
  { ...CHART, 'prod.yaml': 'replicas: 4\n', '.github/plumbline.yml': CONFIG, 'big/unrelated.txt': 'x' },
  { 'app/values.yaml': 'replicas: 5\n', 'new.yaml': 'a: b\n', '.github/plumbline.yml': 'version: 2\n' },
)

async function open(workspace: Workspace, remote: { readonly serverUrl: string; readonly apiUrl: string; readonly token?: string } | null) {
  const [checkout = null] = await listCheckouts(workspace.path)
  const base = { commit: origin.base, head: null, checkout, notes: [] }
  return openBaseTree(base, {
    workspace: workspace.path,
    remote: remote === null ? null : { owner: 'acme', repo: 'shop', token: 'fake-token', ...remote },
  })
}

const nowhere = 'http://127.0.0.1:1'
const list = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((one) => (one.isFile() ? [one.name] : []))
    .sort()

test('the commit is in the checkout: nothing is asked for, and only what is needed is taken out', async () => {
  const workspace = checkOut(origin, origin.merge, { depth: 2 })
  const tree = await open(workspace, null)
  expect(tree).toMatchObject({ origin: 'checkout', commit: origin.base, prefix: '' })
  expect(list(tree.folder)).toEqual([])
  const target = targetIn(workspace, ['prod.yaml', 'new.yaml'])
  const { target: moved, missingValues, notes } = await relocateTarget(target, tree, workspace.path)
  expect(moved).toEqual({
    ...target,
    source: { ...target.source, chart: join(tree.folder, 'app'), values: [join(tree.folder, 'prod.yaml')] },
  })
  expect([missingValues, notes]).toEqual([
    ['new.yaml'],
    [{ kind: 'base', message: 'The base has no values file new.yaml, so it is rendered without it.' }],
  ])
  expect(readFileSync(join(tree.folder, 'app/values.yaml'), 'utf8')).toBe('replicas: 3\n')
  expect(list(tree.folder)).toEqual(['Chart.yaml', 'a.yaml', 'prod.yaml', 'values.yaml'])
  expect(await findHeadTarget(target, workspace.path)).toEqual({ target, missingValues: [], notes: [] })
  await tree.close()
  expect(existsSync(tree.folder)).toBe(false)
})

test('it is fetched with the token, and the checkout stays as it is, whatever its settings name', async () => {
  const workspace = checkOut(origin, origin.merge)
  const { url, authorizations } = await serveGit(origin.repository)
  const [program, mark] = [workspace.at('.git/evil.sh'), workspace.at('.git/ran')]
  writeFileSync(program, `#!/bin/sh\ntouch ${mark}\n`)
  chmodSync(program, 0o755)
  const git = gitIn(workspace.path)
  git('remote', 'add', 'origin', `ext::${program}`)
  const settings = {
    'core.fsmonitor': program,
    'core.sshCommand': program,
    'core.gitProxy': program,
    'core.askPass': program,
    'core.alternateRefsCommand': program,
    'credential.helper': `!${program}`,
    [`credential.${url}.helper`]: `!${program}`,
    'remote.origin.uploadpack': program,
    'remote.origin.vcs': program,
    'protocol.ext.allow': 'always',
    'protocol.allow': 'always',
    [`url.ext::${program} .insteadOf`]: url,
    'gc.auto': '1',
    'core.hooksPath': workspace.at('.git'),
    'core.pager': program,
  }
  for (const [key, value] of Object.entries(settings)) git('config', key, value)
  for (const hook of ['reference-transaction', 'post-checkout', 'pre-auto-gc']) {
    writeFileSync(workspace.at(`.git/${hook}`), readFileSync(program))
    chmodSync(workspace.at(`.git/${hook}`), 0o755)
  }
  const before = list(workspace.path)
  const tree = await open(workspace, { serverUrl: url, apiUrl: nowhere })
  expect(tree.origin).toBe('fetch')
  const { target } = await relocateTarget(targetIn(workspace, ['prod.yaml']), tree, workspace.path)
  expect(target?.source).toMatchObject({ values: [join(tree.folder, 'prod.yaml')] })
  expect(existsSync(mark)).toBe(false)
  expect(list(workspace.path)).toEqual(before)
  expect(new Set(authorizations).size).toBe(1)
  // That these settings are what they are taken for: git as it is runs them.
  expect(() => git('fetch', '-q', 'origin', origin.base)).toThrow()
  expect(existsSync(mark)).toBe(true)
  await tree.close()
})

test('it comes as an archive where git cannot fetch it; the server of archives gets no token', async () => {
  const { github, server } = await startGitHub()
  github.repository.activity.archives.set(origin.base, archiveCommit(origin.repository, origin.base))
  const git = await serveGit(origin.repository, ['another-token'])
  for (const workspace of [checkOut(origin, origin.merge), makeWorkspace({ ...CHART, 'prod.yaml': '' })]) {
    const tree = await open(workspace, { serverUrl: git.url, apiUrl: server.url })
    expect(tree.origin).toBe('archive')
    const two = [targetIn(workspace, ['prod.yaml']), targetIn(workspace, [], { name: 'other' })]
    const moved = await Promise.all(two.map((target) => relocateTarget(target, tree, workspace.path)))
    expect(moved.map(({ target }) => target?.name)).toEqual(['app', 'other'])
    expect(readFileSync(join(tree.folder, 'app/values.yaml'), 'utf8')).toBe('replicas: 3\n')
    expect(existsSync(join(tree.folder, 'big'))).toBe(false)
    await tree.close()
  }
  // Two trees, each opened once for its two targets.
  expect(github.rest().map(({ login, status }) => [login, status])).toEqual([
    ['github-actions[bot]', 302],
    [null, 200],
    ['github-actions[bot]', 302],
    [null, 200],
  ])
})

test('where it cannot be had at all, each way and its reason are told', async () => {
  const { server } = await startGitHub()
  const git = await serveGit(origin.repository, ['another-token'])
  const faults = await catchFaults(open(checkOut(origin, origin.merge), { serverUrl: git.url, apiUrl: server.url }))
  expect(faults).toEqual([
    {
      where: `commit ${origin.base.slice(0, 8)}`,
      message: expect.stringMatching(
        /^The files .* cannot be had\. Tried were the checkout: it does not have the commit; git fetch: repository '.*' not found; the archive from GitHub: GitHub answered 404\.$/,
      ),
      remedy: 'Give the job the permission `contents: read`, or set `fetch-depth: 0` on actions/checkout.',
    },
  ])
  const plain = await catchFaults(open(makeWorkspace(), { serverUrl: 'http://example.com', apiUrl: 'http://example.com' }))
  expect(plain[0]?.message).toMatch(/there is no Git repository here; git fetch: .* is no https address; .* is no https address\./)
  expect(await catchFaults(open(checkOut(origin, origin.merge), null))).toHaveLength(1)
})

test('a clone with a filter has the commit and not its files', async () => {
  const { repository } = origin
  repository.git('config', 'uploadpack.allowFilter', 'true')
  const workspace = makeWorkspace()
  gitIn(workspace.path)('clone', '-q', '--filter=blob:none', `file://${repository.path}`, 'work')
  const inside = { ...workspace, path: workspace.at('work') }
  gitIn(inside.path)('checkout', '-q', origin.head)
  const { url } = await serveGit(repository)
  expect((await open(inside, { serverUrl: url, apiUrl: nowhere })).origin).toMatch(/fetch|checkout/)
  const bare = makeWorkspace()
  gitIn(bare.path)('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repository.path}`, 'work')
  const tree = await open({ ...bare, path: bare.at('work') }, { serverUrl: url, apiUrl: nowhere })
  expect(tree.origin).toBe('fetch')
  await tree.close()
})

test('the inputs of a preview come from the base, with the Argo CD Application that its config file names', async () => {
  const application =
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: app}\nspec: {ignoreDifferences: [{kind: Deployment, jsonPointers: [/spec/replicas]}]}\n'
  const entry = '{ chart: app, release: app, namespace: prod, argocd-application: argo/app.yaml }'
  const { repository, base } = makeOrigin(
    { ...CHART, 'argo/app.yaml': application, '.github/plumbline.yml': `version: 1\ntargets: [${entry}]\n` },
    {},
  )
  const [checkout = null] = await listCheckouts(repository.path)
  const tree = await openBaseTree({ commit: base, head: null, checkout, notes: [] }, { workspace: repository.path, remote: null })
  repository.write({ '.github/plumbline.yml': 'version: 1\nignore: [{kind: "*", reason: x}]\n', 'argo/app.yaml': 'no: application' })
  const env = { ...toEnv(repository.path, { kubeconfig }), GITHUB_EVENT_NAME: 'pull_request' }
  const inputs = await loadPreviewInputs(env, tree)
  expect(inputs).toMatchObject({ mode: 'preview', targets: [{ name: 'app', source: { chart: repository.at('app') } }] })
  expect(inputs.ignore).toHaveLength(1)
  await tree.close()
})

test('what no commit has is needed on both sides: decrypted values, and dependencies that both declare alike', async () => {
  const declared = (version: string) =>
    `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: lib, version: ${version}, repository: https://x.example}\n`
  const made = makeOrigin({ ...CHART, 'app/Chart.yaml': declared('1.0.0') }, { 'app/values.yaml': 'replicas: 5\n' })
  const workspace = checkOut(made, made.merge, { depth: 2 })
  workspace.write({ 'secret.dec.yaml': 'a: b\n', 'app/charts/lib-1.0.0.tgz': 'x' })
  const [checkout = null] = await listCheckouts(workspace.path)
  const tree = await openBaseTree({ commit: made.base, head: null, checkout, notes: [] }, { workspace: workspace.path, remote: null })
  const moved = await relocateTarget(targetIn(workspace, ['secret.dec.yaml']), tree, workspace.path)
  expect(moved).toMatchObject({ missingValues: [], notes: [{ message: expect.stringMatching(/^secret\.dec\.yaml is in no commit/) }] })
  expect(list(tree.folder)).toEqual(['Chart.yaml', 'a.yaml', 'lib-1.0.0.tgz', 'secret.dec.yaml', 'values.yaml'])
  await tree.close()
})

test('a chart in a submodule is taken as it is now, and that is told', async () => {
  const inner = makeOrigin(CHART, {}).repository
  const { repository, base } = makeOrigin({ 'a.txt': '1' }, {})
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
  const commit = repository.commit({})
  const [checkout = null] = await listCheckouts(repository.path)
  for (const at of [base, commit]) {
    const tree = await openBaseTree({ commit: at, head: null, checkout, notes: [] }, { workspace: repository.path, remote: null })
    const target = targetIn({ at: (name) => repository.at(`sub/${name}`) })
    const moved = await relocateTarget(target, tree, repository.path)
    expect(moved.target?.source).toMatchObject({ chart: join(tree.folder, 'sub/app') })
    expect(moved.notes).toMatchObject([{ message: expect.stringContaining('sub/app is in no commit of this repository') }])
    expect(list(tree.folder)).toEqual(['Chart.yaml', 'a.yaml', 'values.yaml'])
    await tree.close()
  }
})

test('charts that are new, that were taken away, behind a link, and in a checkout of its own folder', async () => {
  const other = Object.fromEntries(Object.entries(CHART).map(([name, text]) => [name.replace('app/', 'old/'), text]))
  const made = makeOrigin(other, {})
  made.repository.git('checkout', '-q', 'change')
  made.repository.link('app', 'infra')
  const moved = Object.fromEntries(Object.entries(other).map(([name, text]) => [name.replace('old/', 'infra/'), text]))
  made.repository.git('rm', '-rq', 'old')
  const head = made.repository.commit(moved)
  const workspace = checkOut(made, head, { depth: 0, folder: 'work' })
  const [checkout = null] = await listCheckouts(workspace.path)
  const at = (name: string) => workspace.at(`work/${name}`)
  const openAt = (commit: string) => openBaseTree({ commit, head, checkout, notes: [] }, { workspace: workspace.path, remote: null })
  const tree = await openAt(made.base)
  expect(tree.prefix).toBe('work')
  expect(await relocateTarget(targetIn({ at }), tree, workspace.path)).toMatchObject({ target: null })
  const old = { ...targetIn({ at }), source: { type: 'chart', chart: at('old'), values: [], set: [], deployTimeValues: [] } } as const
  expect((await relocateTarget(old, tree, workspace.path)).target?.source).toMatchObject({ chart: join(tree.folder, 'work/old') })
  expect((await findHeadTarget(old, workspace.path)).target).toBeNull()
  await tree.close()
  const same = await openAt(head)
  const linked = await relocateTarget(targetIn({ at }), same, workspace.path)
  expect(linked.target).not.toBeNull()
  expect(lstatSync(join(same.folder, 'work/infra')).isDirectory()).toBe(true)
  await same.close()
})
