import { expect, test } from 'vitest'
import { BOT } from '../fakes/github/repository.ts'
import { connect, expectRefusal, REPO, stopClock } from './connect.ts'

async function connectAt() {
  const clock = stopClock()
  const connection = await connect({ now: clock.now, collaborators: { alice: 'write' } })
  const get = async (issue_number = 1) => (await connection.octokit.rest.issues.get({ ...REPO, issue_number })).data
  return { ...connection, clock, get, issues: connection.octokit.rest.issues, people: connection.github.people }
}

test('files an issue as the app whose token it is, and in whole seconds', async () => {
  const { issues, people } = await connectAt()
  const { data } = await issues.create({ ...REPO, title: 'x', body: '<!-- marker -->' })
  expect(data).toMatchObject({
    number: 1,
    state: 'open',
    user: { login: BOT, type: 'Bot' },
    created_at: '2026-03-01T12:00:00Z',
    state_reason: null,
  })
  const forged = people.open('mallory', { title: 'x', body: '<!-- marker -->' })
  expect((await issues.get({ ...REPO, issue_number: forged.number })).data.user).toMatchObject({ login: 'mallory', type: 'User' })
})

test('closes for a reason and opens again, through the API and by people', async () => {
  const { issues, people, clock, get } = await connectAt()
  people.open('alice', { title: 'x' })
  clock.pass(60)
  const closed = await issues.update({ ...REPO, issue_number: 1, state: 'closed' })
  expect(closed.data).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
    closed_by: { login: BOT },
    closed_at: '2026-03-01T12:01:00Z',
  })
  people.reopen('alice', 1)
  expect(await get()).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null, closed_by: null })
  people.close('alice', 1, 'not_planned')
  expect(await get()).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_by: { login: 'alice' } })
  await issues.update({ ...REPO, issue_number: 1, state: 'closed', state_reason: 'duplicate' })
  expect(await get()).toMatchObject({ state: 'closed', state_reason: 'duplicate', closed_by: { login: 'alice' } })
})

test('moves the time of a change when something changed, and not otherwise', async () => {
  const { issues, people, clock, get } = await connectAt()
  people.open('alice', { title: 'x', body: 'text', labels: ['drift'] })
  const { id } = people.comment('alice', 1, 'hello')
  const moved = async (act: () => unknown) => {
    const before = (await get()).updated_at
    clock.pass(1)
    await act()
    return (await get()).updated_at !== before
  }
  expect(await moved(() => people.edit('alice', 1, { body: 'other' }))).toBe(true)
  expect(await moved(() => people.label('alice', 1, 'mine'))).toBe(true)
  expect(await moved(() => people.unlabel('alice', 1, 'MINE'))).toBe(true)
  expect(await moved(() => people.comment('alice', 1, 'again'))).toBe(true)
  expect(await moved(() => people.close('alice', 1))).toBe(true)
  expect(await moved(() => people.react('alice', id, '+1'))).toBe(false)
  expect(await moved(() => people.editComment(id, 'edited'))).toBe(false)
  expect(await moved(() => issues.update({ ...REPO, issue_number: 1, body: 'other' }))).toBe(false)
  expect((await get()).labels).toMatchObject([{ name: 'drift' }])
})

test('shows that a comment was edited, reacted to, or deleted', async () => {
  const { octokit, issues, people, clock, get } = await connectAt()
  people.open('alice', { title: 'x' })
  const { id } = people.comment('alice', 1, '/drift accept')
  const read = async () => (await issues.getComment({ ...REPO, comment_id: id })).data
  expect(await read()).toMatchObject({ user: { login: 'alice' }, author_association: 'COLLABORATOR', updated_at: '2026-03-01T12:00:00Z' })
  clock.pass(5)
  const react = () => octokit.rest.reactions.createForIssueComment({ ...REPO, comment_id: id, content: 'eyes' })
  expect([(await react()).status, (await react()).status]).toEqual([201, 200])
  expect(await read()).toMatchObject({ reactions: { eyes: 1, total_count: 1 }, updated_at: '2026-03-01T12:00:00Z' })
  people.editComment(id, 'never mind')
  expect(await read()).toMatchObject({ body: 'never mind', created_at: '2026-03-01T12:00:00Z', updated_at: '2026-03-01T12:00:05Z' })
  people.deleteComment(id)
  await expectRefusal(read(), 404, 'Not Found')
  expect((await get()).comments).toBe(0)
})

