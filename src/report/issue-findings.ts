import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { describeConflict, describeFate, describeMeaning, endSentence, FATE_WORDS } from './decision-words.ts'
import { describeCause, nameObject, nameWriter } from './describe-finding.ts'
import { formatUtc } from './describe-time.ts'
import { groupByObject } from './groups.ts'
import { formatTime } from './issue-head.ts'
import { toLink } from './links.ts'
import { writeSentence } from './markdown-advice.ts'
import { formatChangeCell } from './markdown-finding.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { formatFact, shorten } from './values.ts'

/** Findings as an issue or a comment tells them: one line of Markdown each, with absolute times only. */

/** Characters of a path that leave room for both values on the same line of a phone. */
const LONGEST_PATH = 24

/** Ids as people type them, see `shortenIds`. */
export type ShortIds = ReadonlyMap<string, string>

/** Drift, under the name of each object: place, Git's value and the cluster's, the id, the tool and when, and since when. */
export function formatDriftByObject(findings: readonly Finding[], target: TargetReport, ids: ShortIds): readonly string[] {
  return groupByObject(findings).flatMap(({ object, findings: group }) => [
    `**${escapeMarkdown(nameObject(object, target.namespace))}**`,
    group
      .map(
        (finding) =>
          `- ${[formatChange(finding), ...formatTold(finding)].join('<br>')}<br><small>${formatDriftDetails(finding, ids)}</small>`,
      )
      .join('\n'),
  ])
}

/** One finding with its object, as in the issue but for the heading. */
export function formatDriftLine(finding: Finding, namespace: string, ids: ShortIds): string {
  const fate = finding.fate === undefined ? '' : ` · ${FATE_WORDS[finding.fate.next]}`
  return `- ${formatPlaced(finding, namespace)}<br><small>${formatDriftDetails(finding, ids)}${fate}</small>`
}

/** One line for each finding, with its object, as short as it can be: where there are too many for more. */
export function formatFactLine(finding: Finding, namespace: string, ids: ShortIds): string {
  const fact = escapeMarkdown(shorten(formatFact(finding, '→'), 100))
  const fate = finding.fate === undefined ? '' : `; ${FATE_WORDS[finding.fate.next]}`
  return `- ${formatId(finding, ids)} ${formatObjectUnlessNamed(finding, namespace)}${fact}${fate}${isNew(finding) ? ' (new)' : ''}`
}

/** A finding that a person has accepted: what, by whom, until when, why, and the comment that says so. */
export function formatAcceptedLine(finding: Finding, target: TargetReport, ids: ShortIds): string {
  const { by = '', because = '', until = '', url } = finding.acceptance ?? {}
  const who = `accepted by ${escapeMarkdown(shorten(by, 60))} until ${formatTime(until)}: ${escapeMarkdown(shorten(because, 300))}`
  const link = url === undefined ? '' : ` (${toLink('comment', url, 'comment')})`
  const fate = finding.fate === undefined ? '' : ` · ${FATE_WORDS[finding.fate.next]}`
  return `- ${formatPlaced(finding, target.namespace)}<br><small>${formatId(finding, ids)} · ${who}${link}${fate}</small>`
}

/** A finding that is no drift, and why it is none. */
export function formatOtherLine(finding: Finding, target: TargetReport): string {
  const { ignoredBy } = finding
  const rule =
    ignoredBy === undefined
      ? ''
      : `${escapeMarkdown(shorten(ignoredBy.reason, 300))}${ignoredBy.expires === null ? '' : `, until ${escapeMarkdown(ignoredBy.expires)}`}`
  return `- ${formatPlaced(finding, target.namespace)}<br>${rule === '' ? escapeMarkdown(describeCause(finding)) : rule}`
}

/** An id in code, ready to be copied into a command. */
export function formatId({ id }: Finding, ids: ShortIds): string {
  return toCode(ids.get(id) ?? id)
}

function formatPlaced(finding: Finding, namespace: string): string {
  const place = escapeMarkdown(nameObject(finding.object, namespace))
  return `${place}${finding.path.length === 0 ? ': ' : '<br>'}${formatChange(finding)}`
}

function formatChange(finding: Finding): string {
  const change = formatChangeCell(finding)
  if (finding.path.length === 0) return change
  const path = formatPath(finding.path)
  return `${toCode(path, true)}${path.length > LONGEST_PATH || change.includes('<br>') ? '<br>' : ' '}${change}`
}

/** What it means and what the next deploy does to it, as far as that is known: a line each. */
function formatTold(finding: Finding): readonly string[] {
  const { fate, meaning } = finding
  const title = describeMeaning(finding)
  const conflict = fate === undefined ? null : describeConflict(fate)
  return [
    ...(title === null ? [] : [`${writeSentence(title)}: ${writeSentence(endSentence(meaning?.reason ?? ''))}`]),
    ...(fate === undefined ? [] : [`**${describeFate(fate)}**: ${writeSentence(endSentence(fate.reason))}`]),
    ...(conflict === null ? [] : [`<small>${writeSentence(conflict)}</small>`]),
  ]
}

function formatDriftDetails(finding: Finding, ids: ShortIds): string {
  const { evidence, since, confidence } = finding
  const time = evidence.time === null ? 'time not recorded' : escapeMarkdown(formatUtc(evidence.time))
  const parts = [
    formatId(finding, ids),
    isNew(finding) ? '**new, may pass by itself**' : '',
    evidence.manager === null ? 'writer not recorded' : `${toCode(shorten(nameWriter(evidence), 80))}, ${time}`,
    since === undefined ? '' : `first seen ${formatTime(since)}`,
    confidence === 'certain' ? '' : escapeMarkdown(describeCause(finding)),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

/** The fact of an object that is missing or extra names it already. */
function formatObjectUnlessNamed({ path, object }: Finding, namespace: string): string {
  return path.length === 0 ? '' : `${escapeMarkdown(shorten(nameObject(object, namespace), 80))}: `
}

function isNew(finding: Finding): boolean {
  return finding.lasting === false
}
