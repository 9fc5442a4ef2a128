import { expect, test } from 'vitest'
import { BOT } from '../fakes/github/repository.ts'
import { listIssues, listWarnings, startDrifted } from './issue-world.ts'
import type { Run } from './world.ts'

/** Whatever GitHub refuses, a run says what it found, and drift is news rather than a failure. */
function expectDelivered(run: Run): void {
  const { code, outputs, summary, log } = run
  expect({ code, verdict: outputs.verdict, drift: outputs['drift-count'] }, log).toEqual({ code: 0, verdict: 'drifted', drift: '2' })
  expect(summary).toContain('**grokdevops has drifted: 2 changes were made by hand.**')
}

const token = (issues: 'write' | 'read' | 'none') => ({ login: BOT, permissions: { issues, contents: 'read', metadata: 'read' } }) as const

test.concurrent('no token, a bad token, and tokens that may do too little: told with what to do, and the report is delivered', async ({
  onTestFinished,
}) => {
  const tokens = { 'fake-token': token('write'), 'may-read': token('read'), 'may-nothing': token('none') }
  const { world, run } = await startDrifted({ tokens }, onTestFinished)
  const cases = [
    ['', 'no-token', /`token` is empty/],
    ['wrong', 'bad-token', /GitHub does not accept `token` \(.*Bad credentials.*\)/],
    ['may-nothing', 'no-list', /issues cannot be read.*permissions: issues: write/],
    ['may-read', 'no-write', /issue of grokdevops could not be .*permissions: issues: write/],
  ] as const
  for (const [secret, name, says] of cases) {
    const told = await run({ token: secret })
    expectDelivered(told)
    expect(listWarnings(told), name).toContainEqual(expect.stringMatching(says))
    expect(told.summary, name).toMatch(/token.{0,8} (is empty|lacks)|does not accept/)
    expect(told.outputs['issue-number'], name).toBe('')
  }
  expect(listIssues(world)).toEqual([])
  // Nothing was forgotten: with the right token it is filed.
  const right = await run()
  expect([right.outputs['issue-number'], listWarnings(right)]).toEqual(['1', []])
})

test.concurrent('a public repository wants allow-public', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({ settings: { visibility: 'public' } }, onTestFinished)
  const without = await run()
  expectDelivered(without)
  expect(listWarnings(without)).toEqual([expect.stringContaining('`allow-public: true`')])
  expect([without.writes, listIssues(world)]).toEqual([[], []])
  const allowed = await run({ 'allow-public': 'true' })
  expect([allowed.outputs['issue-number'], allowed.outputs['issue-url']]).toEqual(['1', 'https://github.com/acme/shop/issues/1'])
})

test.concurrent('runs of another branch and of pull requests report, and leave the issues alone', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  const branch = await run({}, { name: 'push', payload: {}, env: { GITHUB_REF: 'refs/heads/feature' } })
  const pull = await run({ mode: 'check' }, { name: 'pull_request', payload: {}, env: { GITHUB_REF: 'refs/pull/7/merge' } })
  for (const one of [branch, pull]) {
    expectDelivered(one)
    expect([one.writes, one.outputs['issue-number']]).toEqual([[], ''])
  }
  expect(listWarnings(branch)).toEqual([expect.stringMatching(/`feature`.*default branch, `main`/)])
  expect(pull.summary).toContain('a pull request is not what the cluster should be yet')
  expect(pull.rest).toEqual([])
  expect(listIssues(world)).toEqual([])
})

test.concurrent('issues that are disabled, and a repository that is not there', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  world.github.repository.settings.hasIssues = false
  const disabled = await run()
  expectDelivered(disabled)
  expect(listWarnings(disabled)).toEqual([expect.stringMatching(/issues are disabled.*Settings/)])
  // Disabled between the question and the list: GitHub answers 410.
  world.github.faults.add({
    path: /\/issues$/,
    fault: { commits: false, gives: () => ({ status: 410, headers: {}, body: { message: 'Issues are disabled for this repo' } }) },
  })
  world.github.repository.settings.hasIssues = true
  const gone = await run()
  expectDelivered(gone)
  expect(listWarnings(gone)).toEqual([expect.stringMatching(/issues are disabled in this repository/)])
  const elsewhere = await run({}, { name: 'schedule', payload: {}, env: { GITHUB_REPOSITORY: 'acme/other' } })
  expectDelivered(elsewhere)
  expect(listWarnings(elsewhere)).toEqual([expect.stringMatching(/GitHub shows nothing there.*permissions/)])
  expect([...disabled.writes, ...gone.writes, ...elsewhere.writes, ...listIssues(world)]).toEqual([])
})
