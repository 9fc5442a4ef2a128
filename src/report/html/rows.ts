import { diffLines, diffWordsWithSpace } from 'diff'
import type { ObjectView } from '../../model.ts'
import { endLine } from '../view.ts'

/** A piece of a line; `changed` where the other side has something else. */
export type Piece = { readonly text: string; readonly changed: boolean }
export type Line = { readonly number: number; readonly pieces: readonly Piece[] }
/** One line of both sides; null where a side has none. */
export type Row = { readonly same: boolean; readonly desired: Line | null; readonly live: Line | null }
/** Rows that belong together: with a change among them, or unchanged ones between two of those. */
export type Stretch = { readonly changed: boolean; readonly rows: readonly Row[] }

/** Unchanged lines around a change. */
const CONTEXT = 3
/** So few unchanged lines are not worth folding. */
const FEW = 4
/** Texts that take more edits than this are not worth a reader's time, nor the time to compute them. */
const MOST_EDITS = 500
/** In longer lines it takes too long to find what changed within them. */
const LONGEST_LINE = 300

/** Both sides of an object line by line; null when they differ in more places than it takes to compare them. */
export function alignView({ desired, live }: ObjectView): readonly Row[] | null {
  const parts = diffLines(endLine(desired), endLine(live), { maxEditLength: MOST_EDITS })
  if (parts === undefined) return null
  const rows: Row[] = []
  let [left, right] = [0, 0]
  let gone: readonly string[] = []
  const flush = (came: readonly string[]) => {
    for (let at = 0; at < Math.max(gone.length, came.length); at++) {
      const [old, young] = markPieces(gone[at], came[at])
      rows.push({
        same: false,
        desired: old === null ? null : { number: ++left, pieces: old },
        live: young === null ? null : { number: ++right, pieces: young },
      })
    }
    gone = []
  }
  for (const { value, added, removed } of parts) {
    const lines = value.replace(/\n$/, '').split('\n')
    if (removed) gone = lines
    else if (added) flush(lines)
    else {
      flush([])
      for (const text of lines) {
        const pieces = [{ text, changed: false }]
        rows.push({ same: true, desired: { number: ++left, pieces }, live: { number: ++right, pieces } })
      }
    }
  }
  flush([])
  return rows
}

/** Rows as stretches that alternate: changes with some lines around them, and what lies between. */
export function foldRows(rows: readonly Row[]): readonly Stretch[] {
  const places = rows.flatMap(({ same }, at) => (same ? [] : [at]))
  const near = new Set(places.flatMap((at) => range(at - CONTEXT, at + CONTEXT)))
  // Also what lies between two changes, or between one and an end, where that is little.
  for (const [at, end] of [-1 - CONTEXT, ...places].map((at, index) => [at, places[index] ?? rows.length + CONTEXT] as const)) {
    if (end - at - 1 <= 2 * CONTEXT + FEW) for (const between of range(at, end)) near.add(between)
  }
  const stretches: { readonly changed: boolean; readonly rows: Row[] }[] = []
  for (const [at, row] of rows.entries()) {
    const changed = near.has(at)
    const last = stretches.at(-1)
    if (last?.changed === changed) last.rows.push(row)
    else stretches.push({ changed, rows: [row] })
  }
  return stretches
}

/** What differs within a line, where both sides have one and have much in common. */
function markPieces(desired: string | undefined, live: string | undefined): readonly [readonly Piece[] | null, readonly Piece[] | null] {
  const whole = (text: string | undefined) => (text === undefined ? null : [{ text, changed: false }])
  if (desired === undefined || live === undefined) return [whole(desired), whole(live)]
  if (Math.max(desired.length, live.length) > LONGEST_LINE) return [whole(desired), whole(live)]
  const parts = diffWordsWithSpace(desired, live)
  const kept = parts.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.trim().length, 0)
  if (kept * 3 < Math.min(desired.trim().length, live.trim().length)) return [whole(desired), whole(live)]
  return [
    parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, changed: removed })),
    parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, changed: added })),
  ]
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step)
}
