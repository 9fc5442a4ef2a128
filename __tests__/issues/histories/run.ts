import type { Store } from '../../../src/deliver/store.ts'
import type { GitHubContext } from '../../../src/github/context.ts'
import { openTracker, type Tracker } from '../../../src/github/tracker.ts'
import type { Inputs } from '../../../src/inputs/model.ts'
import { assembleReport } from '../../../src/report/assemble.ts'
import { type Tracked, trackIssues } from '../../../src/track/track.ts'
import { fetchFrom } from '../../fakes/github/fetch.ts'
import { BOT } from '../../fakes/github/repository.ts'
import { readTarget, type TargetState } from './cluster.ts'
import { type Counts, countReading } from './oracle.ts'
import type { Turns } from './turns.ts'
import type { Config, World } from './world.ts'

/** One run of the Action, from its reading on. */
export type Run = {
  readonly id: number
  readonly secret: string
  /** Milliseconds: when it read the cluster. */
  readonly at: number
  readonly config: Config
  readonly targets: readonly string[]
  readonly readings: ReadonlyMap<string, TargetState>
  /** It checked every target of its configuration, not the one asked for. */
  readonly whole: boolean
  readonly dry: boolean
  /** What earlier readings have seen, as far as this run can know. */
  counts: Counts
  /** An issue was not written to for a day. */
  readonly isDue: boolean
  /** The store could be used. */
  countable: boolean
  /** Targets of which the store held nothing. */
  blank: ReadonlySet<string>
  /** Something went wrong on the way to GitHub. */
  met: boolean
  /** Lists lagged, or another run went on at the same time. */
  crowded: boolean
  killed: boolean
  saved: boolean
  /** Requests that changed something, and all REST requests. */
  writes: number
  /** Of them, those that edit our answer to commands. */
  answers: number
  calls: number
  tracked: Tracked | null
  /** Targets that it has filed an issue for. */
  readonly filed: Set<string>
}
export type RunOptions = {
  readonly only?: string
  readonly dry?: boolean
  /** It is killed at this step. */
  readonly killAt?: number
  readonly turns?: Turns
}

/** A day, less what a daily schedule may be early: from then on an issue may be written to although nothing changed. */
const MOST_QUIET = (24 * 60 - 30) * 60_000

/** Starts a run, which reads the cluster at once. `done` is fulfilled when it has ended or was killed. */
export function startRun(world: World, options: RunOptions = {}): { readonly run: Run; readonly done: Promise<void> } {
  const { config } = world
  const targets = config.targets.filter((name) => options.only === undefined || name === options.only)
  const id = world.runs.length + 1
  const run: Run = {
    ...{
      id,
      secret: `run-${id}`,
      at: world.now,
      config,
      targets,
      dry: options.dry ?? false,
      whole: options.only === undefined,
      counts: world.counts,
      countable: true,
      blank: new Set(),
    },
    isDue: world.open().some(({ number }) => world.now - world.note(number).written >= MOST_QUIET),
    readings: new Map(targets.map((name) => [name, world.cluster(name)])),
    ...{
      met: false,
      crowded: world.lagging || world.overlapping,
      killed: false,
      saved: false,
      writes: 0,
      answers: 0,
      calls: 0,
      tracked: null,
    },
    filed: new Set(),
  }
  world.runs.push(run)
  world.count('runs')
  world.github.repository.tokens.set(run.secret, { login: BOT, permissions: { issues: 'write', contents: 'read', metadata: 'read' } })
  for (const [name, state] of run.readings) world.see(name, state)
  return { run, done: go(world, run, options) }
}

