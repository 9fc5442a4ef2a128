import type { AcceptanceRecord } from '../memory/model.ts'
import type { Finding, TargetReport } from '../model.ts'
import { formatFactLine } from './issue-findings.ts'
import { formatCommit, formatTime } from './issue-head.ts'
import { COMMENT_CHARS, escapeShortly, joinIssueText, takeLines } from './issue-text.ts'
import { toLink } from './links.ts'
import { escapeMarkdown } from './sanitize.ts'
import { shortenIds } from './short-ids.ts'
import { shorten } from './values.ts'
import { count } from './words.ts'

/** Comments are told once and mailed to everyone who follows the issue: each says one thing, and says what happened first. */

/** Why an acceptance is over before anyone asked about it. */
export type EndOfAcceptance = 'expired' | 'withdrawn' | 'comment-edited' | 'comment-deleted' | 'no-write-access'

const ENDS: Readonly<Record<EndOfAcceptance, string>> = {
  expired: 'it expired',
  withdrawn: 'it was withdrawn',
  'comment-edited': 'its comment was edited afterwards',
  'comment-deleted': 'its comment was deleted',
  'no-write-access': 'its author has no write access any more',
}

export type ChangeComment = {
  /** Drift that was not there when last told. */
  readonly came: readonly Finding[]
  /** Drift that is gone, as the facts of its streaks. */
  readonly went: readonly string[]
  /** Drift at a place that was told before with another value: the fact then, the finding now. */
  readonly changed: readonly { readonly before: string; readonly finding: Finding }[]
  readonly ended: readonly { readonly record: AcceptanceRecord; readonly why: EndOfAcceptance }[]
  /** How many drift findings there are now. */
  readonly stillOpen: number
  /** The ids that the issue shows, so that a short one is as long as there. */
  readonly ids?: readonly string[]
}

/** What changed in the set of findings since the issue last told it. */
export function formatChangeComment({ came, went, changed, ended, stillOpen, ids = [] }: ChangeComment): string {
  const short = shortenIds([...ids, ...came.map(({ id }) => id), ...changed.map(({ finding }) => finding.id)])
  const line = (finding: Finding) => formatFactLine(finding, { namespace: finding.object.namespace ?? '' }, short)
  const counts = [
    came.length === 0 ? '' : `${count(came.length, 'difference')} came`,
    changed.length === 0 ? '' : `${changed.length} changed again`,
    went.length === 0 ? '' : `${went.length} went`,
    ended.length === 0 ? '' : `${count(ended.length, 'acceptance')} ended`,
  ].filter((part) => part !== '')
  const open = stillOpen === 0 ? 'No drift is left.' : `${count(stillOpen, 'difference is', 'differences are')} open now.`
  return writeComment(`**${counts.length === 0 ? 'Nothing changed' : counts.join(', ')}.** ${open}`, [
    ['Came', came.map(line)],
    ['Changed', changed.map(({ before, finding }) => `${line(finding)}<br>before: ${escapeMarkdown(shorten(before, 150))}`)],
    ['Went', went.map(formatFact)],
    ['No longer accepted', ended.map(({ record, why }) => formatEnd(record, why))],
  ])
}

/** Who moved at the place of an earlier finding: `either` where that cannot be told, since the value is secret. */
export type Moved = { readonly fact: string; readonly who: 'git' | 'cluster' | 'either' | 'both' }

const MOVES: Readonly<Record<Moved['who'], string>> = {
  git: 'Git was changed to what the cluster has',
  cluster: 'the cluster was set back to what Git says',
  both: 'Git and the cluster were both changed, and agree now',
  either: 'Git or the cluster was changed; which of them is not known',
}

export type ClosingComment = {
  /** The complete reading without drift that closes the issue. */
  readonly target: TargetReport
  /** RFC 3339: when it was read. */
  readonly at: string
  readonly commit: string | null
  readonly runUrl: string | null
  /** The findings that the issue was open for. */
  readonly moved: readonly Moved[]
  /** RFC 3339: since when it had drifted. */
  readonly since: string | null
}

