import type { Grant, Subject } from './grants.ts'
import { allows, type Rule } from './rules.ts'
import { formatSubject, isKubernetes } from './subjects.ts'

type Right = { readonly verbs: readonly string[]; readonly group: string; readonly resource: string; readonly subresource?: string }
type Detour = Right & {
  readonly told: string
  /** Users, groups and ClusterRoles belong to no namespace, so only a ClusterRoleBinding gives rights over them. */
  readonly clusterWide: boolean
  /** What it takes besides: a role that one may bind is of no use without the right to make bindings. */
  readonly besides?: Right
}
const RBAC = 'rbac.authorization.k8s.io'
const CHANGE = ['create', 'patch', 'update']
/**
 * Rights by which somebody may get other rights.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks
 */
const DETOURS: readonly Detour[] = [
  ...['users', 'groups'].map((resource) => ({
    told: `impersonate ${resource}`,
    ...{ verbs: ['impersonate'], group: '', resource, clusterWide: true },
  })),
  { told: 'impersonate serviceaccounts', verbs: ['impersonate'], group: '', resource: 'serviceaccounts', clusterWide: false },
  {
    told: 'create serviceaccounts/token',
    verbs: ['create'],
    group: '',
    resource: 'serviceaccounts',
    subresource: 'token',
    clusterWide: false,
  },
  ...['roles', 'clusterroles'].map((resource) => ({
    told: `bind ${resource}`,
    ...{ verbs: ['bind'], group: RBAC, resource, clusterWide: false },
    besides: { verbs: CHANGE, group: RBAC, resource: 'rolebindings' },
  })),
  ...['roles', 'clusterroles'].map((resource) => ({
    told: `escalate ${resource}`,
    ...{ verbs: ['escalate'], group: RBAC, resource, clusterWide: resource === 'clusterroles' },
    besides: { verbs: CHANGE, group: RBAC, resource },
  })),
]

/**
 * Subjects that may act as somebody else or give themselves rights, each with how: `Group sre (impersonate users)`.
 *
 * @param isAsked whom it is of interest for
 */
export function findDetours(grants: readonly Grant[], isAsked: (subject: Subject) => boolean): readonly string[] {
  const bySubject = Map.groupBy(
    grants.flatMap((grant) => grant.subjects.map((who) => ({ who, grant }))),
    ({ who }) => formatSubject(who),
  )
  return [...bySubject]
    .filter(([, [first]]) => first !== undefined && !isKubernetes(first.who) && isAsked(first.who))
    .flatMap(([subject, held]) => {
      const told = listDetours(held.map(({ grant }) => grant))
      return told.length === 0 ? [] : [`${subject} (${told.join(', ')})`]
    })
    .toSorted()
}

function listDetours(grants: readonly Grant[]): readonly string[] {
  const rulesOf = (clusterWide: boolean) => grants.flatMap(({ rules, everywhere }) => (everywhere || !clusterWide ? (rules ?? []) : []))
  return DETOURS.filter(({ clusterWide, besides, ...right }) => {
    const rules = rulesOf(clusterWide)
    return holds(rules, right) && (besides === undefined || holds(rules, besides))
  }).map(({ told }) => told)
}

/** Names are left aside: to act as one user of a certain name may be all it takes. */
function holds(rules: readonly Rule[], { verbs, group, resource, subresource = '' }: Right): boolean {
  return verbs.some((verb) => rules.some((rule) => allows({ ...rule, names: [] }, { verb, group, resource, subresource, name: '' })))
}
