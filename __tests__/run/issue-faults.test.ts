import { describe, expect, test } from 'vitest'
import { badGateway, type Fault, html, lagging, primaryLimit, reset, SILENCE, secondaryLimit, UNAVAILABLE } from '../fakes/github/faults.ts'
import { BY_HAND, type Ending, listComments, listIssues, listWarnings, say, startDrifted, startFiled } from './issue-world.ts'
import { drift } from './world.ts'

const ISSUES = /\/issues$/

/** Files with a fault in the way. */
async function fileWith(fault: Fault, ending: Ending) {
  const started = await startDrifted({}, ending)
  started.world.github.faults.add({ method: 'POST', path: ISSUES, fault })
  const first = await started.run()
  expect([first.code, first.outputs['drift-count']], first.log).toEqual([0, '2'])
  return { ...started, first }
}

// These mostly wait: for the client's own time to be over, and for GitHub's lists to catch up.
describe.concurrent('whatever becomes of the request that files, there is one issue in the end', () => {
  test.for([
    ['no answer although it was filed', SILENCE],
    ['502 although it was filed', badGateway(true)],
    ['the connection breaks although it was filed', reset(true)],
    ['HTML although it was filed', { ...html(200), commits: true }],
  ] as const)('%s', async ([, fault], { onTestFinished }) => {
    const { world, run, first } = await fileWith(fault, onTestFinished)
    expect([first.outputs['issue-number'], listIssues(world).length]).toEqual(['1', 1])
    expect(first.summary).toContain('GitHub did not answer, but had filed it.')
    const again = await run()
    expect([again.writes, listIssues(world).length]).toEqual([[], 1])
  })

  test('502 and it was not filed: not sent again blindly, told, and filed by the next run', async ({ onTestFinished }) => {
    const { world, run, first } = await fileWith(badGateway(false), onTestFinished)
    expect([first.outputs['issue-number'], first.writes, listIssues(world)]).toEqual(['', ['POST /repos/acme/shop/issues'], []])
    expect(first.summary).toMatch(/No issue could be filed: /)
    expect(listWarnings(first)).toEqual([expect.stringMatching(/whether the issue was filed is not known, the next run will look/)])
    expect([(await run()).outputs['issue-number'], listIssues(world).length]).toEqual(['1', 1])
  })

  test('the list shows it only later', async ({ onTestFinished }) => {
    const { world, run } = await fileWith(lagging({ lists: 6, of: ['create'] }), onTestFinished)
    const again = await run()
    expect([again.outputs['issue-number'], again.writes, listIssues(world).length]).toEqual(['1', [], 1])
  })

  test('asked for a second of patience, it waits', async ({ onTestFinished }) => {
    const { first, world } = await fileWith(secondaryLimit(1), onTestFinished)
    expect([first.outputs['issue-number'], listIssues(world).length]).toEqual(['1', 1])
    expect(first.log).toMatch(/secondary rate limit for POST .*: waiting 1 s/)
  })

  test('asked for ten minutes, it does not; the next run files', async ({ onTestFinished }) => {
    const { first, world, run } = await fileWith(secondaryLimit(600), onTestFinished)
    expect(first.outputs['issue-number']).toBe('')
    expect(listWarnings(first)).toEqual([expect.stringMatching(/GitHub asks for a pause .*next run/)])
    expect([(await run()).outputs['issue-number'], listIssues(world).length]).toEqual(['1', 1])
  })
})

test.concurrent('a change whose requests break is written once, whether they were carried out or not', async ({ onTestFinished }) => {
  const { world, clean, run, issue } = await startFiled({}, onTestFinished)
  world.objects = drift(clean, { ...BY_HAND, replicas: 7 }, world.now())
  world.github.faults.add({ method: 'POST', path: /\/comments$/, fault: badGateway(true) })
  world.github.faults.add({ method: 'PATCH', fault: reset(false) })
  const told = await run()
  expect([told.code, listWarnings(told), listComments(world, 1).length]).toEqual([0, [], 1])
  expect(issue().title).toContain('replicas 3 -> 7')
  // Refused in the middle: what is left to do is told, and done by the next run.
  world.objects = clean
  world.github.faults.add({ method: 'PATCH', times: 2, fault: UNAVAILABLE })
  const refused = await run()
  expect([refused.code, issue().state, listWarnings(refused).length]).toEqual([0, 'open', 1])
  await run()
  expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' })
  expect((await run()).writes).toEqual([])
})

describe.concurrent('a list that cannot be read is never taken for an empty one', () => {
  test.for([
    ['HTML in place of JSON', html(200), /no usable answer/],
    ['no requests left', primaryLimit(3000), /asks for a pause/],
    ['down', UNAVAILABLE, /no usable answer/],
  ] as const)('%s', async ([, fault, says], { onTestFinished }) => {
    const { world, run } = await startFiled({}, onTestFinished)
    world.github.faults.add({ method: 'GET', path: ISSUES, times: Number.POSITIVE_INFINITY, fault })
    const told = await run()
    expect([told.code, told.outputs['drift-count'], told.writes]).toEqual([0, '2', []])
    expect(listWarnings(told)).toEqual([expect.stringMatching(says)])
    world.github.faults.clear()
    const again = await run()
    expect([again.outputs['issue-number'], again.writes, listIssues(world).length]).toEqual(['1', [], 1])
  })

  test('everything down: the report is delivered, nothing is forgotten, and the next run goes on', async ({ onTestFinished }) => {
    const { world, clean, run, issue } = await startFiled({}, onTestFinished)
    say(world, 'lena', '/drift accept all for 7d because of the incident')
    const accepted = await run()
    expect(accepted.outputs).toMatchObject({ 'drift-count': '0', 'issue-number': '1' })
    world.github.faults.add({ times: Number.POSITIVE_INFINITY, fault: UNAVAILABLE })
    const told = await run()
    // What was accepted at the last run still is.
    expect([told.code, told.outputs.verdict, told.outputs['drift-count'], told.outputs['finding-count']]).toEqual([0, 'in-sync', '0', '2'])
    expect(listWarnings(told)).toEqual([expect.stringMatching(/issues cannot be read/)])
    world.github.faults.clear()
    world.objects = clean
    const closed = await run()
    expect([issue().state, issue().stateReason, closed.outputs['issue-number']]).toEqual(['closed', 'completed', ''])
    expect(listComments(world, 1).at(-1)).toContain('no longer drifts')
  })
})
