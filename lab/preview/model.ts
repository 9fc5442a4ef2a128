import type { JsonObject, ObjectRef, PreviewChange } from '../../src/model.ts'
import type { Proposal, Released } from '../model.ts'

/** An object as a chart of this lab has it: a file of its own in `templates/`, or in `crds/`. */
export type ChartObject = { readonly object: JsonObject; readonly fromCrds: boolean }

/** Which Helm did what: all but the last deploy the base, and the last one deploys the pull request. */
export type Helms = readonly (3 | 4)[]

/** What somebody does to one object in Git: the writes of a human's edit, made to what is declared. */
export type GitEdit = { readonly kind: string; readonly target: Released; readonly writes: Proposal['writes'] }

/** What is wrong with a preview, for people. */
export type Wrong = { readonly object: ObjectRef; readonly path: string; readonly said: string; readonly saw: string }

/** A change whose prospect was compared with what happened. */
export type Judged = { readonly change: PreviewChange; readonly wrong: Wrong | null }

/** What one pull request gave, previewed and then deployed. */
export type PreviewResult = {
  readonly chart: string
  readonly helms: Helms
  readonly failure: string | null
  /** Edits in Git and by hand that took hold. */
  readonly edits: { readonly git: number; readonly hand: number }
  readonly judged: readonly Judged[]
  /** Changes of objects that the API server refused and that had to be made anew, and those whose prospect is not known. */
  readonly unjudged: number
  /** What happened and no change tells: places that became something else, and failures. */
  readonly untold: readonly Wrong[]
  readonly seconds: number
}
