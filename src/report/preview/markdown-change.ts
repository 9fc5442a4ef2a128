import type { PreviewChange } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { describeConflict } from '../decision-words.ts'
import { nameObject } from '../describe-finding.ts'
import { escapeMarkdown, toCode } from '../sanitize.ts'
import { formatTextChange } from '../text-change.ts'
import { formatValueAt, shorten } from '../values.ts'
import type { PreviewedTarget } from './arrange.ts'
import { tellOrigin, tellSides, tellText } from './tell-sides.ts'

/** One place of a preview in Markdown. Whatever it takes is hostile; what it gives is safe. */

const LONGEST_VALUE = 160
const LONGEST_TEXT = 600

/** A change with its values, why, and who made what it meets by hand: one item of a list. */
export function formatChange(change: PreviewChange, target: PreviewedTarget): string {
  const conflict = describeConflict(change)
  const lines = [
    formatPlace(change, target),
    escapeMarkdown(shorten(tellText(change), LONGEST_TEXT)),
    ...formatValues(change, target),
    ...(conflict === null ? [] : [`<small>${escapeMarkdown(shorten(conflict, LONGEST_TEXT))}</small>`]),
    ...formatOrigin(change, target),
  ]
  return `- ${lines.filter((line) => line !== '').join('<br>')}`
}

/** The same in one short line: the object, the place, and the values where they are short. */
export function formatChangeLine(change: PreviewChange, target: PreviewedTarget): string {
  const { base, head, live, path } = change
  const last = path.length === 0 ? '' : ` ${toCode(shorten(formatPath(path), 120), true)}`
  const sides = path.length === 0 ? '' : formatSides([...new Set([base, live, head].map((side) => formatValueAt(path, side)))])
  return `- ${escapeMarkdown(shorten(nameObject(change.object, target.namespace), 120))}${last}${sides}`
}

function formatSides(values: readonly string[]): string {
  return values.every((value) => value.length <= 40) ? `: ${values.map((value) => toCode(value)).join(' → ')}` : ''
}

function formatPlace({ object, path }: PreviewChange, target: PreviewedTarget): string {
  const name = `**${escapeMarkdown(shorten(nameObject(object, target.namespace), 300))}**`
  return path.length === 0 ? name : `${name} ${toCode(formatPath(path), true)}`
}

/** What Git said, what it will say, and what the cluster has; lines of a text of several. Nothing for whole objects. */
function formatValues(change: PreviewChange, target: PreviewedTarget): readonly string[] {
  const sides = tellSides(change, target, LONGEST_VALUE)
  if (sides === null) return []
  const lines = formatTextChange(change.live, change.head)
  if (lines !== null) {
    return ['From what is there to what Git will say:', ...lines.map((line) => toCode(shorten(line, LONGEST_VALUE)))]
  }
  const write = (side: string | null) => (side === null ? 'not set' : toCode(side, true))
  const git = `Git ${sides.before === undefined ? '' : `${write(sides.before)} → `}${write(sides.git)}`
  return [sides.live === undefined ? git : `${git}, cluster ${write(sides.live)}`]
}

/** Who made by hand what the change meets, and what the team has decided about that. */
function formatOrigin(change: PreviewChange, target: PreviewedTarget): readonly string[] {
  const origin = tellOrigin(change, target)
  if (origin === null) return []
  const { writer, time, decided } = origin
  const parts = [
    ...(writer === null ? [] : [`Made with ${toCode(shorten(writer, 100))}, ${escapeMarkdown(time)}.`]),
    ...(decided === null ? [] : [escapeMarkdown(shorten(decided, LONGEST_TEXT))]),
  ]
  return parts.length === 0 ? [] : [`<small>${parts.join(' ')}</small>`]
}
