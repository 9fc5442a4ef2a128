import type { TargetReport, Undecided } from '../model.ts'
import { advise } from './advise.ts'

/**
 * Puts what helps to decide into a target's report, with the advice that follows from all of it. Ages have no part in it:
 * an issue must not be written anew because a day has passed.
 */
export function decide(target: TargetReport, known: Undecided): TargetReport {
  return { ...target, decision: { ...known, advice: advise({ ...target, decision: known }) } }
}

/** The same once more, after acceptances: what is accepted takes no part in the advice, and where all is, none is needed. */
export function decideAgain(target: TargetReport): TargetReport {
  const { decision, ...rest } = target
  if (decision === undefined) return target
  return target.findings.some(({ drift }) => drift) ? decide(target, decision) : rest
}
