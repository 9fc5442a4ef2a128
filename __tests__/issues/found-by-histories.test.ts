import { expect, test } from 'vitest'
import { parseBody } from '../../src/memory/marker.ts'
import { UNAVAILABLE } from '../fakes/github/faults.ts'
import { BOT } from '../fakes/github/repository.ts'
import { IN_SYNC } from './histories/cluster.ts'
import { MINUTE, runAlone } from './histories/run-commands.ts'
import { World } from './histories/world.ts'

/** What the random histories have found, told plainly: each of these once went wrong. */

async function run(world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    world.now += 31 * MINUTE
    // What the test itself changed between two runs is not known to the world.
    world.changes += 1
    await runAlone(world)
  }
  expect(world.problems).toEqual([])
}

async function makeFiled(): Promise<World> {
  const world = new World(new Map())
  world.drift('shop', 0, 1)
  await run(world, 2)
  expect(world.github.people.issue(1)).toMatchObject({ state: 'open', title: 'shop: replicas 3 -> 4 (Deployment/app)' })
  return world
}

test('a title that a human gave stays when the drift returns and the issue is opened again', async () => {
  const world = await makeFiled()
  world.github.people.edit('omar', 1, { title: 'Ours to keep' })
  world.clusters.set('shop', IN_SYNC)
  await run(world, 1)
  world.drift('shop', 0, 1)
  await run(world, 2)
  expect(world.github.people.issue(1)).toMatchObject({ state: 'open', stateReason: 'reopened', title: 'Ours to keep' })
})

test('a title that a human gave stays where the state comment was damaged, too; ours goes on telling what there is', async () => {
  const world = await makeFiled()
  const damaged = (body: string | null) => (body ?? '').replace(/<!-- plumbline v1 \S* -->/, '')
  world.github.people.edit('omar', 1, { title: 'Ours to keep', body: damaged(world.github.people.issue(1).body) })
  world.drift('shop', 0, 2)
  await run(world, 1)
  expect(world.github.people.issue(1).title).toBe('Ours to keep')
  const other = await makeFiled()
  other.github.people.edit('omar', 1, { body: damaged(other.github.people.issue(1).body) })
  other.drift('shop', 0, 2)
  await run(other, 1)
  expect(other.github.people.issue(1).title).toBe('shop: replicas 3 -> 5 (Deployment/app)')
})

test('the issue about what cannot be checked stays open while anything cannot be', async () => {
  const world = new World(new Map())
  world.clusters.set('shop', { ...IN_SYNC, broken: true })
  await run(world, 2)
  world.clusters.set('shop', IN_SYNC)
  world.clusters.set('billing', { ...IN_SYNC, unread: [1] })
  await run(world, 1)
  expect(world.github.people.issue(1)).toMatchObject({ state: 'open', title: expect.stringContaining('billing') })
  world.clusters.set('billing', IN_SYNC)
  await run(world, 1)
  expect(world.github.people.issue(1)).toMatchObject({ state: 'closed', stateReason: 'completed' })
})

test('what a human writes, and that they close it, counts although lists do not show it yet', async () => {
  const world = await makeFiled()
  world.github.repository.lag = { lists: 5 }
  world.github.people.edit('omar', 1, { title: 'Ours to keep', body: `Do not touch.\n\n${world.github.people.issue(1).body}` })
  world.drift('shop', 0, 2)
  await run(world, 1)
  const written = world.github.people.issue(1)
  expect(written).toMatchObject({ title: 'Ours to keep', body: expect.stringMatching(/^Do not touch\.\n/) })
  expect(written.body).toContain('replicas')
  world.github.repository.lag = { lists: 9 }
  world.github.people.close('omar', 1, 'not_planned')
  world.clusters.set('shop', IN_SYNC)
  await run(world, 1)
  expect(world.github.people.issue(1).stateReason).toBe('not_planned')
})