test('can have comments that look edited though nobody did', async () => {
  const { github, issues, people } = await connectAt()
  github.repository.settings.commentSkew = 1
  people.open('alice', { title: 'x' })
  const { data } = await issues.createComment({ ...REPO, issue_number: 1, body: 'hello' })
  expect([data.created_at, data.updated_at]).toEqual(['2026-03-01T12:00:00Z', '2026-03-01T12:00:01Z'])
})

test('takes no comment on a locked issue, but edits of the issue', async () => {
  const { github, issues, people, get } = await connectAt()
  people.open('alice', { title: 'x' })
  people.lock('alice', 1)
  const comment = () => issues.createComment({ ...REPO, issue_number: 1, body: 'hello' })
  await expectRefusal(comment(), 403, 'Unable to create comment because issue is locked.')
  await issues.update({ ...REPO, issue_number: 1, title: 'y' })
  expect(await get()).toMatchObject({ locked: true, title: 'y' })
  github.repository.settings.closesLocked = false
  await expectRefusal(issues.update({ ...REPO, issue_number: 1, state: 'closed' }), 403, 'locked')
  github.repository.settings.closesLocked = true
  expect((await issues.update({ ...REPO, issue_number: 1, state: 'closed' })).data.state).toBe('closed')
  people.unlock('alice', 1)
  expect((await comment()).status).toBe(201)
})

test('says of a deleted issue that it was deleted', async () => {
  const { issues, people } = await connectAt()
  people.open('alice', { title: 'x' })
  const { id } = people.comment('alice', 1, 'hello')
  people.delete(1)
  await expectRefusal(issues.get({ ...REPO, issue_number: 1 }), 410, 'This issue was deleted')
  await expectRefusal(issues.update({ ...REPO, issue_number: 1, body: 'x' }), 410, 'This issue was deleted')
  await expectRefusal(issues.listComments({ ...REPO, issue_number: 1 }), 410, 'This issue was deleted')
  await expectRefusal(issues.getComment({ ...REPO, comment_id: id }), 404, 'Not Found')
  expect((await issues.listForRepo({ ...REPO, state: 'all' })).data).toEqual([])
  expect(people.open('alice', { title: 'next' }).number).toBe(2)
})

test('sends whoever asks for a transferred issue to its new place', async () => {
  const { github, server, issues, people } = await connectAt()
  people.open('alice', { title: 'x' })
  people.transfer(1, 99, 7)
  await expectRefusal(issues.get({ ...REPO, issue_number: 1 }), 404, 'Not Found')
  expect(github.requests.map(({ path, status }) => [path, status])).toEqual([
    ['/repos/acme/shop/issues/1', 301],
    ['/repositories/99/issues/7', 404],
  ])
  const manual = { redirect: 'manual', headers: { authorization: 'token fake-token' } } as const
  const response = await fetch(`${server.url}/repos/acme/shop/issues/1`, manual)
  expect([response.status, response.headers.get('location')]).toEqual([301, `${server.url}/repositories/99/issues/7`])
})

test('has no issues where they are disabled', async () => {
  const { github, issues, people } = await connectAt()
  people.open('alice', { title: 'x' })
  github.repository.settings.hasIssues = false
  await expectRefusal(issues.listForRepo(REPO), 410, 'Issues are disabled for this repo')
  await expectRefusal(issues.create({ ...REPO, title: 'x' }), 410, 'Issues are disabled for this repo')
  await expectRefusal(issues.get({ ...REPO, issue_number: 1 }), 410, 'Issues are disabled for this repo')
})
