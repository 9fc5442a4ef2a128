import { expect, test } from 'vitest'
import { tellActivity } from '../../src/explain/circumstances/facts-of-github.ts'
import { findChangeWindow } from '../../src/explain/circumstances/window.ts'
import { readActivity } from '../../src/github/read-activity.ts'
import { makeFinding, makeInput } from '../explain/circumstances/make-input.ts'
import { addCommit, addDeployment, addRun } from '../fakes/github/activity.ts'
import { badGateway, type Fault, html, primaryLimit, reset, SILENCE } from '../fakes/github/faults.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { BOT, type RepositoryOptions } from '../fakes/github/repository.ts'
import type { Access, Token } from '../fakes/github/types.ts'

const QUERY = {
  since: '2026-11-23T13:50:36Z',
  until: '2026-11-23T15:02:00Z',
  paths: ['charts/shop', 'charts/values-prod.yaml'],
  commit: 'b'.repeat(40),
}
const READ = { actions: 'read', deployments: 'read', pulls: 'read', contents: 'read' } as const

const makeToken = (more: { readonly [name in keyof typeof READ]?: Access }): Token => ({
  login: BOT,
  permissions: { issues: 'write', metadata: 'read', ...READ, ...more },
})

async function start(options: RepositoryOptions = {}) {
  const started = await startGitHub(options)
  const { github, server } = started
  const read = (query: Partial<typeof QUERY> = {}, secret = 'fake-token', runId: number | null = null) =>
    readActivity(
      { owner: 'acme', repo: 'shop', runId },
      {
        ...{ token: secret, apiUrl: server.url, log: () => {} },
        // GitHub's own end for what hangs is 20 s; a test does not wait that long.
        fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(6_000) }),
      },
      { ...QUERY, ...query },
    )
  return { github, repository: github.repository, read }
}

