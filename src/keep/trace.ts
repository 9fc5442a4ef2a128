import { isComposite } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import { prepareObject } from '../compare/prepare.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { Finding, Json, JsonObject } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { proposeBlocks } from './blocks.ts'
import { type Fresh, proposeByStandIns, type Subject } from './by-stand-ins.ts'
import { addLive, findLeader, listCandidates, listEqual, proposeSwitches, replaceWhole, setLive } from './candidates.ts'
import type { KeepTools } from './keep-tools.ts'
import { formatValuesKey, type Key, type KnownKey, listKeys } from './keys.ts'
import { readMentions } from './mentions.ts'
import type { Operation } from './operations.ts'
import { type RankKey, rankFor } from './rank-keys.ts'
import type { Tried, TryEdit } from './try-edit.ts'

/** How a finding can be kept: by an edit that was tried; or it was not found, and whether all keys were looked at. */
export type Trace = { readonly tried: Tried } | { readonly tried: null; readonly exhausted: boolean; readonly renders: number }

/** Renders for one finding. */
const MOST_FOR_ONE = 14
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

function findSubject({ input, mentions }: TraceDesk, finding: Finding): Subject & { readonly rank: RankKey } {
  const desired = input.desired.find(({ ref }) => keyOfRef(ref) === keyOfRef(finding.object))
  if (desired === undefined) throw new Error('a finding of an object that is not desired has no key')
  const mentioned = mentions.get((desired.template ?? '').replace(/^[^/]+\//, '')) ?? []
  return {
    desired,
    object: input.sides.get(desired.ref)?.desired ?? prepareObject(desired.object),
    rank: rankFor(finding, input.target.release, mentioned),
  }
}

async function* propose(
  desk: TraceDesk,
  finding: Finding,
  subject: Subject & { readonly rank: RankKey },
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
