import type { Path } from '../model.ts'

/** A path without its list keys, as the schema tables write it: `spec.template.spec.containers[].image`. */
export function toPattern(path: Path): string {
  return path.reduce((text, step) => ('field' in step ? (text === '' ? step.field : `${text}.${step.field}`) : `${text}[]`), '')
}

/** `apps/v1/Deployment`: how the schema tables name a kind. */
export function toKindName(ref: { readonly apiVersion: string; readonly kind: string }): string {
  return `${ref.apiVersion}/${ref.kind}`
}

/** The group of an apiVersion is one of Kubernetes' own: its objects are typed, and their schema is in the tables. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  return !group.includes('.') || BUILT_IN_GROUPS.has(group)
}

const BUILT_IN_GROUPS = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
])
