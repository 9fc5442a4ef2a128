import { structuredPatch } from 'diff'
import type { Json } from '../model.ts'

/** Lines of a changed text that are shown; the YAML difference has the rest. */
const MOST_LINES = 12

/**
 * What changed between two texts of several lines (a file in a ConfigMap), as `- ` and `+ ` lines.
 *
 * @returns null when the values are not such texts, or have too little in common
 */
export function formatTextChange(desired: Json | undefined, live: Json | undefined): readonly string[] | null {
  if (typeof desired !== 'string' || typeof live !== 'string') return null
  if (!desired.trimEnd().includes('\n') && !live.trimEnd().includes('\n')) return null
  if (endLine(desired) === endLine(live)) return ['(only the line feed at the end differs)']
  const patch = structuredPatch('', '', endLine(desired), endLine(live), undefined, undefined, { context: 0, maxEditLength: 1000 })
  const changed = patch?.hunks.flatMap((hunk) => hunk.lines) ?? []
  if (changed.length === 0) return null
  const lines = changed.map((line) => `${line.charAt(0)} ${line.slice(1)}`)
  if (lines.length <= MOST_LINES + 2) return lines
  return [...lines.slice(0, MOST_LINES), `... and ${lines.length - MOST_LINES} more changed lines`]
}

function endLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
