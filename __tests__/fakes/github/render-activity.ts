import type { Commit, Deployment, DeploymentState, Run } from './activity.ts'
import { renderRepository } from './render-repository.ts'
import { renderUser } from './render-user.ts'
import type { Repository } from './repository.ts'

const home = ({ owner, name }: Repository, base: string) => `${base}/repos/${owner}/${name}`
const page = ({ owner, name }: Repository) => `https://github.com/${owner}/${name}`
const JOBS = ['jobs', 'logs', 'cancel', 'rerun', 'artifacts']

/** A run as GitHub lists it. */
export function renderRun(repository: Repository, run: Run, base: string) {
  const url = `${home(repository, base)}/actions/runs/${run.id}`
  const inside = renderRepository(repository, base)
  return {
    ...{ id: run.id, node_id: `WFR_${run.id}`, name: run.name, display_title: run.name, path: run.path, event: run.event },
    ...{ head_branch: run.branch, head_sha: run.sha, run_number: run.id, run_attempt: 1, workflow_id: run.workflow },
    ...{ status: run.conclusion === null ? 'in_progress' : 'completed', conclusion: run.conclusion, pull_requests: [], head_commit: null },
    ...{ url, html_url: `${page(repository)}/actions/runs/${run.id}`, check_suite_url: `${home(repository, base)}/check-suites/1` },
    ...Object.fromEntries(JOBS.map((name) => [`${name}_url`, `${url}/${name}`])),
    ...{ workflow_url: `${home(repository, base)}/actions/workflows/${run.workflow}`, repository: inside, head_repository: inside },
    ...{ created_at: run.from, run_started_at: run.from, updated_at: run.to },
  }
}

export function renderDeployment(repository: Repository, { id, sha, environment, time }: Deployment, base: string) {
  const url = `${home(repository, base)}/deployments/${id}`
  return {
    ...{ id, node_id: `DE_${id}`, sha, ref: repository.settings.defaultBranch, task: 'deploy', environment, payload: {} },
    ...{ creator: renderUser(repository, repository.owner, base), description: null, url, statuses_url: `${url}/statuses` },
    ...{ repository_url: home(repository, base), created_at: time, updated_at: time },
  }
}

export function renderDeploymentStatus(repository: Repository, deployment: Deployment, state: DeploymentState, base: string) {
  const { url } = renderDeployment(repository, deployment, base)
  const id = deployment.id * 10 + deployment.states.indexOf(state)
  const log = `${page(repository)}/actions/runs/${deployment.id}`
  return {
    ...{ id, node_id: `DES_${id}`, state, creator: null, description: '', target_url: log, log_url: log, deployment_url: url },
    ...{ repository_url: home(repository, base), url: `${url}/statuses/${id}`, created_at: deployment.time, updated_at: deployment.time },
  }
}

export function renderCommit(repository: Repository, { sha, message, time }: Commit, base: string) {
  const url = `${home(repository, base)}/commits/${sha}`
  const who = { name: repository.owner, email: 'owner@example.com', date: time }
  const tree = { sha, url: `${home(repository, base)}/git/trees/${sha}` }
  return {
    ...{ sha, node_id: `C_${sha}`, url, html_url: `${page(repository)}/commit/${sha}`, comments_url: `${url}/comments`, parents: [] },
    ...{ author: renderUser(repository, repository.owner, base), committer: renderUser(repository, repository.owner, base) },
    commit: { author: who, committer: who, message, comment_count: 0, tree, url },
  }
}
