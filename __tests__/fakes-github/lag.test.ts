import { expect, test } from 'vitest'
import { lagging } from '../fakes/github/faults.ts'
import { connect, REPO, stopClock } from './connect.ts'

async function connectAndList() {
  const clock = stopClock()
  const connection = await connect({ now: clock.now })
  const list = async (state: 'open' | 'closed' | 'all' = 'all') =>
    (await connection.octokit.rest.issues.listForRepo({ ...REPO, state })).data.map(({ number, title }) => `${number} ${title}`)
  return { ...connection, clock, list, issues: connection.octokit.rest.issues }
}

test('hides a new issue from lists for some requests, and never from who asks for it by number', async () => {
  const { github, issues, list } = await connectAndList()
  github.people.open('alice', { title: 'old' })
  github.faults.add({ method: 'POST', path: /\/issues$/, fault: lagging({ lists: 2 }) })
  await issues.create({ ...REPO, title: 'new' })
  expect(await list()).toEqual(['1 old'])
  expect((await issues.get({ ...REPO, issue_number: 2 })).data.title).toBe('new')
  expect(await list()).toEqual(['1 old'])
  expect(await list()).toEqual(['2 new', '1 old'])
  github.people.edit('alice', 1, { title: 'not slow' })
  expect(await list()).toEqual(['2 new', '1 not slow'])
})

test('hides a closing for a while, under the state that it had', async () => {
  const { github, issues, list, clock } = await connectAndList()
  github.people.open('alice', { title: 'x' })
  github.faults.add({ method: 'PATCH', fault: lagging({ ms: 5000 }) })
  await issues.update({ ...REPO, issue_number: 1, state: 'closed' })
  clock.pass(4)
  expect([await list('open'), await list('closed')]).toEqual([['1 x'], []])
  expect((await issues.get({ ...REPO, issue_number: 1 })).data.state).toBe('closed')
  clock.pass(1)
  expect([await list('open'), await list('closed')]).toEqual([[], ['1 x']])
})

test('shows several changes one after the other, each in its time', async () => {
  const { github, list } = await connectAndList()
  github.repository.lag = { lists: 2 }
  github.people.open('alice', { title: 'a' })
  expect(await list()).toEqual([])
  github.people.edit('alice', 1, { title: 'b' })
  expect(await list()).toEqual([])
  expect(await list()).toEqual(['1 a'])
  expect(await list()).toEqual(['1 b'])
})

test('lags for those kinds of change that it is told, and what is at once takes what was before with it', async () => {
  const { github, list } = await connectAndList()
  github.repository.lag = { lists: 9, of: ['edit'] }
  github.people.open('alice', { title: 'a' })
  github.people.edit('alice', 1, { title: 'b' })
  expect(await list()).toEqual(['1 a'])
  github.people.close('alice', 1)
  expect(await list()).toEqual(['1 b'])
})
