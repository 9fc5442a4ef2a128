import { expect, test } from 'vitest'
import { findNamedKind, placeRef, planReads } from '../../src/cluster/plan.ts'
import type { ApiResource, ClusterInfo, ObjectRef } from '../../src/model.ts'

const resource = (apiVersion: string, kind: string, plural: string, namespaced = true): ApiResource => ({
  apiVersion,
  kind,
  resource: plural,
  namespaced,
})
const info: ClusterInfo = {
  kubeVersion: 'v1.34.4',
  staleGroups: [],
  resources: [
    resource('v1', 'ConfigMap', 'configmaps'),
    resource('v1', 'Event', 'events'),
    resource('events.k8s.io/v1', 'Event', 'events'),
    resource('apps/v1', 'Deployment', 'deployments'),
    resource('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', false),
    resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', false),
  ],
}
const ref = (apiVersion: string, kind: string, name: string, namespace: string | null = null): ObjectRef => ({
  apiVersion,
  kind,
  namespace,
  name,
})
const configMap = (name: string, namespace: string | null = null) => ref('v1', 'ConfigMap', name, namespace)
const role = (name: string) => ref('rbac.authorization.k8s.io/v1', 'ClusterRole', name)
const crd = (name: string) => ref('apiextensions.k8s.io/v1', 'CustomResourceDefinition', name)

/** `list configmaps@shop a,b` */
function plan(wanted: readonly ObjectRef[], extra: readonly string[] = []): readonly string[] {
  const extraResources = extra.map((name) => findNamedKind(info, name)).filter((one) => one !== undefined)
  const placed = wanted.map((one) => placeRef(info, one, 'shop'))
  return planReads(info, placed, extraResources, 'shop').map(({ by, resource: { resource: plural }, namespace, names }) =>
    `${by} ${plural}@${namespace ?? '*'} ${names.join(',')}`.trim(),
  )
}

test.each<[string, readonly ObjectRef[], readonly string[], readonly string[]]>([
  ['one of a kind: by name', [configMap('a')], [], ['get configmaps@shop a']],
  ['two of a kind: a list', [configMap('a'), configMap('b')], [], ['list configmaps@shop a,b']],
  ['the same one twice counts once', [configMap('a'), configMap('a', 'shop')], [], ['get configmaps@shop a']],
  ['each namespace by itself', [configMap('a'), configMap('b', 'other')], [], ['get configmaps@shop a', 'get configmaps@other b']],
  ['cluster-scoped kinds have no namespace', [role('a'), { ...role('b'), namespace: 'shop' }], [], ['list clusterroles@* a,b']],
  ['definitions of custom resources always by name', [crd('a'), crd('b')], [], ['get customresourcedefinitions@* a,b']],
  ['unknown kinds are left out', [ref('example.com/v1', 'Widget', 'w')], [], []],
  ['a kind searched for extra objects is listed', [], ['Deployment'], ['list deployments@shop']],
  ['and its wanted object comes out of that list', [ref('apps/v1', 'Deployment', 'd')], ['deployment.apps'], ['list deployments@shop d']],
])('%s', (_name, wanted, extra, expected) => {
  expect(plan(wanted, extra)).toEqual(expected)
})

test.each([
  ['ConfigMap', 'v1'],
  ['configmaps', 'v1'],
  ['event', 'v1'],
  ['Event.events.k8s.io', 'events.k8s.io/v1'],
  ['deployments.apps', 'apps/v1'],
  ['deployment', 'apps/v1'],
  ['Widget', undefined],
  ['deployment.extensions', undefined],
])('the kind named %s is %s', (name, apiVersion) => {
  expect(findNamedKind(info, name)?.apiVersion).toBe(apiVersion)
})
