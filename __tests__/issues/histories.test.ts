import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMMANDS } from './histories/commands.ts'
import { settle } from './histories/settle.ts'
import { World } from './histories/world.ts'

/** `npm run fuzz` runs many more. */
const RUNS = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 2000)

test('whatever happens, issues tell the truth and people are listened to', async () => {
  const tally = new Map<string, number>()
  const seed = process.env.PLUMBLINE_FUZZ_SEED
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 24, size: 'max' }), async (commands) => {
      const world = new World(tally)
      await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
      await settle(world)
      if (world.problems.length > 0) throw new Error(world.problems.join('\n'))
    }),
    { numRuns: RUNS, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  )
  console.log([...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, number]) => `${what}: ${number}`).join('\n'))
  expect(tally.get('filed')).toBeGreaterThan(RUNS / 10)
})
