import { count } from '../count.ts'
import type { Finding } from '../model.ts'
import { NOT_A_PERSON } from './describe-finding.ts'
import { formatDriftByObject, formatFactLine } from './issue-findings.ts'
import { formatIssueHead, type IssueInput } from './issue-head.ts'
import {
  formatAccepted,
  formatAnswers,
  formatChoices,
  formatComparison,
  formatDecided,
  formatFoot,
  formatOthers,
  formatUnseen,
  formatWhy,
  type IssueParts,
  withoutPassingDetails,
} from './issue-sections.ts'
import { COMMENT_CHARS, escapeShortly, joinIssueText, takeFirstThatFits, takeLines } from './issue-text.ts'
import { type LongForm, listLongForms } from './markdown-forms.ts'
import { formatNames, formatUnread, formatViews } from './markdown-parts.ts'
import { escapeMarkdown } from './sanitize.ts'
import { shortenIds } from './short-ids.ts'

export type { Checked, IssueInput } from './issue-head.ts'

/** No text of an issue fits into less. */
const FEWEST_CHARS = 1500

/**
 * Our part of a target's issue, in GitHub's Markdown: what a tired person on a phone has to know first, the rest folded.
 * The same cluster and the same Git give the same text, but for the line that says when it was last checked.
 *
 * It is written again with less until it fits, is never cut inside a line or a fence, and says what was left out and where that is.
 *
 * @param maxChars UTF-16 units: what is left of GitHub's limit beside the hidden state and a person's own text
 * @throws RangeError when `maxChars` cannot hold even the first sentences (under 1500)
 */
export function formatIssueBody(input: IssueInput, { maxChars = COMMENT_CHARS }: { readonly maxChars?: number } = {}): string {
  if (maxChars < FEWEST_CHARS) throw new RangeError(`The text of an issue takes at least ${FEWEST_CHARS} characters, not ${maxChars}.`)
  const ids = shortenIds(input.target.findings.map(({ id }) => id))
  const parts: IssueParts = { ...input, ids, drift: input.target.findings.filter(({ drift }) => drift) }
  const long = listLongForms([input.target]).map((form) => () => writeLong(parts, form, maxChars))
  const forms = [...long, () => writeList(parts, maxChars), () => writeCounts(parts)]
  return takeFirstThatFits(forms, maxChars) ?? joinIssueText(writeLeast(parts))
}

/** @param maxChars UTF-16 units: more of the objects' YAML is not even computed */
function writeLong(parts: IssueParts, form: LongForm, maxChars: number): readonly string[] {
  const { target, drift, ids } = parts
  // Who made it is told with the decision.
  const isTold = target.decision !== undefined || drift.every(({ evidence }) => evidence.manager === null)
  return [
    ...formatIssueHead(parts),
    ...formatWhy(parts),
    ...(drift.length === 0 ? [] : ['### What drifted', ...formatDriftByObject(drift, target, ids)]),
    ...(isTold ? [] : [`<small>${escapeMarkdown(NOT_A_PERSON)}</small>`]),
    ...formatUnseen(parts),
    ...formatAccepted(parts),
    ...formatUnread(withoutPassingDetails(target)),
    ...formatChoices(parts, form),
    ...formatAnswers(parts),
    ...formatDecided(parts, form),
    ...(form.views ? formatViews(target, maxChars) : []),
    ...formatOthers(target),
    ...formatComparison(target),
    ...formatFoot(parts, form.left),
  ]
}

/** Drift and what was accepted as one short line each, as many as there is room for, and the names of what was not read. */
function writeList(parts: IssueParts, maxChars: number): readonly string[] {
  const { target, drift, ids } = parts
  const accepted = target.findings.filter(({ acceptance }) => acceptance !== undefined)
  const objects = target.unread.map(({ object }) => object)
  const around = (driftLines: readonly string[], acceptedLines: readonly string[]) => [
    ...formatIssueHead(parts, (text) => escapeShortly(text, 600)),
    ...(drift.length === 0 ? [] : ['### What drifted', driftLines.join('\n')]),
    ...formatUnseen(parts),
    ...(accepted.length === 0 ? [] : ['### Accepted', acceptedLines.join('\n')]),
    ...(objects.length === 0 ? [] : [`Could not be read: ${formatNames(objects, target)}.`]),
    ...formatAnswers(parts),
    ...formatFoot(parts, 'values, tools and times of the differences, and everything that is no drift'),
  ]
  const room = maxChars - joinIssueText(around([], [])).length - 4
  const share = drift.length === 0 ? room : Math.floor(room / 4)
  const take = (findings: readonly Finding[], most: number) =>
    takeLines(
      findings.map((finding) => formatFactLine(finding, target.namespace, ids)),
      most,
      (number) => `- and ${count(number, 'more difference')}`,
    )
  const acceptedLines = take(accepted, share)
  return around(take(drift, room - acceptedLines.join('\n').length), acceptedLines)
}

function writeCounts(parts: IssueParts): readonly string[] {
  const { unseen = [] } = parts
  const { counts } = parts.target
  const numbers = `${counts.drift} drift, ${counts.accepted} accepted, ${counts.ignored} ignored, ${counts.undeployed} undeployed, ${counts.controller} controller, ${counts.admission} admission, ${counts.unread} unread, ${counts.setAside} set aside.`
  return [
    ...formatIssueHead(parts, (text) => escapeShortly(text, 400)),
    numbers,
    ...(unseen.length === 0 ? [] : [`${count(unseen.length, 'earlier difference')} could not be read again.`]),
    ...formatAnswers(parts),
    ...formatFoot(parts, 'the differences themselves'),
  ]
}

function writeLeast({ target, version }: IssueParts): readonly string[] {
  return [`**${count(target.counts.drift, 'difference')}.**`, ...formatFoot({ version }, 'nearly everything')]
}
