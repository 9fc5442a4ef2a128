import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMMANDS } from './histories/commands.ts'
import { settle } from './histories/settle.ts'
import { World } from './histories/world.ts'

/**
 * Random histories of a cluster, of people, of a GitHub that fails, and of runs that overlap or are killed. What must never be
 * is looked at whenever a run changes an issue (`judge-*.ts`) and after every run (`check-run.ts`); what must be in the end,
 * once nothing disturbs any more (`settle.ts`). The histories are the same each time, so that a change is not blamed for what it
 * did not do; `PLUMBLINE_FUZZ_RUNS` asks for more, and for others, `PLUMBLINE_FUZZ_SEED` for certain ones.
 */
const RUNS = process.env.PLUMBLINE_FUZZ_RUNS
const HISTORIES = Number(RUNS ?? 2000)
const SEED = Number(process.env.PLUMBLINE_FUZZ_SEED ?? (RUNS === undefined ? 2026 : Date.now()))

/** A test that files nothing shows nothing: what has to have happened, at least, in a thousand histories. */
const LEAST: { readonly [what: string]: number } = {
  ...{ filed: 500, updated: 200, reopened: 10, 'closed as completed': 25, 'closed as not_planned': 10, 'closed as duplicate': 15 },
  ...{ 'detector filed': 25, 'closed as completed (detector)': 0.5, 'told: capped': 50, 'told: left-alone': 50, 'told: waiting': 200 },
  ...{ accepted: 100, 'acceptance ended: expired': 1 },
  ...{ quiet: 1000, overlaps: 150, killed: 50, lag: 50, 'store lost': 25, 'store unavailable': 100, damaged: 25, 'human actions': 500 },
  ...{ 'fault: 502': 20, 'fault: 503': 20, 'fault: 403': 20, 'fault: reset': 20, 'fault: silence': 10 },
}

test('whatever happens, issues tell the truth, arrive once, and respect people', {
  timeout: Math.max(600_000, HISTORIES * 300),
}, async () => {
  const tally = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 24, size: 'max' }), async (commands) => {
      const world = new World(tally)
      await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
      await settle(world)
      expect(world.problems).toEqual([])
    }),
    { numRuns: HISTORIES, seed: SEED },
  )
  const summary = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what}: ${times}`)
  console.log(`In ${HISTORIES} histories:\n${summary.join('\n')}`)
  const rare = Object.entries(LEAST).filter(([what, least]) => (tally.get(what) ?? 0) < (least * HISTORIES) / 1000)
  expect(rare.map(([what]) => `${what}: only ${tally.get(what) ?? 0}`)).toEqual([])
})
