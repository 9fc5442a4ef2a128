import { toSeconds } from '../../calendar.ts'
import type { Act, ClusterInfo, Finding, Note, Target, Witness } from '../../model.ts'
import type { ActorRules } from '../actors.ts'
import type { AuditEvent } from './audit-event.ts'
import { noteNobodyFound } from './notes.ts'
import { writeQueries } from './queries.ts'
import { nameTool } from './tools.ts'
import { findWitnesses } from './witnesses.ts'

export type ActsInput = {
  /** All of a target; only those that are drift are grouped. */
  readonly findings: readonly Finding[]
  /** The changes in the audit log; null where none was given or none could be read. */
  readonly audit: readonly AuditEvent[] | null
  /** RFC 3339. */
  readonly now: string
  readonly target: Pick<Target, 'name' | 'namespace'>
  readonly info: Pick<ClusterInfo, 'resources'>
  /** Whose writes are deploys; the built-in deployers are always known. */
  readonly rules?: ActorRules
  /** RFC 3339: since when a change without a time may have been made, such as the last deploy or the last clean reading. */
  readonly window?: { readonly from: string | null } | null
}
export type Acts = { readonly acts: readonly Act[]; readonly notes: readonly Note[] }

/**
 * A person tries something, looks, and does the next: minutes lie between the steps of one act. After five without a write
 * somebody has looked away; a longer pause would join what belongs to two incidents.
 */
const PAUSE = 5 * 60_000

type Clue = { readonly finding: Finding; readonly people: readonly Witness[]; readonly time: string | null }

/**
 * Groups the drift of a target into what was done: edits by the same tool, in the same way, with no more than five minutes
 * between one and the next. Pure.
 *
 * @returns every drift finding in exactly one act, the oldest act first and those of unknown time last
 */
export function groupActs(input: ActsInput): Acts {
  const { audit, info, now } = input
  const rules = input.rules ?? { deployers: [], controllers: [] }
  const since = input.window?.from ?? null
  const search = audit === null ? null : { events: audit, info, rules, since, now }
  const clues = input.findings
    .filter(({ drift }) => drift)
    .map((finding): Clue => {
      const people = search === null ? [] : findWitnesses(finding, search)
      return { finding, people, time: finding.evidence.time ?? dateBy(people) }
    })
  const groups = Map.groupBy(clues, ({ finding: { evidence } }) =>
    JSON.stringify([evidence.manager, evidence.operation, evidence.subresource]),
  )
  const found = [...groups.values()].flatMap(splitByTime).toSorted(compareTimes)
  return {
    acts: found.flatMap((act) => toAct(act, input)),
    notes: search === null ? [] : found.flatMap((act) => noteNobodyFound(act, since)),
  }
}

/** One person alone, who made the request at that time: then it is when it was. */
function dateBy(people: readonly Witness[]): string | null {
  const [only, ...others] = people
  return only === undefined || others.length > 0 || only.confidence === 'uncertain' ? null : toSeconds(only.time)
}

/** What has no time cannot be told to lie near anything. */
function splitByTime(clues: readonly Clue[]): readonly (readonly Clue[])[] {
  const undated = clues.filter(({ time }) => time === null)
  const dated = clues.filter(({ time }) => time !== null).toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b))
  const runs: Clue[][] = []
  for (const clue of dated) {
    const last = runs.at(-1)?.at(-1)
    if (last !== undefined && millisecondsOf(clue) - millisecondsOf(last) <= PAUSE) runs.at(-1)?.push(clue)
    else runs.push([clue])
  }
  return undated.length === 0 ? runs : [...runs, undated]
}

function millisecondsOf({ time }: Clue): number {
  return Date.parse(time ?? '')
}

function compareTimes([a]: readonly Clue[], [b]: readonly Clue[]): number {
  if (!a?.time || !b?.time) return Number(!a?.time) - Number(!b?.time)
  return Date.parse(a.time) - Date.parse(b.time)
}

function toAct(clues: readonly Clue[], input: ActsInput): readonly Act[] {
  const [first, last] = [clues.at(0), clues.at(-1)]
  if (first === undefined || last === undefined) return []
  const { evidence } = first.finding
  const people = joinPeople(clues.flatMap((clue) => clue.people))
  const { tool, caution } = nameTool(evidence)
  const [from, to] = [first.time, last.time]
  const window = from === null || to === null ? { from: input.window?.from ?? null, to: null } : { from, to }
  const objects = clues.map(({ finding }) => finding.object)
  return [
    {
      manager: evidence.manager,
      tool,
      ...{ from, to },
      findings: clues.map(({ finding }) => finding.id),
      people,
      caution: people.length === 0 ? caution : `${caution} ${ACCOUNT}`,
      queries: input.audit === null ? writeQueries(objects, window, input.info) : [],
    },
  ]
}

const ACCOUNT = 'The audit log names the account; who used it, it does not know.'

/** A person who made several of the changes is named once, with the weakest fit. */
function joinPeople(people: readonly Witness[]): readonly Witness[] {
  const groups = Map.groupBy(people, ({ user, impersonatedBy }) => JSON.stringify([user, impersonatedBy]))
  return [...groups.values()].flatMap((same) => {
    const byDoubt = same.toSorted((a, b) => DOUBT.indexOf(b.confidence) - DOUBT.indexOf(a.confidence))
    return byDoubt.slice(0, 1)
  })
}
const DOUBT = ['certain', 'likely', 'uncertain'] as const
