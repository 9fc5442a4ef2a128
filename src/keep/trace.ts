import { getAt, isComposite, isEmpty, isObject, isSame } from '../compare/json.ts'
import { prepareObject } from '../compare/prepare.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { DesiredObject, Finding, Json, JsonObject } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { proposeBlocks } from './blocks.ts'
import { findAddition, makeInjections, readInjection } from './injections.ts'
import type { KeepRender, KeepTools } from './keep-tools.ts'
import { formatValuesKey, type Key, type KnownKey, listKeys, printScalar } from './keys.ts'
import { readMentions } from './mentions.ts'
import type { Operation } from './operations.ts'
import { type RankKey, rankFor } from './rank-keys.ts'
import { isLoosely, setSolved } from './set-solved.ts'
import { solve } from './solve.ts'
import { makeStandIn, type StandIn } from './stand-ins.ts'
import type { Tried, TryEdit } from './try-edit.ts'
import { tryStandIns } from './try-stand-ins.ts'

/** How a finding can be kept: by an edit that was tried; or it was not found, and whether all keys were looked at. */
export type Trace = { readonly tried: Tried } | { readonly tried: null; readonly exhausted: boolean; readonly renders: number }

/** Renders for one finding, and of these for stand-ins. */
const MOST_FOR_ONE = 14
const MOST_STAND_INS = 8
/** Keys that are stood for together at first: those that look right. With all of them at once, few charts render. */
const FIRST = 24
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
  const fresh = (proposals: readonly (readonly Operation[])[]) =>
    proposals.filter((operations) => {
      const name = JSON.stringify(operations, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value))
      return operations.length > 0 && !seen.has(name) && seen.add(name)
    })
  const isScalarChange = desired !== undefined && live !== undefined && !isComposite(live)
  const equal = isScalarChange ? listEqual(finding, known, rank) : []
  // A key with a clear lead is tried at once; a stand-in would only confirm it.
  const [best, next] = equal
  if (best !== undefined && rank(best.key) >= 5 && (next === undefined || rank(best.key) - rank(next.key) >= 2)) {
    yield* fresh([[setLive(best, live)]])
  }
  if (!isScalarChange)
    yield* fresh(
      proposeBlocks(finding, subject.object, known, rank)
        .slice(0, BLOCKS)
        .map(({ operations }) => operations),
    )
  const complete = yield* proposeByStandIns(desk, finding, subject, fresh)
  yield* fresh(equal.slice(0, DIRECT).map((one) => [setLive(one, live)]))
  yield* fresh(
    proposeBlocks(finding, subject.object, known, rank)
      .slice(0, BLOCKS)
      .map(({ operations }) => operations),
  )
  yield* fresh(proposeSwitches(finding, known, rank))
  if (complete) onExhausted()
}

type Fresh = (proposals: readonly (readonly Operation[])[]) => readonly (readonly Operation[])[]

/** Stand-ins for what looks right, then for all that is left. Tells whether every key was stood for. */
async function* proposeByStandIns(
  desk: TraceDesk,
  finding: Finding,
  subject: Subject,
  fresh: Fresh,
): AsyncGenerator<readonly Operation[], boolean> {
  const candidates = listCandidates(finding, desk.known, subject.rank)
  const rounds = [candidates.slice(0, FIRST), candidates.slice(FIRST)]
  let left = MOST_STAND_INS
  let complete = true
  for (const round of rounds) {
    if (round.length === 0) continue
    const before = desk.tools.left()
    const made = round.map((one, index) => makeStandIn(one, index))
    const direct =
      findAddition(finding) === null || !isComposite(finding.live ?? null) ? made.filter(({ value }) => !isComposite(value ?? '')) : []
    for (const wave of [direct, ...injectionWaves(round, finding)]) {
      if (wave.length === 0) continue
      const { groups, complete: all } = await tryStandIns<StandIn>(desk.tools, desk.values, wave, left)
      left = Math.max(0, left - (before - desk.tools.left()))
      complete &&= all
      for (const group of groups) yield* fresh(read(group.render, group.standIns, finding, subject))
    }
  }
  return complete
}

function injectionWaves(round: readonly KnownKey[], finding: Finding): readonly (readonly StandIn[])[] {
  const all = round.map((known, index) => makeInjections(known, finding, index))
  const most = Math.max(0, ...all.map((shapes) => shapes.length))
  return Array.from({ length: most }, (_unused, at) => all.flatMap((shapes) => shapes[at] ?? []))
}

