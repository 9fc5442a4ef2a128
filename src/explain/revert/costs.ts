import { getAt, isObject } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import { count } from '../../count.ts'
import type { Finding, Json, JsonObject, ObjectRef, Path } from '../../model.ts'

/** What a way back costs, as sentences that stay the same while nothing happens. */
export type Costs = { readonly restartsPods: boolean; readonly costs: readonly string[] }

const FREE: Costs = { restartsPods: false, costs: [] }

/** What follows from writing to a place, apart from restarts. */
const EFFECTS: readonly { readonly kinds: RegExp; readonly at: RegExp; readonly text: string }[] = [
  {
    kinds: /^(ConfigMap|Secret)$/,
    at: /^(data|binaryData|stringData)\b/,
    text: 'Pods that take it as environment variables keep the old value until they restart.',
  },
  { kinds: /^Service$/, at: /^spec\.type$/, text: 'Its addresses change at once: what the other type opened is closed.' },
  {
    kinds: /^Service$/,
    at: /^spec\.(selector|ports|externalIPs|externalName|internalTrafficPolicy|sessionAffinity)\b/,
    text: 'Traffic moves at once.',
  },
  { kinds: /^(Ingress|HTTPRoute|NetworkPolicy)$/, at: /^spec\b/, text: 'Traffic moves at once.' },
  { kinds: /^(Role|ClusterRole)$/, at: /^rules\b/, text: 'Whoever relies on a right that goes is refused at once.' },
  { kinds: /^(RoleBinding|ClusterRoleBinding)$/, at: /^subjects\b/, text: 'Whoever relies on a right that goes is refused at once.' },
  { kinds: /^(Validating|Mutating)WebhookConfiguration$/, at: /^webhooks\b/, text: 'It holds for the very next request.' },
  { kinds: /^CronJob$/, at: /^spec\.jobTemplate\b/, text: 'It takes effect with the next run.' },
  { kinds: /^CustomResourceDefinition$/, at: /^spec\.versions\b/, text: 'All objects of this kind are held against it at once.' },
]

/**
 * What it costs to write to these places of an object.
 *
 * @param scaler what sets the replicas, such as `HorizontalPodAutoscaler/web`; null for nothing
 */
export function tellCosts(object: ObjectRef, paths: readonly Path[], live: JsonObject, scaler: string | null): Costs {
  const patterns = paths.map(toPattern)
  const effects = EFFECTS.filter(({ kinds, at }) => kinds.test(object.kind) && patterns.some((pattern) => at.test(pattern)))
  const texts = [...new Set(effects.map(({ text }) => text))]
  const restart = patterns.some((pattern) => /^spec\.template(\.|$)/.test(pattern)) ? tellRestart(object, live, scaler) : FREE
  return { restartsPods: restart.restartsPods, costs: [...restart.costs, ...texts] }
}

/** What another number of replicas means. */
export function tellScaling({ live }: Pick<Finding, 'live'>, wanted: number, scaler: string | null): readonly string[] {
  const now = Number(live ?? 1)
  const change = wanted < now ? `Takes ${now - wanted} of ${count(now, 'pod')} away.` : `Starts ${count(wanted - now, 'more pod')}.`
  return [change, ...(scaler === null ? [] : [`${scaler} sets the replicas too, and may change them again.`])]
}

function tellRestart({ kind }: ObjectRef, live: JsonObject, scaler: string | null): Costs {
  const spec = isObject(live.spec) ? live.spec : {}
  const replicas = kind === 'DaemonSet' ? null : Number(spec.replicas ?? 1)
  // An autoscaler moves the number, and a text must stay the same.
  const pods = kind === 'DaemonSet' ? 'its pod on every node' : scaler === null ? count(replicas ?? 1, 'pod') : 'its pods'
  const strategy = textAt(spec, kind === 'Deployment' ? 'strategy' : 'updateStrategy')
  if (!/^(Deployment|StatefulSet|DaemonSet)$/.test(kind)) return FREE
  if (spec.paused === true) return { ...FREE, costs: ['The rollout is paused: the pods stay as they are until somebody resumes it.'] }
  if (replicas === 0) return { ...FREE, costs: ['No pod runs that it could restart.'] }
  if (strategy === 'OnDelete') return { ...FREE, costs: ['Its pods stay as they are until somebody deletes them (OnDelete).'] }
  if (strategy === 'Recreate') return { restartsPods: true, costs: [`Stops ${pods} before new ones start.`] }
  const from = getAt(spec, [{ field: 'updateStrategy' }, { field: 'rollingUpdate' }, { field: 'partition' }])
  if (typeof from === 'number' && from > 0) return { restartsPods: true, costs: [`Restarts its pods from number ${from} on.`] }
  const pace = replicas === 1 && scaler === null ? '' : kind === 'StatefulSet' ? ', one after the other' : ', a few at a time'
  return { restartsPods: true, costs: [`Restarts ${pods}${pace}.`] }
}

function textAt(spec: JsonObject, field: string): Json | undefined {
  return getAt(spec, [{ field }, { field: 'type' }])
}
