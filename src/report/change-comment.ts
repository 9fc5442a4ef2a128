import { count } from '../count.ts'
import type { AcceptanceRecord } from '../memory/model.ts'
import type { Finding } from '../model.ts'
import { countDifferences, formatFact, ownNamespace, writeComment } from './comment-text.ts'
import { formatDriftLine, type ShortIds } from './issue-findings.ts'
import { formatTime } from './issue-head.ts'
import { toLink } from './links.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { shortenIds } from './short-ids.ts'
import { shorten } from './values.ts'

/** Why an acceptance is over before anyone asked about it. */
export type EndOfAcceptance = 'expired' | 'withdrawn' | 'comment-edited' | 'comment-deleted' | 'no-write-access' | 'not-said'

const ENDS: Readonly<Record<EndOfAcceptance, string>> = {
  expired: 'it expired',
  withdrawn: 'it was withdrawn',
  'comment-edited': 'its comment was edited afterwards',
  'comment-deleted': 'its comment was deleted',
  'no-write-access': 'its author has no write access any more',
  'not-said': 'its comment, as it is read now, does not say it',
}

export type ChangeComment = {
  /** Drift that was not there when last told. */
  readonly came: readonly Finding[]
  /** Drift that is gone, as the facts of its streaks. */
  readonly went: readonly string[]
  /** Drift at a place that was told before with another id: the fact then, the finding now, and whether its value is known to have changed. */
  readonly changed: readonly { readonly before: string; readonly finding: Finding; readonly isKnown: boolean }[]
  readonly ended: readonly { readonly record: AcceptanceRecord; readonly why: EndOfAcceptance }[]
  /** How many drift findings there are now. */
  readonly stillOpen: number
  /** The ids that the issue shows, so that a short one is as long as there. */
  readonly ids?: readonly string[]
}

/** What changed in the set of findings since the issue last told it. */
export function formatChangeComment({ came, went, changed, ended, stillOpen, ids = [] }: ChangeComment): string {
  const short = shortenIds([
    ...ids,
    ...came.map(({ id }) => id),
    ...changed.map(({ finding }) => finding.id),
    ...ended.flatMap(({ record }) => record.ids),
  ])
  const line = (finding: Finding) => formatDriftLine(finding, ownNamespace(finding), short)
  const known = changed.filter(({ isKnown }) => isKnown)
  const written = changed.filter(({ isKnown }) => !isKnown)
  const counts = [
    came.length === 0 ? '' : `${count(came.length, 'difference')} came`,
    known.length === 0 ? '' : `${known.length} changed again`,
    written.length === 0 ? '' : `${written.length} ${written.length === 1 ? 'was' : 'were'} written again`,
    went.length === 0 ? '' : `${went.length} went`,
    ended.length === 0 ? '' : `${count(ended.length, 'acceptance')} ended`,
  ].filter((part) => part !== '')
  const open = stillOpen === 0 ? 'No drift is left.' : `${countDifferences(stillOpen)} open now.`
  return writeComment(`**${counts.length === 0 ? 'Nothing changed' : counts.join(', ')}.** ${open}`, [
    { title: 'Came', lines: came.map(line) },
    {
      title: 'Changed',
      lines: known.map(({ before, finding }) => `${line(finding)}<br>told before: ${escapeMarkdown(shorten(before, 150))}`),
    },
    {
      title: 'Written again; whether the value changed is not known',
      lines: written.map(({ finding }) => line(finding)),
    },
    { title: 'Went', lines: went.map(formatFact) },
    { title: 'No longer accepted', lines: ended.map(({ record, why }) => formatEnd(record, why, short)) },
  ])
}

function formatEnd({ ids, by, because, until, comment }: AcceptanceRecord, why: EndOfAcceptance, short: ShortIds): string {
  const names = ids.slice(0, 3).map((id) => toCode(shorten(short.get(id) ?? id, 40)))
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : ''
  const link = toLink('comment', comment.url, 'comment')
  const reason = escapeMarkdown(shorten(because, 300))
  return `- ${names.join(', ')}${more}: ${ENDS[why]}. ${escapeMarkdown(shorten(by, 60))} had accepted it until ${formatTime(until)} (${link}): ${reason}`
}
