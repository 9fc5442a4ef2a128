import { getOctokit } from '@actions/github'
import { expect, test } from 'vitest'
import { fetchFrom } from '../fakes/github/fetch.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import { serveGitHub } from '../fakes/github/server.ts'
import { connect, expectRefusal, REPO, stopClock } from './connect.ts'

test('both front ends give the same answers and records', async () => {
  const work = async (octokit: ReturnType<typeof getOctokit>) => {
    const { data } = await octokit.rest.issues.create({ ...REPO, title: 'x', labels: ['drift'] })
    const listed = await octokit.paginate(octokit.rest.issues.listForRepo, { ...REPO, per_page: 1 })
    const refused = await octokit.rest.issues.get({ ...REPO, issue_number: 5 }).catch(({ status, message }) => ({ status, message }))
    return { number: data.number, listed: listed.map(({ title }) => title), refused }
  }
  const over = stopClock()
  const { octokit, github } = await connect({ now: over.now })
  const other = new FakeGitHub({ now: over.now })
  expect(await work(getOctokit('fake-token', { request: { fetch: fetchFrom(other) } }))).toEqual(await work(octokit))
  expect(other.requests).toEqual(github.requests)
  expect(github.requests[0]).toEqual({
    method: 'POST',
    path: '/repos/acme/shop/issues',
    operation: 'issues/create',
    login: 'github-actions[bot]',
    status: 201,
  })
  expect([github.rest().length, github.rest('POST').length, github.writes().length]).toEqual([3, 1, 1])
})

test.each(['HTTP', 'fetch'] as const)(
  'an issue that moved: a redirect over %s turns a POST into a GET, and nothing else',
  async (front) => {
    const { github, octokit: overHttp } = await connect()
    const octokit = front === 'HTTP' ? overHttp : getOctokit('fake-token', { request: { fetch: fetchFrom(github) } })
    github.people.open('alice', { title: 'x' })
    github.people.open('alice', { title: 'another, with the number that the first has elsewhere' })
    github.people.transfer(1, 99, 2)
    await expectRefusal(octokit.rest.issues.get({ ...REPO, issue_number: 1 }), 404, 'Not Found')
    await expectRefusal(octokit.rest.issues.update({ ...REPO, issue_number: 1, body: 'x' }), 404, 'Not Found')
    await expectRefusal(octokit.rest.issues.addLabels({ ...REPO, issue_number: 1, labels: ['x'] }), 404, 'Not Found')
    expect(github.requests.map(({ method, path, status }) => [method, path.replace('/repos/acme/shop', ''), status])).toEqual([
      ['GET', '/issues/1', 301],
      ['GET', '/repositories/99/issues/2', 404],
      ['PATCH', '/issues/1', 301],
      ['PATCH', '/repositories/99/issues/2', 404],
      ['POST', '/issues/1/labels', 301],
      ['GET', '/repositories/99/issues/2', 404],
    ])
  },
)

test('lets a test order the requests of two runs', async () => {
  const github = new FakeGitHub()
  const waiting: (() => void)[] = []
  const slow = fetchFrom(github, () => new Promise((resolve) => waiting.push(resolve)))
  const first = getOctokit('fake-token', { request: { fetch: slow } }).rest.issues.create({ ...REPO, title: 'first' })
  await expect.poll(() => waiting.length).toBe(1)
  await getOctokit('fake-token', { request: { fetch: fetchFrom(github) } }).rest.issues.create({ ...REPO, title: 'second' })
  waiting.shift()?.()
  await expect.poll(() => waiting.length).toBe(1)
  waiting.shift()?.()
  expect((await first).data.number).toBe(2)
})

test("serves an own server's paths as well", async () => {
  const { github, server } = await connect()
  const octokit = getOctokit('fake-token', { baseUrl: `${server.url}/api/v3` })
  for (let index = 0; index < 3; index++) github.people.open('alice', { title: `${index}` })
  expect(await octokit.paginate(octokit.rest.issues.listForRepo, { ...REPO, per_page: 2 })).toHaveLength(3)
  expect(await octokit.graphql('{ viewer { login } }')).toMatchObject({ viewer: { login: 'github-actions[bot]' } })
})

test('counts what is left of the hour, and refuses when nothing is', async () => {
  const clock = stopClock()
  const { octokit } = await connect({ now: clock.now, settings: { rateLimit: 2 } })
  const list = () => octokit.rest.issues.listForRepo(REPO)
  const reset = String(Date.parse('2026-03-01T13:00:01Z') / 1000)
  expect((await list()).headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': reset })
  await list()
  await expectRefusal(list(), 403, 'API rate limit exceeded')
  expect((await octokit.rest.rateLimit.get()).data.rate).toMatchObject({ limit: 2, used: 2, remaining: 0 })
  clock.pass(3600)
  expect((await list()).headers).toMatchObject({ 'x-ratelimit-remaining': '1', date: 'Sun, 01 Mar 2026 13:00:00 GMT' })
})

test('a server tells at its end what went wrong in the fake', async () => {
  const github = new FakeGitHub()
  const server = await serveGitHub(github)
  const octokit = getOctokit('fake-token', { baseUrl: server.url })
  github.repository.setIssue({ ...github.people.open('alice', { title: 'x' }), updatedAt: 'today' }, 'edit')
  await expectRefusal(octokit.rest.issues.get({ ...REPO, issue_number: 1 }), 500, 'The fake GitHub is wrong')
  await expect(server.close()).rejects.toThrow('/updated_at must match format "date-time"')
})
