import { expect, test } from 'vitest'
import { parseBody } from '../../src/memory/marker.ts'
import { startFiled } from './issue-world.ts'

/** Who may speak for a target: the newest run, of the cluster that the issue is about. */

test.concurrent('an old run that is run again closes nothing, and is not remembered', async ({ onTestFinished }) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  await run()
  const before = issue().body
  world.objects = clean
  const again = await run({}, { name: 'schedule', payload: {}, env: { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '2' } })
  expect([again.code, again.writes, issue().state, issue().body === before], again.log).toEqual([0, [], 'open', true])
  expect(again.summary).toContain('a run that was started later has read this target already')
  expect((await run()).writes).toContain('PATCH /repos/acme/shop/issues/1')
  expect(people.issue(1).state).toBe('closed')
})

test.concurrent('a check of another cluster leaves the issue alone, and one with a name of its own has its own', async ({
  onTestFinished,
}) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  const elsewhere = { kubeconfig: world.kubeconfig().replaceAll('127.0.0.1', 'localhost') }
  const mixed = await run(elsewhere)
  expect([mixed.code, mixed.writes], mixed.log).toEqual([0, []])
  expect(mixed.summary).toContain('the issue is about another cluster')
  const named = await run({ ...elsewhere, name: 'grokdevops-dev' })
  expect(named.outputs['issue-number'], named.log).toBe('2')
  expect(parseBody(people.issue(2).body ?? '')?.identity).toEqual({ kind: 'drift', target: 'grokdevops-dev' })
  expect((await run()).writes).toEqual([])
})
