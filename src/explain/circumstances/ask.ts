import { isObject } from '../../compare/json.ts'
import type { Json, JsonObject, ObjectRef } from '../../model.ts'
import { keyOfRef } from '../../refs.ts'
import type { DecisionInput } from '../decision-input.ts'
import type { Seen } from './model.ts'

/** What to read around the drift of a target. */
export type CircumstancesQuestion = {
  readonly release: string
  readonly namespace: string
  /** Narrows pods and ReplicaSets to those of the target's workloads; null: there is no workload, so there are none. */
  readonly pods: { readonly labels: Labels } | null
  readonly autoscalers: boolean
  readonly gitops: GitOpsOwner | null
}
export type Labels = { readonly [name: string]: string }
/** What the release's objects say of who applies them. `namespace` is null where they do not say it. */
export type GitOpsOwner = { readonly tool: 'argocd' | 'flux'; readonly name: string; readonly namespace: string | null }

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet']

/** Asked only when there is drift: what would tell how things stand. */
export function askCircumstances(input: DecisionInput): CircumstancesQuestion {
  const { release, namespace } = input.target
  const workloads = listWorkloads(input)
  return {
    release,
    namespace,
    pods: workloads.length === 0 ? null : { labels: shareLabels(workloads.map(({ object }) => readSelector(object))) },
    autoscalers: workloads.some(({ ref }) => ref.kind !== 'DaemonSet' && isDrifted(input, ref)),
    gitops: findGitOpsOwner(input),
  }
}

/** The target's workloads that are there, in its own namespace. */
export function listWorkloads({ live, target }: DecisionInput): readonly Seen[] {
  return live.readings.flatMap(({ ref, reading }) => {
    const isWanted = WORKLOADS.includes(ref.kind) && ref.apiVersion.startsWith('apps/') && ref.namespace === target.namespace
    return isWanted && reading.outcome === 'found' ? [{ ref, object: reading.object }] : []
  })
}

export function isDrifted({ findings }: Pick<DecisionInput, 'findings'>, ref: ObjectRef): boolean {
  return findings.some(({ drift, object }) => drift && keyOfRef(object) === keyOfRef(ref))
}

/** `spec.selector.matchLabels`; expressions are left to the reader of the answer. */
export function readSelector({ spec }: JsonObject): Labels {
  const selector = isObject(spec) ? spec.selector : undefined
  return isObject(selector) ? toLabels(selector.matchLabels) : {}
}

export function toLabels(value: Json | undefined): Labels {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** What all selectors have in common: one list then serves all workloads, and little else is in it. */
function shareLabels([first = {}, ...others]: readonly Labels[]): Labels {
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => others.every((labels) => labels[name] === value)))
}

/**
 * Who applies the release, by the marks on its live objects.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
function findGitOpsOwner({ live, delivery }: DecisionInput): GitOpsOwner | null {
  for (const { reading } of live.readings) {
    if (reading.outcome !== 'found' || !isObject(reading.object.metadata)) continue
    const { labels, annotations } = reading.object.metadata
    const owner = readFluxMarks(toLabels(labels)) ?? readArgoMarks(toLabels(labels), toLabels(annotations), delivery === 'argocd')
    if (owner !== null) return owner
  }
  return null
}

function readFluxMarks(labels: Labels): GitOpsOwner | null {
  const name = labels['helm.toolkit.fluxcd.io/name']
  return name === undefined ? null : { tool: 'flux', name, namespace: labels['helm.toolkit.fluxcd.io/namespace'] ?? null }
}

/** Charts set `app.kubernetes.io/instance`, too: it speaks of Argo CD only where that has written the objects. */
function readArgoMarks(labels: Labels, annotations: Labels, isByArgo: boolean): GitOpsOwner | null {
  const tracked = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0]
  const labelled = labels['argocd.argoproj.io/instance'] ?? (isByArgo ? labels['app.kubernetes.io/instance'] : undefined)
  const named = tracked ?? labelled
  if (named === undefined || named === '') return null
  // Applications in any namespace are tracked as `namespace_name`; no object's name holds an underscore.
  const [first = '', second] = named.split('_')
  return second === undefined ? { tool: 'argocd', name: first, namespace: null } : { tool: 'argocd', name: second, namespace: first }
}