function read(
  render: KeepRender,
  standIns: readonly StandIn[],
  finding: Finding,
  { desired, object }: Subject,
): readonly (readonly Operation[])[] {
  const found = [...render.values()].find(({ ref, isHook }) => !isHook && keyOfRef(ref) === keyOfRef(desired.ref))
  if (found === undefined) return []
  const rendered = prepareObject(found.object)
  const injected = standIns.flatMap((one) =>
    'shape' in one ? readInjection(one as Parameters<typeof readInjection>[0], finding, rendered) : [],
  )
  if (injected.length > 0) return injected
  const there = getAt(rendered, finding.path)
  const was = getAt(object, finding.path)
  if (finding.live === undefined) return readGone(there, was, standIns)
  const solved = solve(there, was, finding.live, standIns)
  const operations = solved === null ? null : setSolved(solved)
  return operations === null ? [] : [operations]
}

/** What drives a value that is to go: its key is taken out, or emptied. */
function readGone(there: Json | undefined, was: Json | undefined, standIns: readonly StandIn[]): readonly (readonly Operation[])[] {
  const text =
    there === undefined || isSame(there, was)
      ? ''
      : JSON.stringify(there, (_name, value) => (typeof value === 'bigint' ? String(value) : value))
  return standIns
    .filter((one) => text.includes(one.text))
    .flatMap(({ key, value }): readonly (readonly Operation[])[] => [
      [{ op: 'drop', key }],
      ...(typeof value === 'string' ? [[{ op: 'set', key, value: '' } as const]] : []),
      [{ op: 'set', key, value: null }],
    ])
}

function setLive({ key, value }: KnownKey, live: Json | undefined): Operation {
  const asText = typeof value === 'string' && live !== undefined && live !== null && !isComposite(live) ? String(live) : live
  return { op: 'set', key, value: asText ?? null }
}

function listEqual({ desired }: Finding, known: readonly KnownKey[], rank: RankKey): readonly KnownKey[] {
  return known.filter(({ value }) => !isComposite(value ?? null) && value !== null && isLoosely(value, desired)).toSorted(byRank(rank))
}

function byRank(rank: RankKey): (a: KnownKey, b: KnownKey) => number {
  return (a, b) => rank(b.key) - rank(a.key)
}

/**
 * Keys that may drive a finding's place. Where it has a value, that value or a part of it; else whatever looks like it.
 */
function listCandidates(finding: Finding, known: readonly KnownKey[], rank: RankKey): readonly KnownKey[] {
  const isAddition = findAddition(finding) !== null
  const wanted = printAll(finding.desired)
  const weigh = new Map(known.map((one) => [one, rank(one.key) + (isAddition ? weighPlace(one) : weighContent(one, wanted))]))
  const fits = known.filter((one) => (isAddition ? isPlace(one) : !isComposite(one.value ?? '')))
  return fits.toSorted((a, b) => (weigh.get(b) ?? 0) - (weigh.get(a) ?? 0))
}

function printAll(value: Json | undefined): string {
  return printScalar(value) ?? JSON.stringify(value ?? '', (_name, one) => (typeof one === 'bigint' ? String(one) : one))
}

/** The more of the value a key has, the likelier it is. */
function weighContent({ value }: KnownKey, wanted: string): number {
  const text = printScalar(value)
  if (text === null || text === '') return 0
  if (text === wanted) return 8
  return text.length > 2 && wanted.includes(text) ? 6 : -4
}

function weighPlace({ value }: KnownKey): number {
  return value !== undefined && isComposite(value) ? (isEmpty(value) ? 2 : 0) : -1
}

/** Where something can be put: maps, lists, and what is empty or not set at all. */
function isPlace({ value }: KnownKey): boolean {
  return value === undefined || value === null || value === '' || isObject(value) || Array.isArray(value) || typeof value === 'boolean'
}

/** Switches show in what they print only where a template prints them: those that look right are tried the other way. */
function proposeSwitches({ desired, live }: Finding, known: readonly KnownKey[], rank: RankKey): readonly (readonly Operation[])[] {
  const switches = known.filter(({ key, value }) => typeof value === 'boolean' && rank(key) > 2).toSorted(byRank(rank))
  const isSwitch = typeof desired === 'boolean' || typeof live === 'boolean' || desired === undefined || live === undefined
  return isSwitch ? switches.slice(0, DIRECT).map(({ key, value }) => [{ op: 'set', key, value: value !== true }]) : []
}
