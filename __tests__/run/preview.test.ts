import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { removeWorkspaces } from '../chart/support/charts.ts'
import { repository } from '../e2e/story.ts'
import { BOT } from '../fakes/github/repository.ts'
import { listWarnings, tellComment } from './issue-world.ts'
import { BUMP, CHART, CODIFY, propose, VALUES } from './pull-request.ts'

afterAll(removeWorkspaces)
// Several programs at once, each several times: a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 })

const COMMENTED = 'POST /repos/acme/shop/issues/1/comments'

test.concurrent('one comment: made, edited in place on a push, left as it is where nothing changed, and true to the end', async ({
  onTestFinished,
}) => {
  const { world, push, preview, comments } = await propose({ ending: onTestFinished })
  await push(BUMP)
  const first = await preview()
  expect([first.code, first.writes, listWarnings(first)], first.log).toEqual([0, [COMMENTED], []])
  expect(first.log).toContain('A comment on the pull request was made: there was none yet.')
  expect(comments()).toEqual([
    expect.stringContaining('**Deploying this will fail on replicas of Deployment/grokdevops, and leaves 1 difference as it is.**'),
  ])
  expect(comments()[0]).toMatch(/Git not set, cluster `DEBUG=true`/)
  expect(first.report()).toMatchObject({
    verdict: 'drifted',
    pullRequest: { number: 1, fromFork: false, untouched: [] },
    targets: [
      { preview: { against: 'cluster', kinds: ['image', 'values'], files: [VALUES], counts: { fails: 1, leaves: 1, changes: 1 } } },
    ],
  })
  expect(first.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '2', 'issue-number': '' })
  expect(first.summary).toContain('Deploying this will fail on replicas')

  const again = await preview({ 'fail-on': 'drift' })
  expect([again.code, again.writes, comments().length], again.log).toEqual([0, [], 1])

  const [comment] = world.github.repository.commentsOf(1)
  const edited = `PATCH /repos/acme/shop/issues/comments/${comment?.id}`
  await push(CODIFY)
  const second = await preview()
  expect([second.code, second.writes], second.log).toEqual([0, [edited]])
  expect(comments()).toEqual([expect.stringContaining('**This codifies 1 out-of-band change: replicas of Deployment/grokdevops')])

  await push({ 'README.md': (text) => `${text}\nMore.\n` })
  const calm = await preview()
  expect([calm.code, calm.writes, calm.reads], calm.log).toEqual([0, [edited], []])
  expect(comments()).toEqual([expect.stringContaining('concerns the cluster any more')])
  expect(calm.report()).toMatchObject({ verdict: 'in-sync', targets: [], pullRequest: { untouched: ['grokdevops'] } })

  // Its conversation is over: nothing is read, and what was said stays.
  const closed = await preview({}, { action: 'closed' })
  expect([closed.code, closed.rest, closed.reads, closed.outputs.verdict]).toEqual([0, [], [], ''])
  expect(closed.summary).toContain('The pull request is closed')
})

test.concurrent('a pull request that does not concern the cluster gets no comment, and the cluster is not even asked', async ({
  onTestFinished,
}) => {
  const { world, clean, push, preview, comments } = await propose({ ending: onTestFinished })
  await push({ 'README.md': (text) => `${text}\nMore.\n`, [`${CHART}/README.md`]: () => 'Of the chart.\n' })
  const none = await preview()
  expect([none.code, none.writes, none.reads, comments(), listWarnings(none)], none.log).toEqual([0, [], [], [], []])
  expect(none.summary).toContain('Not looked at, since the pull request touches nothing of theirs: grokdevops.')
  expect(none.report().targets).toEqual([])
  // All targets are wanted: whoever merges sets a deploy off, and it would fail.
  const all = await preview({ 'preview-all': 'true' })
  expect([all.code, all.writes, all.reads.length > 3], all.log).toEqual([0, [COMMENTED], true])
  expect(all.report().targets).toMatchObject([{ verdict: 'drifted', preview: { counts: { fails: 1, changes: 0 } } }])
  world.github.people.deleteComment(world.github.repository.commentsOf(1)[0]!.id)
  // A comment line in the values of a release that is as Git says: it is rendered and read, and nothing comes of it.
  world.objects = clean
  await push({ [VALUES]: (text) => `${text}\n# Ask the platform team before changing this.\n` })
  const idle = await preview()
  expect([idle.code, idle.writes, idle.reads.length > 3, comments()], idle.log).toEqual([0, [], true, []])
  expect(idle.report()).toMatchObject({ verdict: 'in-sync', targets: [{ preview: { changes: [] } }] })
})

