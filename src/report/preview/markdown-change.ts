import type { PreviewChange } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { endSentence } from '../decision-words.ts'
import { describeSilence, nameObject, nameWriter } from '../describe-finding.ts'
import { formatUtc } from '../describe-time.ts'
import { escapeMarkdown, toCode } from '../sanitize.ts'
import { formatTextChange } from '../text-change.ts'
import { formatValue, formatValueAt, shorten } from '../values.ts'
import type { PreviewedTarget } from './arrange.ts'

/** One place of a preview in Markdown. Whatever it takes is hostile; what it gives is safe. */

const LONGEST_VALUE = 160
const LONGEST_TEXT = 600

/** A change with its values, why, and who made what it meets by hand: one item of a list. */
export function formatChange(change: PreviewChange, target: PreviewedTarget): string {
  const { conflict, contested, confidence, prospect } = change
  const lines = [
    formatPlace(change, target),
    `${contested && prospect === 'fails' ? '**Conflict of intent.** ' : ''}${escapeMarkdown(shorten(endSentence(change.text), LONGEST_TEXT))}${confidence === 'certain' ? '' : ` (${confidence})`}`,
    ...formatValues(change, target),
    ...(conflict === undefined ? [] : [`<small>It will say: ${escapeMarkdown(shorten(conflict, LONGEST_TEXT))}</small>`]),
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
function formatValues({ path, base, head, live }: PreviewChange, { preview }: PreviewedTarget): readonly string[] {
  if (path.length === 0) return []
  const lines = formatTextChange(live, head)
  if (lines !== null) {
    return ['From what is there to what Git will say:', ...lines.map((line) => toCode(shorten(line, LONGEST_VALUE)))]
  }
  const write = (side: PreviewChange['base']) =>
    side === undefined ? 'not set' : toCode(shorten(formatValueAt(path, side), LONGEST_VALUE), true)
  const git = formatValue(base) === formatValue(head) ? `Git ${write(head)}` : `Git ${write(base)} → ${write(head)}`
  return [preview.against === 'base' ? git : `${git}, cluster ${write(live)}`]
}

/** Who made by hand what the change meets, and what the team has decided about that. */
function formatOrigin({ finding: id }: PreviewChange, { findings }: PreviewedTarget): readonly string[] {
  const finding = id === undefined ? undefined : findings.find((one) => one.id === id)
  if (finding === undefined) return []
  const { evidence } = finding
  const time = evidence.time === null ? 'time not recorded' : escapeMarkdown(shorten(formatUtc(evidence.time), 40))
  const writer = evidence.manager === null ? '' : `Made with ${toCode(shorten(nameWriter(evidence), 100))}, ${time}.`
  const silence = describeSilence(finding)
  const decided = silence === null ? '' : escapeMarkdown(shorten(endSentence(silence), LONGEST_TEXT))
  const told = [writer, decided].filter((part) => part !== '').join(' ')
  return told === '' ? [] : [`<small>${told}</small>`]
}
