import { toSeconds } from '../calendar.ts'
import type { Activity, Commit, Deployment, PullRequest, WorkflowRun } from '../explain/circumstances/model.ts'
import type { Absence } from '../model.ts'
import type { Octokit } from './open-octokit.ts'
import { refuseAnswer } from './refusal.ts'

/** A repository; `runId` is the run that asks, where one does. */
export type Place = { readonly owner: string; readonly repo: string; readonly runId?: number | null }

/** The newest are enough: what is older tells nothing of a change that is looked at now. */
const MOST_RUNS = 100
const MOST_DEPLOYMENTS = 30
const MOST_COMMITS = 30
/** Environments whose state is asked for, one request each. */
const MOST_STATES = 2

/** Names and paths of workflows that put something somewhere. */
const DEPLOYS = /deploy|release|rollout|roll-out|promot|publish|helm|argo|flux|\bship|\bcd\b|production|\bprod\b/i
/** What GitHub itself deploys to. */
const OWN_ENVIRONMENTS = ['github-pages', 'copilot']

/**
 * Runs that began in the window, newest first, without those of the workflow that asks; and from when on they are all of them.
 * @throws what Octokit throws; RefusalError
 */
export async function readRuns(
  { rest }: Octokit,
  { owner, repo, runId = null }: Place,
  { since, until }: { readonly since: string; readonly until: string },
): Promise<{ readonly runs: readonly WorkflowRun[]; readonly from: string }> {
  const { data } = await rest.actions.listWorkflowRunsForRepo({
    ...{ owner, repo, per_page: MOST_RUNS, exclude_pull_requests: true },
    created: `${toSeconds(since)}..${toSeconds(until)}`,
  })
  const runs = expectList(data.workflow_runs)
  const own = runs.find(({ id }) => id === runId)?.workflow_id
  const wanted = runs
    .filter(({ id, workflow_id }) => id !== runId && workflow_id !== own)
    .map((run) => ({
      ...{ name: run.name ?? run.path, event: run.event, branch: run.head_branch, sha: run.head_sha, conclusion: run.conclusion },
      ...{ from: run.run_started_at ?? run.created_at, to: run.updated_at, url: run.html_url },
      looksLikeDeploy: run.event !== 'pull_request' && DEPLOYS.test(`${run.name ?? ''} ${run.path.split('/').at(-1)}`),
    }))
  return { runs: wanted, from: data.total_count > runs.length ? (runs.at(-1)?.created_at ?? until) : since }
}

/** The newest deployments, with the state of the newest of the first environments. @throws as `readRuns` */
export async function readDeployments({ rest }: Octokit, { owner, repo }: Place): Promise<readonly Deployment[]> {
  const { data } = await rest.repos.listDeployments({ owner, repo, per_page: MOST_DEPLOYMENTS })
  const deployments = expectList(data).filter(({ environment }) => !OWN_ENVIRONMENTS.includes(environment))
  const newest = deployments.filter(({ environment }, at) => deployments.findIndex((one) => one.environment === environment) === at)
  const states = new Map<number, Pick<Deployment, 'state' | 'url'>>()
  await Promise.all(
    newest.slice(0, MOST_STATES).map(async ({ id }) => {
      const { data } = await rest.repos.listDeploymentStatuses({ owner, repo, deployment_id: id, per_page: 1 })
      const [status] = expectList(data)
      if (status !== undefined) states.set(id, { state: status.state, url: status.log_url || status.target_url || null })
    }),
  )
  return deployments.map(({ id, environment, sha, created_at }) => ({
    ...{ environment, sha, time: created_at, state: null, url: null },
    ...states.get(id),
  }))
}

const MOST_PULLS = 30
const MOST_FILES = 100
/** One request for what REST wants thirty for. */
const PULLS = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, first: ${MOST_PULLS}, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      nodes { number title url isDraft files(first: ${MOST_FILES}) { totalCount nodes { path } } }
    }
  }
}`
type Files = { readonly totalCount: number; readonly nodes: readonly { readonly path: string }[] }
type Pulls = {
  readonly repository: {
    readonly pullRequests: {
      readonly totalCount: number
      readonly nodes: readonly {
        readonly number: number
        readonly title: string
        readonly url: string
        readonly isDraft: boolean
        readonly files: Files | null
      }[]
    }
  }
}

/** The open pull requests that were touched last. @param absences told what was not looked at @throws as `readRuns` */
export async function readPulls({ graphql }: Octokit, { owner, repo }: Place, absences: Absence[]): Promise<readonly PullRequest[]> {
  const { repository } = await graphql<Pulls>(PULLS, { owner, repo })
  const nodes = expectList(repository?.pullRequests?.nodes)
  const cut = (why: string) => absences.push({ source: 'pull requests on GitHub', why, remedy: '' })
  if (repository.pullRequests.totalCount > nodes.length) cut(`only the ${nodes.length} that were touched last were looked at`)
  if (nodes.some(({ files }) => (files?.totalCount ?? 0) > MOST_FILES)) cut(`of some, only the first ${MOST_FILES} files were looked at`)
  return nodes.map(({ number, title, url, isDraft, files }) => ({
    ...{ number, title, url, draft: isDraft },
    files: (files?.nodes ?? []).map(({ path }) => path),
  }))
}

/** Commits of the default branch since a time, path by path. @throws as `readRuns` */
export async function readCommits(
  { rest }: Octokit,
  { owner, repo }: Place,
  since: string,
  paths: readonly string[],
): Promise<NonNullable<Activity['commits']>> {
  const found = await Promise.all(
    paths.map(async (path): Promise<readonly Commit[]> => {
      const { data } = await rest.repos.listCommits({
        owner,
        repo,
        since: toSeconds(since),
        per_page: MOST_COMMITS,
        ...(path === '' ? {} : { path }),
      })
      return expectList(data).map(({ sha, commit, html_url }) => ({
        ...{ sha, url: html_url, path, subject: commit.message.split('\n', 1)[0] ?? '' },
        time: commit.committer?.date ?? commit.author?.date ?? '',
      }))
    }),
  )
  return found.flat()
}

function expectList<Item>(value: readonly Item[] | undefined): readonly Item[] {
  if (Array.isArray(value)) return value
  throw refuseAnswer()
}
