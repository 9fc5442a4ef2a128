import { expect, test } from 'vitest'
import { BOT } from '../fakes/github/repository.ts'
import { connect, REPO, stopClock } from './connect.ts'

const numbers = (items: readonly { readonly number: number }[]) => items.map(({ number }) => number)

test('gives lists page by page, in which Octokit finds its way', async () => {
  const { octokit, github } = await connect()
  for (let index = 0; index < 205; index++) github.people.open('alice', { title: `issue ${index}` })
  const all = await octokit.paginate(octokit.rest.issues.listForRepo, { ...REPO, per_page: 100 })
  expect(numbers(all)).toEqual(Array.from({ length: 205 }, (_, index) => 205 - index))
  expect(github.rest().map(({ path }) => path)).toEqual([
    '/repos/acme/shop/issues?per_page=100',
    '/repositories/815000001/issues?per_page=100&page=2',
    '/repositories/815000001/issues?per_page=100&page=3',
  ])
})

test('gives 30 a page unless asked otherwise, at most 100, and nothing beyond the end', async () => {
  const { octokit, github, server } = await connect()
  for (let index = 0; index < 120; index++) github.people.open('alice', { title: `issue ${index}` })
  const list = async (query: { per_page?: number; page?: number }) => await octokit.rest.issues.listForRepo({ ...REPO, ...query })
  expect((await list({})).data).toHaveLength(30)
  expect((await list({ per_page: 1000 })).data).toHaveLength(100)
  expect((await list({ page: 9 })).data).toEqual([])
  const { link } = (await list({ per_page: 50, page: 2 })).headers
  const page = (number: number) => `${server.url}/repositories/815000001/issues?per_page=50&page=${number}`
  expect(link).toBe(`<${page(1)}>; rel="prev", <${page(3)}>; rel="next", <${page(3)}>; rel="last", <${page(1)}>; rel="first"`)
  expect((await list({ per_page: 120 })).headers.link).toContain('rel="next"')
})

test('filters by creator, labels, state, assignee and time', async () => {
  const clock = stopClock()
  const { octokit, github } = await connect({ now: clock.now, collaborators: { alice: 'write' } })
  await octokit.rest.issues.create({ ...REPO, title: 'ours', labels: ['drift', 'prod'], assignees: ['alice'] })
  github.people.open('alice', { title: 'theirs', labels: ['drift'] })
  clock.pass(60)
  github.people.close('alice', github.people.open('alice', { title: 'closed' }).number)
  const list = async (query: object) => numbers((await octokit.rest.issues.listForRepo({ ...REPO, ...query })).data)
  expect(await list({})).toEqual([2, 1])
  expect(await list({ state: 'closed' })).toEqual([3])
  expect(await list({ state: 'all', creator: BOT })).toEqual([1])
  expect(await list({ state: 'all', creator: 'ALICE' })).toEqual([3, 2])
  expect(await list({ labels: 'Drift' })).toEqual([2, 1])
  expect(await list({ labels: 'drift,prod' })).toEqual([1])
  expect(await list({ labels: 'absent' })).toEqual([])
  expect(await list({ assignee: 'alice' })).toEqual([1])
  expect(await list({ state: 'all', since: '2026-03-01T12:01:00Z' })).toEqual([3])
})

test('orders by creation, change or comments, either way', async () => {
  const clock = stopClock()
  const { octokit, github } = await connect({ now: clock.now })
  for (const title of ['a', 'b', 'c']) {
    github.people.open('alice', { title })
    clock.pass(1)
  }
  github.people.comment('alice', 2, 'hello')
  clock.pass(1)
  github.people.edit('alice', 1, { title: 'A' })
  const list = async (query: object) => numbers((await octokit.rest.issues.listForRepo({ ...REPO, ...query })).data)
  expect(await list({ direction: 'asc' })).toEqual([1, 2, 3])
  expect(await list({ sort: 'updated' })).toEqual([1, 2, 3])
  expect(await list({ sort: 'updated', direction: 'asc' })).toEqual([3, 2, 1])
  expect(await list({ sort: 'comments' })).toEqual([2, 3, 1])
})

test('lists pull requests among issues', async () => {
  const { octokit, github } = await connect()
  github.people.open('alice', { title: 'an issue' })
  github.people.openPullRequest('alice', { title: 'a change' })
  const { data } = await octokit.rest.issues.listForRepo(REPO)
  expect(data.map((one) => [one.number, one.pull_request?.html_url])).toEqual([
    [2, 'https://github.com/acme/shop/pull/2'],
    [1, undefined],
  ])
})

test('lists comments, the oldest first, page by page and since a time', async () => {
  const clock = stopClock()
  const { octokit, github } = await connect({ now: clock.now })
  github.people.open('alice', { title: 'x' })
  const ids = Array.from({ length: 5 }, (_, index) => github.people.comment('bob', 1, `number ${index}`).id)
  const all = await octokit.paginate(octokit.rest.issues.listComments, { ...REPO, issue_number: 1, per_page: 2 })
  expect(all.map(({ id }) => id)).toEqual(ids)
  clock.pass(1)
  github.people.editComment(ids[3] as number, 'edited')
  const { data } = await octokit.rest.issues.listComments({ ...REPO, issue_number: 1, since: '2026-03-01T12:00:01Z' })
  expect(data.map(({ id, body }) => [id, body])).toEqual([[ids[3], 'edited']])
})
