import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseBody } from '../../src/memory/marker.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import { type GitHubServer, serveGitHub } from '../fakes/github/server.ts'
import { explainNoAct } from './act.ts'
import { makeWorkplace, type Workplace } from './run-workflow.ts'
import { changeByHand, deployRelease, kubectl } from './story.ts'

const noAct = process.env.PLUMBLINE_CLUSTER === 'required' ? null : explainNoAct()
const describeWithAct =
  noAct === null ? describeOnCluster : (name: string) => describe.skip(`${name} (left out: ${noAct})`, () => test('act', () => {}))

describeWithAct('the committed bundle, run by act with the example’s workflow', ({ kubeconfigs }) => {
  const namespace = 'grokdevops'
  const github = new FakeGitHub({ owner: 'acme', name: 'shop', collaborators: { lena: 'write' } })
  let server: GitHubServer
  let workplace: Workplace
  let reader: string

  beforeAll(async () => {
    workplace = await makeWorkplace()
    server = await serveGitHub(github)
    reader = await readFile(kubeconfigs.reader, 'utf8')
    await deployRelease(4, kubeconfigs.admin, namespace)
  }, 600_000)

  afterAll(async () => {
    await server?.close()
    await workplace?.close()
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
  })

  const runFor = async (event: string, payload: object = {}) => {
    const env = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '4242' }
    const run = await workplace.run(event, { kubeconfig: reader, payload, env })
    expect(run.process.code, run.process.stdout + run.process.stderr).toBe(0)
    return run
  }
  const issue = () => github.people.issue(1)
  const visible = () => parseBody(issue().body ?? '')?.visible ?? ''

  test('reports, files, updates, is answered, and closes', { timeout: 600_000 }, async () => {
    const clean = await runFor('schedule')
    expect(clean.outputs).toMatchObject({ verdict: 'in-sync', 'issue-number': '' })

    // Someone changes it by hand. Seen once, it may pass; seen twice, it is filed: the runs are counted in the cache of Actions.
    await changeByHand(kubeconfigs.human, namespace)
    const first = await runFor('schedule')
    expect(github.repository.issues.size, first.log).toBe(0)
    const declared = Object.keys(
      (parse(await readFile(join(import.meta.dirname, '../../action.yml'), 'utf8')) as { outputs: object }).outputs,
    )
    expect(Object.keys(first.outputs).toSorted()).toEqual(declared.toSorted())
    expect(first.outputs).toMatchObject({
      verdict: 'drifted',
      'has-drift': 'true',
      'drift-count': '2',
      'finding-count': '2',
      'issue-number': '',
    })
    for (const text of ['spec.replicas', 'DEBUG', 'kubectl-set', 'kubectl (scale)', 'No issue: 2 differences not yet lasting']) {
      expect(first.summary).toContain(text)
    }
    expect(first.log).toContain('grokdevops is drifted, with 2 drift findings.')
    const filed = await runFor('schedule')
    expect(filed.outputs, filed.log).toMatchObject({ 'issue-number': '1', 'issue-url': 'https://github.com/acme/shop/issues/1' })
    expect(issue()).toMatchObject({ title: 'grokdevops: replicas 3 -> 5, +env DEBUG (Deployment/grokdevops)', labels: ['drift'] })

    // It changes again: the text is brought up to date, and one comment says what is new.
    await kubectl(kubeconfigs.human, namespace, 'scale', 'deployment/grokdevops', '--replicas=6')
    await runFor('workflow_dispatch')
    expect(issue().title).toContain('replicas 3 -> 6')
    expect(github.repository.commentsOf(1).map(({ body }) => body)).toEqual([expect.stringContaining('1 changed again')])

    // Somebody decides to live with it, in a comment.
    const { id, body } = github.people.comment('lena', 1, '/drift accept all for 7d because the load test runs until Friday')
    const comment = { id, body, user: { login: 'lena', type: 'User' } }
    const accepted = await runFor('issue_comment', { action: 'created', issue: { number: 1 }, comment })
    expect(accepted.outputs, accepted.log).toMatchObject({ verdict: 'in-sync', 'drift-count': '0', 'issue-number': '1' })
    expect(github.people.commentById(id).reactions.map(({ content }) => content)).toEqual(['+1'])
    expect(github.repository.commentsOf(1).at(-1)?.body).toContain('accepted 2 findings until')
    expect(issue()).toMatchObject({ state: 'open', title: 'grokdevops: 2 accepted differences' })
    expect(visible()).toContain('the load test runs until Friday')

    // It is taken back, and the issue goes away by itself, with the proof.
    await kubectl(kubeconfigs.human, namespace, 'scale', 'deployment/grokdevops', '--replicas=3')
    await kubectl(kubeconfigs.human, namespace, 'set', 'env', 'deployment/grokdevops', 'DEBUG-')
    await kubectl(kubeconfigs.human, namespace, 'rollout', 'status', 'deployment/grokdevops', '--timeout=90s')
    const closed = await runFor('schedule')
    expect(closed.outputs, closed.log).toMatchObject({ verdict: 'in-sync', 'issue-number': '' })
    expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' })
    expect(github.repository.commentsOf(1).at(-1)?.body).toContain('the cluster was set back to what Git says')

    // The credentials are nowhere to be seen.
    const token = /token: (\S+)/.exec(reader)?.[1] ?? 'no token in the kubeconfig'
    const texts = [clean, first, filed, accepted, closed].flatMap(({ log, summary }) => [log, summary])
    for (const secret of [token, 'fake-token']) expect(texts.join('\n')).not.toContain(secret)
  })

  test('leaves alone what is no command', async () => {
    const before = github.requests.length
    const comment = { id: 1, body: 'Looking into it.', user: { login: 'lena', type: 'User' } }
    await runFor('issue_comment', { action: 'created', issue: { number: 1 }, comment })
    expect(github.requests).toHaveLength(before)
  })
})
