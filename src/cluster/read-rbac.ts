import type { RbacRead, SelfRights } from '../explain/gap/rbac-read.ts'
import type { Absence, ApiResource, ClusterInfo, JsonObject } from '../model.ts'
import { toObject, toObjects, toText, toTexts } from '../shapes.ts'
import { readStatus } from './access.ts'
import { describeAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { listObjects } from './fetch.ts'
import { formatMissingRule } from './rbac-rule.ts'

/** A cluster with more than 10 000 of a kind is one whose bindings nobody reads through for one release. */
const PAGES = 20
const API = 'rbac.authorization.k8s.io/v1'

type Part = { readonly objects: readonly JsonObject[] | null; readonly absences: readonly Absence[] }

/**
 * Reads who may do what in a namespace: four lists, a page of 500 a request, and two questions about the credential itself.
 * What may not be read is an absence with the rule that it takes.
 * @throws UserError as `ClusterClient.get` does
 */
export async function readRbac(client: ClusterClient, info: ClusterInfo, namespace: string): Promise<RbacRead> {
  const list = (kind: string, place: string | null) => {
    const resource = info.resources.find((one) => one.apiVersion === API && one.kind === kind)
    return readPart(client, kind, resource, place)
  }
  const [roles, roleBindings, clusterRoles, clusterRoleBindings, self] = await Promise.all([
    list('Role', namespace),
    list('RoleBinding', namespace),
    list('ClusterRole', null),
    list('ClusterRoleBinding', null),
    readSelf(client, namespace),
  ])
  return {
    roles: roles.objects,
    roleBindings: roleBindings.objects,
    clusterRoles: clusterRoles.objects,
    clusterRoleBindings: clusterRoleBindings.objects,
    self: self.rights,
    absences: [roles, roleBindings, clusterRoles, clusterRoleBindings, self].flatMap(({ absences }) => absences),
  }
}

async function readPart(client: ClusterClient, kind: string, resource: ApiResource | undefined, namespace: string | null): Promise<Part> {
  const absent = (why: string, remedy: string): Part => ({ objects: null, absences: [{ source: `${kind}s`, why, remedy }] })
  if (resource === undefined) return absent('the cluster does not serve RBAC', '')
  const listing = await listObjects(client, resource, namespace, '', PAGES)
  if (listing.outcome === 'listed') return { objects: listing.items, absences: [] }
  if (listing.outcome === 'forbidden') {
    return absent('the credential may not list them', formatMissingRule({ resource, namespace, verbs: ['list'] }))
  }
  if (listing.outcome === 'unusable') {
    const { reading } = listing
    return absent('detail' in reading ? reading.detail : reading.outcome, 'remedy' in reading ? reading.remedy : '')
  }
  return absent(listing.outcome === 'expired' ? 'the list kept expiring while it was read' : 'there are more than can be looked at', '')
}

async function readSelf(
  client: ClusterClient,
  namespace: string,
): Promise<{ readonly rights: SelfRights; readonly absences: readonly Absence[] }> {
  const [self, rules] = await Promise.all([client.review('SelfSubjectReview', {}), client.review('SelfSubjectRulesReview', { namespace })])
  const info = toObject(toObject(readStatus(self)).userInfo)
  const status = readStatus(rules)
  const unknown = { source: 'rights of the credential itself', why: `they could not be asked (${describeAnswer(rules)})`, remedy: '' }
  return {
    rights: {
      user: toText(info.username),
      groups: toTexts(info.groups),
      rules: status === null ? null : toObjects(status.resourceRules),
      incomplete: status?.incomplete === true,
    },
    absences: status === null ? [unknown] : [],
  }
}
