import { expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { readPullRequest } from '../../src/github/read-pull-request.ts'

const pull = {
  number: 7,
  html_url: 'https://github.com/acme/shop/pull/7',
  draft: true,
  base: { sha: 'b'.repeat(40), ref: 'main', repo: { full_name: 'acme/shop' } },
  head: { sha: 'c'.repeat(40), ref: 'x', repo: { full_name: 'Acme/Shop' } },
  user: { login: 'alice' },
}
const make = (more: object = {}, event: object = {}) => ({
  eventName: 'pull_request',
  event: { action: 'synchronize', number: 7, pull_request: { ...pull, ...more }, sender: { login: 'alice' }, ...event },
})
const read = (more: object = {}, event: object = {}) => readPullRequest(make(more, event))
const refuse = (context: { eventName: string; event: unknown }): string => {
  try {
    readPullRequest(context)
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'it was read'
}

test('a pull request of the repository itself', () => {
  expect(read()).toEqual({
    number: 7,
    url: 'https://github.com/acme/shop/pull/7',
    closed: false,
    base: { sha: 'b'.repeat(40), ref: 'main' },
    head: { sha: 'c'.repeat(40) },
    fromFork: false,
    author: 'alice',
    hasSecrets: true,
  })
  expect(read({}, { action: 'closed' }).closed).toBe(true)
})

test('forks, deleted ones too, and Dependabot get no secrets', () => {
  expect(read({ head: { ...pull.head, repo: { full_name: 'mallory/shop' } } })).toMatchObject({ fromFork: true, hasSecrets: false })
  expect(read({ head: { ...pull.head, repo: null } })).toMatchObject({ fromFork: true, hasSecrets: false })
  const robot = { login: 'dependabot[bot]' }
  expect(read({ user: robot }, { sender: robot })).toMatchObject({ fromFork: false, hasSecrets: false, author: robot.login })
  // Somebody pushed to its branch, and that run is theirs.
  expect(read({ user: robot })).toMatchObject({ hasSecrets: true })
  expect(read({ user: null }, { sender: undefined })).toMatchObject({ author: '', hasSecrets: true })
})

test.each<[string, object]>([
  ['number', { number: '7; rm' }],
  ['number', { number: -1 }],
  ['html_url', { html_url: 'javascript:alert(1)' }],
  ['html_url', { html_url: `https://x/${'a'.repeat(3000)}` }],
  ['base.sha', { base: { ...pull.base, sha: '--upload-pack=x' } }],
  ['head.sha', { head: { ...pull.head, sha: 'HEAD' } }],
  ['base', { base: null }],
  ['user.login', { user: { login: {} } }],
])('hostile text in %s is a fault that tells where', (where, more) => {
  expect(refuse(make(more))).toContain(`pull_request.${where}`)
})

test.each([[{}], [null], ['text'], [{ pull_request: [] }]])('an event that is none: %j', (event) => {
  expect(refuse({ eventName: 'pull_request', event })).toMatch(/^GITHUB_EVENT_PATH: the event is not a pull request as GitHub describes it/)
})

test('pull_request_target is refused, and why is said', () => {
  expect(refuse({ ...make(), eventName: 'pull_request_target' })).toMatch(/runs with the secrets .* docs\/preview\.md/)
  expect(refuse({ ...make(), eventName: 'push' })).toContain('the event `push`')
})
