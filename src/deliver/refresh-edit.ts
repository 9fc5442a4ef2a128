import { RefusalError } from '../github/refusal.ts'
import { keepTitle } from '../issues/keep-title.ts'
import type { IssueStep } from '../issues/model.ts'
import { parseBody } from '../memory/marker.ts'
import { MOST_SKEW_MS } from '../memory/model.ts'
import type { Hands } from './carry-out.ts'

type Edit = IssueStep & { readonly type: 'edit' }

/**
 * Reads the issue once more before it is written, since GitHub has no write on condition, lists lag, and a run takes its time:
 * a text or title that a human gave it in the meantime is kept.
 *
 * @returns null where someone has closed or opened it in the meantime, or another run has read the cluster later and has
 * written that: they know better, and the next run decides anew
 * @throws RefusalError
 */
export async function refreshEdit(step: Edit, { tracker, self }: Pick<Hands, 'tracker' | 'self'>): Promise<Edit | null> {
  const { number, title, body, ...rest } = step
  if (body === undefined) return step
  const issue = await tracker.readIssue(self, number)
  if (issue === null) throw new RefusalError({ kind: 'gone', status: null, message: 'it was deleted, or all that made it ours' })
  if (issue.state !== (step.state === 'open' ? 'closed' : 'open')) return null
  const { parts } = issue
  const written = parseBody(body)
  const ahead = written === null ? 0 : Date.parse(readTime(parts.marker)) - Date.parse(readTime(written.marker))
  // A time much later is of a wrong clock or of somebody's hand.
  if (ahead > 0 && ahead <= MOST_SKEW_MS) return null
  const ours = written === null ? body : body.slice(written.before.length, body.length - written.after.length)
  return {
    ...{ ...rest, number, body: written === null ? body : `${parts.before}${ours}${parts.after}` },
    ...(title === undefined ? {} : keepTitle(issue, title)),
  }
}

function readTime(marker: NonNullable<ReturnType<typeof parseBody>>['marker']): string {
  return (marker?.kind === 'drift' ? marker.memory.checkedAt : marker?.writtenAt) ?? ''
}
