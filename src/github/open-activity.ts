import type { Activity } from '../explain/circumstances/model.ts'
import type { ReadActivity } from '../prepare-decision.ts'
import { type GitHubContext, isPullRequest } from './context.ts'
import { type ActivityQuery, readActivity } from './read-activity.ts'

/**
 * How GitHub is asked what happened around a change. Nothing is sent yet.
 *
 * @returns null outside of a workflow
 */
export function openActivity(token: string, context: GitHubContext | null, log: (message: string) => void): ReadActivity | null {
  if (context === null) return null
  if (isPullRequest(context)) return async (query) => readNothing(query, 'a pull request is not what the cluster should be yet')
  if (token === '') return async (query) => readNothing(query, '`token` is empty')
  return (query) => readActivity(context, { token, apiUrl: context.apiUrl, log }, query)
}

function readNothing({ paths, commit, until }: ActivityQuery, why: string): Activity {
  const absences = [{ source: 'workflow runs, deployments and pull requests', why, remedy: '' }]
  return { ...{ paths, commit, runsFrom: until, lookedUp: [], runs: null, deployments: null, pulls: null, commits: null }, absences }
}
