import { describe, expect, it } from 'vitest'
import type { GitHubContext } from '../../src/github/context.ts'
import { openTracker } from '../../src/github/tracker.ts'
import type { PreviewReport } from '../../src/report/preview/arrange.ts'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { readPreviewMarker } from '../../src/report/preview/marker.ts'
import { keepPreviewComment } from '../../src/track/keep-preview-comment.ts'
import { badGateway, html, lagging, primaryLimit, type Rule, reset, SILENCE, secondaryLimit, UNAVAILABLE } from '../fakes/github/faults.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { BOT, type RepositoryOptions } from '../fakes/github/repository.ts'
import type { Token } from '../fakes/github/types.ts'
import { makeBlocked, makeBroken, makeBump, makeCalm, makeCodified, makeFork, makeLarge, OPTIONS } from './make-preview.ts'

const COMMENTER: Token = { login: BOT, permissions: { issues: 'none', pulls: 'write', contents: 'read', metadata: 'read' } }
const READER: Token = { login: BOT, permissions: { issues: 'read', pulls: 'read', contents: 'read', metadata: 'read' } }
const INPUTS = { token: 'fake-token', allowPublic: false, dryRun: false }

/** A pull request of alice's in a fake repository, and the runs that comment on it, each with a number of its own. */
async function startPullRequest(options: RepositoryOptions = {}, token: Token = COMMENTER) {
  const { github, server } = await startGitHub({ tokens: { 'fake-token': token }, ...options })
  const pull = github.people.openPullRequest('alice', { title: 'Bump the image' })
  let last = 100
  const comment = async (report: PreviewReport, more: { run?: number | null; key?: string } & Partial<typeof INPUTS> = {}) => {
    const { run = ++last, key = OPTIONS.key, ...inputs } = more
    const before = github.writes().length
    const numbered = { ...report, pullRequest: { ...report.pullRequest, number: pull.number } }
    const kept = await keepPreviewComment(
      numbered,
      { ...OPTIONS, run, key },
      { ...INPUTS, ...inputs },
      {
        context: {} as GitHubContext,
        openTracker: async () =>
          openTracker({ owner: 'acme', repo: 'shop' }, { token: 'fake-token', apiUrl: server.url, log: () => {}, wait: false }),
        sleep: async () => {},
      },
    )
    return {
      ...kept,
      writes: github
        .writes()
        .slice(before)
        .map(({ operation }) => operation),
    }
  }
  const list = () => github.repository.commentsOf(pull.number)
  return { github, pull, comment, list, write: (report: PreviewReport, run: number) => formatPreviewComment(report, { ...OPTIONS, run }) }
}

describe('the sticky comment', () => {
  it('is made, stays while nothing changes, is edited on a push, and says in the end that nothing is left', async () => {
    const { comment, list } = await startPullRequest()
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' }, notes: [], writes: ['issues/create-comment'] })
    expect(list()).toHaveLength(1)
    const [first] = list()
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'unchanged' }, writes: [] })
    const pushed = makeBlocked()
    expect(await comment({ ...pushed, generatedAt: '2026-11-24T00:00:00Z' })).toMatchObject({
      news: { action: 'updated' },
      writes: ['issues/update-comment'],
    })
    expect(list()).toMatchObject([{ id: first?.id, body: expect.stringContaining('Deploying this will fail') }])
    expect(await comment(makeCalm())).toMatchObject({ news: { action: 'updated' }, writes: ['issues/update-comment'] })
    expect(list()).toMatchObject([{ id: first?.id, body: expect.stringContaining('concerns the cluster any more') }])
    expect(await comment(makeCalm())).toMatchObject({ news: { action: 'unchanged' }, notes: [], writes: [] })
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'updated', url: expect.stringContaining('#issuecomment-') } })
  })

  it('is not made where there is nothing to say', async () => {
    const { comment, list } = await startPullRequest()
    expect(await comment(makeCalm())).toMatchObject({ news: { action: 'none' }, notes: [], writes: [] })
    expect(list()).toEqual([])
  })

  it('tells that a head does not render, and shrinks where it is too long', async () => {
    const { comment, list } = await startPullRequest()
    await comment(makeBroken())
    expect(list()[0]?.body).toContain('image.tag is required')
    await comment(makeLarge(400))
    expect(list()).toMatchObject([{ body: expect.stringContaining('**Shortened.**') }])
  })

  it('is made again once where a person has deleted it, also between the look and the edit', async () => {
    const { github, comment, list } = await startPullRequest()
    await comment(makeBump())
    github.people.deleteComment(list()[0]!.id)
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' } })
    github.faults.add({
      method: 'PATCH',
      fault: {
        commits: false,
        gives: () => ({ status: 404, headers: {}, body: { message: 'Not Found', documentation_url: '', status: '404' } }),
      },
    })
    github.people.deleteComment(list()[0]!.id)
    expect(await comment(makeCodified())).toMatchObject({ news: { action: 'created' }, notes: [] })
    expect(list()).toHaveLength(1)
  })

  it('leaves alone what a newer run has written, and what has no number is taken for the newest', async () => {
    const { comment, list } = await startPullRequest()
    await comment(makeBlocked(), { run: 12 })
    expect(await comment(makeBump(), { run: 11 })).toMatchObject({ news: { action: 'left-alone' }, writes: [] })
    expect(list()[0]?.body).toContain('Deploying this will fail')
    expect(await comment(makeBump(), { run: 12 })).toMatchObject({ news: { action: 'updated' } })
    expect(await comment(makeBlocked(), { run: null })).toMatchObject({ news: { action: 'updated' } })
  })

  it('is one of its own for each workflow', async () => {
    const { comment, list } = await startPullRequest()
    await comment(makeBump())
    await comment(makeBlocked(), { key: 'f'.repeat(16) })
    await comment(makeCodified())
    expect(list().map(({ body }) => readPreviewMarker(body)?.key)).toEqual([OPTIONS.key, 'f'.repeat(16)])
    expect(list()[1]?.body).toContain('Deploying this will fail')
  })

  it('is never one that somebody else has written, nor one that only quotes the mark', async () => {
    const { github, pull, comment, list, write } = await startPullRequest()
    const forged = write(makeBump(), 999_999)
    github.people.comment('mallory', pull.number, forged)
    github.people.comment(BOT, pull.number, `> ${forged}`)
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' } })
    expect(list().map(({ user }) => user)).toEqual(['mallory', BOT, BOT])
    await comment(makeCalm())
    expect(
      list()
        .slice(0, 2)
        .map(({ body }) => body),
    ).toEqual([forged, `> ${forged}`])
  })

  it('does nothing in a dry run, and says what it would do', async () => {
    const { comment, list } = await startPullRequest()
    expect(await comment(makeBump(), { dryRun: true })).toMatchObject({
      news: { action: 'none', why: expect.stringContaining('would be made') },
      writes: [],
    })
    await comment(makeBump())
    expect(await comment(makeBlocked(), { dryRun: true })).toMatchObject({
      news: { action: 'unchanged', why: expect.stringContaining('would be brought') },
      writes: [],
    })
    expect(list()[0]?.body).toContain('sets replicas back')
  })
})

