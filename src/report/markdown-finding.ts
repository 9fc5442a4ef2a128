import type { Finding } from '../model.ts'
import { describeConflict, describeFate, endSentence } from './decision-words.ts'
import { describeCause, describeSilence, nameWriter } from './describe-finding.ts'
import { describeAge, formatUtc } from './describe-time.ts'
import { writeSentence } from './markdown-advice.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { formatTextChange } from './text-change.ts'
import { formatSide, shorten } from './values.ts'

/** Characters of one value in a table; the YAML difference has the rest. */
const LONGEST_VALUE = 160

/** Both sides of a finding for a table cell: one line of Markdown. */
export function formatChangeCell(finding: Finding): string {
  const { change, desired, live } = finding
  const write = (side: 'desired' | 'live') => toCode(shorten(formatSide(finding, side), LONGEST_VALUE), true)
  if (change === 'missing-object') return 'in Git, but **not in the cluster**'
  if (change === 'extra-object') return 'in the cluster, but **not in Git**'
  if (change === 'added') return `**added** ${write('live')}`
  if (change === 'removed') return `**removed** ${write('desired')}`
  const lines = formatTextChange(desired, live)
  if (lines !== null) return lines.map((line) => toCode(shorten(line, LONGEST_VALUE))).join('<br>')
  return `${write('desired')} → ${write('live')}`
}

/** Who wrote it and when, and why that is no drift or not certain, for a table cell. */
export function formatWriterCell(finding: Finding, now: string): string {
  const { evidence, drift, confidence } = finding
  const why = describeSilence(finding) ?? (drift && confidence === 'certain' ? '' : describeCause(finding))
  const writer = evidence.manager === null ? 'not recorded' : `${toCode(nameWriter(evidence))}<br>${formatTime(evidence.time, now)}`
  return why === '' ? writer : `${writer}<br>${escapeMarkdown(why)}`
}

/** The age first, since that is what a reader asks; the exact time on a line of its own. */
function formatTime(time: string | null, now: string): string {
  if (time === null) return 'time not recorded'
  const age = describeAge(time, now)
  return `${age === null ? '' : `${age}<br>`}${escapeMarkdown(formatUtc(time))}`
}

/** What the next deploy does to it and why, for a table cell; empty where that is not known. */
export function formatFateCell({ fate }: Finding): string {
  if (fate === undefined) return ''
  const conflict = describeConflict(fate)
  return [
    `**${describeFate(fate)}**: ${writeSentence(endSentence(fate.reason))}`,
    ...(conflict === null ? [] : [`<small>${writeSentence(conflict)}</small>`]),
  ].join('<br>')
}
