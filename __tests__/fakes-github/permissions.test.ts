import { expect, test } from 'vitest'
import { BOT } from '../fakes/github/repository.ts'
import type { Access, Token } from '../fakes/github/types.ts'
import { connect, expectRefusal, REPO } from './connect.ts'

const token = (login: string, issues: Access): Token => ({ login, permissions: { issues, contents: 'read', metadata: 'read' } })

test.each([
  [BOT, 'Resource not accessible by integration'],
  ['alice', 'Resource not accessible by personal access token'],
])('refuses to write for %s with a token that may only read', async (login, words) => {
  const { octokit, github } = await connect({ tokens: { 'fake-token': token(login, 'read') } })
  const { number } = github.people.open('bob', { title: 'x' })
  const { id } = github.people.comment('bob', number, 'hello')
  const { issues, reactions } = octokit.rest
  await expectRefusal(issues.create({ ...REPO, title: 'x' }), 403, words)
  await expectRefusal(issues.update({ ...REPO, issue_number: number, body: 'x' }), 403, words)
  await expectRefusal(issues.createComment({ ...REPO, issue_number: number, body: 'x' }), 403, words)
  await expectRefusal(issues.updateComment({ ...REPO, comment_id: id, body: 'x' }), 403, words)
  await expectRefusal(issues.addLabels({ ...REPO, issue_number: number, labels: ['x'] }), 403, words)
  await expectRefusal(issues.removeLabel({ ...REPO, issue_number: number, name: 'x' }), 403, words)
  await expectRefusal(reactions.createForIssueComment({ ...REPO, comment_id: id, content: 'eyes' }), 403, words)
  expect((await issues.get({ ...REPO, issue_number: number })).data).toMatchObject({ title: 'x', body: null, comments: 1 })
})

test('lets a token without issues read what is public, and nothing private', async () => {
  const { octokit, github } = await connect({ tokens: { 'fake-token': token(BOT, 'none') } })
  await expectRefusal(octokit.rest.issues.listForRepo(REPO), 403, 'Resource not accessible by integration')
  github.repository.settings.visibility = 'public'
  expect((await octokit.rest.issues.listForRepo(REPO)).data).toEqual([])
  await expectRefusal(octokit.rest.issues.create({ ...REPO, title: 'x' }), 403, 'Resource not accessible by integration')
})

test('hides a private repository from a token without metadata', async () => {
  const blind: Token = { login: BOT, permissions: { issues: 'write', contents: 'none', metadata: 'none' } }
  const { octokit } = await connect({ tokens: { 'fake-token': blind } })
  await expectRefusal(octokit.rest.repos.get(REPO), 404, 'Not Found')
  await expectRefusal(octokit.rest.issues.listForRepo(REPO), 404, 'Not Found')
})

test('takes nothing into an archived repository', async () => {
  const { octokit } = await connect({ settings: { archived: true } })
  await expectRefusal(octokit.rest.issues.create({ ...REPO, title: 'x' }), 403, 'Repository was archived so is read-only.')
  expect((await octokit.rest.issues.listForRepo(REPO)).data).toEqual([])
})

test('wants a token, and one that it knows', async () => {
  const { octokit, server, github } = await connect({}, 'stolen')
  await expectRefusal(octokit.rest.issues.listForRepo(REPO), 401, 'Bad credentials')
  await expectRefusal(octokit.graphql('{ viewer { login } }'), 401, 'Bad credentials')
  const response = await fetch(`${server.url}/repos/acme/shop/issues`)
  expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ message: 'Requires authentication' })])
  expect(github.requests.map(({ login }) => login)).toEqual([null, null, null])
})

test('says who a token is: by GraphQL to everyone, by REST to people only', async () => {
  const tokens = { 'fake-token': token(BOT, 'write'), personal: token('alice', 'write') }
  const app = await connect({ tokens })
  expect(await app.octokit.graphql('query { viewer { login } }')).toEqual({ viewer: { login: BOT } })
  await expectRefusal(app.octokit.rest.users.getAuthenticated(), 403, 'Resource not accessible by integration')
  const person = await connect({ tokens }, 'personal')
  expect(await person.octokit.graphql('{viewer{login}}')).toEqual({ viewer: { login: 'alice' } })
  expect((await person.octokit.rest.users.getAuthenticated()).data.login).toBe('alice')
  await expect(app.octokit.graphql('{ viewer { name } }')).rejects.toThrow('Cannot query field')
  expect([app.github.requests.length, app.github.rest().length]).toEqual([3, 1])
})

test.each([
  ['admin', 'admin'],
  ['maintain', 'write'],
  ['write', 'write'],
  ['triage', 'read'],
  ['read', 'read'],
  ['none', 'none'],
] as const)('says what a person with the role %s may do', async (role, permission) => {
  const { octokit } = await connect({ collaborators: { alice: role } })
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...REPO, username: 'Alice' })
  expect(data).toMatchObject({ permission, role_name: role, user: { login: 'alice' } })
})

test('knows strangers, whom a public repository lets read, and no role of apps', async () => {
  const { octokit, github } = await connect({ strangers: ['mallory'] })
  const ask = (username: string) => octokit.rest.repos.getCollaboratorPermissionLevel({ ...REPO, username })
  expect((await ask('mallory')).data.permission).toBe('none')
  github.repository.settings.visibility = 'public'
  expect((await ask('mallory')).data.permission).toBe('read')
  await expectRefusal(ask('nobody'), 404, 'nobody is not a user')
  await expectRefusal(ask(BOT), 404, 'is not a user')
})

test('describes the repository', async () => {
  const { octokit, github } = await connect({ settings: { visibility: 'public', defaultBranch: 'trunk' } })
  github.people.open('alice', { title: 'x' })
  const { data } = await octokit.rest.repos.get(REPO)
  expect(data).toMatchObject({ full_name: 'acme/shop', private: false, default_branch: 'trunk', has_issues: true, open_issues_count: 1 })
})
