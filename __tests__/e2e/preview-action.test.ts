import { readFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { addArtifact, setBranches } from '../fakes/github/artifacts.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import { BOT } from '../fakes/github/repository.ts'
import { type GitHubServer, serveGitHub } from '../fakes/github/server.ts'
import { describeEvent, describeRun } from '../run/pull-request-events.ts'
import { serveStorage } from '../run/storage.ts'
import { explainNoAct } from './act.ts'
import { makeWorkplace, type Workplace } from './run-workflow.ts'
import { changeByHand, deployRelease, kubectl } from './story.ts'

const noAct = process.env.PLUMBLINE_CLUSTER === 'required' ? null : explainNoAct()
const describeWithAct =
  noAct === null ? describeOnCluster : (name: string) => describe.skip(`${name} (left out: ${noAct})`, () => test('act', () => {}))

const VALUES = 'devops/helm/values-dev.yaml'
const READER = { issues: 'read', contents: 'read', metadata: 'read', pulls: 'read' } as const

describeWithAct('the committed bundle, run by act for pull requests with the example’s workflows', ({ kubeconfigs }) => {
  const namespace = 'grokdevops-preview'
  const permissions = { issues: 'write', contents: 'read', metadata: 'read', actions: 'read', pulls: 'write' } as const
  const tokens = { 'fake-token': { login: BOT, permissions }, 'reader-token': { login: BOT, permissions: READER } }
  const github = new FakeGitHub({ owner: 'acme', name: 'shop', collaborators: { lena: 'write' }, strangers: ['mallory'], tokens })
  let server: GitHubServer
  let workplace: Workplace
  let reader: string

  beforeAll(async () => {
    workplace = await makeWorkplace(adapt)
    server = await serveGitHub(github)
    reader = await readFile(kubeconfigs.reader, 'utf8')
    await deployRelease(4, kubeconfigs.admin, namespace)
    await changeByHand(kubeconfigs.human, namespace)
  }, 600_000)

  afterAll(async () => {
    await server?.close()
    await workplace?.close()
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
  })

  /** The control plane is everybody's, so this release is in a namespace of its own; and the step for forks is put to use. */
  function adapt(workflow: string): string {
    const step = /^ +# - if: github\.event_name == 'pull_request'\n(?: +# .*\n)+/m
    return workflow
      .replace('namespace: grokdevops', `namespace: ${namespace}`)
      .replace(step, (lines) => lines.replace(/^( +)# /gm, '$1').replace('<commit>', 'v4'))
  }

  let runs = 4200
  const runFor = async (event: string, payload: object, more: Partial<Parameters<Workplace['run']>[1]> = {}) => {
    const env = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: String(++runs) }
    const run = await workplace.run(event, { kubeconfig: reader, payload, env, ...more })
    expect(run.process.code, run.process.stdout + run.process.stderr).toBe(0)
    return run
  }
  const comments = (number: number) => github.repository.commentsOf(number).map(({ body }) => body)

  test('comments on a pull request, and keeps the comment true', { timeout: 300_000 }, async () => {
    const { number } = github.people.openPullRequest('lena', { title: 'Newer image' })
    const bump = await workplace.propose(VALUES, (text) => `${text}\nimage:\n  tag: 9.9.9\n`)
    const first = await runFor('pull_request', describeEvent(number, bump, { action: 'opened' }))
    expect(comments(number)[0], first.log).toContain(
      '**Deploying this will fail on replicas of Deployment/grokdevops, and leaves 1 difference as it is.**',
    )
    expect(comments(number)[0]).toContain('DEBUG=true')
    expect(first.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '2' })
    expect(first.summary).toContain('Deploying this will fail on replicas')
    const writes = github.writes().length
    await runFor('pull_request', describeEvent(number, bump))
    expect(github.writes()).toHaveLength(writes)
    const codify = await workplace.propose(VALUES, (text) => text.replace('replicaCount: 3', 'replicaCount: 5'))
    await runFor('pull_request', describeEvent(number, codify))
    expect(comments(number)).toEqual([
      expect.stringContaining('**This codifies 1 out-of-band change: replicas of Deployment/grokdevops, and leaves 1 difference'),
    ])
  })

  test('previews a fork’s in two steps, of which the first has no secrets', { timeout: 300_000 }, async ({ onTestFinished }) => {
    const { number } = github.people.openPullRequest('mallory', { title: 'Better values' })
    const commits = await workplace.propose(VALUES, (text) => `${text}\nimage:\n  tag: 9.9.9\n`)
    setBranches(github.repository, number, { from: 'mallory/shop', sha: commits.head, baseSha: commits.base })
    const fork = describeEvent(number, commits, { from: 'mallory/shop', sender: 'mallory' })
    const first = await runFor('pull_request', fork, { kubeconfig: null, token: 'reader-token' })
    expect([first.outputs.verdict, comments(number)], first.log).toEqual(['incomplete', []])
    expect(first.summary).toContain('Against the base only')

    const storage = await serveStorage(onTestFinished)
    storage.put(zipSync({ 'preview.json': await workplace.readArtifact('preview.json') }))
    addArtifact(github.repository, { run: runs, location: storage.location })
    await workplace.checkOut('main')
    const second = await runFor('workflow_run', describeRun(runs, number, commits.head, 'mallory/shop'), {
      workflow: 'preview-of-forks.yml',
    })
    expect(comments(number), second.log).toEqual([
      expect.stringContaining('**Deploying this will fail on replicas of Deployment/grokdevops'),
    ])
    expect(comments(number)[0]).toContain('it is as true as that job')
    const token = /token: (\S+)/.exec(reader)?.[1] ?? 'no token in the kubeconfig'
    const texts = [first, second].flatMap(({ log, summary }) => [log, summary])
    for (const secret of [token, 'fake-token', 'reader-token']) expect(texts.join('\n')).not.toContain(secret)
  })
})
