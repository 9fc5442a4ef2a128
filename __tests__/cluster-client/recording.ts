import { onTestFinished } from 'vitest'
import type { ClientLimits } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { discover } from '../../src/cluster/discover.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import type { FakeOptions, Recording } from '../fakes/kubernetes-api.ts'
import { serveRecordedCluster } from '../fakes/kubernetes-api.ts'

const kind = (group: string, version: string, name: string, resource: string, scope = 'Namespaced'): JsonObject => ({
  resource,
  responseKind: { group, version, kind: name },
  scope,
  singularResource: name.toLowerCase(),
  verbs: ['get', 'list'],
})
const version = (name: string, resources: readonly Json[], freshness = 'Current'): JsonObject => ({ version: name, freshness, resources })
const group = (name: string, versions: readonly Json[]): JsonObject => ({ metadata: name === '' ? {} : { name }, versions })
const discovery = (items: readonly Json[]): JsonObject => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items,
})

/** A small cluster: a few kinds of each scope, a group in two versions, and a group whose server is down. */
export function makeRecording(objects: readonly JsonObject[]): Recording {
  return {
    version: { major: '1', minor: '34', gitVersion: 'v1.34.4' },
    api: discovery([
      group('', [
        version('v1', [
          {
            ...kind('', 'v1', 'Pod', 'pods'),
            subresources: [{ subresource: 'exec', responseKind: { group: '', version: 'v1', kind: 'PodExecOptions' } }],
          },
          kind('', 'v1', 'ConfigMap', 'configmaps'),
          kind('', 'v1', 'Secret', 'secrets'),
          kind('', 'v1', 'Service', 'services'),
          kind('', 'v1', 'Namespace', 'namespaces', 'Cluster'),
        ]),
      ]),
    ]),
    apis: discovery([
      group('apps', [version('v1', [kind('apps', 'v1', 'Deployment', 'deployments')])]),
      group('autoscaling', [
        version('v2', [kind('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers')]),
        version('v1', [kind('autoscaling', 'v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers')]),
      ]),
      group('rbac.authorization.k8s.io', [
        version('v1', [kind('rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', 'Cluster')]),
      ]),
      group('apiextensions.k8s.io', [
        version('v1', [kind('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster')]),
      ]),
      group('metrics.k8s.io', [version('v1beta1', [], 'Stale')]),
    ]),
    objects,
  }
}

/** An object with nothing but its identity, and what is given. */
export function makeObject(
  apiVersion: string,
  objectKind: string,
  name: string,
  namespace: string | null = 'shop',
  more: JsonObject = {},
): JsonObject {
  const { metadata, ...rest } = more
  return {
    apiVersion,
    kind: objectKind,
    metadata: { name, ...(namespace === null ? {} : { namespace }), uid: `uid-${name}`, ...(metadata as JsonObject | undefined) },
    ...rest,
  }
}

/** The annotations and label that Helm puts on what it creates. */
export const OWNED = { annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' } }

/** Limits under which a test of failures does not take seconds. */
export const QUICK: Partial<ClientLimits> = { backoff: 5, idle: 300, connect: 300, total: 2_000, deadline: 5_000 }

/** Serves a cluster for the length of a test and connects to it as a workflow would. */
export async function openFake(objects: readonly JsonObject[], options: FakeOptions = {}, limits: Partial<ClientLimits> = {}) {
  const cluster = await serveRecordedCluster(makeRecording(objects), options)
  onTestFinished(() => cluster.close())
  const { client } = connect({ type: 'inline', text: cluster.kubeconfig() }, null, { limits: { ...QUICK, ...limits } })
  return { cluster, client }
}

/** As `openFake`, discovered; `requests` are those after discovery. */
export async function openDiscovered(objects: readonly JsonObject[], options: FakeOptions = {}, limits: Partial<ClientLimits> = {}) {
  const { cluster, client } = await openFake(objects, options, limits)
  const info = await discover(client)
  const start = cluster.requests.length
  return { cluster, client, info, paths: () => cluster.requests.slice(start).map((one) => one.path) }
}
