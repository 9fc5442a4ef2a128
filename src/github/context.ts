import { readFileSync } from 'node:fs'

/** Where a run takes place on GitHub. */
export type GitHubContext = {
  readonly owner: string
  readonly repo: string
  readonly apiUrl: string
  /** `schedule`, `workflow_dispatch`, `issue_comment` ... */
  readonly eventName: string
  /** `refs/heads/main`; empty where there is none. */
  readonly ref: string
  readonly sha: string | null
  /** Grows from run to run; null where it is not known. */
  readonly runId: number | null
  /** The workflow's file, `drift.yml`; null where it is not known. */
  readonly workflow: string | null
  /** The page of this run, and the one that lists all runs of its workflow. */
  readonly runUrl: string | null
  readonly runsUrl: string | null
  /** The event's content; an empty object where it cannot be read. */
  readonly event: unknown
}

/**
 * Reads what the runner says about the run.
 *
 * @returns null outside of a GitHub workflow
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function readContext(env: NodeJS.ProcessEnv): GitHubContext | null {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/')
  if (owner === '' || repo === '') return null
  const repository = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${owner}/${repo}`
  const workflow = /\/(\.github\/workflows\/)?([^/@]+\.ya?ml)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[2]
  const runId = /^\d+$/.exec(env.GITHUB_RUN_ID ?? '')?.[0]
  return {
    owner,
    repo,
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    eventName: env.GITHUB_EVENT_NAME ?? '',
    ref: env.GITHUB_REF ?? '',
    sha: /^[0-9a-f]{40}$/.exec(env.GITHUB_SHA ?? '')?.[0] ?? null,
    runId: runId === undefined ? null : Number(runId),
    workflow: workflow ?? null,
    runUrl: runId === undefined ? null : `${repository}/actions/runs/${runId}`,
    runsUrl: runId === undefined ? null : `${repository}/actions${workflow === undefined ? '' : `/workflows/${workflow}`}`,
    event: readEvent(env.GITHUB_EVENT_PATH),
  }
}

/** Whether a run is for a pull request, whose chart is not what the cluster should be yet. */
export function isPullRequest({ eventName }: GitHubContext): boolean {
  return eventName.startsWith('pull_request')
}

function readEvent(path: string | undefined): unknown {
  try {
    return path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
