import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BY_HAND, listIssues, listWarnings, say, startDrifted, startFiled, startWorld } from './issue-world.ts'
import { drift } from './world.ts'

test.concurrent('inputs that GitHub would refuse are faults that name the input, before anything is asked', async ({ onTestFinished }) => {
  const world = await startWorld({}, onTestFinished)
  const people = Array.from({ length: 11 }, (_, at) => `person-${at}`).join(',')
  const cases = [
    [{ labels: `drift, ${'x'.repeat(51)}` }, /labels.*50/s],
    [{ assignees: people }, /assignees.*at most 10/s],
    [{ state: 'redis' }, /state.*`cache`, or `file:`/s],
    [{ mode: 'triage' }, /mode.*on: issue_comment/s],
    [{ 'max-opened-issues': 'many' }, /max-opened-issues/],
  ] as const
  for (const [inputs, says] of cases) {
    // By hand: of a scheduled run, they are told in an issue.
    const { code, outputs, log, rest } = await world.run(inputs, { name: 'workflow_dispatch', payload: {} })
    expect({ code, verdict: outputs.verdict, rest }, log).toEqual({ code: 1, verdict: 'error', rest: [] })
    expect(log.match(/^::error::(.*)$/m)?.[1]).toMatch(says)
  }
})

test.concurrent('assignees that GitHub refuses: the issue is filed without, and that is said', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  const { code, summary, outputs } = await run({ assignees: 'lena, nobody-here' })
  expect([code, outputs['issue-number'], listIssues(world).length]).toEqual([0, '1', 1])
  expect(listIssues(world)[0]).toMatchObject({ assignees: [], labels: ['drift'], state: 'open' })
  expect(summary).toMatch(/GitHub refused the assignees \(lena, nobody-here\), so nobody is assigned/)
})

test.concurrent('a dry run says what it would do, and writes neither to GitHub nor into the state', async ({ onTestFinished }) => {
  const { world, clean, run } = await startDrifted({}, onTestFinished)
  const state = join(world.workspace, 'state.json')
  const inputs = { state: `file:${state}`, 'dry-run': 'true' }
  const file = await run(inputs)
  expect([file.code, file.writes, file.outputs['drift-count'], file.outputs['issue-number']]).toEqual([0, [], '2', ''])
  expect(file.summary).toMatch(/dry run.*the drift has lasted/)
  await expect(readFile(state)).rejects.toThrow('ENOENT')
  await run({ state: inputs.state })
  const before = [listIssues(world), await readFile(state, 'utf8')]
  const lena = say(world, 'lena', '/drift accept all for 1d because we know')
  world.objects = drift(clean, { ...BY_HAND, replicas: 4 }, world.now())
  const update = await run(inputs)
  world.objects = clean
  const close = await run(inputs)
  expect([...update.writes, ...close.writes]).toEqual([])
  expect(update.summary).toMatch(/dry run.*changed/)
  expect(close.summary).toMatch(/dry run.*a complete reading found no drift/)
  expect(world.github.people.commentById(lena.id).reactions).toEqual([])
  expect(await readFile(state, 'utf8')).toBe(before[1])
  expect(listIssues(world)).toMatchObject([{ state: 'open', body: listIssues(world)[0]?.body, comments: 1 }])
})

test.concurrent('a state file that is none is not overwritten, and what can be told without one is', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  const files = { 'notes.txt': 'my notes', 'cut.json': '{"version":1,"targets":{"grokde', 'newer.json': '{"version":2,"targets":{}}' }
  for (const [name, content] of Object.entries(files)) {
    const file = join(world.workspace, name)
    await writeFile(file, content)
    const told = await run({ state: `file:${name}`, 'persist-runs': '2', 'dry-run': 'false', token: '' })
    expect([told.code, told.outputs['drift-count']]).toEqual([0, '2'])
    expect(listWarnings(told)).toContainEqual(expect.stringMatching(new RegExp(`Runs cannot be counted: .*${name} is not a state file`)))
    // Nobody records when a scale happened, so nothing can show that it lasted.
    expect(listWarnings(told)).toContainEqual(expect.stringMatching(/Whether this has lasted cannot be shown.*replicas 3 → 5/))
    expect(await readFile(file, 'utf8')).toBe(content)
  }
  expect(listIssues(world)).toEqual([])
})

test.concurrent('a state that cannot be read or written is told, and the age of what was written stands in for it', async ({
  onTestFinished,
}) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  await mkdir(join(world.workspace, 'folder'))
  const unreadable = await run({ state: 'file:folder', 'persist-runs': '2' })
  expect(listWarnings(unreadable)).toContainEqual(expect.stringMatching(/folder cannot be read \(EISDIR\)/))
  // DEBUG=true was written an hour ago.
  expect([unreadable.code, unreadable.outputs['issue-number']]).toEqual([0, '1'])
  await symlink(join(world.workspace, 'nowhere/at/all'), join(world.workspace, 'gone'))
  const unwritable = await run({ state: 'file:gone/state.json', 'persist-runs': '2' })
  expect(listWarnings(unwritable)).toContainEqual(expect.stringMatching(/could not be kept for the next: .*state\.json cannot be written/))
  expect([unwritable.code, unwritable.outputs['issue-number'], listIssues(world).length]).toEqual([0, '1', 1])
})

test.concurrent('no room for another issue: named with its target, and filed once there is', async ({ onTestFinished }) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  const capped = await run({ 'max-opened-issues': '0' })
  expect([capped.code, capped.outputs['issue-number'], listIssues(world)]).toEqual([0, '', []])
  expect(capped.summary).toMatch(/## grokdevops[\s\S]*No issue: .{0,8}max-opened-issues.{0,8} is reached/)
  expect((await run({ 'max-opened-issues': '-1' })).outputs['issue-number']).toBe('1')
})

test.concurrent('labels follow the setting, and those of people stay', async ({ onTestFinished }) => {
  const { run, people, issue } = await startFiled({}, onTestFinished)
  people.label('tom', 1, 'hot')
  await run({ labels: 'ops, hot' })
  expect(issue().labels).toEqual(['hot', 'ops'])
  people.unlabel('tom', 1, 'ops')
  const { rest } = await run({ labels: 'ops, hot' })
  expect(issue().labels).toEqual(['hot'])
  expect(rest.length).toBeLessThan(20)
})

test.concurrent('a state that is lost between any two runs, as with a weekly schedule: old writes are filed, and the rest is told', async ({
  onTestFinished,
}) => {
  const { world, run } = await startDrifted({}, onTestFinished)
  const runs = []
  for (const week of [1, 2]) {
    runs.push(await run({ state: `file:lost-${week}.json`, 'persist-runs': '2' }))
    world.wait({ days: 7 })
  }
  expect(runs.map(({ outputs }) => outputs['issue-number'])).toEqual(['', '1'])
  expect(runs.map(listWarnings)[0]).toContainEqual(
    expect.stringMatching(/Whether this has lasted cannot be shown.*replicas.*nothing is remembered/),
  )
})
