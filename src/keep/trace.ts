import { getAt, isComposite, isSame } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import { prepareObject } from '../compare/prepare.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { DesiredObject, Finding, Json, JsonObject } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { proposeBlocks } from './blocks.ts'
import { addLive, findLeader, hasPlace, listCandidates, listEqual, proposeSwitches, replaceWhole, setLive } from './candidates.ts'
import { findAddition, type Injection, makeInjections, readInjection } from './injections.ts'
import type { KeepRender, KeepTools } from './keep-tools.ts'
import { formatValuesKey, type Key, type KnownKey, listKeys } from './keys.ts'
import { readMentions } from './mentions.ts'
import type { Operation } from './operations.ts'
import { type RankKey, rankFor } from './rank-keys.ts'
import { setSolved } from './set-solved.ts'
import { solve } from './solve.ts'
import { makeStandIn, type StandIn } from './stand-ins.ts'
import type { Tried, TryEdit } from './try-edit.ts'
import { type StandInBudget, tryStandIns } from './try-stand-ins.ts'

/** How a finding can be kept: by an edit that was tried; or it was not found, and whether all keys were looked at. */
export type Trace = { readonly tried: Tried } | { readonly tried: null; readonly exhausted: boolean; readonly renders: number }

/** Renders for one finding, and of these for stand-ins. */
const MOST_FOR_ONE = 14
const MOST_STAND_INS = 9
/** Keys that are stood for together: those that look right, then more. With all of them at once, few charts render. */
const ROUNDS: readonly (readonly [from: number, to: number])[] = [
  [0, 8],
  [8, 32],
  [32, Number.POSITIVE_INFINITY],
]
const DIRECT = 4
const BLOCKS = 4

/** What the search for keys goes by. */
export type TraceDesk = {
  readonly input: DecisionInput
  readonly tools: KeepTools
  readonly values: JsonObject
  readonly known: readonly KnownKey[]
  readonly mentions: ReadonlyMap<string, readonly Key[]>
  readonly tryEdit: TryEdit
}

/** Makes ready to look for keys. */
export function openTraceDesk(input: DecisionInput, tools: KeepTools, values: JsonObject, tryEdit: TryEdit): TraceDesk {
  const mentions = readMentions(tools.templates, tools.aliases)
  const known = listKeys(values)
  const names = new Set(known.map(({ key }) => formatValuesKey(key)))
  const absent = new Map<string, KnownKey>()
  for (const key of [...mentions.values()].flat()) {
    const name = formatValuesKey(key)
    if (!names.has(name)) absent.set(name, { key, value: undefined })
  }
  return { input, tools, values, mentions, tryEdit, known: [...known, ...absent.values()] }
}

/**
 * Finds the edit of values that gives what is live at a finding's place: by what looks right first, then by what stand-ins
 * show. Whatever is found was rendered with, and the finding was gone.
 */
export async function traceFinding(desk: TraceDesk, finding: Finding): Promise<Trace> {
  const start = desk.tools.left()
  const spent = () => start - desk.tools.left()
  const subject = findSubject(desk, finding)
  let second: Tried | null = null
  let exhausted = false
  const proposals = propose(desk, finding, subject, () => {
    exhausted = true
  })
  for await (const operations of proposals) {
    if (spent() >= MOST_FOR_ONE || desk.tools.left() === 0)
      return second === null ? { tried: null, exhausted: false, renders: spent() } : { tried: second }
    const tried = await desk.tryEdit(operations)
    if ('failure' in tried || !tried.gone.includes(finding.id)) continue
    if (tried.sideEffects.length === 0) return { tried }
    if (second === null || tried.sideEffects.length < second.sideEffects.length) second = tried
  }
  return second === null ? { tried: null, exhausted, renders: spent() } : { tried: second }
}

type Subject = { readonly desired: DesiredObject; readonly object: JsonObject; readonly rank: RankKey; readonly mentioned: readonly Key[] }

