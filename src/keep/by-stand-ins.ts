import { getAt, isSame } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import { prepareObject } from '../compare/prepare.ts'
import type { DesiredObject, Finding, Json, JsonObject } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { hasPlace } from './candidates.ts'
import { findAddition, type Injection, makeInjections, readInjection } from './injections.ts'
import type { KeepRender, KeepTools } from './keep-tools.ts'
import type { KnownKey } from './keys.ts'
import type { Operation } from './operations.ts'
import { setSolved } from './set-solved.ts'
import { solve } from './solve.ts'
import { makeStandIn, type StandIn } from './stand-ins.ts'
import { type StandInBudget, tryStandIns } from './try-stand-ins.ts'

/** Renders with stand-ins for one finding. */
const MOST_STAND_INS = 9
/** Keys that are stood for together: those that look right, then more. With all of them at once, few charts render. */
const ROUNDS: readonly (readonly [from: number, to: number])[] = [
  [0, 8],
  [8, 32],
  [32, Number.POSITIVE_INFINITY],
]

/** What a finding is about, as Git has it: its object, and as it is compared. */
export type Subject = { readonly desired: DesiredObject; readonly object: JsonObject }

/** Leaves out what was proposed before. */
export type Fresh = (proposals: readonly (readonly Operation[])[]) => readonly (readonly Operation[])[]

/** Stand-ins for what looks right, then for all that is left. Tells whether every key was stood for, and none of them counts. */
export async function* proposeByStandIns(
  { tools, values }: { readonly tools: KeepTools; readonly values: JsonObject },
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
