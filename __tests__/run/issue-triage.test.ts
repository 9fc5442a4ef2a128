import { expect, test } from 'vitest'
import { BOT } from '../fakes/github/repository.ts'
import { BY_HAND, listComments, say, startFiled, tellComment } from './issue-world.ts'
import { drift, type Run } from './world.ts'

/** A workflow for comments that has no kubeconfig. */
const ANSWERS_ONLY = { kubeconfig: '' }

function expectPolite(...runs: readonly Run[]): void {
  for (const { rest, code, log } of runs) expect([code, rest.length < 20], `${rest.join('\n')}\n${log}`).toEqual([0, true])
}

test.concurrent('someone who may write accepts: a reaction, one answer, and the issue shows it at once', async ({ onTestFinished }) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  const comment = say(world, 'lena', '/drift accept all for 7d because Black Friday')
  const triage = await run({}, tellComment(world, comment))
  expectPolite(triage)
  expect(triage.outputs).toMatchObject({ verdict: 'in-sync', 'has-drift': 'false', 'finding-count': '2', 'issue-number': '1' })
  expect(people.commentById(comment.id).reactions).toMatchObject([{ user: BOT, content: '+1' }])
  expect(listComments(world, 1)).toEqual([
    expect.stringMatching(/^lena: /),
    expect.stringMatching(/accepted 2 findings until 2026-11-09 09:10.*Black Friday/),
  ])
  expect(issue().body).toMatch(/### Accepted: 2 differences[\s\S]*lena[\s\S]*Black Friday/)
  expect(issue().state).toBe('open')
  // Nothing more to say, and another value at the same place was never accepted.
  const same = await run()
  expect([same.writes, same.outputs.verdict]).toEqual([[], 'in-sync'])
  world.objects = drift(clean, { ...BY_HAND, replicas: 9 }, world.now())
  const other = await run()
  expect(other.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '1', 'finding-count': '2' })
  expect(listComments(world, 1).at(-1)).toMatch(/replicas[\s\S]*9/)
  const back = say(world, 'lena', '/drift unaccept all')
  const withdrawn = await run({}, tellComment(world, back))
  expectPolite(same, other, withdrawn)
  expect(withdrawn.outputs['drift-count']).toBe('2')
  // The answer is edited in place.
  expect(listComments(world, 1).filter((text) => text.includes('What I understood'))).toEqual([
    expect.stringMatching(/withdrew[\s\S]*accepted/),
  ])
})

test.concurrent('readers are refused, mistyped commands are helped, and several commands in one comment are all answered', async ({
  onTestFinished,
}) => {
  const { world, run, people, issue } = await startFiled({}, onTestFinished)
  const before = issue().body
  const answer = async (login: string, body: string, reaction: string, says: RegExp) => {
    const comment = say(world, login, body)
    const triage = await run(ANSWERS_ONLY, tellComment(world, comment))
    expectPolite(triage)
    expect(people.commentById(comment.id).reactions, body).toMatchObject([{ user: BOT, content: reaction }])
    expect(
      listComments(world, 1).find((text) => text.startsWith(`${BOT}: `)),
      body,
    ).toMatch(says)
    expect(triage.outputs.verdict, body).toBe('')
    return triage
  }
  await answer('tom', '/drift accept all for 1d because I say so', 'confused', /only people with write access/)
  await answer('lena', '/drift acept all for 1d because of it', 'confused', /Write: .*accept all for 1d because of it/)
  await answer('lena', 'Well.\n\n/drift help', '+1', /help is below[\s\S]*recheck/)
  const recheck = await answer('ops', '/drift recheck', 'eyes', /asked for a new check/)
  expect(recheck.summary).toContain('cannot read the cluster')
  await answer('ops', '/drift unaccept all\n/drift recheck', 'confused', /asked for a new check[\s\S]*no effect.*unaccept all/)
  expect(listComments(world, 1).filter((text) => text.startsWith(`${BOT}: `))).toHaveLength(1)
  expect(issue().body).toBe(before)
})

test.concurrent('what is no command of a person on an open issue of ours changes nothing', async ({ onTestFinished }) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  const foreign = people.open('mallory', { title: 'mine', body: 'text' })
  const pull = people.openPullRequest('mallory', { title: 'a change' })
  const command = '/drift accept all for 7d because yes'
  const cases = [
    ['our own', say(world, BOT, command), {}, /our own/],
    ['a bot', say(world, 'renovate[bot]', command), {}, /bot/],
    ['edited', say(world, 'lena', command), { action: 'edited' }, /was edited/],
    ['deleted', say(world, 'lena', command), { action: 'deleted' }, /was deleted/],
    ['no command', say(world, 'lena', `> ${command}\n\nWhy?`), {}, /no line that starts with/],
    ['another issue', say(world, 'lena', command, foreign.number), {}, /not a drift issue/],
    ['a pull request', say(world, 'lena', command, pull.number), { pullRequest: true }, /pull request/],
  ] as const
  for (const [name, comment, more, says] of cases) {
    const triage = await run({}, tellComment(world, comment, more))
    expectPolite(triage)
    // Commands of others in the same issue are answered on the way.
    expect(
      triage.writes.filter((write) => !write.includes('/issues/1/comments')),
      name,
    ).toEqual([])
    expect([people.commentById(comment.id).reactions, triage.outputs.verdict], name).toEqual([[], ''])
    expect(triage.summary, name).toMatch(says)
  }
  people.close('lena', 1, 'not_planned')
  const tooLate = say(world, 'lena', command)
  const late = await run({}, tellComment(world, tooLate))
  // No comment: whoever follows the issue has closed it.
  expect([late.writes, late.code]).toEqual([[`POST /repos/acme/shop/issues/comments/${tooLate.id}/reactions`], 0])
  expect(people.commentById(tooLate.id).reactions).toMatchObject([{ user: BOT, content: 'confused' }])
  expect(late.summary).toMatch(/1 is closed, so the command has no effect/)
})

test.concurrent('without a workflow for comments the next check hears them; an edit and the date end it, and the issue says so', async ({
  onTestFinished,
}) => {
  const { world, run, people, issue } = await startFiled({}, onTestFinished)
  const comment = say(world, 'lena', '/drift accept all for 2d because of the sale')
  const heard = await run()
  expect([heard.outputs.verdict, heard.outputs['issue-number']]).toEqual(['in-sync', '1'])
  expect(listComments(world, 1).at(-1)).toMatch(/accepted 2 findings/)
  world.wait({ minutes: 5 })
  people.editComment(comment.id, '/drift accept all for 90d because of the sale')
  const edited = await run()
  expect(edited.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '2' })
  expect(listComments(world, 1).at(-1)).toMatch(/edited/)
  expect(issue().body).not.toContain('### Accepted')
  say(world, 'ops', '/drift accept all for 1d because of the sale')
  expect((await run()).outputs.verdict).toBe('in-sync')
  world.wait({ days: 1 })
  const expired = await run()
  expect(expired.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '2' })
  expect(expired.summary).toMatch(/ops had accepted 2 differences/)
  expect(listComments(world, 1).at(-1)).toMatch(/expired/)
  const same = await run()
  expect(same.writes).toEqual([])
  expectPolite(heard, edited, expired, same)
})