async function go(world: World, run: Run, { killAt, turns, only }: RunOptions): Promise<void> {
  let steps = 0
  let kill: () => void = () => {}
  const killed = new Promise<void>((resolve) => {
    kill = resolve
  })
  const step = async (): Promise<void> => {
    steps += 1
    if (steps === killAt) {
      run.killed = true
      world.count('killed')
      kill()
    }
    if (run.killed) return new Promise(() => {})
    await turns?.wait(run.id)
  }
  const openOne = async ({ owner, repo, apiUrl }: GitHubContext): Promise<Tracker> =>
    openTracker({ owner, repo }, { token: run.secret, apiUrl, log: () => {}, wait: false, fetch: fetchFrom(world.github, step) })
  const tools = {
    ...{
      store: makeStore(world, run, step),
      context: makeContext(run.id),
      openTracker: openOne,
      progress: () => {},
      now: () => new Date(world.now),
    },
    sleep: async (milliseconds: number) => {
      world.now += milliseconds
    },
  }
  const report = assembleReport(
    [...run.readings].map(([name, state]) => readTarget(name, state)),
    new Date(run.at),
    '0.0.0',
  )
  const reading = { commit: 'c0ffee', cluster: 'c', desiredNow: () => undefined }
  const result = { report, timings: [], readings: new Map(run.targets.map((name) => [name, reading])) }
  const ended = trackIssues(result, makeInputs(run), tools, only === undefined ? 'all' : 'some').then(
    (tracked) => {
      run.tracked = tracked
    },
    (error: unknown) => world.problem(`run ${run.id} failed: ${error instanceof Error ? error.stack : String(error)}`),
  )
  await Promise.race([ended, killed])
  turns?.leave(run.id)
}

function makeInputs({ config, targets, dry }: Run): Inputs {
  const { runs: persistRuns, minutes: persistMinutes, labels, most: maxOpenedIssues, allowPublic } = config
  const inputs: Partial<Inputs> = {
    ...{ mode: 'check', token: 'given', labels, assignees: ['lena'], maxOpenedIssues, allowPublic, dryRun: dry },
    ...{ configFile: '.github/plumbline.yml', targets: targets.map((name) => ({ name, persistRuns, persistMinutes })) as never },
  }
  // The other inputs are none of this stage's business.
  return inputs as Inputs
}

export function makeContext(id: number, eventName = 'schedule', event: unknown = {}): GitHubContext {
  const runsUrl = 'https://github.com/acme/shop/actions/workflows/drift.yml'
  return {
    ...{
      owner: 'acme',
      repo: 'shop',
      apiUrl: 'http://github.test',
      eventName,
      ref: 'refs/heads/main',
      sha: null,
      runId: null,
      workflow: 'drift.yml',
      runsUrl,
      event,
    },
    runUrl: `https://github.com/acme/shop/actions/runs/${id}`,
  }
}

/** A store that can be lost, unavailable, or full. What the test counts is kept with it, the last writer of a target winning as here. */
function makeStore(world: World, run: Run, step: () => Promise<void>): Store {
  return {
    read: async () => {
      await step()
      run.countable = world.store.mode !== 'unreadable'
      run.counts = world.counts
      run.blank = new Set(run.targets.filter((name) => !Object.hasOwn(world.stored(), name)))
      if (run.countable) return { state: 'usable', targets: world.stored() }
      world.count('store unavailable')
      return { state: 'unavailable', reason: 'the store is down' }
    },
    save: async (targets) => {
      await step()
      if (world.store.mode === 'unsavable') return 'the store is full'
      // Of other targets, a run that saved meanwhile knows better.
      world.keep({ ...world.stored(), ...targets })
      const isOwn = (key: string) => run.targets.some((name) => key.startsWith(`${name} `))
      world.counts = new Map([...[...world.counts].filter(([key]) => !isOwn(key)), ...[...countRun(run)].filter(([key]) => isOwn(key))])
      run.saved = true
      return null
    },
  }
}

/** What has been seen once this run's reading counts. */
export function countRun(run: Run): Counts {
  return [...run.readings].reduce((counts, [name, state]) => countReading(counts, name, state, run.at), run.counts)
}
