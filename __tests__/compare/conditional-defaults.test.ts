import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findConditionalDefault } from '../../src/compare/conditional-defaults.ts'
import { toPattern } from '../../src/compare/pattern.ts'
import table from '../../src/compare/schema/kubernetes.json' with { type: 'json' }
import type { Json, JsonObject } from '../../src/model.ts'
import { pathOf } from '../make-live.ts'

/**
 * Every default that the generator found to depend on other fields, and where it is held to a recording of a real API
 * server: a case folder, or `below` for what no case has. A newer Kubernetes with another one fails here.
 */
const COVERED: { readonly [place: string]: string } = {
  'apiextensions/v1.CustomResourceDefinitionNames.listKind': '43-defaults-of-a-crd',
  'apiextensions/v1.CustomResourceDefinitionNames.singular': '43-defaults-of-a-crd',
  'apps/v1.DaemonSetUpdateStrategy.rollingUpdate': '37-defaults-of-daemon-sets-and-jobs',
  'apps/v1.DeploymentStrategy.rollingUpdate': '34-defaults-of-a-deployment',
  'apps/v1.RollingUpdateDaemonSet.maxUnavailable': '37-defaults-of-daemon-sets-and-jobs',
  'apps/v1.StatefulSetUpdateStrategy.rollingUpdate': '35-defaults-of-a-stateful-set',
  'apps/v1/DaemonSet metadata.annotations.*': '37-defaults-of-daemon-sets-and-jobs',
  'batch/v1/Job metadata.labels.*': 'below',
  'batch/v1/Job spec.backoffLimit': '37-defaults-of-daemon-sets-and-jobs',
  'batch/v1/Job spec.completions': '37-defaults-of-daemon-sets-and-jobs',
  'batch/v1/Job spec.podReplacementPolicy': '37-defaults-of-daemon-sets-and-jobs',
  'core/v1.Container.imagePullPolicy': '27-image-pull-policy',
  'core/v1.EphemeralContainer.imagePullPolicy': '27-image-pull-policy',
  'core/v1.PodSpec.serviceAccount': '31-alias-of-the-service-account',
  'core/v1.PodSpec.serviceAccountName': '31-alias-of-the-service-account',
  'core/v1.ServicePort.targetPort': '39-defaults-of-a-service',
  'core/v1.ServiceSpec.allocateLoadBalancerNodePorts': '39-defaults-of-a-service',
  'core/v1.ServiceSpec.externalTrafficPolicy': '39-defaults-of-a-service',
  'core/v1.ServiceSpec.internalTrafficPolicy': '39-defaults-of-a-service',
  'core/v1.ServiceSpec.sessionAffinityConfig': '39-defaults-of-a-service',
  'core/v1.Volume.emptyDir': '30-volumes',
  'networking/v1.NetworkPolicySpec.policyTypes': '45-defaults-of-other-kinds',
  'rbac/v1.Subject.apiGroup': '45-defaults-of-other-kinds',
  'v1/LimitRange spec.limits[].default.*': '45-defaults-of-other-kinds',
  'v1/LimitRange spec.limits[].defaultRequest.*': '45-defaults-of-other-kinds',
  'v1/Namespace metadata.labels.*': '46-namespaces',
  'v1/Pod spec.containers[].ports[].hostPort': '32-host-ports',
  'v1/Pod spec.initContainers[].ports[].hostPort': '32-host-ports',
  'v1/Pod spec.containers[].resources.requests.*': 'below',
  'v1/Pod spec.initContainers[].resources.requests.*': 'below',
  'v1/ReplicationController metadata.labels.*': 'below',
  'v1/ReplicationController spec.selector.*': 'below',
  'v1/Secret data.*': '52-secret-data',
  'resource/v1.DeviceSubRequest.count': 'below',
  'resource/v1.ExactDeviceRequest.count': 'below',
  'resource/v1beta1.DeviceRequest.allocationMode': 'below',
  'resource/v1beta1.DeviceRequest.count': 'below',
  'resource/v1beta1.DeviceSubRequest.count': 'below',
  'resource/v1beta2.DeviceSubRequest.count': 'below',
  'resource/v1beta2.ExactDeviceRequest.count': 'below',
}
/** Of kinds that no chart contains, and of Pods made by charts with resources for the whole Pod (told as `admission`). */
const LEFT_OUT = /^(?:core\/v1\.NodeSpec\.|resource\/v1\w*\.DeviceTaint\.|v1\/Pod spec\.resources\.)/

describe('every default that depends on other fields', () => {
  const known = Object.keys(table.conditional)

  test('is covered, or left out on purpose', () => {
    expect(known.filter((place) => !LEFT_OUT.test(place)).toSorted()).toEqual(Object.keys(COVERED).toSorted())
  })

  test.each(Object.entries(COVERED).filter(([, where]) => where !== 'below'))('%s has a case', (_, where) => {
    expect(existsSync(join(import.meta.dirname, '../cases', where, 'live.json')), where).toBe(true)
  })
})

const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } }
const pod = { spec: { containers: [{ name: 'c', resources: { limits: { cpu: '1' } } }] } }

test.each<[kind: string, object: JsonObject, path: string, expected: Json | undefined]>([
  ['batch/v1/Job', { spec: { template } }, 'metadata.labels.a', 'b'],
  ['batch/v1/Job', { spec: { template } }, 'metadata.labels.other', undefined],
  ['v1/ReplicationController', { spec: { template } }, 'spec.selector.a', 'b'],
  ['v1/ReplicationController', { spec: { template } }, 'metadata.labels.a', 'b'],
  ['v1/Pod', pod, 'spec.containers[name=c].resources.requests.cpu', '1'],
  ['v1/Pod', pod, 'spec.containers[name=c].resources.requests.memory', undefined],
  [
    'resource.k8s.io/v1/ResourceClaim',
    { spec: { devices: { requests: [{ name: 'r', exactly: { deviceClassName: 'd' } }] } } },
    'spec.devices.requests[name=r].exactly.count',
    1,
  ],
  [
    'resource.k8s.io/v1/ResourceClaim',
    { spec: { devices: { requests: [{ name: 'r', exactly: { allocationMode: 'All' } }] } } },
    'spec.devices.requests[name=r].exactly.count',
    undefined,
  ],
  [
    'resource.k8s.io/v1beta1/ResourceClaim',
    { spec: { devices: { requests: [{ name: 'r' }] } } },
    'spec.devices.requests[name=r].allocationMode',
    'ExactCount',
  ],
])('%s %# %s', (kind, object, text, expected) => {
  const path = pathOf(text)
  expect(findConditionalDefault(kind, object, path, toPattern(path))).toEqual(expected)
})