test.concurrent('a pull request that codifies an open issue names it, and GitHub shows that in both', async ({ onTestFinished }) => {
  const { push, preview, comments, number, world } = await propose({
    ending: onTestFinished,
    earlier: async (begun) => {
      for (const _ of [1, 2]) {
        begun.wait({ hours: 1 })
        await begun.run()
      }
      expect(begun.github.people.issue(1)).toMatchObject({ state: 'open', labels: ['drift'] })
    },
  })
  expect(number).toBe(2)
  await push(CODIFY)
  const run = await preview()
  expect([run.code, run.writes], run.log).toEqual([0, ['POST /repos/acme/shop/issues/2/comments']])
  expect(comments()[0]).toMatch(/#1\b/)
  expect(run.report().targets[0]?.preview?.issues).toMatchObject([{ number: 1, whole: false }])
  expect(run.summary).toMatch(/#1\b/)
  expect(world.github.people.issue(1).state).toBe('open')
  // What is no matter of the issue does not name it.
  await push(BUMP)
  await preview()
  expect(comments()[0]).not.toMatch(/#1\b/)
})

test.concurrent('what a pull request makes of the config file has no effect on its own preview', async ({ onTestFinished }) => {
  const config = '.github/plumbline.yml'
  const target = `{name: shop, chart: ${CHART}, values: [${VALUES}], release: grokdevops, namespace: grokdevops}`
  const { push, preview, comments } = await propose({
    ending: onTestFinished,
    before: { [config]: () => `version: 1\ntargets:\n  - ${target}\n` },
  })
  const inputs = { chart: '', release: '', namespace: '', values: '' }
  const ignore = 'ignore:\n  - {path: spec.replicas, reason: "nobody has to know"}\n'
  for (const [silenced, text] of [
    ['an ignore rule', `version: 1\ntargets:\n  - ${target}\n${ignore}`],
    ['a target taken away', `version: 1\ntargets:\n  - {name: other, chart: x, release: x, namespace: x}\n`],
    ['no YAML', '['],
  ] as const) {
    await push({ ...BUMP, [config]: () => text })
    const run = await preview(inputs)
    expect([run.code, run.outputs.verdict, run.outputs['drift-count']], silenced + run.log).toEqual([0, 'drifted', '2'])
    expect(run.report().targets, silenced).toMatchObject([{ name: 'shop', preview: { counts: { fails: 1 } } }])
  }
  expect(comments()).toHaveLength(1)
})

test.concurrent('what the event asks for is done, with one workflow for all', async ({ onTestFinished }) => {
  const { world, push, preview, comments } = await propose({
    ending: onTestFinished,
    earlier: async (begun) => {
      for (const name of ['schedule', 'workflow_dispatch']) {
        begun.wait({ hours: 1 })
        const run = await begun.run({}, { name, payload: {} })
        expect([run.code, run.outputs.verdict, run.outputs['drift-count'], run.summary.includes('Preview')], run.log).toEqual([
          ...[0, 'drifted', '2', false],
        ])
      }
      const { people } = begun.github
      // Nobody answers within the minute.
      begun.wait({ minutes: 10 })
      const comment = people.comment('lena', 1, '/drift accept all for 7d because of the load test')
      const said = await begun.run({}, tellComment(begun, comment))
      expect([said.code, said.outputs['drift-count'], people.issue(1).title], said.log).toEqual([
        ...[0, '0', 'grokdevops: 2 accepted differences'],
      ])
    },
  })
  await push(BUMP)
  for (const mode of ['auto', 'check', 'preview']) {
    const target = await preview({ mode }, { name: 'pull_request_target' })
    expect([target.code, target.writes, target.reads, target.outputs.verdict], mode + target.log).toEqual([1, [], [], 'error'])
    expect(target.log).toMatch(/::error::.*`pull_request_target` runs with the secrets of this repository.*docs\/preview\.md/)
  }
  // A command on a pull request is none.
  const command = world.github.people.comment('lena', 2, '/drift accept all')
  const onPull = await preview({}, { name: 'issue_comment', payload: tellComment(world, command, { pullRequest: true }).payload })
  expect([onPull.code, onPull.writes, onPull.reads], onPull.log).toEqual([0, [], []])
  expect(comments()).toHaveLength(1)
  const pull = await preview()
  expect([pull.code, pull.writes], pull.log).toEqual([0, ['POST /repos/acme/shop/issues/2/comments']])
  // What was accepted is still there, and the deploy fails on it all the same.
  expect(comments()[1]).toContain('Deploying this will fail on replicas')
  const other = await preview({ mode: 'preview' }, { name: 'schedule' })
  expect([other.code, other.log]).toEqual([1, expect.stringContaining('this run is for the event `schedule`')])
})

test.concurrent('a token that may not comment, and none at all: a warning, and the step passes', async ({ onTestFinished }) => {
  const { world, push, preview, comments } = await propose({ ending: onTestFinished })
  await push(BUMP)
  const refused = await preview({ token: 'reader-token' })
  expect([refused.code, comments()], refused.log).toEqual([0, []])
  expect(listWarnings(refused)).toEqual([expect.stringMatching(/could not be written.*`permissions: pull-requests: write`/)])
  expect(refused.report().notes).toMatchObject([{ kind: 'no-permission' }])
  expect(refused.summary).toContain('pull-requests: write')
  // The base is not to be had by git without a token, nor from the API.
  const none = await preview({ token: '' })
  expect([none.code, none.reads], none.log).toEqual([1, []])
  expect(none.log).toMatch(
    /::error::commit [0-9a-f]{8}: The files that the pull request started from cannot be had\. Tried were.*contents: read/,
  )
  // Locked by a person: told, and no failure either.
  world.github.people.lock('ops', 1)
  const locked = await preview()
  expect([locked.code, listWarnings(locked)], locked.log).toEqual([0, [expect.stringMatching(/locked.*Unlock it/)]])
  world.github.people.unlock('ops', 1)
  await preview()
  const [comment] = world.github.repository.commentsOf(1)
  world.github.people.deleteComment(comment!.id)
  const anew = await preview()
  expect([anew.writes, comments().length, world.github.repository.commentsOf(1)[0]?.user]).toEqual([[COMMENTED], 1, BOT])
})

test.concurrent('the base may come from GitHub’s archive, where there is no git to be asked', async ({ onTestFinished }) => {
  const { push, preview, comments, archive } = await propose({ ending: onTestFinished })
  const { base } = await push(BUMP)
  archive(base)
  const run = await preview({}, { env: { GITHUB_SERVER_URL: 'http://127.0.0.1:1' } })
  expect([run.code, comments().length], run.log).toEqual([0, 1])
  expect(run.rest).toContain(`GET /repos/acme/shop/tarball/${base}`)
})

test.concurrent('a chart that moves: without its workflow it seems to go, and with it the cluster is met as it is', async ({
  onTestFinished,
}) => {
  const { push, preview, comments } = await propose({ ending: onTestFinished })
  const files = readdirSync(join(repository, CHART), { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((file) => statSync(join(repository, CHART, file)).isFile())
    .map((file) => [file, readFileSync(join(repository, CHART, file), 'utf8')])
  await push({ ...BUMP, [CHART]: null, ...Object.fromEntries(texts.map(([file, text = '']) => [`${MOVED}/${file}`, () => text])) })
  const gone = await preview()
  expect([gone.code, gone.report().targets[0]?.preview?.counts.deletes], gone.log).toEqual([0, 7])
  expect(comments()[0]).toContain(
    '**The chart is removed: whether that deletes 7 objects, and 2 out-of-band changes with them, is for the pipeline to say.**',
  )
  const moved = await preview({ chart: MOVED })
  expect(moved.code, moved.log).toBe(0)
  expect(comments()[0]).toContain('**Deploying this will fail on replicas of Deployment/grokdevops, and leaves 1 difference as it is.**')
  expect(moved.report().targets).toMatchObject([{ preview: { kinds: ['new chart'], counts: { fails: 1, leaves: 1, changes: 1 } } }])
})

const MOVED = 'devops/helm/moved'

test.concurrent.for([
  ['the pull request', 'With this pull request: '],
  ['the base', 'In the base of this pull request: '],
] as const)('a chart that does not render is told, with the side: %s', async ([side, words], { onTestFinished }) => {
  const broken = { [`${CHART}/templates/broken.yaml`]: () => 'a: {{ required "say x\\n::error::forged" .Values.x }}\n' }
  const fixed = { ...BUMP, [`${CHART}/templates/broken.yaml`]: () => '' }
  const { push, preview, comments } = await propose({
    ending: onTestFinished,
    ...(side === 'the base' ? { before: broken } : {}),
  })
  await push(side === 'the base' ? fixed : broken)
  const run = await preview()
  expect([run.code, run.outputs.verdict], run.log).toEqual([1, 'error'])
  expect(run.log).toContain('::error::grokdevops could not be checked')
  expect(run.log).not.toMatch(/^::error::forged/m)
  for (const text of [comments()[0], run.summary]) {
    expect(text).toContain(words)
    expect(text).toMatch(/broken\.yaml/)
    expect(text).toContain('say x')
  }
  expect(run.report().targets).toMatchObject([{ verdict: 'error', error: { message: expect.stringContaining(words) } }])
})
