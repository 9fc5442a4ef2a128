import type { DesiredObject, Fate, Finding } from '../../model.ts'
import { keyOfRef } from '../../refs.ts'
import type { DecisionInput } from '../decision-input.ts'

const FROM_CRDS = 'it comes from the folder crds/, which Helm installs once and never upgrades'

/** What becomes of anything in a definition of `crds/`: nothing. */
export const LEFT_ALONE: Fate = { next: 'none', confidence: 'certain', reason: FROM_CRDS }

/** Measured: a chart that looks up its own Secret refuses to be deployed without it. */
const MADE_UP_ANEW: Fate = {
  next: 'reverted',
  confidence: 'likely',
  reason: 'the deploy makes it again, with other made-up values, unless the chart looks for the old ones and refuses to go on without them',
}

/** Tells whether the next deploy makes a missing object again. */
export function judgeMissing({ cause }: Finding, wanted: DesiredObject | undefined): Fate {
  if (wanted?.fromCrds === true) return LEFT_ALONE
  if (wanted?.unstable.some(({ why }) => why === 'random') === true) return MADE_UP_ANEW
  const reason =
    cause === 'undeployed' ? 'the next deploy makes what Git declares now' : 'the chart declares it, so the deploy makes it again'
  return { next: 'reverted', confidence: 'certain', reason }
}

/** Tells whether the next deploy deletes an object that Git does not declare: only what the last deploy rendered. */
export function judgeExtra({ object, cause }: Finding, { record }: Pick<DecisionInput, 'record'>): Fate {
  const last = record?.rendered[0]
  const wasDeployed = last === undefined ? cause === 'undeployed' : last.has(keyOfRef(object))
  const confidence = last === undefined ? 'likely' : 'certain'
  return wasDeployed
    ? { next: 'reverted', confidence, reason: 'the last deploy had it and Git does not declare it any more, so the deploy deletes it' }
    : { next: 'kept', confidence, reason: 'no deploy made it, so none deletes it' }
}
