import { count } from '../count.ts'
import type { Finding } from '../model.ts'
import { ownNamespace, writeComment } from './comment-text.ts'
import { formatDriftLine } from './issue-findings.ts'
import { formatCommit, formatTime } from './issue-head.ts'
import { escapeShortly, joinIssueText } from './issue-text.ts'
import { toLink } from './links.ts'
import { shortenIds } from './short-ids.ts'

export { type ChangeComment, type EndOfAcceptance, formatChangeComment } from './change-comment.ts'
export { type ClosingComment, formatClosingComment, type Moved } from './closing-comment.ts'

/** What a closed issue's return may be: seen again after it had gone, or never known to be gone; with or without the same values. */
export type Return = { readonly went: boolean; readonly values: 'same' | 'other' | 'unknown' }

export type ReopenComment = Return & {
  /** The drift that is back. */
  readonly back: readonly Finding[]
  /** RFC 3339: when the issue was closed; null when that is not known. */
  readonly closedAt: string | null
  /** The ids that the issue shows, so that a short one is as long as there. */
  readonly ids?: readonly string[]
}

/** Why a closed issue is open again. */
export function formatReopenComment({ back, closedAt, went, values, ids = [] }: ReopenComment): string {
  const short = shortenIds([...ids, ...back.map(({ id }) => id)])
  const closed = closedAt === null ? 'This issue is open again.' : `This issue was closed on ${formatTime(closedAt)}, and is open again.`
  return writeComment(`**${describeReturn({ went, values })}.** ${closed}`, [
    { title: '', lines: back.map((finding) => formatDriftLine(finding, ownNamespace(finding), short)) },
  ])
}

/** No more than is known, as a sentence without its full stop. */
export function describeReturn({ went, values }: Return): string {
  if (values === 'same') return went ? 'The same drift is back' : 'The same drift is still there'
  const place = went ? 'Drift is back at the same place' : 'There is still drift at the same place'
  return `${place}, ${values === 'other' ? 'but it is not the same drift' : 'and whether it is the same drift is not known'}`
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
      {
        title: '',
        lines: [
          `- Configuration read: ${formatTime(at)}${formatCommit(commit)}${runUrl === null ? '' : ` (${toLink('the run', runUrl, 'run')})`}`,
        ],
      },
    ],
  )
}

/** Two runs at once filed the same drift: this one gives way. GitHub knows `Duplicate of` and marks the issue. */
export function formatDuplicateComment(number: number): string {
  return joinIssueText([
    `Duplicate of #${Math.trunc(number)}`,
    'Two runs filed the same drift at once. The other issue is kept up to date.',
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
