import { isList, isObject, isSame } from '../compare/json.ts'
import type { Json } from '../model.ts'
import { escapePattern } from './escape-pattern.ts'
import type { StandIn } from './stand-ins.ts'

/** What a stand-in's place holds in Git and in the cluster, as text, or as the very value where it is all there is. */
export type Solved = { readonly standIn: StandIn; readonly desired: Json; readonly live: Json }

/**
 * Tells which values would have to stand in place of the stand-ins for a template to give what is live.
 *
 * @param rendered with the stand-ins
 * @returns what each of them stands for on both sides; null when the rest does not fit
 */
export function solve(
  rendered: Json | undefined,
  desired: Json | undefined,
  live: Json | undefined,
  standIns: readonly StandIn[],
): readonly Solved[] | null {
  if (rendered === undefined || desired === undefined || live === undefined) return null
  if (isList(rendered) && isList(desired) && isList(live)) {
    if (rendered.length !== desired.length || rendered.length !== live.length) return null
    return join(rendered.map((one, index) => solve(one, desired[index], live[index], standIns)))
  }
  if (isObject(rendered) && isObject(desired) && isObject(live)) {
    const names = Object.keys(rendered)
    if (names.length !== Object.keys(desired).length || names.length !== Object.keys(live).length) return null
    return join(names.map((name) => solve(rendered[name], desired[name], live[name], standIns)))
  }
  if (rendered === null || typeof rendered === 'object' || isObject(live) || isList(live)) return isSame(rendered, live) ? [] : null
  return solveScalar(rendered, desired, live, standIns)
}

function join(parts: readonly (readonly Solved[] | null)[]): readonly Solved[] | null {
  return parts.every((part) => part !== null) ? parts.flat() : null
}

function solveScalar(rendered: Json, desired: Json, live: Json, standIns: readonly StandIn[]): readonly Solved[] | null {
  const whole = standIns.find(({ stands, text }) => isSame(stands, rendered) || text === String(rendered))
  if (whole !== undefined) return [{ standIn: whole, desired, live }]
  const pieces = cut(String(rendered), standIns)
  if (pieces.found.length === 0) return isSame(rendered, desired) && isSame(rendered, live) ? [] : null
  const old = match(pieces, String(desired), null)
  const now = old === null ? null : match(pieces, String(live), old)
  if (old === null || now === null) return null
  return pieces.found.map((standIn, index) => ({ standIn, desired: old[index] ?? '', live: now[index] ?? '' }))
}

type Pieces = { readonly literals: readonly string[]; readonly found: readonly StandIn[] }

function cut(text: string, standIns: readonly StandIn[]): Pieces {
  const places = standIns.flatMap((standIn) =>
    [...text.matchAll(new RegExp(escapePattern(standIn.text), 'g'))].map(({ index }) => ({ standIn, index })),
  )
  const literals: string[] = []
  const found: StandIn[] = []
  let from = 0
  for (const { standIn, index } of places.toSorted((a, b) => a.index - b.index)) {
    if (index < from) continue
    literals.push(text.slice(from, index))
    found.push(standIn)
    from = index + standIn.text.length
  }
  return { literals: [...literals, text.slice(from)], found }
}

/**
 * Fits a text to the literal pieces around the stand-ins, from the left.
 *
 * @param before what stood in the gaps before: taken again where it still fits
 */
function match({ literals, found }: Pieces, text: string, before: readonly string[] | null): readonly string[] | null {
  const [head = ''] = literals
  if (!text.startsWith(head)) return null
  let at = head.length
  const values: string[] = []
  for (const [index, standIn] of found.entries()) {
    const after = literals[index + 1] ?? ''
    const isLast = index === found.length - 1
    const old = before?.[index] ?? String(standIn.value ?? '')
    const stays = text.startsWith(old + after, at) && (isLast ? at + old.length + after.length === text.length : true)
    const end = stays
      ? at + old.length
      : isLast
        ? text.endsWith(after)
          ? text.length - after.length
          : -1
        : after === ''
          ? -1
          : text.indexOf(after, at)
    if (end < at) return null
    values.push(text.slice(at, end))
    at = end + after.length
  }
  return at === text.length ? values : null
}
