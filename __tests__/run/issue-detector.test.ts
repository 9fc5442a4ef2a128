import { expect, test } from 'vitest'
import { listComments, listIssues, startDrifted, startFiled } from './issue-world.ts'

const TWICE = { 'persist-runs': '2' }
const refused = (status: number, reason: string) => ({
  status,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `${reason}, says the test`,
    reason,
    code: status,
  }),
})

test.concurrent('a target that cannot be checked twice has an issue of its own, once; the drift issue stays as it is', async ({
  onTestFinished,
}) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  const before = issue()
  world.broken = () => refused(401, 'Unauthorized')
  const first = await run(TWICE)
  expect([first.code, first.outputs.verdict, first.writes]).toEqual([1, 'error', []])
  const second = await run(TWICE)
  expect([second.code, listIssues(world).length]).toEqual([1, 2])
  expect(people.issue(2)).toMatchObject({ state: 'open', labels: ['drift-error'], title: expect.stringContaining('grokdevops') })
  expect(people.issue(2).body).toMatch(/grokdevops[\s\S]*kubeconfig/)
  expect(second.summary).toMatch(/issue about what cannot be checked \(.*2\) was filed/)
  const third = await run(TWICE)
  expect([third.code, third.writes, listIssues(world).length]).toEqual([1, [], 2])
  expect(issue()).toEqual(before)
  // The cluster answers again, and is clean by now: both are closed, each with its own proof.
  world.broken = () => null
  world.objects = clean
  const back = await run(TWICE)
  expect([back.code, people.issue(1).state, people.issue(2)]).toMatchObject([0, 'closed', { state: 'closed', stateReason: 'completed' }])
  expect(listComments(world, 2)).toEqual([expect.stringMatching(/grokdevops/)])
  expect(back.rest.length).toBeLessThan(20)
})

test.concurrent('a part that cannot be read closes nothing, and is worth an issue after a day', async ({ onTestFinished }) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  const before = issue()
  world.objects = clean
  world.broken = (path) => (path.includes('/deployments') ? refused(403, 'Forbidden') : null)
  const first = await run(TWICE)
  expect([first.code, first.outputs.verdict]).toEqual([0, 'incomplete'])
  world.wait({ hours: 12 })
  await run(TWICE)
  expect([issue().state, listIssues(world).length, listComments(world, 1)]).toEqual(['open', 1, []])
  expect(issue().body).toMatch(/could not be read/i)
  expect(issue().createdAt).toBe(before.createdAt)
  world.wait({ hours: 12 })
  const later = await run(TWICE)
  expect([later.code, people.issue(2).labels, issue().state]).toEqual([0, ['drift-error'], 'open'])
  expect(people.issue(2).body).toMatch(/1 of 7 objects could not be read/)
  world.broken = () => null
  await run(TWICE)
  expect([people.issue(1).state, people.issue(2).state]).toEqual(['closed', 'closed'])
})

test.concurrent('inputs that are at fault in a scheduled run have an issue, which goes once they are mended', async ({
  onTestFinished,
}) => {
  const { world, run, people } = await startDrifted({}, onTestFinished)
  const gone = { kubeconfig: '' }
  const red = await run(gone)
  expect([red.code, listIssues(world).length], red.log).toEqual([1, 1])
  expect(people.issue(1)).toMatchObject({ title: 'Plumbline cannot check inputs of drift.yml', labels: ['drift-error'] })
  expect(people.issue(1).body).toContain('kubeconfig')
  expect((await run(gone)).writes).toEqual([])
  const byHand = await run(gone, { name: 'workflow_dispatch', payload: {} })
  expect([byHand.code, byHand.rest]).toEqual([1, []])
  await run()
  expect(people.issue(1)).toMatchObject({ state: 'closed', stateReason: 'completed' })
})
