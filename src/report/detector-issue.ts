import { count } from '../count.ts'
import { type Checked, formatChecked, formatCommit, formatTime } from './issue-head.ts'
import { COMMENT_CHARS, escapeShortly, joinIssueText, takeFirstThatFits, takeLines } from './issue-text.ts'
import { shortenForTitle, TITLE_CHARS } from './issue-title.ts'
import { toLink } from './links.ts'
import { formatRemedy } from './markdown-parts.ts'
import { escapeMarkdown, toCode, toTitleText } from './sanitize.ts'
import { shorten } from './values.ts'

/** The issue that says that targets cannot be checked: a detector that is dead must not look like a cluster that is well. */

/** One target that could not be read, or not in full, for a while. */
export type DetectorTrouble = {
  readonly name: string
  readonly verdict: 'error' | 'incomplete'
  /** RFC 3339: the first of the checks in a row that failed. */
  readonly since: string
  readonly message: string
  /** Input, file or line that it comes from; null when unknown. */
  readonly where: string | null
  /** A sentence; lines after the first are to be copied. */
  readonly remedy: string
  /** Objects that could not be read. */
  readonly unread: number
}
export type DetectorInput = {
  readonly troubles: readonly DetectorTrouble[]
  /** As in `IssueInput`. */
  readonly checked: Checked | null
  readonly runsUrl: string | null
  readonly version: string
}

/** @returns at most 256 UTF-16 units: `Plumbline cannot check grokdevops, search` */
export function formatDetectorTitle({ troubles }: Pick<DetectorInput, 'troubles'>): string {
  const names = troubles.map(({ name }) => shortenForTitle(name, 60))
  for (let shown = Math.min(names.length, 20); shown > 0; shown--) {
    const more = names.length - shown
    const title = toTitleText(`Plumbline cannot check ${names.slice(0, shown).join(', ')}${more === 0 ? '' : ` and ${more} more`}`)
    if (title.length <= TITLE_CHARS) return title
  }
  return `Plumbline cannot check ${count(names.length, 'target')}`
}

/**
 * What cannot be checked, since when, why, and what to do about it. The same troubles give the same text, but for the
 * line that says when it was last checked.
 *
 * @param maxChars UTF-16 units, see `formatIssueBody`
 * @throws RangeError under 1500
 */
export function formatDetectorBody(input: DetectorInput, { maxChars = COMMENT_CHARS }: { readonly maxChars?: number } = {}): string {
  if (maxChars < 1500) throw new RangeError(`The text of an issue takes at least 1500 characters, not ${maxChars}.`)
  const { troubles, checked, runsUrl, version } = input
  const first = `**${count(troubles.length, 'target')} cannot be checked, so drift there would go unseen.** That no drift is reported means nothing until this is mended.`
  const around = (blocks: readonly string[], left: string) => [
    first,
    ...(checked === null ? [] : [formatChecked(checked, runsUrl)]),
    ...blocks,
    ...(left === ''
      ? []
      : [`> **Shortened.** Left out here: ${left}. The whole report is in the summary of the last run, and in its \`report.json\`.`]),
    `<small>Plumbline ${escapeShortly(version, 100)} keeps this text up to date, and closes the issue once all targets can be checked in full.</small>`,
  ]
  const list = () => {
    const lines = troubles.map((trouble) => `- **${escapeMarkdown(shorten(trouble.name, 120))}**: ${describeTrouble(trouble)}`)
    const room = maxChars - joinIssueText(around([], 'reasons and remedies')).length - 2
    return around([takeLines(lines, room, (number) => `- and ${count(number, 'more target')}`).join('\n')], 'reasons and remedies')
  }
  return takeFirstThatFits([() => around(troubles.flatMap(writeTrouble), ''), list], maxChars) ?? joinIssueText([first])
}

export type DetectorClosing = {
  /** The targets that the issue was open for. */
  readonly names: readonly string[]
  /** RFC 3339: when all of them were checked in full. */
  readonly at: string
  readonly commit: string | null
  readonly runUrl: string | null
}

/** Why the issue is closed: all targets can be checked again. */
export function formatDetectorClosing({ names, at, commit, runUrl }: DetectorClosing): string {
  const run = runUrl === null ? '' : ` (${toLink('the run', runUrl, 'run')})`
  const lines = names.map((name) => `- ${escapeShortly(name, 600)}`)
  return joinIssueText([
    `**${count(names.length, 'target')} can be checked in full again.** This closes the issue.`,
    `Checked: ${formatTime(at)}${formatCommit(commit)}${run}`,
    takeLines(lines, COMMENT_CHARS - 1000, (number) => `- and ${count(number, 'more target')}`).join('\n'),
  ])
}

function describeTrouble({ verdict, since, unread }: DetectorTrouble): string {
  return `${verdict === 'error' ? 'Not checked' : `${count(unread, 'object')} could not be read`} since ${formatTime(since)}`
}

function writeTrouble(trouble: DetectorTrouble): readonly string[] {
  const { name, message, where, remedy } = trouble
  const place = where === null ? '' : `${toCode(where, true)}: `
  return [`### ${escapeMarkdown(name)}`, `**${describeTrouble(trouble)}.** ${place}${escapeMarkdown(message)}`, ...formatRemedy(remedy)]
}
