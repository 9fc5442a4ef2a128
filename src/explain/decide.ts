import type { TargetReport, Undecided } from '../model.ts'
import { advise } from './advise.ts'

/**
 * Puts what helps to decide into a target's report, with the advice that follows from all of it.
 *
 * @param now RFC 3339; without it, that something is old does not count
 */
export function decide(target: TargetReport, known: Undecided, now: string | null): TargetReport {
  return { ...target, decision: { ...known, advice: advise({ ...target, decision: known }, now) } }
}

/** The same once more, after acceptances: what is accepted takes no part in the advice, and where all is, none is needed. */
export function decideAgain(target: TargetReport, now: string): TargetReport {
  const { decision, ...rest } = target
  if (decision === undefined) return target
  return target.findings.some(({ drift }) => drift) ? decide(target, decision, now) : rest
}
