import { expect, test } from 'vitest'
import { BY_HAND, listComments, listWarnings, say, startFiled, tellComment } from './issue-world.ts'
import { drift } from './world.ts'

test.concurrent('what was refused stays so, whatever becomes of the cluster and of rights; the answer stays, too', async ({
  onTestFinished,
}) => {
  const { world, clean, run, issue } = await startFiled({}, onTestFinished)
  const unclear = say(world, 'lena', '/drift accept for 30d because load test')
  await run({ kubeconfig: '' }, tellComment(world, unclear))
  say(world, 'tom', '/drift accept all for 30d because I say so')
  await run()
  const answer = () => listComments(world, 1).find((text) => text.includes('What I understood'))
  const before = answer()
  expect(before).toMatch(/only people with write access[\s\S]*names no id, and there are 2/)
  world.objects = drift(clean, { replicas: 3, env: BY_HAND.env }, world.now())
  world.github.repository.setRole('tom', 'write')
  for (let hour = 0; hour < 3; hour++) {
    const later = await run()
    expect(later.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '1' })
  }
  expect(answer()?.split('names no id')[1]).toBe(before?.split('names no id')[1])
  expect(issue().body).not.toContain('### Accepted')
  // Said again, it counts.
  say(world, 'tom', '/drift accept for 30d because it may stay')
  expect((await run()).outputs.verdict).toBe('in-sync')
})

test.concurrent('more comments than are read are told loudly', async ({ onTestFinished }) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  for (let count = 0; count < 1001; count++) people.comment('ops', 1, 'me too')
  say(world, 'lena', '/drift accept all for 7d because of it')
  expect(listWarnings(await run())).toEqual([expect.stringMatching(/1 has more than 1,000 comments; the later ones are not read/)])
})
