import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { groupOthers, groupSetAside } from './groups.ts'
import { formatAcceptedLine, formatDriftByObject, formatFactLine, formatOtherLine, type ShortIds } from './issue-findings.ts'
import { formatIssueHead, type IssueInput } from './issue-head.ts'
import { COMMENT_CHARS, escapeShortly, joinIssueText, takeFirstThatFits, takeLines } from './issue-text.ts'
import { fold, formatNames, formatUnread, formatViews } from './markdown-parts.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { shortenIds } from './short-ids.ts'
import { shorten } from './values.ts'
import { count, describeComparison, describeWaysBack, NEXT_STEP, NOT_A_PERSON } from './words.ts'

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
  const forms = [() => writeLong(parts, true), () => writeLong(parts, false), () => writeList(parts, maxChars), () => writeCounts(parts)]
  return takeFirstThatFits(forms, maxChars) ?? joinIssueText(writeLeast(parts))
}

type IssueParts = IssueInput & { readonly ids: ShortIds; readonly drift: readonly Finding[] }

function writeLong(parts: IssueParts, views: boolean): readonly string[] {
  const { target, drift, ids } = parts
  return [
    ...formatIssueHead(parts, { verdict: escapeMarkdown }),
    ...(drift.length === 0 ? [] : ['### What drifted', ...formatDriftByObject(drift, target, ids)]),
    ...(drift.some((finding) => finding.evidence.manager !== null) ? [`<small>${escapeMarkdown(NOT_A_PERSON)}</small>`] : []),
    ...formatAccepted(parts),
    ...formatUnread(withoutPassingDetails(target)),
    ...formatChoices(drift),
    ...formatAnswers(parts),
    ...(views ? formatViews(target) : []),
    ...formatOthers(target),
    ...formatComparison(target),
    ...formatFoot(parts, views ? '' : "the objects' differences as YAML"),
  ]
}

/** Drift as one short line each, as many as there is room for, and the names of what was not read. */
function writeList(parts: IssueParts, maxChars: number): readonly string[] {
  const { target, drift, ids } = parts
  const unread =
    target.unread.length === 0
      ? []
      : [
          `Could not be read: ${formatNames(
            target.unread.map((one) => one.object),
            target,
          )}.`,
        ]
  const around = (lines: readonly string[]) => [
    ...formatIssueHead(parts, { verdict: (text) => escapeShortly(text, 600) }),
    lines.join('\n'),
    ...formatAccepted(parts),
    ...unread,
    ...formatAnswers(parts),
    ...formatFoot(parts, 'values, tools and times of the differences, and everything that is no drift'),
  ]
  const room = maxChars - joinIssueText(around([])).length - 2
  const lines = drift.map((finding) => formatFactLine(finding, target, ids))
  return around(room < 500 ? lines : takeLines(lines, room, (number) => `- and ${count(number, 'more difference')}`))
}

function writeCounts(parts: IssueParts): readonly string[] {
  const { counts } = parts.target
  const numbers = `${counts.drift} drift, ${counts.accepted} accepted, ${counts.ignored} ignored, ${counts.undeployed} undeployed, ${counts.controller} controller, ${counts.admission} admission, ${counts.unread} unread, ${counts.setAside} set aside.`
  return [
    ...formatIssueHead(parts, { verdict: (text) => escapeShortly(text, 400) }),
    numbers,
    ...formatAnswers(parts),
    ...formatFoot(parts, 'the differences themselves'),
  ]
}

function writeLeast({ target, version }: IssueParts): readonly string[] {
  return [`**${count(target.counts.drift, 'difference')}.**`, ...formatFoot({ target, version } as IssueParts, 'nearly everything')]
}

function formatAccepted({ target, ids }: IssueParts): readonly string[] {
  const accepted = target.findings.filter(({ acceptance }) => acceptance !== undefined)
  if (accepted.length === 0) return []
  return [
    `### Accepted: ${count(accepted.length, 'difference')}`,
    accepted.map((finding) => formatAcceptedLine(finding, target, ids)).join('\n'),
  ]
}

/** What the next deploy does and the ways back, as far as they are known for each finding. */
function formatChoices(drift: readonly Finding[]): readonly string[] {
  if (drift.length === 0) return []
  const ways = drift.flatMap((finding) =>
    describeWaysBack(finding).map((line) => `- ${toCode(formatPath(finding.path), true)} ${escapeMarkdown(line)}`),
  )
  return ['### What to do next', escapeMarkdown(NEXT_STEP), ...(ways.length === 0 ? [] : [ways.join('\n')])]
}

/** The commands stand in code and never at the start of a line: a text of ours must not be one. */
function formatAnswers({ target, drift, ids }: IssueParts): readonly string[] {
  const accepted = target.findings.filter(({ acceptance }) => acceptance !== undefined)
  const name = ([finding]: readonly Finding[]) => shorten((finding && ids.get(finding.id)) ?? 'ID', 40)
  const lines = [
    ...(drift.length === 0 ? [] : ['/drift accept all for 7d because ...', `/drift accept ${name(drift)} for 7d because ...`]),
    ...(accepted.length === 0 ? [] : [`/drift unaccept ${name(accepted)}`]),
    '/drift help',
  ]
  const why =
    drift.length > 0
      ? 'To live with it for a while, answer'
      : accepted.length > 0
        ? 'To end an acceptance, answer'
        : 'To ask for more, answer'
  return [`${why} with a comment (you need write access):`, lines.map((line) => `- ${toCode(line)}`).join('\n')]
}

function formatOthers(target: TargetReport): readonly string[] {
  const others = target.findings.filter(({ acceptance }) => acceptance === undefined)
  return groupOthers(others).flatMap(({ name, title, findings }) =>
    fold(`${name === 'decided' ? 'Ignored by your rules' : title}: ${count(findings.length, 'difference')}`, [
      findings.map((finding) => formatOtherLine(finding, target)).join('\n'),
    ]),
  )
}

function formatComparison(target: TargetReport): readonly string[] {
  const { counts } = target
  const rows = [
    ...describeComparison(target).map(([label, text]) => `- ${label}: ${escapeMarkdown(text)}`),
    ...groupSetAside(target.setAside).map(
      ({ reason, objects }) => `- set aside: ${formatNames(objects, target)}: ${escapeMarkdown(reason)}`,
    ),
  ]
  return fold(`What was compared: ${counts.compared} of ${count(counts.objects, 'object')}, ${counts.setAside} set aside`, [
    rows.join('\n'),
  ])
}

function formatFoot({ version }: Pick<IssueInput, 'version'>, left: string): readonly string[] {
  return [
    ...(left === ''
      ? []
      : [`> **Shortened.** Left out here: ${left}. The whole report is in the summary of the last run, and in its \`report.json\`.`]),
    `<small>Plumbline ${escapeShortly(version, 100)} keeps this text up to date, and closes the issue once all was read and nothing has drifted. It only reads: nothing was written to the cluster.</small>`,
  ]
}

/** A server that fails words each failure anew; an issue must not change with it. The run's report has the words. */
const PASSING = new Set(['timeout', 'server-error', 'bad-answer', 'rate-limited', 'discovery-failed'])

function withoutPassingDetails(target: TargetReport): TargetReport {
  return { ...target, unread: target.unread.map((one) => (PASSING.has(one.reason) ? { ...one, detail: '' } : one)) }
}
