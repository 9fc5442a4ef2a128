import type { Subject } from './grants.ts'

/**
 * Identities of Kubernetes itself: its controllers, its nodes and its other components. They write to what a chart
 * declares as a matter of course. `system:serviceaccounts:kube-system` is the group of every account in that namespace.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles
 */
export const KUBERNETES = {
  groups: ['system:serviceaccounts:kube-system', 'system:nodes'],
  users: ['system:apiserver', 'system:cloud-controller-manager', 'system:kube-controller-manager', 'system:kube-scheduler'],
} as const

/** Users with the prefix of Kubernetes that people have: no credential at all, and the administrator of some distributions. */
const PEOPLE = ['system:admin', 'system:anonymous']

/** Whether a subject of a binding is a part of Kubernetes rather than a person, a pipeline or an operator. */
export function isKubernetes({ kind, name, namespace }: Subject): boolean {
  if (kind === 'ServiceAccount') return namespace === 'kube-system'
  if (kind === 'Group') return (KUBERNETES.groups as readonly string[]).includes(name)
  return name.startsWith('system:') && !name.startsWith('system:serviceaccount:') && !PEOPLE.includes(name)
}

/** The user name by which the API server knows a subject; null for a group. */
export function toUserName({ kind, name, namespace }: Subject): string | null {
  if (kind === 'Group') return null
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name
}

/** A user name as the subject of a binding: accounts of the cluster have a form of their own. */
export function toSubject(user: string): Subject {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? []
  if (namespace !== undefined && name !== undefined) return { kind: 'ServiceAccount', name, namespace }
  return { kind: 'User', name: user, namespace: '' }
}

/** `Group developers`, `ServiceAccount ci/deployer` */
export function formatSubject({ kind, name, namespace }: Subject): string {
  return kind === 'ServiceAccount' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`
}
