import type { JsonObject } from '../../model.ts'
import { toObject, toObjects, toText } from '../../shapes.ts'
import type { RbacRead } from './rbac-read.ts'
import { type Rule, readRule } from './rules.ts'

/** Whom a binding names. `namespace` is that of a ServiceAccount, and empty for others. */
export type Subject = { readonly kind: string; readonly name: string; readonly namespace: string }
/** What one binding gives to its subjects. */
export type Grant = {
  readonly binding: JsonObject
  readonly bindingName: string
  readonly roleRef: JsonObject
  readonly subjects: readonly Subject[]
  /** Null: the role that it names is not there, or could not be read. */
  readonly rules: readonly Rule[] | null
  /** True for a ClusterRoleBinding, which counts in every namespace. */
  readonly everywhere: boolean
  /** `RoleBinding/edit -> ClusterRole/edit` */
  readonly through: string
}

/**
 * Joins bindings with the roles they name. The rules of an aggregated ClusterRole are there already: a controller of
 * Kubernetes writes them into it.
 *
 * @returns in the order of their names, those of the namespace first
 */
export function listGrants(rbac: RbacRead): readonly Grant[] {
  const roles = indexByName(rbac.roles)
  const clusterRoles = indexByName(rbac.clusterRoles)
  const toGrant = (binding: JsonObject, everywhere: boolean): Grant => {
    const roleRef = toObject(binding.roleRef)
    const [kind, name] = [toText(roleRef.kind) ?? '', toText(roleRef.name) ?? '']
    const role = kind === 'Role' ? (everywhere ? undefined : roles.get(name)) : clusterRoles.get(name)
    const bindingName = nameOf(binding)
    return {
      binding,
      bindingName,
      roleRef,
      subjects: toObjects(binding.subjects).map((subject) => readSubject(subject)),
      rules: role === undefined ? null : toObjects(role.rules).map(readRule),
      everywhere,
      through: `${everywhere ? 'ClusterRoleBinding' : 'RoleBinding'}/${bindingName} -> ${kind}/${name}`,
    }
  }
  return [
    ...sortByName(rbac.roleBindings ?? []).map((binding) => toGrant(binding, false)),
    ...sortByName(rbac.clusterRoleBindings ?? []).map((binding) => toGrant(binding, true)),
  ]
}

function readSubject({ kind, name, namespace }: JsonObject): Subject {
  const isAccount = kind === 'ServiceAccount'
  return { kind: toText(kind) ?? '', name: toText(name) ?? '', namespace: isAccount ? (toText(namespace) ?? '') : '' }
}

function nameOf(object: JsonObject): string {
  return toText(toObject(object.metadata).name) ?? ''
}

function indexByName(objects: readonly JsonObject[] | null): ReadonlyMap<string, JsonObject> {
  return new Map((objects ?? []).map((object) => [nameOf(object), object]))
}

function sortByName(objects: readonly JsonObject[]): readonly JsonObject[] {
  return objects.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}
