import type { TargetReport } from '../model.ts'
import { countDifferences, formatFact, writeComment } from './comment-text.ts'
import { formatCommit, formatTime } from './issue-head.ts'
import { escapeShortly } from './issue-text.ts'
import { toLink } from './links.ts'
import { count } from './words.ts'

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
  return writeComment(
    `**${escapeShortly(target.name, 600)} no longer drifts.** This closes the issue; if the same drift returns soon, it is opened again.`,
    [
      { title: '', lines: proof },
      { title: 'What became of it', lines: moved.map(({ fact, who }) => `${formatFact(fact)}: ${MOVES[who]}`) },
    ],
  )
}
