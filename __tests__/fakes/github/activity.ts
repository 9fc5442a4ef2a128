import type { Artifact, Branches } from './artifacts.ts'
import type { Repository } from './repository.ts'

/** A run of a workflow. Times are RFC 3339, in seconds. */
export type Run = {
  readonly id: number
  readonly workflow: number
  readonly name: string
  readonly path: string
  readonly event: string
  readonly branch: string
  readonly sha: string
  readonly conclusion: string | null
  readonly from: string
  readonly to: string
}
export type DeploymentState = 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress'
/** `states` are its statuses, newest first. */
export type Deployment = {
  readonly id: number
  readonly sha: string
  readonly environment: string
  readonly time: string
  readonly states: readonly DeploymentState[]
}
export type Commit = { readonly sha: string; readonly message: string; readonly time: string; readonly files: readonly string[] }

/** What happens in a repository beside its issues. Each list is in the order in which things were added. */
export class RepositoryActivity {
  readonly runs: Run[] = []
  readonly deployments: Deployment[] = []
  readonly commits: Commit[] = []
  /** The files that a pull request changes, by its number. */
  readonly pullFiles = new Map<number, readonly string[]>()
  readonly drafts = new Set<number>()
  readonly artifacts: Artifact[] = []
  /** The branches of a pull request, by its number. */
  readonly branches = new Map<number, Branches>()
}

/** Lets a workflow run, a successful deploy unless said otherwise. */
export function addRun(repository: Repository, run: Pick<Run, 'from' | 'to'> & Partial<Run>): Run {
  const id = repository.nextId()
  const made: Run = {
    ...{ id, workflow: 7001, name: 'Deploy', path: '.github/workflows/deploy.yml', event: 'push' },
    ...{ branch: repository.settings.defaultBranch, sha: 'a'.repeat(40), conclusion: 'success' },
    ...run,
  }
  repository.activity.runs.push(made)
  return made
}

export function addDeployment(repository: Repository, deployment: Pick<Deployment, 'time'> & Partial<Deployment>): Deployment {
  const made: Deployment = {
    ...{ id: repository.nextId(), sha: 'a'.repeat(40), environment: 'production', states: ['success'] },
    ...deployment,
  }
  repository.activity.deployments.push(made)
  return made
}

export function addCommit(repository: Repository, commit: Pick<Commit, 'time' | 'files'> & Partial<Commit>): Commit {
  const made: Commit = { sha: repository.nextId().toString(16).padStart(40, 'c'), message: 'Change values', ...commit }
  repository.activity.commits.push(made)
  return made
}
