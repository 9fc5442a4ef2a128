import { formatStored, parseStored, type StoredMemory } from '../../../src/memory/stored.ts'
import type { Issue } from '../../fakes/github/types.ts'
import { IN_SYNC, PLACES, type TargetState } from './cluster.ts'
import { type Counts, idsOf, type Said } from './oracle.ts'
import type { Run } from './run.ts'
import { WatchedGitHub } from './watched-github.ts'

export const TARGETS = ['shop', 'billing', 'search'] as const
/** The detector's issue belongs to no target. */
export const DETECTOR = '(detector)'

export type Config = {
  readonly targets: readonly string[]
  readonly labels: readonly string[]
  readonly runs: number
  readonly minutes: number
  readonly most: number
  readonly allowPublic: boolean
}

/** What people did to one of our issues, and what it said last: what the code under test must respect. */
export type Notes = {
  readonly target: string
  /** A human's title; null while it is ours. */
  title: string | null
  /** Labels in lower case: put on by a human and never by us; taken off by a human while the setting named them; put on by us. */
  readonly on: Set<string>
  readonly off: Set<string>
  readonly ours: Set<string>
  /** A human's texts before and after our part. */
  readonly before: string[]
  readonly after: string[]
  /** By place: the id that was there when our part was last written. */
  shown: ReadonlyMap<number, string>
  /** A human closed it as not planned or as a duplicate, and the state that says what was in it was not damaged. */
  unwanted: boolean
  /** We closed it as completed, and a human opened it again. */
  insisted: boolean
  /** A human removed all that says it is ours. */
  disowned: boolean
  /** Milliseconds. */
  written: number
}

/** Everything there is in one history: cluster, GitHub, store and clock, and what the test knows about them. */
export class World {
  now = Date.parse('2026-03-02T08:00:00Z')
  readonly github: WatchedGitHub
  readonly clusters = new Map<string, TargetState>(TARGETS.map((name) => [name, IN_SYNC]))
  config: Config = { targets: ['shop', 'billing'], labels: ['drift'], runs: 2, minutes: 0, most: 10, allowPublic: false }
  store: { text: string | null; mode: 'ok' | 'unreadable' | 'unsavable' } = { text: null, mode: 'ok' }
  /** Once a store took nothing, what it gives later is older than the run before: nobody can know what happened in between. */
  hasForgotten = false
  /** What the readings that were kept somewhere have seen. */
  counts: Counts = new Map()
  readonly notes = new Map<number, Notes>()
  readonly said: Said[] = []
  /** By id: when that value was first read. */
  readonly firstSeen = new Map<string, number>()
  readonly runs: Run[] = []
  /** What must not be, found while the code under test was running. */
  readonly problems: string[] = []
  /** How often something was seen, for all histories. */
  readonly tally: Map<string, number>
  /** Lists may show old states until a list without lag was made. */
  lagging = false
  /** How many things have happened that are no runs. */
  changes = 0
  /** The run before, if nothing disturbed it, and what it saw. */
  previous: { readonly run: Run; readonly seen: string; readonly changes: number } | null = null
  /** How many runs in a row have edited an answer. */
  answering = 0
  /** Runs that overlap now. */
  overlapping = false

  constructor(tally: Map<string, number>) {
    this.tally = tally
    this.github = new WatchedGitHub(this)
  }

  count(what: string, by = 1): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + by)
  }

  problem(text: string): void {
    this.problems.push(text)
  }

  cluster(target: string): TargetState {
    return this.clusters.get(target) ?? IN_SYNC
  }

  /** What the store holds for a target, as it would be read. */
  stored(): StoredMemory {
    if (this.store.text === null) return {}
    const parsed = parseStored(this.store.text)
    if (parsed === null || parsed.damaged.length > 0) throw new Error('What was stored cannot be read back.')
    return parsed.targets
  }

  keep(targets: Parameters<typeof formatStored>[0]): void {
    this.store.text = formatStored(targets)
    this.stored()
  }

  /** Our issues that are there, oldest first; of one target, if one is given. */
  issues(target?: string): readonly Issue[] {
    return [...this.github.repository.issues.values()].filter((issue) => {
      const notes = this.notes.get(issue.number)
      return notes !== undefined && !notes.disowned && (target === undefined || notes.target === target)
    })
  }

  open(target?: string): readonly Issue[] {
    return this.issues(target).filter(({ state }) => state === 'open')
  }

  note(number: number): Notes {
    const notes = this.notes.get(number)
    if (notes === undefined) throw new Error(`#${number} is none of ours.`)
    return notes
  }

  /** Whatever a run reads is seen from then on. */
  see(target: string, state: TargetState): void {
    for (const id of idsOf(target, state)) if (!this.firstSeen.has(id)) this.firstSeen.set(id, this.now)
  }

  /** Changes a value in the cluster; 0 puts it right. */
  drift(target: string, place: number, value: number): void {
    const state = this.cluster(target)
    const values = state.values.with(place, place === PLACES.length - 1 ? Math.min(value, 1) : value)
    this.clusters.set(target, { ...state, values, written: state.written.with(place, this.now) })
  }
}
