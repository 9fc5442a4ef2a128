import type fc from 'fast-check'
import type { World } from './world.ts'

export type Model = object
export type Step = fc.AsyncCommand<Model, World>

/** A command of a history: what may happen next, with everything that it is about; it shows itself where a history fails. */
export function step<T>(name: string, args: fc.Arbitrary<T>, act: (world: World, args: T) => Promise<void> | void): fc.Arbitrary<Step> {
  return args.map((given) => ({
    check: () => true,
    run: async (_: Model, world: World) => {
      if (!RUNS.has(name)) world.changes += 1
      // GitHub's times have no digits below the second, and what an author mends within two seconds counts as never edited.
      world.now += 5000
      await act(world, given)
      if (world.problems.length > 0) throw new Error(world.problems.join('\n'))
    },
    toString: () => `${name} ${JSON.stringify(given)}`,
  }))
}

/** These change nothing but what they themselves do. */
const RUNS = new Set(['run', 'wait'])
