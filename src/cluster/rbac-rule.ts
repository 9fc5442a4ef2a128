import type { ApiResource } from '../model.ts'
import { groupOf } from '../refs.ts'

/** A right that reading needs, as one rule of a Role or ClusterRole. */
export type NeededRule = {
  readonly resource: Pick<ApiResource, 'apiVersion' | 'resource'>
  /** Null: the rule belongs in a ClusterRole bound by a ClusterRoleBinding. */
  readonly namespace: string | null
  readonly verbs: readonly ('get' | 'list')[]
  /** Narrows `get` to these names; a `list` cannot be narrowed so. */
  readonly names?: readonly string[]
}

/**
 * Writes a rule as the YAML that goes under `rules:`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
 */
export function formatRule({ resource, verbs, names = [] }: NeededRule): string {
  const lines = [`- apiGroups: ["${groupOf(resource.apiVersion)}"]`, `  resources: ["${resource.resource}"]`]
  if (names.length > 0) lines.push(`  resourceNames: [${names.map((name) => `"${name}"`).join(', ')}]`)
  return [...lines, `  verbs: [${verbs.map((verb) => `"${verb}"`).join(', ')}]`].join('\n')
}

/** The remedy for a refused read: the exact rule that is missing, and where it goes. */
export function formatMissingRule(rule: NeededRule): string {
  const where = rule.namespace === null ? 'a ClusterRole' : `a Role in namespace ${rule.namespace}`
  return `Add this rule to ${where} of the credential:\n${formatRule(rule)}`
}
