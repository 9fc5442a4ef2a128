import { matchesGlob } from '../compare/glob.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { ControllerRule, ObjectRef } from '../model.ts'
import { KNOWN_CONTROLLERS, type KnownController } from './controllers.ts'

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

/** Fills the rules of a ClusterRole, but only of one that declares to be aggregated. */
export const AGGREGATION: ControllerRule = {
  manager: 'clusterrole-aggregation-controller',
  kind: 'ClusterRole',
  path: 'rules*',
  subresource: null,
}

/** Whether an entry stands for several writers that the API server no longer tells apart. */
export function isMerged({ manager }: Pick<FieldsEntry, 'manager'>): boolean {
  return MERGED.includes(manager)
}

/** Tells who stands behind an entry that wrote a place (its path without list keys) of an object. */
export function classifyActor(entry: FieldsEntry, ref: ObjectRef, pattern: string, rules: ActorRules): Actor {
  if (isDeployer(entry.manager, rules)) return 'deployer'
  if (isMerged(entry)) return 'merged'
  if ([...rules.controllers, ...KNOWN_CONTROLLERS].some((rule) => matchesController(rule, entry, ref, pattern))) return 'controller'
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

function matchesController(rule: KnownController, entry: FieldsEntry, ref: ObjectRef, pattern: string): boolean {
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
