import { matchesGlob } from '../compare/glob.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { ControllerRule, ObjectRef } from '../model.ts'

/**
 * Who stands behind a `managedFields` entry:
 * `deployer` applies releases; `human` is a tool that people type into; `controller` is recognised by manager, kind,
 * path and subresource together, never by its name alone, since names can be forged with `--field-manager`;
 * `merged` is a record in which the API server lost the writer; `stranger` is anyone else.
 */
export type Actor = 'deployer' | 'human' | 'controller' | 'merged' | 'stranger'

export type ActorRules = { readonly deployers: readonly string[]; readonly controllers: readonly ControllerRule[] }

export const DEFAULT_DEPLOYERS: readonly string[] = [
  'helm',
  'terraform-provider-helm*',
  'argocd-controller',
  'argocd-application-controller',
  'helm-controller',
  'kustomize-controller',
  'flux*',
]

const HUMAN_TOOLS = [
  'kubectl*',
  'oc',
  'k9s*',
  'Lens*',
  'OpenLens*',
  'Freelens*',
  'node-fetch',
  'Mozilla',
  'headlamp*',
  'aptakube*',
  'octant*',
]

/** Writers that Kubernetes itself names when the history of a field was lost. */
const MERGED = ['before-first-apply', 'ancient-changes']

/**
 * The controllers of Kubernetes itself. Since v1.18 they all write as `kube-controller-manager` (their binary's name),
 * so the path and the subresource are what tells them from one another.
 */
const BUILT_IN_CONTROLLERS: readonly (Pick<ControllerRule, 'manager'> & Partial<ControllerRule>)[] = [
  { manager: 'kube-controller-manager', path: 'metadata.annotations.deployment.kubernetes.io/*' },
  { manager: 'kube-controller-manager', path: 'metadata.finalizers*' },
  { manager: 'kube-controller-manager', kind: 'HorizontalPodAutoscaler', path: 'metadata.annotations.autoscaling.alpha.kubernetes.io/*' },
  { manager: 'kube-controller-manager', path: 'spec.replicas', subresource: 'scale' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume*', path: 'metadata.annotations.pv.kubernetes.io/*' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume*', path: 'metadata.annotations.volume.*kubernetes.io/*' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolumeClaim', path: 'spec.volumeName' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume', path: 'spec.claimRef*' },
  { manager: 'kube-controller-manager', kind: 'ServiceAccount', path: 'secrets*' },
  { manager: 'kube-scheduler', kind: 'PersistentVolumeClaim', path: 'metadata.annotations.volume.kubernetes.io/selected-node' },
  { manager: 'kube-scheduler', kind: 'Pod' },
  { manager: 'kubelet', kind: 'Pod' },
  { manager: 'kube-apiserver', kind: 'CustomResourceDefinition' },
]

/** Fills the rules of a ClusterRole, but only of one that declares to be aggregated. */
export const AGGREGATION: ControllerRule = {
  manager: 'clusterrole-aggregation-controller',
  kind: 'ClusterRole',
  path: 'rules*',
  subresource: null,
}

/** Tells who stands behind an entry that wrote a place (its path without list keys) of an object. */
export function classifyActor(entry: FieldsEntry, ref: ObjectRef, pattern: string, rules: ActorRules): Actor {
  if (isDeployer(entry.manager, rules)) return 'deployer'
  if (MERGED.includes(entry.manager)) return 'merged'
  if ([...rules.controllers, ...BUILT_IN_CONTROLLERS].some((rule) => matchesController(rule, entry, ref, pattern))) return 'controller'
  return HUMAN_TOOLS.some((glob) => matchesGlob(glob, entry.manager)) ? 'human' : 'stranger'
}

/** A handful of names is asked for at every field of every object. */
const deployers = new WeakMap<ActorRules, Map<string, boolean>>()

/** Whether a manager's name is that of a deployer, by the built-in names and those of the config file. */
export function isDeployer(manager: string, rules: ActorRules): boolean {
  const known = deployers.get(rules) ?? new Map<string, boolean>()
  deployers.set(rules, known)
  let answer = known.get(manager)
  if (answer === undefined) {
    answer = [...DEFAULT_DEPLOYERS, ...rules.deployers].some((glob) => matchesGlob(glob, manager))
    known.set(manager, answer)
  }
  return answer
}

function matchesController(rule: (typeof BUILT_IN_CONTROLLERS)[number], entry: FieldsEntry, ref: ObjectRef, pattern: string): boolean {
  return (
    matchesGlob(rule.manager, entry.manager) &&
    fits(rule.kind, ref.kind) &&
    fits(rule.path, pattern) &&
    fits(rule.subresource, entry.subresource ?? '')
  )
}

function fits(glob: string | null | undefined, text: string): boolean {
  return glob === null || glob === undefined || matchesGlob(glob, text)
}
