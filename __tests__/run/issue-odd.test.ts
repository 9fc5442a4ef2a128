import { expect, test } from 'vitest'
import { UNAVAILABLE } from '../fakes/github/faults.ts'
import { listComments, listIssues, listWarnings, startFiled } from './issue-world.ts'
import { drift } from './world.ts'

test.concurrent('a locked issue gets no comment; its text is kept true, and it is closed where GitHub allows it', async ({
  onTestFinished,
}) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  people.lock('ops', 1)
  world.objects = drift(clean, { replicas: 7 }, world.now())
  const changed = await run()
  expect([changed.code, changed.writes, listWarnings(changed)]).toEqual([0, ['PATCH /repos/acme/shop/issues/1'], []])
  expect(issue().title).toContain('replicas 3 -> 7')
  world.objects = clean
  world.github.repository.settings.closesLocked = false
  const refused = await run()
  expect([refused.code, issue().state]).toEqual([0, 'open'])
  expect(listWarnings(refused)).toEqual([expect.stringMatching(/issue is locked.*Unlock it/)])
  world.github.repository.settings.closesLocked = true
  const closed = await run()
  expect([closed.code, issue().state, listComments(world, 1), listIssues(world).length]).toEqual([0, 'closed', [], 1])
})

test.concurrent('an issue that was deleted or moved away is filed anew, and nothing is written elsewhere', async ({ onTestFinished }) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  people.delete(1)
  expect((await run()).outputs['issue-number']).toBe('2')
  people.transfer(2)
  const moved = await run()
  expect(moved.outputs['issue-number']).toBe('3')
  // Moved while the run was under way: its list still showed it.
  const location = 'http://127.0.0.1:1/repositories/815000002/issues/1'
  world.github.faults.add({ method: 'PATCH', fault: { commits: false, gives: () => ({ status: 301, headers: { location }, body: {} }) } })
  world.wait({ days: 2 })
  const meanwhile = await run()
  expect([meanwhile.code, listWarnings(meanwhile)]).toEqual([0, [expect.stringMatching(/it is gone, or issues are disabled/)]])
  expect(world.github.rest().filter(({ path }) => !path.startsWith('/repos/acme/shop'))).toEqual([])
})

test.concurrent('where it cannot be asked what became of an issue, none is filed, and the report is delivered', async ({
  onTestFinished,
}) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  people.edit('tom', 1, { body: 'Nothing to see here.' })
  world.github.faults.add({ method: 'GET', path: /\/issues\/1$/, times: Number.POSITIVE_INFINITY, fault: UNAVAILABLE })
  const told = await run()
  expect([told.code, told.outputs['drift-count'], told.writes, listIssues(world).length], told.log).toEqual([0, '2', [], 1])
  expect(listWarnings(told)).toEqual([expect.stringMatching(/issues cannot be read, so none is filed/)])
})

test.concurrent('people close it: as not planned it is left alone, as completed it comes back once the drift has lasted anew', async ({
  onTestFinished,
}) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  world.wait({ minutes: 10 })
  people.close('lena', 1, 'not_planned')
  const left = await run()
  expect([left.writes, left.outputs['issue-number'], issue().state]).toEqual([[], '', 'closed'])
  expect(left.summary).toMatch(/closed as not planned, so it is left alone/)
  world.objects = drift(clean, { replicas: 7 }, world.now())
  const other = await run()
  expect([other.outputs['issue-number'], listIssues(world).length]).toEqual(['2', 2])
  world.wait({ minutes: 10 })
  people.close('lena', 2, 'completed')
  const waiting = await run({ 'persist-runs': '2' })
  expect([waiting.writes, waiting.outputs['issue-number']]).toEqual([[], ''])
  const back = await run({ 'persist-runs': '2' })
  expect([back.outputs['issue-number'], people.issue(2).state, listIssues(world).length]).toEqual(['2', 'open', 2])
  expect(listComments(world, 2).at(-1)).toContain('The same drift is still there')
})