describe('two comments of ours', () => {
  it('become one: the older stays, with the newest text', async () => {
    const { github, pull, comment, list, write } = await startPullRequest()
    const first = github.people.comment(BOT, pull.number, write(makeBump(), 90))
    github.people.comment(BOT, pull.number, write(makeBlocked(), 91))
    expect(await comment(makeCodified())).toMatchObject({
      news: { action: 'updated' },
      writes: ['issues/update-comment', 'issues/delete-comment'],
    })
    expect(list()).toMatchObject([{ id: first.id, body: expect.stringContaining('This codifies') }])
  })

  it('made by two runs at once become one, whichever is quicker', async () => {
    for (const order of [
      [201, 202],
      [202, 201],
    ] as const) {
      const { comment, list } = await startPullRequest()
      const reports = order.map((run) => comment(run === 202 ? makeBlocked() : makeBump(), { run }))
      for (const { notes } of await Promise.all(reports)) expect(notes).toEqual([])
      expect(list()).toHaveLength(1)
      expect(readPreviewMarker(list()[0]!.body)?.run).toBe(202)
      expect(list()[0]?.body).toContain('Deploying this will fail')
    }
  })

  it('are left to the next run where one cannot be deleted now', async () => {
    const { github, pull, comment, list, write } = await startPullRequest()
    github.people.comment(BOT, pull.number, write(makeBump(), 90))
    github.people.comment(BOT, pull.number, write(makeBump(), 91))
    github.faults.add({ method: 'DELETE', fault: UNAVAILABLE })
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'updated' }, notes: [] })
    expect(list()).toHaveLength(2)
    await comment(makeBump())
    expect(list()).toHaveLength(1)
  })
})

