import { getAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import type { Finding, JsonObject, RevertChoice } from '../../model.ts'
import type { Context } from './context.ts'
import { tellScaling } from './costs.ts'
import { kubectl, nameObject } from './kubectl.ts'
import { isUnsettled, nameScaler } from './questions.ts'
import { isServerSide, releaseScale } from './release.ts'

/** Replicas go through the scale subresource, which has a guard of its own, and a right of its own; null for whatever else. */
export function revertReplicas(finding: Finding, live: JsonObject, context: Context): RevertChoice | null {
  const { object: ref, path, desired } = finding
  if (!/^(Deployment|StatefulSet|ReplicaSet)$/.test(ref.kind) || toPattern(path) !== 'spec.replicas') return null
  const now = getAt(live, path)
  const wanted = desired ?? 1
  if (!Number.isSafeInteger(now) || !Number.isSafeInteger(wanted) || Number(wanted) < 0 || isUnsettled(path, finding, context)) return null
  const words = ['scale', nameObject(ref, context.place.info), `--current-replicas=${now}`, `--replicas=${wanted}`]
  const scaler = nameScaler(finding, context)
  return {
    summary: `Scale it back to ${wanted}.`,
    command: kubectl(context.place, ref.namespace, ...words),
    guard: `It refuses if the replicas are not ${now} any more.`,
    restartsPods: false,
    costs: tellScaling(finding, Number(wanted), scaler),
    ...(isServerSide(live, context.input) && desired !== undefined ? { release: releaseScale(ref, context.place, Number(wanted)) } : {}),
  }
}
