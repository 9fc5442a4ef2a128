import fc from 'fast-check'
import { IN_SYNC } from './cluster.ts'
import { humanCommands } from './human-commands.ts'
import { changeConfig, changeStore, endLag, MINUTE, runAlone, runAtOnce, runDisturbed, runOften, startLag, wait } from './run-commands.ts'
import { step } from './step.ts'
import { TARGETS } from './world.ts'

const target = fc.constantFrom(...TARGETS.slice(0, 2), ...TARGETS)
const place = fc.nat(3)

const drift = step('drift', fc.record({ target, place, value: fc.nat(3) }), (world, one) => world.drift(one.target, one.place, one.value))
const driftMuch = step('drift in all places', fc.record({ target, value: fc.integer({ min: 1, max: 3 }) }), (world, one) => {
  for (const index of [0, 1, 2, 3]) world.drift(one.target, index, one.value)
})
/** Drift that lasts until there is an issue, so that what people do has something to be done to. */
const file = step(
  'drift that lasts',
  fc.record({ target: fc.constantFrom('shop', 'billing'), place, value: fc.integer({ min: 1, max: 2 }) }),
  async (world, one) => {
    world.drift(one.target, one.place, one.value)
    for (let time = 0; time < world.config.runs; time++) {
      world.now += 31 * MINUTE
      await runAlone(world)
    }
  },
)
const heal = step('heal', fc.record({ target }), (world, one) => {
  world.clusters.set(one.target, IN_SYNC)
})
const hide = step('unread', fc.record({ target, unread: fc.subarray([0, 1, 2]) }), (world, one) => {
  world.clusters.set(one.target, { ...world.cluster(one.target), unread: one.unread })
})
const breakDown = step('broken', fc.record({ target, broken: fc.boolean() }), (world, one) => {
  world.clusters.set(one.target, { ...world.cluster(one.target), broken: one.broken })
})

/** What can happen in a history; what is named more than once happens more often. */
export const COMMANDS = [
  ...Array.from({ length: 8 }, () => runOften),
  ...[runDisturbed, runDisturbed, runDisturbed, runAtOnce, runAtOnce, runAtOnce],
  ...[file, file, file, drift, drift, drift, driftMuch, heal, heal, heal, hide, breakDown],
  ...[wait, changeConfig, changeConfig, changeStore, changeStore, startLag, endLag],
  ...humanCommands,
]
