import { expect, test } from 'vitest'
import { discover, listApiVersions } from '../../src/cluster/discover.ts'
import type { FakeOptions } from '../fakes/kubernetes-api.ts'
import { openFake } from './recording.ts'

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true }
const CLUSTER_ROLE = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', resource: 'clusterroles', namespaced: false }

test.each<[string, FakeOptions, number]>([
  ['aggregated, in three requests', {}, 3],
  ['unaggregated, as servers before 1.26 answer, with one more per version', { aggregated: false }, 3 + 1 + 6],
])('%s', async (_name, options, requests) => {
  const { cluster, client } = await openFake([], options, { tries: 1 })
  const info = await discover(client)
  expect(info.kubeVersion).toBe('v1.34.4')
  expect(info.resources).toHaveLength(10)
  expect(info.resources).toEqual(
    expect.arrayContaining([DEPLOYMENT, CLUSTER_ROLE, { apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespaced: true }]),
  )
  expect(info.staleGroups).toEqual(['metrics.k8s.io'])
  expect(cluster.requests).toHaveLength(requests)
  expect(client.counts()).toEqual({ discovery: requests, list: 0, get: 0 })
})

test("helm's --api-versions get each version and each kind in it, and no subresource", async () => {
  const { client } = await openFake([])
  const versions = listApiVersions(await discover(client))
  expect(versions).toEqual(
    expect.arrayContaining(['v1', 'v1/Pod', 'apps/v1', 'apps/v1/Deployment', 'autoscaling/v1', 'autoscaling/v2/HorizontalPodAutoscaler']),
  )
  expect(versions.filter((one) => /Exec|metrics/.test(one))).toEqual([])
  expect(new Set(versions).size).toBe(versions.length)
})

test('a credential that may not discover is told which role is missing', async () => {
  const forbidden = { kind: 'Status', message: 'forbidden: User "x" cannot get path "/apis"', code: 403 }
  const { client } = await openFake([], {
    fault: ({ path }) => (path === '/apis' ? { status: 403, body: JSON.stringify(forbidden) } : null),
  })
  await expect(discover(client)).rejects.toThrow(
    /does not tell what it serves: GET \/apis gave HTTP 403: forbidden: User "x".*Bind the ClusterRole `system:discovery`/,
  )
})
