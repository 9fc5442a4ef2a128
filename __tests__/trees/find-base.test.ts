import { afterAll, describe, expect, test } from 'vitest'
import { findMergeBase } from '../../src/github/find-merge-base.ts'
import { findBase, findNamedBase } from '../../src/trees/find-base.ts'
import { catchFaults, makeWorkspace, removeWorkspaces, type Workspace } from '../chart/support/charts.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { BOT } from '../fakes/github/repository.ts'
import { checkOut, gitIn, makeOrigin, type Origin } from './support.ts'

afterAll(removeWorkspaces)

const origin = makeOrigin({ 'a.txt': '1' }, { 'a.txt': '2' })
const pullOf = ({ base, head }: Origin) => ({ base: { sha: base, ref: 'main' }, head: { sha: head } })

/** Finds the base with a GitHub that knows where the pull request left its branch, or may not be asked. */
async function find(workspace: Workspace, may = true) {
  const contents = may ? 'read' : 'none'
  const tokens = { 'fake-token': { login: BOT, permissions: { issues: 'write', metadata: 'read', contents } } } as const
  const { github, server } = await startGitHub({ tokens })
  github.repository.activity.mergeBases.set(`${origin.base}...${origin.head}`, origin.fork)
  const place = { owner: 'acme', repo: 'shop' }
  const options = { token: 'fake-token', apiUrl: server.url, log: () => {} }
  const base = await findBase(pullOf(origin), {
    workspace: workspace.path,
    askMergeBase: (commits) => findMergeBase(place, options, commits),
  })
  return { base, asked: github.rest().length }
}

describe('the base of a pull request', () => {
  test('is the first parent of the merge commit, which a checkout of one commit still names', async () => {
    const workspace = checkOut(origin, origin.merge)
    expect(gitIn(workspace.path)('rev-list', '--count', 'HEAD')).toBe('1')
    const { base, asked } = await find(workspace)
    expect(base).toMatchObject({ commit: origin.base, head: origin.merge, checkout: { top: workspace.path, shallow: true }, notes: [] })
    expect(asked).toBe(0)
  })

  test('is the merge base where the newest commit is checked out with its history', async () => {
    const { base, asked } = await find(checkOut(origin, origin.head, { depth: 0 }))
    expect(base).toMatchObject({ commit: origin.fork, head: origin.head, notes: [] })
    expect(asked).toBe(0)
  })

  test('is what GitHub says where the history is cut off', async () => {
    const { base, asked } = await find(checkOut(origin, origin.head))
    expect(base).toMatchObject({ commit: origin.fork, head: origin.head, notes: [] })
    expect(asked).toBe(1)
  })

  test('is the newest commit of the branch where nothing else is known, and that is told', async () => {
    const { base } = await find(checkOut(origin, origin.head), false)
    expect(base).toMatchObject({ commit: origin.base, notes: [{ message: expect.stringMatching(/not accessible.*changes of others/) }] })
  })

  test('of another commit is told to be one', async () => {
    const { base } = await find(checkOut(origin, origin.fork, { depth: 0 }))
    expect(base).toMatchObject({ commit: origin.fork, notes: [{ message: expect.stringContaining('neither the pull request') }] })
  })

  test('without a repository, or with none that has a commit', async () => {
    expect((await find(makeWorkspace({ 'app/a': '' }))).base).toMatchObject({ commit: origin.fork, head: null, checkout: null, notes: [] })
    const empty = makeWorkspace()
    gitIn(empty.path)('init', '-q')
    expect((await find(empty)).base).toMatchObject({ commit: origin.fork, checkout: null })
  })

  test('is looked for in the checkout of the pull request among several', async () => {
    const workspace = checkOut(origin, origin.merge, { folder: 'work' })
    gitIn(workspace.path)('clone', '-q', `file://${makeOrigin({ b: '1' }, { b: '2' }).repository.path}`, 'actions')
    expect((await find(workspace)).base).toMatchObject({ commit: origin.base, checkout: { top: workspace.at('work') }, notes: [] })
  })

  test('is not taken from a merge of something else', async () => {
    const workspace = checkOut(origin, origin.merge, { depth: 0 })
    const { base } = await find(workspace)
    expect(base.commit).toBe(origin.base)
    const other = { base: { sha: origin.base, ref: 'main' }, head: { sha: origin.fork } }
    const found = await findBase(other, { workspace: workspace.path, askMergeBase: () => Promise.reject(new Error('not asked')) })
    expect(found).toMatchObject({ commit: origin.base, notes: [{ message: expect.stringContaining('neither') }] })
  })
})

describe('on the command line', () => {
  test('it is where the revision and the working copy went apart', async () => {
    const workspace = checkOut(origin, origin.head, { depth: 0 })
    gitIn(workspace.path)('branch', 'main', origin.base)
    for (const revision of ['main', origin.base, 'HEAD~1']) {
      expect(await findNamedBase(revision, workspace.path)).toMatchObject({ commit: origin.fork, head: origin.head, notes: [] })
    }
  })

  test.each(['nowhere', '--help', 'HEAD:a.txt'])('a revision that is none: %s', async (revision) => {
    const faults = await catchFaults(findNamedBase(revision, checkOut(origin, origin.head).path))
    expect(faults).toMatchObject([{ where: '--base', message: expect.stringContaining(revision) }])
  })

  test('outside of a repository', async () => {
    expect(await catchFaults(findNamedBase('main', makeWorkspace().path))).toMatchObject([{ where: '--base' }])
  })
})
