import type { Cause, Meaning, Severity } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import { ACCESS_RULES } from './access-rules.ts'
import { CONTROLLER_RULES } from './controller-rules.ts'
import { DATA_RULES } from './data-rules.ts'
import { NETWORK_RULES } from './network-rules.ts'
import { OBJECT_RULES } from './object-rules.ts'
import { POD_RULES } from './pod-rules.ts'
import { fitsRule, isOwnGroup, type MeaningRule, type Subject } from './subject.ts'
import { WORKLOAD_RULES } from './workload-rules.ts'

/** What kind of change it is, how much it matters, and why. */
export type Explained = { readonly pattern: string; readonly severity: Severity; readonly meaning: Meaning }

/** The table: the first rule that fits wins, so more particular ones stand first. The last two fit everything. */
export const MEANING_RULES: readonly MeaningRule[] = [
  ...OBJECT_RULES,
  ...WORKLOAD_RULES,
  ...POD_RULES,
  ...ACCESS_RULES,
  ...CONTROLLER_RULES,
  ...NETWORK_RULES,
  ...DATA_RULES,
  {
    pattern: 'field-changed',
    title: 'custom resource changed',
    when: ({ object }) => !isOwnGroup(groupOf(object.apiVersion)),
    ...{ severity: 'medium', area: 'configuration', reason: 'what it does is up to the controller of its kind' },
  },
  {
    pattern: 'field-changed',
    title: 'field changed',
    ...{ severity: 'medium', area: 'configuration', reason: 'nothing more is known of what this field does' },
  },
]

/**
 * Names a difference and says how much it matters. Causes other than drift are `info`: they are told, not alarmed about.
 *
 * @param byDeployer whether a deployer made it: then it is not the field that says most, but that Git does not have it
 */
export function explainMeaning(subject: Subject, cause: Cause, byDeployer: boolean): Explained {
  const rule = MEANING_RULES.find((one) => fitsRule(one, subject)) ?? LAST
  const { pattern, severity, area, reason } = rule
  if (cause === 'manual' && byDeployer) return { pattern: 'out-of-band-deploy', severity: 'high', meaning: { ...OUT_OF_BAND, area } }
  const meaning = { title: cause === 'manual' ? rule.title : (rule.neutral ?? rule.title), area, reason }
  return { pattern, severity: cause === 'manual' || cause === 'unknown' ? severity : 'info', meaning }
}

const LAST = MEANING_RULES.at(-1) as MeaningRule
const OUT_OF_BAND = {
  title: 'deploy out of band',
  reason: 'somebody deployed what Git does not have, and the next deploy from Git knows nothing of it',
}
