import type { Absence, JsonObject } from '../../model.ts'

/**
 * What could be read of the rights in a cluster: the objects of RBAC as they are. Null where a list could not be had,
 * which `absences` explains.
 */
export type RbacRead = {
  readonly roles: readonly JsonObject[] | null
  readonly roleBindings: readonly JsonObject[] | null
  readonly clusterRoles: readonly JsonObject[] | null
  readonly clusterRoleBindings: readonly JsonObject[] | null
  readonly self: SelfRights
  readonly absences: readonly Absence[]
}
/** What the API server says of the credential that asks. */
export type SelfRights = {
  readonly user: string | null
  readonly groups: readonly string[]
  /** `{verbs, apiGroups, resources, resourceNames}` in the namespace; null when it could not be asked. */
  readonly rules: readonly JsonObject[] | null
  /** True when an authorizer other than RBAC takes part and does not list its rules. */
  readonly incomplete: boolean
}
