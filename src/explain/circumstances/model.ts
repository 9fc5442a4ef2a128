import type { Absence, JsonObject, ObjectRef } from '../../model.ts'

/** An object that was read, and what it is. */
export type Seen = { readonly ref: ObjectRef; readonly object: JsonObject }

/** What was read around a drift. Null: not known, and `absences` says why wherever it was wanted. */
export type CircumstancesRead = {
  readonly pods: readonly JsonObject[] | null
  /** Warnings only. */
  readonly events: readonly JsonObject[] | null
  readonly replicaSets: readonly JsonObject[] | null
  /** The autoscalers of the namespace. */
  readonly scalers: readonly Seen[] | null
  /** The Argo CD Application or Flux HelmRelease that the release's objects name as their owner. */
  readonly gitops: readonly Seen[]
  readonly release: ReleaseState | null
  readonly absences: readonly Absence[]
}
/** What Helm recorded of the last deploy. */
export type ReleaseState = {
  readonly revision: number
  /** `deployed`, `failed`, `pending-upgrade` ... */
  readonly status: string
  /** RFC 3339; null where the record has none. */
  readonly time: string | null
  /** The revision that was gone back to; null when it was no rollback. */
  readonly rollbackTo: number | null
}

/** What happened in the repository around a change. Null: not known, and `absences` says why. Times are RFC 3339. */
export type Activity = {
  /** What was asked for: files and folders, from the repository's root. */
  readonly paths: readonly string[]
  /** The commit that this check was made of. */
  readonly commit: string | null
  readonly runs: readonly WorkflowRun[] | null
  /** From when on `runs` has all of them. */
  readonly runsFrom: string
  readonly deployments: readonly Deployment[] | null
  readonly pulls: readonly PullRequest[] | null
  /** The paths whose commits were looked up; each speaks for all below it. */
  readonly lookedUp: readonly string[]
  /** Of the default branch, since the change; those that touch one of `lookedUp`, which is their `path`. */
  readonly commits: readonly Commit[] | null
  readonly absences: readonly Absence[]
}
export type WorkflowRun = {
  readonly name: string
  readonly event: string
  readonly branch: string | null
  readonly sha: string
  /** `success`, `failure` ...; null while it runs. */
  readonly conclusion: string | null
  readonly from: string
  /** When it ended, or last changed. */
  readonly to: string
  readonly url: string
  /** By its name and path only: GitHub does not say what a workflow does. */
  readonly looksLikeDeploy: boolean
}
export type Deployment = {
  readonly environment: string
  readonly sha: string
  readonly time: string
  /** `success`, `failure`, `in_progress` ...; null where its statuses were not asked for. */
  readonly state: string | null
  readonly url: string | null
}
/** An open pull request that touches one of the paths. */
export type PullRequest = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly draft: boolean
  readonly files: readonly string[]
}
export type Commit = { readonly sha: string; readonly subject: string; readonly time: string; readonly url: string; readonly path: string }