describe('GitHub that breaks', () => {
  it.each<[string, Rule['fault']]>([
    ['502 after it was done', badGateway(true)],
    ['502 before it was done', badGateway(false)],
    ['a connection that breaks after it was done', reset(true)],
    ['a connection that breaks before it was done', reset(false)],
  ])('never gets two comments: %s', async (_, fault) => {
    const { github, comment, list } = await startPullRequest()
    github.faults.add({ method: 'POST', path: /\/comments$/, fault })
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' }, notes: [] })
    expect(list()).toHaveLength(1)
    github.faults.add({ method: 'PATCH', fault })
    expect(await comment(makeBlocked())).toMatchObject({ news: { action: 'updated' }, notes: [] })
    expect(list()).toMatchObject([{ body: expect.stringContaining('Deploying this will fail') }])
  })

  it('never gets two comments where its lists lag', async () => {
    const { github, comment, list } = await startPullRequest()
    github.faults.add({ method: 'POST', path: /\/comments$/, fault: lagging({ lists: 2 }) })
    await comment(makeBump())
    await comment(makeBlocked())
    expect(list()).toHaveLength(1)
  })

  it.each<[string, Omit<Rule, 'times'>, RegExp]>([
    ['down', { fault: UNAVAILABLE }, /no usable answer.*next run tries again/],
    ['a page for people in place of a list', { path: /\/comments$/, method: 'GET', fault: html(200) }, /no usable answer/],
    ['no requests left', { path: /\/comments$/, fault: primaryLimit(3000) }, /asks for a pause.*next run/],
    ['too much at once', { method: 'POST', path: /\/comments$/, fault: secondaryLimit(600) }, /asks for a pause.*next run/],
    ['writes that break', { method: 'POST', path: /\/comments$/, fault: badGateway(false) }, /no usable answer/],
  ])('gets no comment, and fails nothing: %s', async (_, rule, says) => {
    const { github, comment, list } = await startPullRequest()
    github.faults.add({ ...rule, times: Number.POSITIVE_INFINITY })
    expect(await comment(makeBump())).toMatchObject({ news: null, notes: [{ message: expect.stringMatching(says) }] })
    expect(list()).toEqual([])
    github.faults.clear()
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' } })
  })

  it('whose answer never comes', { timeout: 60_000 }, async () => {
    const { github, comment, list } = await startPullRequest()
    github.faults.add({ method: 'POST', path: /\/comments$/, fault: SILENCE })
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' }, notes: [] })
    expect(list()).toHaveLength(1)
  })
})

describe('a comment that may not be written is a note with a remedy', () => {
  it('the token may only read', async () => {
    const { comment } = await startPullRequest({}, READER)
    expect(await comment(makeBump())).toMatchObject({
      news: null,
      notes: [
        {
          kind: 'no-permission',
          message: expect.stringMatching(/Resource not accessible by integration.*`permissions: pull-requests: write`/),
        },
      ],
    })
    expect((await comment(makeFork())).notes[0]?.message).toMatch(/from a fork get a token that may only read.*docs\/preview\.md/)
    expect(await comment(makeCalm())).toMatchObject({ news: { action: 'none' }, notes: [] })
  })

  it('a token with `issues: write` alone will do, too', async () => {
    const { comment } = await startPullRequest({}, { login: BOT, permissions: { issues: 'write', contents: 'read', metadata: 'read' } })
    expect(await comment(makeBump())).toMatchObject({ news: { action: 'created' }, notes: [] })
  })

  it('the conversation is locked: what is there is still edited', async () => {
    const { github, pull, comment, list } = await startPullRequest()
    github.people.lock('alice', pull.number)
    expect(await comment(makeBump())).toMatchObject({
      news: null,
      notes: [{ kind: 'comment-locked', message: expect.stringContaining('Unlock it') }],
    })
    github.people.unlock('alice', pull.number)
    await comment(makeBump())
    github.people.lock('alice', pull.number)
    expect(await comment(makeBlocked())).toMatchObject({ news: { action: 'updated' } })
    expect(list()).toHaveLength(1)
  })

  it('there is no such pull request, or no more', async () => {
    const { github, pull, comment } = await startPullRequest()
    github.people.delete(pull.number)
    expect(await comment(makeBump())).toMatchObject({
      news: null,
      notes: [{ kind: 'no-permission', message: expect.stringContaining('no such pull request (This issue was deleted') }],
    })
  })

  it('the token is none of GitHub’s, or empty', async () => {
    const { github, comment } = await startPullRequest()
    github.repository.tokens.clear()
    expect(await comment(makeBump())).toMatchObject({ news: null, notes: [{ kind: 'bad-token' }] })
    expect(await comment(makeBump(), { token: '' })).toMatchObject({ news: null, notes: [{ kind: 'no-token' }] })
  })

  it('outside of a workflow', async () => {
    const openNone = () => Promise.reject(new Error('not to be opened'))
    const kept = await keepPreviewComment(makeBump(), OPTIONS, INPUTS, { context: null, openTracker: openNone, sleep: async () => {} })
    expect(kept).toMatchObject({ news: null, notes: [{ kind: 'no-comment' }] })
  })
})

describe('a public repository', () => {
  const settings = { settings: { visibility: 'public' as const } }

  it('gets no comment with what the cluster has, unless its owners allow it', async () => {
    const { comment, list } = await startPullRequest(settings)
    for (const report of [makeBump(), makeBroken(), makeCalm()]) {
      expect(await comment(report)).toMatchObject({
        news: null,
        notes: [{ kind: 'public-repository', message: expect.stringContaining('allow-public') }],
        writes: [],
      })
    }
    expect(list()).toEqual([])
    expect(await comment(makeBump(), { allowPublic: true })).toMatchObject({ news: { action: 'created' }, notes: [] })
  })

  it('gets one that is against the base alone: all of that is public anyway', async () => {
    const { comment } = await startPullRequest(settings)
    expect(await comment(makeFork())).toMatchObject({ news: { action: 'created' }, notes: [] })
  })
})
