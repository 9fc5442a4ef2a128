import type { ApiResource, ClusterInfo, ObjectRef } from '../../model.ts'
import { type ReaderRule, type Wanted, writeReaderRules } from './reader-rules.ts'
import { stringifyDocuments } from './yaml-documents.ts'

export type ReaderRoleInput = {
  readonly release: string
  readonly namespace: string
  /** The objects that are compared. */
  readonly declared: readonly ObjectRef[]
  readonly info: ClusterInfo
  /** Kinds that are searched for further objects of the release, as the cluster serves them. */
  readonly extraKinds: readonly ApiResource[]
  /** Also the rights by which a report says more about drift. */
  readonly optional: boolean
}
type Part = { readonly value: object; readonly comment: string }

const API = 'rbac.authorization.k8s.io/v1'
const GROUP = 'rbac.authorization.k8s.io'
/** What a report looks at around drift, where the cluster has it. */
const AROUND: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Event'],
  ['v1', 'Pod'],
  ['apps/v1', 'ReplicaSet'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
  [API, 'Role'],
  [API, 'RoleBinding'],
]
const AROUND_CLUSTER: readonly (readonly [apiVersion: string, kind: string])[] = [
  [API, 'ClusterRole'],
  [API, 'ClusterRoleBinding'],
]

/**
 * Writes the least rights with which a release can be checked completely, as YAML: an account, a Role in each namespace
 * that the chart has objects in, and a ClusterRole only where it has objects that belong to none. Secrets and cluster-wide
 * objects are granted by name, since a list would show all of them. Kinds that the cluster does not serve need no rule.
 */
export function writeReaderRole(input: ReaderRoleInput): string {
  const { release, namespace, declared, info, extraKinds, optional } = input
  const name = `plumbline-${release}`
  const wanted = [
    ...declared.flatMap((ref): readonly Wanted[] => {
      const resource = findServed(info, ref.apiVersion, ref.kind)
      return resource === undefined
        ? []
        : [{ resource, namespace: resource.namespaced ? (ref.namespace ?? namespace) : null, name: ref.name }]
    }),
    ...extraKinds.map((resource) => ({ resource, namespace: resource.namespaced ? namespace : null, name: null })),
  ]
  const byNamespace = Map.groupBy(wanted, (one) => one.namespace)
  const namespaces = [...new Set([namespace, ...byNamespace.keys()])].filter((one) => one !== null).toSorted()
  const account = { kind: 'ServiceAccount', name, namespace }
  const clusterWide = byNamespace.get(null) ?? []
  return stringifyDocuments([
    {
      value: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false },
      comment: [`What Plumbline needs to check release ${release}, and nothing that changes anything.`, ...tellUnknown(input)].join('\n'),
    },
    ...namespaces.flatMap((place) => [
      {
        value: {
          apiVersion: API,
          kind: 'Role',
          metadata: { name, namespace: place },
          rules: [ruleForNamespace(place), ...writeReaderRules(byNamespace.get(place) ?? [])],
        },
        comment:
          'The namespace itself tells one that is absent from objects that are missing. A Secret is granted by its name and no other.',
      },
      bind('RoleBinding', { name, namespace: place }, name, account),
    ]),
    ...(clusterWide.length === 0
      ? []
      : [
          {
            value: {
              apiVersion: API,
              kind: 'ClusterRole',
              metadata: { name: `${name}-${namespace}` },
              rules: writeReaderRules(clusterWide),
            },
            comment: 'Objects of the chart that belong to no namespace, by their names.',
          },
          bind('ClusterRoleBinding', { name: `${name}-${namespace}` }, `${name}-${namespace}`, account),
        ]),
    ...(optional ? writeOptional(input, name, account) : []),
  ])
}

function writeOptional({ namespace, info }: ReaderRoleInput, name: string, account: object): readonly Part[] {
  const [here, everywhere] = [AROUND, AROUND_CLUSTER].map((kinds) =>
    kinds
      .flatMap(([apiVersion, kind]) => findServed(info, apiVersion, kind) ?? [])
      .map((resource) => ({ resource, namespace: '', name: null })),
  )
  const own = `${name}-around`
  return [
    {
      value: { apiVersion: API, kind: 'Role', metadata: { name: own, namespace }, rules: writeReaderRules(here ?? []) },
      comment: 'Optional: how things stand around drift, and who may write here. Without it the report says what it could not see.',
    },
    bind('RoleBinding', { name: own, namespace }, own, account),
    {
      value: { apiVersion: API, kind: 'ClusterRole', metadata: { name: `${own}-${namespace}` }, rules: writeReaderRules(everywhere ?? []) },
      comment: 'Optional: rights that are given for all namespaces.',
    },
    bind('ClusterRoleBinding', { name: `${own}-${namespace}` }, `${own}-${namespace}`, account),
  ]
}

/** A Role names a kind by its plural, which only its cluster knows for sure. */
function tellUnknown({ declared, info }: ReaderRoleInput): readonly string[] {
  const unknown = declared.filter(({ apiVersion, kind }) => findServed(info, apiVersion, kind) === undefined)
  const kinds = [...new Set(unknown.map(({ apiVersion, kind }) => `${kind} (${apiVersion})`))].toSorted()
  if (kinds.length === 0) return []
  return [`TO DO: rules for ${kinds.join(', ')} are missing, since it is not known how the cluster serves them. Ask the cluster itself.`]
}

function findServed({ resources }: ClusterInfo, apiVersion: string, kind: string): ApiResource | undefined {
  return resources.find((one) => one.apiVersion === apiVersion && one.kind === kind && one.resource !== '')
}

/** Within a Role, the right to read a namespace counts for its own only; the name makes that plain. */
function ruleForNamespace(namespace: string): ReaderRule {
  return { apiGroups: [''], resources: ['namespaces'], resourceNames: [namespace], verbs: ['get'] }
}

function bind(kind: 'RoleBinding' | 'ClusterRoleBinding', metadata: object, role: string, account: object): Part {
  const roleRef = { apiGroup: GROUP, kind: kind === 'RoleBinding' ? 'Role' : 'ClusterRole', name: role }
  return { value: { apiVersion: API, kind, metadata, roleRef, subjects: [account] }, comment: '' }
}
