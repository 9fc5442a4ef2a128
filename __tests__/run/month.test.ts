import { expect, test } from 'vitest'
import { parseBody } from '../../src/memory/marker.ts'
import { drift, makeWorld } from './world.ts'

const debug = { name: 'DEBUG', value: 'true' }

test('a month in the life of an issue', { timeout: 600_000 }, async ({ onTestFinished }) => {
  const world = await makeWorld('2026-11-01T06:17:00Z')
  onTestFinished(world.close)
  const { github, wait } = world
  const inSync = world.objects
  const most: number[] = []
  const hourly = async () => {
    wait({ hours: 1 })
    const run = await world.run()
    expect(run.code, run.log).toBe(0)
    most.push(run.rest.length)
    return run
  }
  const issue = () => github.people.issue(1)
  const visible = () => parseBody(issue().body ?? '')?.visible ?? ''
  const comments = () => github.repository.commentsOf(1).filter(({ user }) => user === 'github-actions[bot]')

  // Clean.
  const clean = await hourly()
  expect(clean.outputs.verdict).toBe('in-sync')
  expect(clean.writes).toEqual([])

  // Drift for one run only: nothing is filed.
  world.objects = drift(inSync, { replicas: 4 }, world.now())
  const first = await hourly()
  expect(first.outputs).toMatchObject({ verdict: 'drifted', 'issue-number': '' })
  expect(first.summary).toContain('No issue: 1 difference not yet lasting')
  world.objects = inSync
  await hourly()
  expect(github.writes()).toEqual([])

  // Drift that lasts: filed once.
  world.objects = drift(inSync, { replicas: 5, env: [debug] }, world.now())
  await hourly()
  const since = world.now()
  expect(github.repository.issues.size).toBe(0)
  const filed = await hourly()
  expect(filed.writes).toEqual(['POST /repos/acme/shop/issues'])
  expect(filed.outputs).toMatchObject({ 'issue-number': '1', 'issue-url': 'https://github.com/acme/shop/issues/1' })
  expect(issue()).toMatchObject({ title: 'grokdevops: replicas 3 -> 5, +env DEBUG (Deployment/grokdevops)', labels: ['drift'] })
  expect(visible()).toContain(`Drifted since: **${since.toISOString().slice(0, 16).replace('T', ' ')} UTC**`)

  // It changes: brought up to date, with one comment.
  world.objects = drift(inSync, { replicas: 6, env: [debug] }, world.now())
  const changed = await hourly()
  expect(changed.writes).toEqual(['POST /repos/acme/shop/issues/1/comments', 'PATCH /repos/acme/shop/issues/1'])
  expect(issue().title).toContain('replicas 3 -> 6')
  expect(comments()).toHaveLength(1)
  expect(comments()[0]?.body).toContain('1 changed again')

  // Unchanged for 20 runs within a day: not one write. Then the daily heartbeat.
  for (let run = 0; run < 20; run++) expect((await hourly()).writes).toEqual([])
  wait({ hours: 3 })
  const before = visible()
  const heartbeat = await hourly()
  expect(heartbeat.writes).toEqual(['PATCH /repos/acme/shop/issues/1'])
  const withoutCheck = (text: string) => text.replace(/^- Last checked: .*$/m, '')
  expect(visible()).not.toBe(before)
  expect(withoutCheck(visible())).toBe(withoutCheck(before))
  expect(comments()).toHaveLength(1)

  // Accepted: no drift any more, and the issue says who, why and until when.
  github.people.comment('lena', 1, '/drift accept all for 3d because the load test runs until Friday')
  const accepted = await hourly()
  expect(accepted.outputs).toMatchObject({ verdict: 'in-sync', 'drift-count': '0', 'finding-count': '2' })
  expect(issue()).toMatchObject({ state: 'open', title: 'grokdevops: 2 accepted differences' })
  for (const text of ['lena', 'the load test runs until Friday']) expect(visible()).toContain(text)
  expect((await hourly()).writes).toEqual([])

  // It expires, loudly.
  wait({ days: 3 })
  const told = comments().length
  const expired = await hourly()
  expect(expired.outputs).toMatchObject({ verdict: 'drifted', 'drift-count': '2' })
  expect(
    comments()
      .slice(told)
      .map(({ body }) => body),
  ).toEqual([expect.stringContaining('it expired')])
  expect(issue().title).toContain('replicas 3 -> 6, +env DEBUG')

  // A part is reverted.
  world.objects = drift(inSync, { replicas: 6 }, world.now())
  const part = await hourly()
  expect(part.writes).toContain('POST /repos/acme/shop/issues/1/comments')
  expect(comments().at(-1)?.body).toMatch(/1 went[\s\S]*env DEBUG/)
  expect(issue()).toMatchObject({ state: 'open', title: 'grokdevops: replicas 3 -> 6 (Deployment/grokdevops)' })

  // The cluster's API is half down: nothing is closed, and what was seen is not forgotten.
  world.objects = inSync
  world.broken = (path) => (path.includes('/deployments') ? { status: 503, body: 'service unavailable' } : null)
  const half = await hourly()
  expect(half.outputs.verdict).toBe('incomplete')
  expect(issue().state).toBe('open')
  expect(visible()).toContain('replicas 3 → 6')
  world.broken = () => null

  // Clean: closed, with the proof.
  const closed = await hourly()
  expect(closed.outputs).toMatchObject({ verdict: 'in-sync', 'issue-number': '' })
  expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' })
  const proof = comments().at(-1)?.body ?? ''
  for (const text of ['7 of 7', 'actions/runs/', 'the cluster was set back to what Git says']) expect(proof).toContain(text)

  // The same drift returns, and lasts: opened again.
  wait({ days: 5 })
  await hourly()
  world.objects = drift(inSync, { replicas: 6 }, world.now())
  expect((await hourly()).writes).toEqual([])
  const back = await hourly()
  expect(back.outputs['issue-number']).toBe('1')
  expect(issue().state).toBe('open')
  expect(comments().at(-1)?.body).toContain('The same drift is back')
  expect(github.repository.issues.size).toBe(1)
  expect(Math.max(...most)).toBeLessThan(20)
})
