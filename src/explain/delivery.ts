import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Delivery } from '../model.ts'
import { type ActorRules, isDeployer } from './actors.ts'

/**
 * How the release was last applied, from the newest deployer entry over all its objects. The helm binary at hand does
 * not matter: a Helm 4 upgrade of a Helm 3 release stays client-side, and the reverse.
 */
export function detectDelivery(entriesOfObjects: readonly (readonly FieldsEntry[])[], rules: ActorRules): Delivery {
  const entries = entriesOfObjects.flat().filter((entry) => entry.subresource === null)
  const deploys = entries.filter((entry) => isDeployer(entry.manager, rules)).toSorted(compareNewest)
  const newest = deploys[0]
  if (newest === undefined) return entries.some((entry) => entry.manager.startsWith('kubectl')) ? 'kubectl' : 'unknown'
  if (newest.manager.startsWith('argocd')) return 'argocd'
  if (newest.manager.endsWith('-controller') || newest.manager.startsWith('flux')) return 'flux'
  if (newest.manager !== 'helm' && !newest.manager.startsWith('terraform-provider-helm')) return 'unknown'
  return newest.operation === 'Apply' ? 'helm-server-side' : 'helm-client-side'
}

/** Of entries written in the same second, Apply says more: Helm 4 falls back to Update for single requests. */
function compareNewest(a: FieldsEntry, b: FieldsEntry): number {
  return (b.time ?? '').localeCompare(a.time ?? '') || (a.operation ?? '').localeCompare(b.operation ?? '')
}
