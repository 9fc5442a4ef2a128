import type { Finding, Json } from '../model.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { formatTextChange } from './text-change.ts'
import { formatSide, shorten } from './values.ts'
import { describeCause, describeSilence, describeTime, nameWriter } from './words.ts'

/** Characters of one value in a table; the YAML difference has the rest. */
const LONGEST_VALUE = 160

/** Both sides of a finding for a table cell: one line of Markdown. */
export function formatChangeCell(finding: Finding): string {
  const { change, desired, live } = finding
  const write = (value: Json | undefined) => toCode(shorten(formatSide(finding, value), LONGEST_VALUE), true)
  if (change === 'missing-object') return 'in Git, but **not in the cluster**'
  if (change === 'extra-object') return 'in the cluster, but **not in Git**'
  if (change === 'added') return `**added** ${write(live)}`
  if (change === 'removed') return `**removed** ${write(desired)}`
  const lines = formatTextChange(desired, live)
  if (lines !== null) return lines.map((line) => toCode(shorten(line, LONGEST_VALUE))).join('<br>')
  return `${write(desired)} → ${write(live)}`
}

/** Who wrote it and when, for a table cell. */
export function formatWriterCell({ evidence, drift, confidence, because }: Finding, now: string): string {
  const doubt = drift && confidence !== 'certain' ? `<br>${escapeMarkdown(`${confidence}: ${because}`)}` : ''
  if (evidence.manager === null) return `not recorded${doubt}`
  return `${toCode(nameWriter(evidence))}<br>${escapeMarkdown(describeTime(evidence, now))}${doubt}`
}

/** Why a finding has its cause, or who decided to live with it. */
export function formatCauseLine(finding: Finding): string {
  return escapeMarkdown(describeSilence(finding) ?? describeCause(finding))
}
