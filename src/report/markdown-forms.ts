import type { TargetReport } from '../model.ts'

/** A long form of a text in Markdown, and what it leaves out: first what a person can get elsewhere. */
export type LongForm = {
  /** What a reader is told of it; empty where nothing is left out. */
  readonly left: string
  /** The objects' differences as YAML. */
  readonly views: boolean
  /** The policy, the change of rights, and how to try them. */
  readonly yaml: boolean
  readonly queries: boolean
  readonly patches: boolean
}

const VIEWS = "the objects' differences as YAML"
const AROUND = 'the policy and the change of rights, the queries for the audit log'
const ALL: LongForm = { left: '', views: true, yaml: true, queries: true, patches: true }
const BARE: readonly LongForm[] = [ALL, { ...ALL, views: false, left: VIEWS }]
const LESS: LongForm = { views: false, yaml: false, queries: false, patches: true, left: `${VIEWS}, ${AROUND}` }

/** The long forms of a text about some targets, longest first. Without a decision there is less to leave out. */
export function listLongForms(targets: readonly TargetReport[]): readonly LongForm[] {
  const isDecided = targets.some(({ decision }) => decision !== undefined)
  return isDecided ? [...BARE, LESS, { ...LESS, patches: false, left: `${LESS.left}, the patches` }] : BARE
}