function findSubject({ input, mentions }: TraceDesk, finding: Finding): Subject {
  const desired = input.desired.find(({ ref }) => keyOfRef(ref) === keyOfRef(finding.object))
  if (desired === undefined) throw new Error('a finding of an object that is not desired has no key')
  const mentioned = mentions.get((desired.template ?? '').replace(/^[^/]+\//, '')) ?? []
  return {
    desired,
    object: input.sides.get(desired.ref)?.desired ?? prepareObject(desired.object),
    mentioned,
    rank: rankFor(finding, input.target.release, mentioned),
  }
}

async function* propose(
  desk: TraceDesk,
  finding: Finding,
  subject: Subject,
  onExhausted: () => void,
): AsyncGenerator<readonly Operation[]> {
  const { known } = desk
  const { desired, live } = finding
  const { rank } = subject
  const seen = new Set<string>()
  const fresh: Fresh = (proposals) =>
    proposals.filter((operations) => {
      const name = nameValue(operations as unknown as Json)
      return operations.length > 0 && !seen.has(name) && seen.add(name)
    })
  const isScalarChange = desired !== undefined && live !== undefined && !isComposite(live)
  const equal = isScalarChange ? listEqual(finding, known, rank) : []
  const blocks = proposeBlocks(finding, subject.object, known, rank).slice(0, BLOCKS)
  const candidates = listCandidates(finding, known, rank)
  const leader = findLeader(isScalarChange ? equal : candidates, rank)
  if (isScalarChange && leader !== null) yield* fresh([[setLive(leader, live)]])
  if (!isScalarChange) yield* fresh(blocks.map(({ operations }) => operations))
  if (!isScalarChange && leader !== null) yield* fresh([addLive(leader, finding)])
  if (desired !== undefined && live !== undefined && isComposite(live)) yield* fresh(replaceWhole(finding, known, rank, DIRECT))
  if (live === undefined) yield* fresh(proposeSwitches(finding, known, rank, DIRECT))
  const complete = yield* proposeByStandIns(desk, finding, subject, candidates, fresh)
  yield* fresh(equal.slice(0, DIRECT).map((one) => [setLive(one, live)]))
  yield* fresh(blocks.map(({ operations }) => operations))
  yield* fresh(proposeSwitches(finding, known, rank, DIRECT))
  if (complete && isScalarChange) onExhausted()
}

type Fresh = (proposals: readonly (readonly Operation[])[]) => readonly (readonly Operation[])[]

/** Stand-ins for what looks right, then for all that is left. Tells whether every key was stood for, and none of them counts. */
async function* proposeByStandIns(
  { tools, values }: TraceDesk,
  finding: Finding,
  subject: Subject,
  candidates: readonly KnownKey[],
  fresh: Fresh,
): AsyncGenerator<readonly Operation[], boolean> {
  const budget: StandInBudget = { left: MOST_STAND_INS, complete: true }
  const was = getAt(subject.object, finding.path)
  const isTelling = (render: KeepRender) => {
    const rendered = findRendered(render, subject)
    return rendered !== null && hasPlace(rendered, subject.object, finding)
  }
  for (const [from, to] of ROUNDS) {
    const round = candidates.slice(from, to)
    const hasScalars = findAddition(finding) === null
    const direct = hasScalars ? round.map((one, index) => makeStandIn(one, from + index)) : []
    // A text that is a template itself may have the value from another key, which a stand-in for the text would hide.
    const [templates, plain] = [direct.filter(isTemplate), direct.filter((one) => !isTemplate(one))]
    for (const wave of [plain, templates, ...injectionWaves(round, finding, from)]) {
      for await (const group of tryStandIns(tools, values, wave, isTelling, budget)) {
        const rendered = findRendered(group.render, subject) ?? {}
        // Something drives it, even if it cannot be told what.
        if (!isSame(getAt(rendered, finding.path), was)) budget.complete = false
        yield* fresh(read(rendered, group.standIns, finding, was))
      }
    }
  }
  return budget.complete
}

function isTemplate({ value }: StandIn): boolean {
  return typeof value === 'string' && value.includes('{{')
}

function findRendered(render: KeepRender, { desired }: Subject): JsonObject | null {
  const found = [...render.values()].find(({ ref, isHook }) => !isHook && keyOfRef(ref) === keyOfRef(desired.ref))
  return found === undefined ? null : prepareObject(found.object)
}

function injectionWaves(round: readonly KnownKey[], finding: Finding, from: number): readonly (readonly StandIn[])[] {
  const all = round.map((known, index) => makeInjections(known, finding, from + index))
  const most = Math.max(0, ...all.map((shapes) => shapes.length))
  return Array.from({ length: most }, (_unused, at) => all.flatMap((shapes) => shapes[at] ?? []))
}

function read(
  rendered: JsonObject,
  standIns: readonly StandIn[],
  finding: Finding,
  was: Json | undefined,
): readonly (readonly Operation[])[] {
  const injected = standIns.flatMap((one) => ('shape' in one ? readInjection(one as Injection, finding, rendered) : []))
  if (injected.length > 0) return injected
  const there = getAt(rendered, finding.path)
  if (finding.live === undefined) return readGone(there, was, standIns)
  const solved = solve(there, was, finding.live, standIns)
  const operations = solved === null ? null : setSolved(solved)
  return operations === null ? [] : [operations]
}

/** What drives a value that is to go: its key is taken out, or emptied. */
function readGone(there: Json | undefined, was: Json | undefined, standIns: readonly StandIn[]): readonly (readonly Operation[])[] {
  const text = isSame(there, was) ? '' : nameValue(there)
  return standIns
    .filter((one) => text.includes(one.text))
    .flatMap(({ key, value }): readonly (readonly Operation[])[] => [
      [{ op: 'drop', key }],
      ...(typeof value === 'string' ? [[{ op: 'set', key, value: '' } as const]] : []),
      [{ op: 'set', key, value: null }],
    ])
}
