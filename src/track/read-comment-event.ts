import * as z from 'zod'

/** What matters of an `issue_comment` event. */
export type CommentEvent = {
  readonly action: string
  readonly issue: number
  readonly isPullRequest: boolean
  readonly comment: number
  readonly author: string
  readonly body: string
}

const schema = z.object({
  action: z.string(),
  issue: z.object({ number: z.int().positive(), pull_request: z.unknown().optional() }),
  comment: z.object({ id: z.int().positive(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() }),
})

/**
 * Reads an event as GitHub delivers it.
 *
 * @returns null where it is no comment on an issue
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 */
export function readCommentEvent(event: unknown): CommentEvent | null {
  const parsed = schema.safeParse(event)
  if (!parsed.success) return null
  const { action, issue, comment } = parsed.data
  return {
    ...{ action, issue: issue.number, isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null },
    ...{ comment: comment.id, author: comment.user?.login ?? '', body: comment.body ?? '' },
  }
}
