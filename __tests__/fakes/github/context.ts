import { type Answer, errorAnswer, Refused, refuse } from './answers.ts'
import type { Matched } from './contract.ts'
import type { Repository } from './repository.ts'
import type { Comment, Issue, Token } from './types.ts'

/** What an operation has to go by. `base` is where the API is, without a slash at the end. */
export type Context = Matched & { readonly repository: Repository; readonly token: Token; readonly base: string; readonly url: string }

/** What a token may be allowed to read, beside issues. */
export type Readable = 'actions' | 'deployments' | 'contents' | 'pulls'

/** An operation: what it answers, and which permission it wants. */
export type Operation = {
  readonly needs: 'nothing' | 'metadata' | 'read issues' | 'write issues' | 'read comments' | 'write comments' | `read ${Readable}`
  readonly run: (context: Context) => Answer
}

/** Operations by GitHub's ids for them. */
export type Operations = { readonly [operationId: string]: Operation }

/**
 * The issue that the path names.
 * @throws Refused with 410 where it was deleted or issues are disabled, 301 where it was transferred, 404 where it never was
 */
export function findIssue({ repository, params, base }: Context): Issue {
  refuseDisabled(repository)
  const number = Number(params.issue_number)
  const gone = repository.gone.get(number)
  if (gone?.kind === 'deleted') refuse(410, 'This issue was deleted')
  if (gone?.kind === 'transferred') {
    const url = `${base}/repositories/${gone.repositoryId}/issues/${gone.number}`
    throw new Refused({ ...errorAnswer(301, 'Moved Permanently', { url }), headers: { location: url } })
  }
  return repository.issues.get(number) ?? refuse(404, 'Not Found')
}

/** @throws Refused with 404 */
export function findComment({ repository, params }: Context): Comment {
  return repository.comments.get(Number(params.comment_id)) ?? refuse(404, 'Not Found')
}

/** @throws Refused with 410 where the repository has no issues */
export function refuseDisabled(repository: Repository): void {
  if (!repository.settings.hasIssues) refuse(410, 'Issues are disabled for this repo')
}
