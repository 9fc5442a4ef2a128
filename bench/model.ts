// What a run of the benchmark is made of, as plain data.

/** A release of the bench chart, installed in a namespace of its own. */
export type Release = {
  readonly namespace: string
  readonly objects: number
  /** True for the release that was edited by hand. */
  readonly edited: boolean
}

/** The contenders. */
export type ToolName = 'plumbline' | 'kubectl-server-side' | 'kubectl-8' | 'kubectl-1'

/** Requests to the API server by verb; `discovery` is every request for no object. */
export type Requests = { readonly [verb: string]: number }

/** What one process of a run was, and the most memory it held at any time (VmHWM). */
export type Peak = { readonly name: string; readonly bytes: number }

/** One run of one tool over one release. */
export type Sample = {
  readonly tool: ToolName
  readonly release: Release
  readonly milliseconds: number
  readonly requests: Requests
  /** One for each program of the run, the largest where it ran several times. */
  readonly peaks: readonly Peak[]
  /** What it concluded. */
  readonly outcome: Outcome
}

/** A conclusion in few words, and for plumbline the objects (`Kind/name`) in which it found drift. */
export type Outcome = { readonly text: string; readonly inSync: boolean; readonly drifted: readonly string[] }

/** All runs of one tool over one release. */
export type Cell = {
  readonly tool: ToolName
  readonly release: Release
  readonly runs: number
  readonly median: number
  readonly fastest: number
  readonly slowest: number
  readonly requests: Requests
  readonly peaks: readonly Peak[]
  readonly outcomes: readonly Outcome[]
}

/** Something the project says of itself. `holds` is null when this run did not measure it. */
export type Claim = { readonly says: string; readonly measured: string; readonly holds: boolean | null }
