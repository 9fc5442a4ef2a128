import { expect, test } from 'vitest'
import { ContractViolation, checkAnswer, matchOperation } from '../fakes/github/contract.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import description from '../fakes/github/openapi.json' with { type: 'json' }
import { OPERATIONS } from '../fakes/github/serve.ts'
import { connect, expectRefusal, REPO } from './connect.ts'

const { owner, repo } = REPO
const issues = `POST /repos/${owner}/${repo}/issues`

test('serves just what the pruned description describes', () => {
  const described = Object.values(description.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect([...Object.keys(OPERATIONS), 'rate-limit/get'].sort()).toEqual(described.sort())
})

test.each([
  ['no title', { body: 'x' }, "must have required property 'title'"],
  ['a property that GitHub does not know', { title: 'x', asignees: ['a'] }, 'asignees'],
  ['labels that are no list', { title: 'x', labels: 'drift' }, '/requestBody/labels must be array'],
  ['a body that is no text', { title: 'x', body: 7 }, '/requestBody/body must be string'],
  ['assignees that are no names', { title: 'x', assignees: [7] }, '/requestBody/assignees/0 must be string'],
])('refuses a new issue with %s', async (_, body, words) => {
  const { octokit, github } = await connect()
  await expectRefusal(octokit.request(issues, body), 422, words)
  expect(github.repository.issues.size).toBe(0)
})

test('refuses a request for an issue without a body', async () => {
  const { octokit } = await connect()
  await expectRefusal(octokit.request(issues), 422, "must have required property 'requestBody'")
})

test('refuses reasons, states and reactions that GitHub does not have', async () => {
  const { octokit, github } = await connect()
  const { number } = github.people.open('alice', { title: 'x' })
  const comment = github.people.comment('alice', number, 'hello')
  const update = octokit.rest.issues.update
  await expectRefusal(update({ ...REPO, issue_number: number, state_reason: 'wontfix' as never }), 422, 'state_reason')
  await expectRefusal(update({ ...REPO, issue_number: number, state: 'done' as never }), 422, 'state')
  const reaction = octokit.rest.reactions.createForIssueComment({ ...REPO, comment_id: comment.id, content: 'thumbs' as never })
  await expectRefusal(reaction, 422, 'content')
})

test('refuses query parameters that GitHub does not have, or with other values', async () => {
  const { octokit } = await connect()
  const list = `GET /repos/${owner}/${repo}/issues`
  await expectRefusal(octokit.request(list, { author: 'alice' }), 422, 'author')
  await expectRefusal(octokit.request(list, { state: 'some' }), 422, 'state')
  await expectRefusal(octokit.request(list, { per_page: 'many' }), 422, 'per_page')
  await expectRefusal(octokit.request(list, { since: 'yesterday' }), 422, 'since')
})

test('knows no other routes, methods and repositories', async () => {
  const { octokit, github } = await connect()
  await expectRefusal(octokit.request('GET /nowhere'), 404, 'Not Found')
  await expectRefusal(octokit.request(`DELETE /repos/${owner}/${repo}/issues`), 404, 'Not Found')
  await expectRefusal(octokit.rest.issues.listForRepo({ owner, repo: 'another' }), 404, 'Not Found')
  expect(github.requests.map(({ operation, status }) => [operation, status])).toEqual([
    [null, 404],
    [null, 404],
    ['issues/list-for-repo', 404],
  ])
})

test('refuses what is not JSON', async () => {
  const { server } = await connect()
  const headers = { authorization: 'token fake-token' }
  const response = await fetch(`${server.url}/repos/acme/shop/issues`, { method: 'POST', headers, body: '{"title":' })
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ message: 'Problems parsing JSON' })])
})

test('notices an answer of its own that GitHub would not give', () => {
  const github = new FakeGitHub()
  const issue = github.people.open('alice', { title: 'x' })
  const get = () =>
    github.handle({
      method: 'GET',
      url: 'https://api.github.com/repos/acme/shop/issues/1',
      headers: { authorization: 'token fake-token' },
      body: null,
    })
  expect(get()).toMatchObject({ kind: 'answer', answer: { status: 200 } })
  github.check()
  github.repository.setIssue({ ...issue, createdAt: 'yesterday' }, 'edit')
  expect(get).toThrow(ContractViolation)
  expect(get).toThrow('Our 200 of issues/get is not as described: /created_at must match format "date-time"')
  expect(() => github.check()).toThrow('/created_at')
})

test('holds answers that the description does not mention to the usual form', () => {
  const list = matchOperation('GET', '/repos/acme/shop/issues')
  if (list === null) throw new Error('There is such an operation.')
  const check = (status: number, body: unknown) => () => checkAnswer(list, { status, headers: {}, body })
  expect(check(200, [])).not.toThrow()
  expect(check(202, [])).toThrow('issues/list-for-repo never answers 202')
  expect(check(403, { message: 'no' })).not.toThrow()
  expect(check(403, { message: 7 })).toThrow('/message must be string')
})

test('does not pass over what it cannot do', () => {
  const github = new FakeGitHub()
  const send = (method: string, path: string, body: string | null) =>
    github.handle({ method, url: `https://api.github.com/repos/acme/shop${path}`, headers: { authorization: 'token fake-token' }, body })
  expect(() => send('GET', '/issues?milestone=1', null)).toThrow('does not filter issues by milestone')
  expect(() => send('POST', '/issues', '{"title":"x","milestone":1}')).toThrow('does nothing with milestone')
})
