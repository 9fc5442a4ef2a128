import * as z from 'zod'
import { UserError } from '../errors.ts'
import type { Place } from './read-activity-parts.ts'

/** The run that a `workflow_run` event is about, as GitHub says. */
export type FollowedRun = {
  readonly id: number
  readonly headSha: string
  /** Whose the branch is and what it is called; null where the fork was deleted. */
  readonly head: { readonly owner: string; readonly branch: string } | null
  /** RFC 3339: when its newest attempt began; null where it is not known. */
  readonly startedAt: string | null
}
/** Why there is nothing to preview, as a sentence. */
export type Nothing = { readonly type: 'nothing'; readonly why: string }

const repository = z.object({ full_name: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/) })
const word = z.string().regex(/^[a-z_]{1,50}$/)
const workflowRunEvent = z.object({
  repository,
  workflow_run: z.object({
    id: z.int().positive(),
    event: word,
    conclusion: word.nullable(),
    head_sha: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
    head_branch: z.string().min(1).max(1000).nullable(),
    head_repository: repository.nullable(),
    repository,
    run_started_at: z.iso.datetime({ offset: true }).nullish(),
  }),
})

/**
 * Reads which run a `workflow_run` event follows.
 *
 * @param event the event's content, as the runner gives it
 * @param place the repository in which this runs
 * @returns `nothing` when it is no finished, successful run of a pull request
 * @throws UserError when the content is another than GitHub describes, or of another repository
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
export function readWorkflowRun(event: unknown, place: Place): FollowedRun | Nothing {
  const parsed = workflowRunEvent.safeParse(event)
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? ''
    throw refuse(`The event is no workflow_run event as GitHub describes it${at === '' ? '' : ` (at ${at})`}.`)
  }
  const run = parsed.data.workflow_run
  for (const { full_name } of [parsed.data.repository, run.repository]) {
    if (!isPlace(full_name, place)) throw refuse(`The event is about a run of ${full_name}, and not of this repository.`)
  }
  if (run.event !== 'pull_request')
    return { type: 'nothing', why: `The run that this one follows was made by ${run.event}, not by a pull request.` }
  if (run.conclusion === null) return { type: 'nothing', why: 'The run that renders the pull request has not finished.' }
  if (run.conclusion !== 'success') {
    return { type: 'nothing', why: `The run that renders the pull request ended with ${run.conclusion}: its own log says why.` }
  }
  const owner = run.head_repository?.full_name.split('/')[0]
  const head = owner === undefined || run.head_branch === null ? null : { owner, branch: run.head_branch }
  return { id: run.id, headSha: run.head_sha, head, startedAt: run.run_started_at ?? null }
}

/** GitHub's names ignore case. */
export function isPlace(fullName: string | undefined, { owner, repo }: Place): boolean {
  return fullName?.toLowerCase() === `${owner}/${repo}`.toLowerCase()
}

function refuse(message: string): UserError {
  const remedy = 'Run this from a workflow `on: workflow_run` with `types: [completed]`, in the repository of the pull request.'
  return new UserError({ message, where: 'workflow_run', remedy })
}
