// The words of the lab as plain data.

import type { Json, JsonObject, ObjectRef, Path } from '../src/model.ts'

/** An object of an installed release: as Helm sent it, as the API server gives it, and how to address it. */
export type Released = {
  readonly ref: ObjectRef
  /** `deployments.apps`, as kubectl takes it. */
  readonly resource: string
  readonly declared: JsonObject
  readonly live: JsonObject
  /** From the chart's `crds/`: not in Helm's record of the release. */
  readonly fromCrds: boolean
}

/** All that an edit may look at when it is made up. */
export type Scene = {
  readonly released: readonly Released[]
  readonly release: string
  readonly namespace: string
}

/** One place that an edit writes; `value` is undefined for a removal. */
export type Write = {
  readonly path: Path
  readonly value: Json | undefined
  /** Further places at which this may be told: an atomic map may be told by its key or as a whole. */
  readonly orAt?: readonly Path[]
}

/** A program that makes the change in its own way. `manager` is the name the API server records for it. */
export type SpecialTool = {
  readonly args: readonly string[]
  readonly stdin?: string
  readonly manager: string
}

/** What someone may do to one object. Without a tool of its own, any way to send the writes will do. */
export type Proposal = {
  readonly writes: readonly Write[]
  readonly tool?: SpecialTool
  /** What the API server changes along with it: told or not, it is no false alarm. */
  readonly tolerated?: readonly Path[]
  /** What must be found, where that does not follow from the writes: one finding at one of these paths. */
  readonly expect?: readonly Path[]
  /** The API server keeps no record of who did this. */
  readonly unrecorded?: boolean
}

/** Something to be found: at one of these paths of the object and under this manager. A removal has no manager. */
export type Expectation = {
  readonly accept: readonly string[]
  readonly manager: string | null
  /** What may also be told below these paths: the parts of what was removed; the one part of a list that changed. */
  readonly below: 'nothing' | 'parts' | 'one'
}

/** A change that a person makes. */
export type Act = { readonly kind: string; readonly target: Released; readonly proposal: Proposal }

/** What became of an act: what was run, what must be found, and why it does not count, if it does not. */
export type Record = {
  readonly kind: string
  readonly object: ObjectRef
  readonly command: string
  readonly expected: readonly Expectation[]
  /** Paths that this act explains without demanding them. */
  readonly tolerated: readonly string[]
  readonly notApplied: string | null
}

/** A finding as the report's JSON has it; only what the lab looks at. */
export type Reported = {
  readonly object: ObjectRef
  readonly path: string
  readonly change: string
  readonly desired: Json
  readonly live: Json
  readonly cause: string
  readonly drift: boolean
  readonly confidence: string
  readonly because: string
  readonly evidence: { readonly manager: string | null; readonly operation: string | null; readonly subresource: string | null }
  readonly pattern: string
}

/** What one run of the tool gave. */
export type Check = {
  readonly verdict: string
  readonly delivery: string
  readonly error: string | null
  readonly findings: readonly Reported[]
  readonly unread: readonly Json[]
  readonly notes: readonly { readonly kind: string; readonly message: string }[]
  readonly objects: number
  readonly seconds: number
}

/** An edit that was not found as it should be, with all that was said about its object. */
export type Miss = { readonly record: Record; readonly expectation: Expectation; readonly why: string; readonly said: readonly Reported[] }

/** The judgement of one round of edits. */
export type Score = {
  readonly found: readonly Record[]
  readonly missed: readonly Miss[]
  readonly falseAlarms: readonly Reported[]
}

/** Everything that happened with one chart and one Helm version. */
export type ChartResult = {
  readonly chart: string
  readonly helm: 3 | 4
  /** Why it could not be installed or judged; null when it was. */
  readonly failure: string | null
  readonly hooksRan: boolean
  readonly silence: Check | null
  readonly edits: readonly Record[]
  /** Acts that must stay silent. */
  readonly quiet: readonly Record[]
  readonly after: Check | null
  readonly score: Score | null
  /** How long each part took, in seconds. */
  readonly parts: { readonly [part: string]: number }
}
