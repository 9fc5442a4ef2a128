import { formatUtc } from '../describe-time.ts'
import { nameCommit } from '../issue-head.ts'
import { COMMENT_CHARS, escapeShortly, joinIssueText, takeFirstThatFits } from '../issue-text.ts'
import { toLink } from '../links.ts'
import { escapeMarkdown } from '../sanitize.ts'
import { shorten } from '../values.ts'
import { listConcerned, type PreviewReport } from './arrange.ts'
import { formatBlindness, formatHeadline, formatOthers, listPreviewForms } from './forms.ts'
import { markPreview } from './marker.ts'
import { NOTHING_LEFT, RENDERED_ELSEWHERE } from './words.ts'

export type PreviewCommentOptions = {
  /** As `makePreviewKey` makes it. */
  readonly key: string
  /** The run that the text is of; of two, the one with the lower number is older. Null where that is not known. */
  readonly run: number | null
  /** The run's page, which has the job summary with everything. */
  readonly runUrl: string | null
  /** Who has rendered the pull request: this very job, or another one of the pull request's own, whose artifact was read. */
  readonly rendered?: 'here' | 'elsewhere'
  /** UTF-16 units; GitHub refuses more than 65,536. */
  readonly maxChars?: number
}

const FEWEST_CHARS = 1500

/**
 * The comment on a pull request that tells what it will do to the cluster as it is: one sentence, a table by object, what
 * has to be decided, and the rest folded. It is written again with less until it fits, is never cut inside a line, and
 * says what was left out and where that is. Where nothing concerns the cluster any more, it says so.
 *
 * The mark comes first and what differs from run to run comes last, on a line of its own: see `saySame`.
 *
 * @throws RangeError when `maxChars` cannot hold even the first sentences (under 1500)
 */
export function formatPreviewComment(report: PreviewReport, options: PreviewCommentOptions): string {
  const { maxChars = COMMENT_CHARS } = options
  if (maxChars < FEWEST_CHARS) throw new RangeError(`The text of a comment takes at least ${FEWEST_CHARS} characters, not ${maxChars}.`)
  const mark = (text: string) => markPreview({ key: options.key, run: options.run ?? 0 }, text)
  const room = maxChars - mark('').length
  if (listConcerned(report).length === 0) return mark(writeNothing(report, options, room))
  const forms = listPreviewForms().map(({ left, write }) => () => [
    formatHeadline(report, left === '' ? 1000 : 400),
    ...formatBlindness(report),
    ...write(report, room),
    ...formatOthers(report),
    ...formatEnd(report, options, left),
  ])
  return mark(takeFirstThatFits(forms, room) ?? joinIssueText(writeLeast(report, options)))
}

function writeNothing(report: PreviewReport, options: PreviewCommentOptions, room: number): string {
  const forms = [[...formatBlindness(report), ...formatOthers(report)], []].map((around) => () => [
    `**${NOTHING_LEFT}**`,
    ...around,
    ...formatEnd(report, options, ''),
  ])
  return takeFirstThatFits(forms, room) ?? joinIssueText([`**${NOTHING_LEFT}**`, ...formatEnd(report, options, '')])
}

function writeLeast(report: PreviewReport, options: PreviewCommentOptions): readonly string[] {
  return [formatHeadline(report, 200), ...formatEnd(report, options, 'nearly everything')]
}

/** What was left out, what was compared with what, and, on a line of its own, which run says so. */
function formatEnd(report: PreviewReport, { runUrl, rendered = 'here' }: PreviewCommentOptions, left: string): readonly string[] {
  const { base, head } = report.pullRequest
  const against = base === null ? '' : `, against the base's ${nameCommit(base)}`
  const summary = toLink('summary of the run', runUrl, 'run')
  const version = escapeShortly(report.tool.version, 100)
  const time = escapeMarkdown(shorten(formatUtc(report.generatedAt), 40))
  return [
    ...(left === ''
      ? []
      : [`> **Shortened.** Left out here: ${left}. The whole preview is in the job summary and in its \`report.json\`.`]),
    ...(rendered === 'elsewhere' ? [`> ${escapeMarkdown(RENDERED_ELSEWHERE)}`] : []),
    ...(head === null ? [] : [`<small>This is about ${nameCommit(head)}${against}.</small>`]),
    `<small>Plumbline ${version}, ${time}: everything is in the ${summary}. It only reads: nothing was written to the cluster.</small>`,
  ]
}
