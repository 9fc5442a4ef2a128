import fc from 'fast-check'
import { badGateway, type Fault, primaryLimit, reset, SILENCE, secondaryLimit, UNAVAILABLE } from '../../fakes/github/faults.ts'
import { checkRun } from './check-run.ts'
import { type RunOptions, startRun } from './run.ts'
import { step } from './step.ts'
import { Turns } from './turns.ts'
import { TARGETS, type World } from './world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** One run by itself. */
export async function runAlone(world: World, options: RunOptions = {}): Promise<void> {
  const { run, done } = startRun(world, options)
  await done
  checkRun(world, run)
}

export const runOften = step(
  'run',
  fc.record({ times: fc.integer({ min: 1, max: 4 }), minutes: fc.constantFrom(1, 17, 45, 120) }),
  async (world, { times, minutes }) => {
    for (let time = 0; time < times; time++) {
      world.now += minutes * MINUTE
      await runAlone(world)
    }
  },
)

const FAULTS: { readonly [name: string]: Fault } = {
  '502 before': badGateway(false),
  '502 after': badGateway(true),
  silence: SILENCE,
  'reset before': reset(false),
  'reset after': reset(true),
  'primary limit': primaryLimit(1800),
  'secondary limit': secondaryLimit(60),
  '503': UNAVAILABLE,
}
const fault = fc.record({
  kind: fc.constantFrom(...Object.keys(FAULTS)),
  method: fc.constantFrom(undefined, 'GET', 'POST', 'PATCH'),
  nth: fc.integer({ min: 1, max: 5 }),
  times: fc.integer({ min: 1, max: 3 }),
})
type Given = typeof fault extends fc.Arbitrary<infer T> ? T : never

/** A run that GitHub disturbs, that is killed, that is a dry one, or that checks one target only. */
export const runDisturbed = step(
  'run disturbed',
  fc.record({
    faults: fc.array(fault, { maxLength: 2 }),
    killAt: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 2 }),
    dry: fc.nat(9).map((one) => one === 0),
    only: fc.option(fc.constantFrom(...TARGETS), { nil: undefined, freq: 2 }),
  }),
  async (world, { faults, killAt, dry, only }) => {
    world.now += 10 * MINUTE
    if (only !== undefined && !world.config.targets.includes(only)) return
    await disturb(world, faults, () =>
      runAlone(world, { dry, ...(killAt === undefined ? {} : { killAt }), ...(only === undefined ? {} : { only }) }),
    )
  },
)

async function disturb(world: World, faults: readonly Given[], act: () => Promise<void>): Promise<void> {
  for (const { kind, method, nth, times } of faults) {
    world.github.faults.add({ ...(method === undefined ? {} : { method }), nth, times, fault: FAULTS[kind] ?? UNAVAILABLE })
  }
  await act()
  world.github.faults.clear()
}

/** Runs that overlap, in any order of their requests; the cluster may change between their readings. */
export const runAtOnce = step(
  'run at once',
  fc.record({
    choices: fc.array(fc.nat(2), { minLength: 1, maxLength: 30 }),
    many: fc.integer({ min: 2, max: 3 }),
    faults: fc.array(fault, { maxLength: 1 }),
    killAt: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 2 }),
    /** Drift that is about to be filed by all of them. */
    due: fc.option(fc.record({ target: fc.constantFrom('shop', 'billing'), place: fc.nat(3) }), { nil: undefined, freq: 2 }),
    between: fc.option(fc.record({ target: fc.constantFrom(...TARGETS), place: fc.nat(3), value: fc.nat(2) }), { nil: undefined, freq: 2 }),
  }),
  async (world, { choices, many, faults, killAt, between, due }) => {
    if (due !== undefined) {
      world.drift(due.target, due.place, 1)
      for (let time = 1; time < world.config.runs; time++) await runAlone(world)
      world.now += world.config.minutes * MINUTE
    }
    world.now += 10 * MINUTE
    world.overlapping = true
    world.count('overlaps')
    const first = world.runs.length + 1
    const turns = new Turns(
      Array.from({ length: many }, (_, index) => first + index),
      choices,
    )
    await disturb(world, faults, async () => {
      const started = []
      for (let index = 0; index < many; index++) {
        if (index === 1 && between !== undefined) world.drift(between.target, between.place, between.value)
        if (index > 0) world.now += 7000
        started.push(startRun(world, { turns, ...(index === 0 && killAt !== undefined ? { killAt } : {}) }))
      }
      await Promise.all(started.map(({ done }) => done))
      for (const { run } of started) checkRun(world, run)
    })
    world.overlapping = false
  },
)

export const wait = step(
  'wait',
  fc.record({ minutes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 40 * 1440 })) }),
  (world, { minutes }) => {
    world.now += minutes * MINUTE
  },
)

export const changeStore = step(
  'store',
  fc.record({ to: fc.constantFrom('lost', 'unreadable', 'unsavable', 'ok', 'ok') }),
  (world, { to }) => {
    if (to !== 'lost') {
      world.store.mode = to
      world.hasForgotten ||= to === 'unsavable'
      return
    }
    world.count('store lost')
    world.store = { text: null, mode: 'ok' }
    // What an open issue remembers is not lost with the store.
    world.counts = new Map([...world.counts].filter(([key]) => world.open(key.split(' ')[0]).length > 0))
  },
)

export const changeConfig = step(
  'config',
  fc.record(
    {
      targets: fc.subarray([...TARGETS], { minLength: 1 }),
      labels: fc.subarray(['drift', 'ops', 'Night'], { minLength: 1 }),
      runs: fc.integer({ min: 1, max: 3 }),
      minutes: fc.constantFrom(0, 30, 90),
      most: fc.constantFrom(-1, 0, 1, 2, 10),
      isPublic: fc.nat(5).map((one) => one === 0),
      allowPublic: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  (world, { isPublic, ...config }) => {
    world.config = { ...world.config, ...config }
    if (isPublic !== undefined) world.github.repository.settings.visibility = isPublic ? 'public' : 'private'
    const labels = world.config.labels.map((label) => label.toLowerCase())
    // Who names a label again after it was out of the setting wants it again, whatever was taken off before.
    for (const { off } of world.notes.values()) for (const label of off) if (!labels.includes(label)) off.delete(label)
  },
)

export const startLag = step(
  'lag',
  fc.oneof(fc.record({ lists: fc.integer({ min: 1, max: 4 }) }), fc.record({ ms: fc.constantFrom(1000, 5000, 60_000) })),
  (world, lag) => {
    world.github.repository.lag = lag
    world.lagging = true
    world.count('lag')
  },
)

export const endLag = step('lag ends', fc.constant({}), (world) => letListsCatchUp(world))

/** Until every list shows what there is. */
export function letListsCatchUp(world: World): void {
  world.github.repository.lag = null
  world.now += 2 * MINUTE
  for (let list = 0; list < 10; list++) world.github.repository.listIssues()
  world.lagging = false
}
export { DAY, MINUTE }