/** The proof with which an issue is closed: what was compared with what and when, and who moved. */
export function formatClosingComment({ target, at, commit, runUrl, moved, since }: ClosingComment): string {
  const { counts } = target
  const aside = [
    counts.accepted === 0 ? '' : `${count(counts.accepted, 'difference is', 'differences are')} accepted`,
    counts.ignored === 0 ? '' : `${count(counts.ignored, 'difference is', 'differences are')} ignored by your rules`,
    counts.undeployed === 0
      ? ''
      : `${count(counts.undeployed, 'change')} in Git ${counts.undeployed === 1 ? 'is' : 'are'} not deployed yet`,
    counts.setAside === 0 ? '' : `${count(counts.setAside, 'object was', 'objects were')} set aside, such as hooks and tests`,
  ].filter((part) => part !== '')
  const proof = [
    `- Checked: ${formatTime(at)}${formatCommit(commit)}${runUrl === null ? '' : ` (${toLink('the run', runUrl, 'run')})`}`,
    `- Compared: ${counts.compared} of ${count(counts.objects, 'rendered object')}, value by value; ${counts.unread === 0 ? 'none was left unread' : `${counts.unread} could not be read`}`,
    ...(aside.length === 0 ? [] : [`- Not counted: ${aside.join('; ')}`]),
    ...(since === null ? [] : [`- It had drifted since ${formatTime(since)}`]),
  ]
  return writeComment(
    `**${escapeShortly(target.name, 600)} no longer drifts.** This closes the issue; if the same drift returns soon, it is opened again.`,
    [
      ['', proof],
      ['What became of it', moved.map(({ fact, who }) => `${formatFact(fact)}: ${MOVES[who]}`)],
    ],
  )
}

export type ReopenComment = {
  /** The drift that is back. */
  readonly back: readonly Finding[]
  /** RFC 3339: when the issue was closed; null when that is not known. */
  readonly closedAt: string | null
  /** The ids that the issue shows, so that a short one is as long as there. */
  readonly ids?: readonly string[]
}

/** Why a closed issue is open again. */
export function formatReopenComment({ back, closedAt, ids = [] }: ReopenComment): string {
  const short = shortenIds([...ids, ...back.map(({ id }) => id)])
  const closed = closedAt === null ? '' : ` after this issue was closed on ${formatTime(closedAt)}`
  return writeComment(`**The same drift is back**${closed}, so it is open again.`, [
    ['', back.map((finding) => formatFactLine(finding, { namespace: finding.object.namespace ?? '' }, short))],
  ])
}

export type RemovedComment = {
  readonly name: string
  /** RFC 3339: when the configuration was read. */
  readonly at: string
  readonly commit: string | null
  readonly runUrl: string | null
}

/** Why an issue is closed although nobody showed that the drift is gone: its target is no longer in the configuration. */
export function formatRemovedComment({ name, at, commit, runUrl }: RemovedComment): string {
  return writeComment(
    `**${escapeShortly(name, 600)} is no longer in the configuration.** So nobody checks it any more, and this closes the issue as not planned. Whether it still drifts is not known. If the target was renamed, its drift is filed anew under the new name.`,
    [
      [
        '',
        [
          `- Configuration read: ${formatTime(at)}${formatCommit(commit)}${runUrl === null ? '' : ` (${toLink('the run', runUrl, 'run')})`}`,
        ],
      ],
    ],
  )
}

/** Two runs at once filed the same drift: this one gives way. GitHub knows `Duplicate of` and marks the issue. */
export function formatDuplicateComment(number: number): string {
  return writeComment(`Duplicate of #${Math.trunc(number)}`, [
    ['', ['Two runs filed the same drift at once. The other issue is kept up to date.']],
  ])
}

export type StaleComment = {
  /** RFC 3339: the newest check on record. */
  readonly checkedAt: string | null
  /** Whole days since. */
  readonly days: number
  readonly runsUrl: string | null
}

/** That what the issue says may be out of date, since nobody checked the target. */
export function formatStaleComment({ checkedAt, days, runsUrl }: StaleComment): string {
  const last = checkedAt === null ? '' : ` The last check was at ${formatTime(checkedAt)}.`
  const runs = runsUrl === null ? '' : ` See ${toLink('all runs', runsUrl, 'runs')}.`
  return writeComment(
    `**Nobody has checked this for ${count(Math.trunc(days), 'day')}**, so what stands above may be out of date.${last}${runs} GitHub disables a schedule after 60 days without activity in a public repository, and drops runs at busy hours.`,
    [],
  )
}

function formatEnd({ by, because, until, comment }: AcceptanceRecord, why: EndOfAcceptance): string {
  const reason = escapeMarkdown(shorten(because, 300))
  return `- ${escapeMarkdown(shorten(by, 60))} had accepted this until ${formatTime(until)} (${toLink('comment', comment.url, 'comment')}): ${reason}<br>Why it ended: ${ENDS[why]}`
}

function formatFact(fact: string): string {
  return `- ${escapeMarkdown(shorten(fact, 200))}`
}

/** A first sentence, and lists with their headings, each with as many lines as there is room for. */
function writeComment(first: string, lists: readonly (readonly [title: string, lines: readonly string[]])[]): string {
  const filled = lists.filter(([, lines]) => lines.length > 0)
  const room = Math.floor((COMMENT_CHARS - first.length - 200) / Math.max(1, filled.length))
  return joinIssueText([
    first,
    ...filled.flatMap(([title, lines]) => [
      ...(title === '' ? [] : [`**${title}**`]),
      takeLines(lines, room - 100, (number) => `- and ${count(number, 'more', 'more')}`).join('\n'),
    ]),
  ])
}
