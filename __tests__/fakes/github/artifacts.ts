import type { Repository } from './repository.ts'

/** What a run uploaded. `location` is where the storage has it: another host than the API's. */
export type Artifact = {
  readonly id: number
  readonly run: number
  readonly name: string
  readonly size: number
  readonly expired: boolean
  /** RFC 3339, in seconds. */
  readonly time: string
  readonly location: string
}

export function addArtifact(repository: Repository, artifact: Pick<Artifact, 'run' | 'location'> & Partial<Artifact>): Artifact {
  const id = repository.nextId()
  const made: Artifact = { id, name: 'plumbline-preview', size: 1000, expired: false, time: repository.stamp(), ...artifact }
  repository.activity.artifacts.push(made)
  return made
}

/** The two ends of a pull request. `from` is the repository of the branch, `OWNER/NAME`. */
export type Branches = {
  readonly from: string
  readonly branch: string
  readonly sha: string
  readonly base: string
  readonly baseSha: string
}

/** Gives a pull request its branches; one from this repository to the default branch unless said otherwise. */
export function setBranches(repository: Repository, pull: number, branches: Partial<Branches> = {}): Branches {
  const made: Branches = {
    ...{ from: `${repository.owner}/${repository.name}`, branch: `change-${pull}`, sha: 'b'.repeat(40) },
    ...{ base: repository.settings.defaultBranch, baseSha: 'a'.repeat(40) },
    ...branches,
  }
  repository.activity.branches.set(pull, made)
  return made
}
