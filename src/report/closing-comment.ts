import { count } from '../count.ts'
import type { Finding, TargetReport } from '../model.ts'
import { countDifferences, formatFact, writeComment } from './comment-text.ts'
import { formatCommit, formatTime } from './issue-head.ts'
import { escapeShortly } from './issue-text.ts'
import { toLink } from './links.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { shorten } from './values.ts'

/**
 * What became of an earlier finding. Either it is gone, and `who` says who moved: `either` where that cannot be told, since
 * the value is secret or was not remembered, and `both` where Git says something else than the cluster had. Or it is `still`
 * there, and is no drift any more.
 */
export type Moved = { readonly fact: string } & (
  | { readonly who: 'git' | 'cluster' | 'either' | 'both' }
  | { readonly still: Pick<Finding, 'cause' | 'because' | 'ignoredBy'> }
)

const MOVES = {
  git: 'Git was changed to what the cluster has',
  cluster: 'the cluster was set back to what Git says',
  both: 'Git was changed, to something else than the cluster had; the two agree now',
  either: 'Git or the cluster was changed, or both; which of them is not known',
} as const

const NO_DRIFT: Readonly<Record<Finding['cause'], string>> = {
  undeployed: 'now a change in Git that is not deployed yet',
  controller: 'now written by a controller that is meant to',
  admission: 'now taken for an alteration on the way in (admission)',
  manual: 'no longer counted as drift',
  unknown: 'no longer counted as drift',
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
    counts.accepted === 0 ? '' : `${countDifferences(counts.accepted)} accepted`,
    counts.ignored === 0 ? '' : `${countDifferences(counts.ignored)} ignored by your rules`,
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
  const stays = moved.filter((one) => 'still' in one).length
  const but = stays === 0 ? '' : `, though ${count(stays, 'difference is', 'differences are')} still there`
  return writeComment(
    `**${escapeShortly(target.name, 600)} no longer drifts${but}.** This closes the issue; if the same drift returns soon, it is opened again.`,
    [
      { title: '', lines: proof },
      {
        title: 'What became of it',
        lines: moved.map((one) => `${formatFact(one.fact)}: ${'who' in one ? MOVES[one.who] : describeStill(one.still)}`),
      },
    ],
  )
}

/** Why a difference that is still there is no drift any more: the team's rule before the cause, since it is what decided. */
function describeStill({ cause, because, ignoredBy }: Pick<Finding, 'cause' | 'because' | 'ignoredBy'>): string {
  if (ignoredBy === undefined) return `still there, ${NO_DRIFT[cause]}: ${escapeMarkdown(shorten(because, 300))}`
  const end = ignoredBy.expires === null ? '' : ` until ${escapeMarkdown(shorten(ignoredBy.expires, 40))}`
  return `still there, now covered${end} by the ignore rule at ${toCode(shorten(ignoredBy.where, 200))}: ${escapeMarkdown(shorten(ignoredBy.reason, 300))}`
}