/** What the report tells of it, for a change at 14:50:36 that may have been followed by others. */
async function tell(activity: Awaited<ReturnType<typeof readActivity>>) {
  const { target, findings } = makeInput([], [makeFinding({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' })])
  return tellActivity(activity, target, findChangeWindow(findings)).map(({ text, relation }) => [relation ?? null, text])
}

test('a quiet repository: nothing ran, nothing was deployed, nothing is proposed', async () => {
  const { github, read } = await start()
  const activity = await read()
  expect(activity).toMatchObject({ runs: [], deployments: [], pulls: [], commits: [], absences: [] })
  expect(await tell(activity)).toEqual([
    [null, 'No workflow that looks like a deploy ran around the change or since.'],
    [null, 'GitHub knows of no deployment around the change or since.'],
    [null, 'No open pull request touches this chart or its values.'],
    [null, 'Git has not changed this chart or its values since.'],
  ])
  expect(github.rest()).toHaveLength(4)
})

test('a deploy at the time of the change, one since, a pull request, and Git that moved', async () => {
  const { github, repository, read } = await start()
  addRun(repository, { name: 'Unit tests', path: '.github/workflows/test.yml', from: '2026-11-23T14:20:00Z', to: '2026-11-23T14:22:00Z' })
  addRun(repository, { from: '2026-11-23T14:49:00Z', to: '2026-11-23T14:52:00Z' })
  const own = addRun(repository, {
    name: 'Deploy check',
    workflow: 9,
    conclusion: null,
    from: '2026-11-23T15:01:00Z',
    to: '2026-11-23T15:01:00Z',
  })
  addRun(repository, { name: 'Deploy check', workflow: 9, from: '2026-11-23T14:50:00Z', to: '2026-11-23T14:51:00Z' })
  addDeployment(repository, { environment: 'staging', time: '2026-11-20T08:00:00Z', states: ['inactive', 'success'] })
  addDeployment(repository, { environment: 'github-pages', time: '2026-11-23T15:00:00Z' })
  addDeployment(repository, { time: '2026-11-23T14:58:00Z', states: ['failure', 'in_progress'] })
  const pull = github.people.openPullRequest('alice', { title: 'Keep 5 replicas' })
  repository.activity.pullFiles.set(pull.number, ['README.md', 'charts/values-prod.yaml'])
  repository.activity.pullFiles.set(github.people.openPullRequest('bob', { title: 'Docs' }).number, ['docs/a.md', 'charts/shopping/x.yaml'])
  repository.activity.drafts.add(pull.number)
  addCommit(repository, { time: '2026-11-23T14:55:00Z', files: ['charts/shop/Chart.yaml'], message: 'Bump the chart\n\nBecause.' })
  addCommit(repository, { time: '2026-11-23T14:56:00Z', files: ['docs/a.md'] })
  addCommit(repository, { time: '2026-11-22T14:56:00Z', files: ['charts/shop/Chart.yaml'] })
  const activity = await read({}, 'fake-token', own.id)
  expect(activity.absences).toEqual([])
  expect(await tell(activity)).toEqual([
    ['around', 'The workflow Deploy, which looks like a deploy, ran from 2026-11-23 14:49 UTC and ended with success.'],
    ['since', 'The last deployment to production (failure) is of commit aaaaaaa at 2026-11-23 14:58 UTC; this check is of another commit.'],
    ['before', 'The last deployment to staging (inactive) is of commit aaaaaaa at 2026-11-20 08:00 UTC; this check is of another commit.'],
    [null, `Pull request ${pull.number} (a draft) touches this chart or its values: Keep 5 replicas.`],
    ['since', expect.stringMatching(/^Git has changed this chart or its values: [0-9a-f]{7} at 2026-11-23 14:55 UTC, Bump the chart\.$/)],
  ])
  expect(github.rest()).toHaveLength(6)
})

test('a workflow with another name is a deploy where a deployment is of its commit', async () => {
  const { repository, read } = await start()
  const run = {
    name: 'Pipeline',
    path: '.github/workflows/main.yml',
    sha: 'd'.repeat(40),
    from: '2026-11-23T14:49:00Z',
    to: '2026-11-23T14:52:00Z',
  }
  addRun(repository, run)
  expect((await read()).runs).toMatchObject([{ name: 'Pipeline', looksLikeDeploy: false }])
  addDeployment(repository, { sha: run.sha, time: '2026-11-23T14:50:00Z' })
  expect((await read()).runs).toMatchObject([{ name: 'Pipeline', looksLikeDeploy: true }])
})

test.each([
  ['actions', 'workflow runs on GitHub', 'actions: read', 'runs'],
  ['deployments', 'deployments on GitHub', 'deployments: read', 'deployments'],
  ['pulls', 'pull requests on GitHub', 'pull-requests: read', 'pulls'],
  ['contents', 'commits on GitHub', 'contents: read', 'commits'],
] as const)('a token without %s: only that is missing, and the permission is named', async (missing, source, permission, field) => {
  const { read } = await start({ tokens: { 'fake-token': makeToken({ [missing]: 'none' }) } })
  const activity = await read()
  expect(activity.absences).toEqual([
    { source, why: 'the token may not read them', remedy: `Give the job the permission \`${permission}\`.` },
  ])
  const rest = { runs: [], deployments: [], pulls: [], commits: [] }
  expect(activity).toMatchObject({ ...rest, [field]: null })
  // What is not known is not told as nothing.
  expect(await tell(activity)).toHaveLength(3)
})

test('a token that may not even see the repository, and one that is no token', async () => {
  const blind: Token = { login: BOT, permissions: { issues: 'write', contents: 'none', metadata: 'none' } }
  const { read } = await start({ tokens: { 'fake-token': blind } })
  const activity = await read()
  expect(activity.absences.map(({ why }) => why)).toContain('GitHub finds none, or the token may not see them')
  expect(activity).toMatchObject({ runs: null, deployments: null, pulls: null, commits: null })
  const stolen = await read({}, 'stolen')
  expect(stolen.absences).toHaveLength(4)
  expect(new Set(stolen.absences.map(({ why }) => why))).toEqual(new Set(['GitHub does not take the token']))
})

test.each<readonly [string, Fault, RegExp]>([
  ['502', badGateway(false), /^GitHub failed with 502 \(Server Error\)$/],
  ['a broken connection', reset(false), /^GitHub gave no usable answer \(/],
  ['no answer', SILENCE, /^GitHub gave no usable answer \(/],
  ['a page for people', html(200), /^GitHub gave no usable answer \(the answer is not what GitHub describes\)$/],
  ['a limit that is reached', primaryLimit(3600), /^the token has no requests left for now$/],
])('GitHub with %s for one source: the rest stands', async (_, fault, why) => {
  const { github, repository, read } = await start()
  addDeployment(repository, { time: '2026-11-23T14:58:00Z' })
  github.faults.add({ path: /\/actions\/runs$/, times: Number.POSITIVE_INFINITY, fault })
  const start_ = performance.now()
  const activity = await read()
  expect(performance.now() - start_).toBeLessThan(20_000)
  expect(activity.runs).toBeNull()
  expect(activity.absences).toEqual([
    { source: 'workflow runs on GitHub', why: expect.stringMatching(why), remedy: 'The next run asks again.' },
  ])
  expect(activity).toMatchObject({ deployments: [{ environment: 'production', state: 'success' }], pulls: [], commits: [] })
})

test('GraphQL fails: pull requests are missing, and nothing else', async () => {
  const { github, read } = await start()
  github.faults.add({ path: /graphql$/, times: Number.POSITIVE_INFINITY, fault: badGateway(false) })
  expect((await read()).absences).toEqual([expect.objectContaining({ source: 'pull requests on GitHub' })])
})

test('more runs than a page: that no deploy ran is not claimed', async () => {
  const { repository, read } = await start()
  for (let at = 0; at < 120; at++) {
    const time = new Date(Date.parse('2026-11-23T15:01:00Z') - at * 1000).toISOString().replace('.000', '')
    addRun(repository, { name: 'Unit tests', path: '.github/workflows/test.yml', workflow: 3, event: 'pull_request', from: time, to: time })
  }
  const texts = (await tell(await read())).map(([, text]) => text)
  expect(texts).not.toContain('No workflow that looks like a deploy ran around the change or since.')
})

test('many targets and paths still cost six requests, and what was not looked up is not claimed', async () => {
  const { github, read } = await start()
  const paths = ['charts/shop', 'charts/shop/values-prod.yaml', 'charts/values-prod.yaml', 'other/a', 'other/b']
  addDeployment(github.repository, { time: '2026-11-23T14:58:00Z' })
  addDeployment(github.repository, { environment: 'staging', time: '2026-11-23T14:57:00Z' })
  addDeployment(github.repository, { environment: 'qa', time: '2026-11-23T14:57:00Z' })
  const activity = await read({ paths })
  expect(github.rest()).toHaveLength(6)
  expect(activity.lookedUp).toEqual(['other/a', 'other/b'])
  expect(activity.absences).toEqual([{ source: 'commits on GitHub', why: 'only 2 of 4 paths were looked at', remedy: '' }])
  expect((await tell(activity)).map(([, text]) => text)).not.toContain('Git has not changed this chart or its values since.')
})

test('a public repository is no different', async () => {
  const { github, read } = await start()
  const before = await read()
  github.repository.settings.visibility = 'public'
  expect(await read()).toEqual(before)
})
