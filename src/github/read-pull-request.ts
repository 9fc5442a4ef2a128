import * as z from 'zod'
import { UserError } from '../errors.ts'
import type { GitHubContext } from './context.ts'
import { PULL_REQUEST_TARGET_REFUSED } from './pull-request-target.ts'

/** What matters of a `pull_request` event. Names and addresses are hostile text: they are whatever somebody chose. */
export type PullRequestEvent = {
  readonly number: number
  /** The page on GitHub. */
  readonly url: string
  /** True when it was closed or merged: there is nothing left to preview. */
  readonly closed: boolean
  /** The branch that it is to be merged into, and that branch's newest commit at the time of the event. */
  readonly base: { readonly sha: string; readonly ref: string }
  readonly head: { readonly sha: string }
  /** True when its commits are in another repository, which may have been deleted since. */
  readonly fromFork: boolean
  readonly author: string
  /** False for forks and for what Dependabot does: GitHub gives such runs no secrets of the repository. */
  readonly hasSecrets: boolean
}

/** https://docs.github.com/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions */
const DEPENDABOT = 'dependabot[bot]'

const commit = z.string().regex(/^[0-9a-f]{40}$/)
const repository = z.object({ full_name: z.string().min(3).max(200) })
const person = z.object({ login: z.string().min(1).max(100) })
const schema = z.object({
  action: z.string(),
  pull_request: z.object({
    number: z.int().positive(),
    html_url: z
      .string()
      .max(2_000)
      .regex(/^https?:\/\/[^\s]+$/),
    base: z.object({ sha: commit, ref: z.string().min(1).max(1_000), repo: repository }),
    head: z.object({ sha: commit, repo: repository.nullish() }),
    // Null for an account that is no more.
    user: person.nullish(),
  }),
  sender: person.nullish(),
})

/**
 * Reads which pull request a run is for.
 *
 * @throws UserError for another event, and for `pull_request_target`, which must not be used with a stranger's chart;
 *   when the event is not as GitHub describes it
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 */
export function readPullRequest({ eventName, event }: Pick<GitHubContext, 'eventName' | 'event'>): PullRequestEvent {
  if (eventName !== 'pull_request') throw refuseEvent(eventName)
  const parsed = schema.safeParse(event)
  if (!parsed.success) throw tellUnreadable(parsed.error)
  const { action, pull_request: pull, sender } = parsed.data
  const author = pull.user?.login ?? ''
  const fromFork = pull.head.repo?.full_name.toLowerCase() !== pull.base.repo.full_name.toLowerCase()
  return {
    ...{ number: pull.number, url: pull.html_url, closed: action === 'closed', author, fromFork },
    base: { sha: pull.base.sha, ref: pull.base.ref },
    head: { sha: pull.head.sha },
    // Who set the run off decides it: a person's push to Dependabot's branch runs with secrets.
    hasSecrets: !fromFork && (sender?.login ?? author) !== DEPENDABOT,
  }
}

function refuseEvent(eventName: string): UserError {
  if (eventName === 'pull_request_target') return new UserError({ ...PULL_REQUEST_TARGET_REFUSED, where: 'mode' })
  return new UserError({
    where: 'mode',
    message: `a preview is of a pull request, but this run is for ${eventName === '' ? 'no event' : `the event \`${eventName}\``}.`,
    remedy: 'Use it in a workflow with `on: pull_request`.',
  })
}

function tellUnreadable({ issues }: z.ZodError): UserError {
  const places = [...new Set(issues.map(({ path }) => path.join('.') || 'the event as a whole'))]
  return new UserError({
    where: 'GITHUB_EVENT_PATH',
    message: `the event is not a pull request as GitHub describes it (${places.join(', ')}).`,
    remedy: 'Run Plumbline in a workflow with `on: pull_request`, and leave the event as the runner wrote it.',
  })
}
