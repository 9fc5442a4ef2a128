import type { PullRequest } from '../model.ts'
import type { Octokit } from './open-octokit.ts'
import type { Place } from './read-activity-parts.ts'
import { type FollowedRun, isPlace, type Nothing } from './read-workflow-run.ts'
import { refuseAnswer } from './refusal.ts'

/** Pull requests of one branch; more than one only where they go to several branches. */
const MOST = 100

/**
 * Finds the open pull requests that a run was for: those of its branch whose newest commit is the run's. The event names none
 * for a fork, so GitHub is asked, which costs one request. There is more than one where a branch is proposed to several.
 *
 * @throws what Octokit throws; RefusalError
 */
export async function findPullRequests(
  { rest }: Octokit,
  place: Place,
  { head, headSha }: FollowedRun,
): Promise<readonly PullRequest[] | Nothing> {
  if (head === null) return { type: 'nothing', why: 'The branch of the pull request is gone.' }
  const { owner, repo } = place
  const { data } = await rest.pulls.list({ owner, repo, state: 'open', head: `${head.owner}:${head.branch}`, per_page: MOST })
  if (!Array.isArray(data)) throw refuseAnswer()
  // The branch of another repository of the same owner goes by the same name in the question.
  const open = data.filter((pull) => pull.state === 'open' && isPlace(pull.base?.repo?.full_name, place))
  if (open.length === 0) return { type: 'nothing', why: 'No pull request of this branch is open any more.' }
  const current = open.filter((pull) => pull.head.sha === headSha)
  if (current.length === 0) return { type: 'nothing', why: 'The pull request has newer commits; the run for them will preview it.' }
  return current.map((pull) => ({
    ...{ number: pull.number, url: pull.html_url, base: pull.base.sha, head: pull.head.sha },
    fromFork: !isPlace(pull.head.repo?.full_name, place),
  }))
}
