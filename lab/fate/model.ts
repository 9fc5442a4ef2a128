import type { Change, Fate, Finding, ObjectRef } from '../../src/model.ts'

/** Which Helm did what: the first installs, those between upgrade, and the last makes the upgrade that is foretold. */
export type Helms = readonly (3 | 4)[]

/** What became of a difference: as the words of `Fate` have it, or something that no word foresees. */
export type Actual = 'reverted' | 'kept' | 'blocks-deploy' | 'none' | 'otherwise'

/** One finding after the upgrade: what was foretold, and what became of it. */
export type JudgedFinding = {
  readonly object: ObjectRef
  readonly path: string
  readonly change: Change
  readonly cause: Finding['cause']
  readonly fate: Fate
  readonly actual: Actual
  /** For people: the values, or helm's message. */
  readonly saw: string
}

/** What one upgrade after a round of edits gave. */
export type FateResult = {
  readonly chart: string
  readonly helms: Helms
  readonly delivery: string
  readonly failure: string | null
  /** Edits that took hold. */
  readonly edits: number
  readonly judged: readonly JudgedFinding[]
  /** Findings of objects that could not be upgraded, next to one that blocks. */
  readonly unjudged: number
  /** Where the whole message about an object's conflicts is another than foretold, missing or not foretold. */
  readonly wrongMessages: readonly { readonly foretold: string | null; readonly helm: string | null }[]
  readonly rightMessages: number
  readonly seconds: number
}

/** Those findings whose fate was foretold wrongly. */
export function listWrong({ judged }: FateResult): readonly JudgedFinding[] {
  return judged.filter(({ fate, actual }) => fate.next !== actual)
}
