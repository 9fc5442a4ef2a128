import type { Activity, WorkflowRun } from '../explain/circumstances/model.ts'
import type { Absence } from '../model.ts'
import { explainAbsence, type Source } from './explain-absence.ts'
import type { OctokitOptions } from './open-octokit.ts'
import { type Place, readCommits, readDeployments, readPulls, readRuns } from './read-activity-parts.ts'

export type ActivityQuery = {
  /** RFC 3339: from some time before the first change. */
  readonly since: string
  readonly until: string
  /** Files and folders from the repository's root: charts and values. */
  readonly paths: readonly string[]
  /** The commit that this check is of. */
  readonly commit: string | null
}

/** More paths than this are not looked up one by one: each costs a request. */
export const MOST_PATHS = 2

/**
 * Reads what happened in the repository around a change, once for all targets: at most six REST requests and one of
 * GraphQL. Nobody waits for GitHub here: what it does not give at once, or refuses, is an absence.
 *
 * @param place the repository, and the run whose own workflow is left out
 * @param options as for the issues; `wait` is not used
 */
export async function readActivity(place: Place, options: OctokitOptions, query: ActivityQuery): Promise<Activity> {
  // Most of the code of a GitHub client; a run without drift never needs it.
  const { openOctokit } = await import('./open-octokit.ts')
  const { octokit } = openOctokit({ ...options, wait: false })
  const paths = joinPaths(query.paths)
  const absences: Absence[] = []
  const attempt = async <Value>(source: Source, read: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await read()
    } catch (error) {
      absences.push(explainAbsence(source, error))
      return null
    }
  }
  if (paths.length > MOST_PATHS) absences.push(tellTooMany(paths.length))
  const [read, deployments, pulls, commits] = await Promise.all([
    attempt('workflow runs', () => readRuns(octokit, place, query)),
    attempt('deployments', () => readDeployments(octokit, place)),
    attempt('pull requests', () => readPulls(octokit, place, absences)),
    attempt('commits', () => readCommits(octokit, place, query.since, paths.slice(0, MOST_PATHS))),
  ])
  const isDeployment = ({ event, sha }: WorkflowRun) => event !== 'pull_request' && deployments?.some((one) => one.sha === sha) === true
  return {
    paths: query.paths,
    commit: query.commit,
    runs: read?.runs.map((run) => ({ ...run, looksLikeDeploy: run.looksLikeDeploy || isDeployment(run) })) ?? null,
    runsFrom: read?.from ?? query.until,
    deployments,
    pulls,
    lookedUp: commits === null ? [] : paths.slice(0, MOST_PATHS),
    commits,
    absences: absences.toSorted((a, b) => a.source.localeCompare(b.source)),
  }
}

/** Without those that lie in another one; the shortest first. */
function joinPaths(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)].toSorted((a, b) => a.length - b.length)
  return unique.filter((path) => !unique.some((other) => other !== path && (other === '' || path.startsWith(`${other}/`))))
}

function tellTooMany(number: number): Absence {
  return { source: 'commits on GitHub', why: `only ${MOST_PATHS} of ${number} paths were looked at`, remedy: '' }
}