test('an acceptance ends with its comment, also where the whole issue is deleted or closed as not planned', async () => {
  for (const end of [
    (world: World) => world.github.people.delete(1),
    (world: World, comment: number) => {
      world.github.people.close('omar', 1, 'not_planned')
      world.github.people.deleteComment(comment)
    },
  ]) {
    const world = await makeFiled()
    world.now += MINUTE
    const { id } = world.github.people.comment('lena', 1, '/drift accept all for 30d because of the load test')
    world.said.push({
      comment: id,
      issue: 1,
      target: 'shop',
      author: 'lena',
      at: world.now,
      type: 'accept',
      ids: 'all',
      until: world.now + 1e10,
      edited: false,
    })
    await run(world, 1)
    expect(world.runs.at(-1)?.tracked?.report.targets[0]?.verdict).toBe('in-sync')
    end(world, id)
    await run(world, 1)
    expect(world.runs.at(-1)?.tracked?.report.targets[0]?.verdict).toBe('drifted')
  }
})

test('after its issue was deleted, drift has to have lasted as long as the setting says now', async () => {
  const world = await makeFiled()
  world.github.people.delete(1)
  world.config = { ...world.config, runs: 5 }
  await run(world, 2)
  expect(world.open()).toHaveLength(0)
  await run(world, 1)
  expect(world.open()).toHaveLength(1)
})

test('commands are answered where they stand, not in the duplicate that is closed meanwhile', async () => {
  const world = await makeFiled()
  // As another run would have left it that filed at the same time and then met a rate limit.
  const { title, body } = world.github.people.issue(1)
  world.github.people.open(BOT, { title, body, labels: ['drift'] })
  world.notes.set(2, { ...world.note(1) })
  world.github.people.comment('lena', 1, '/drift help')
  await run(world, 1)
  const answers = [1, 2].map((number) => world.github.repository.commentsOf(number).filter(({ user }) => user === BOT).length)
  expect(answers).toEqual([1, 0])
  expect(world.github.people.issue(2)).toMatchObject({ state: 'closed', stateReason: 'duplicate' })
})

test('a duplicate is closed before the issue that it is one of', async () => {
  const world = await makeFiled()
  const { title, body } = world.github.people.issue(1)
  world.github.people.open(BOT, { title, body, labels: ['drift'] })
  world.notes.set(2, { ...world.note(1) })
  world.clusters.set('shop', IN_SYNC)
  await run(world, 1)
  const closed = world.github.writes().flatMap(({ method, path }) => (method === 'PATCH' ? [path.split('/').at(-1)] : []))
  expect(closed).toEqual(['2', '1'])
})

test('a long text of people leaves less room for ours, and where there is none at all, nothing is said over and over', async () => {
  const world = await makeFiled()
  const ours = world.github.people.issue(1).body ?? ''
  const comments = () => world.github.repository.commentsOf(1).length
  world.github.people.edit('omar', 1, { body: `${ours}\n${'y'.repeat(60_000)}` })
  world.drift('shop', 0, 2)
  await run(world, 1)
  expect(world.github.people.issue(1).title).toBe('shop: replicas 3 -> 5 (Deployment/app)')
  expect(comments()).toBe(1)

  // Somebody put their own text in place of ours.
  const bare = ours.replace(parseBody(ours)?.visible ?? '', '')
  world.github.people.edit('omar', 1, { body: `${bare}${'y'.repeat(65_536 - bare.length)}` })
  world.drift('shop', 0, 3)
  await run(world, 3)
  expect(comments()).toBe(1)
  world.clusters.set('shop', IN_SYNC)
  await run(world, 1)
  expect(world.github.people.issue(1).state).toBe('closed')
  expect(comments()).toBe(2)
})

test('a run that was stopped between its comment and the text leaves no second comment behind', async () => {
  const world = await makeFiled()
  world.drift('shop', 0, 2)
  world.github.faults.add({ method: 'PATCH', fault: UNAVAILABLE, times: 2 })
  await run(world, 1).catch(() => {})
  expect(world.github.repository.commentsOf(1)).toHaveLength(1)
  await run(world, 1)
  expect(world.github.people.issue(1).title).toBe('shop: replicas 3 -> 5 (Deployment/app)')
  expect(world.github.repository.commentsOf(1)).toHaveLength(1)
})
