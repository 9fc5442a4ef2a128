import { describe, expect, test } from 'vitest'
import { findBuiltInSchema, TABLE_VERSION } from '../../../src/compare/schema/built-in.ts'
import table from '../../../src/compare/schema/kubernetes.json' with { type: 'json' }
import { readSpelling } from '../../../src/compare/schema/spelling.ts'
import type { Json } from '../../../src/model.ts'
import { atBuiltIn } from './at.ts'

const POD = 'apps/v1/Deployment spec.template.spec'

describe('how lists merge', () => {
  test.each([
    [`${POD}.containers`, ['name']],
    [`${POD}.containers[].ports`, ['containerPort', 'protocol']],
    [`${POD}.topologySpreadConstraints`, ['topologyKey', 'whenUnsatisfiable']],
    ['v1/Service spec.ports', ['port', 'protocol']],
    ['v1/ConfigMap metadata.ownerReferences', ['uid']],
    ['admissionregistration.k8s.io/v1/MutatingWebhookConfiguration webhooks', ['name']],
  ])('%s is keyed by %j', (place, keys) => {
    expect(atBuiltIn(place)?.list).toEqual({ type: 'keyed', keys })
  })

  test('the other kinds of lists, and what is one value as a whole', () => {
    expect(atBuiltIn('v1/ConfigMap metadata.finalizers')?.list).toEqual({ type: 'set' })
    expect(atBuiltIn(`${POD}.containers[].args`)?.list).toEqual({ type: 'atomic' })
    expect(atBuiltIn('apps/v1/Deployment spec.selector')?.atomic).toBe(true)
    expect(atBuiltIn('v1/Service spec.selector')?.atomic).toBe(true)
    expect(atBuiltIn('v1/ConfigMap metadata.labels')?.atomic).toBe(false)
    expect(atBuiltIn(`${POD}.securityContext`)?.atomic).toBe(false)
  })
})

describe('how values are spelled', () => {
  test.each([
    [`${POD}.containers[].resources.limits.cpu`, 'milli-quantity'],
    ['v1/LimitRange spec.limits[].max.memory', 'milli-quantity'],
    // No default rounds it, though its type is the same.
    ['node.k8s.io/v1/RuntimeClass overhead.podFixed.cpu', 'quantity'],
    [`${POD}.volumes[].emptyDir.sizeLimit`, 'quantity'],
    ['autoscaling/v2/HorizontalPodAutoscaler spec.metrics[].resource.target.averageValue', 'quantity'],
    ['v1/Secret data.password', 'bytes'],
    ['admissionregistration.k8s.io/v1/MutatingWebhookConfiguration webhooks[].clientConfig.caBundle', 'bytes'],
    ['v1/ConfigMap data.key', null],
    ['v1/Service spec.ports[].targetPort', null],
  ])('%s: %s', (place, format) => {
    expect(atBuiltIn(place)?.format).toBe(format)
  })
})

describe('whether empty is absent', () => {
  test.each([
    [`${POD}.hostNetwork`, true],
    [`${POD}.containers[].resources`, true],
    [`${POD}.tolerations`, true],
    ['v1/ConfigMap metadata.labels', true],
    // Pointers: leaving them out means something else.
    ['apps/v1/Deployment spec.replicas', false],
    [`${POD}.securityContext`, false],
    [`${POD}.volumes[].emptyDir`, false],
    ['v1/PersistentVolumeClaim spec.storageClassName', false],
    ['v1/ServiceAccount automountServiceAccountToken', false],
    // What lists and maps hold is there.
    ['v1/ConfigMap data.key', false],
    ['networking.k8s.io/v1/NetworkPolicy spec.ingress[]', false],
  ])('%s: %s', (place, expected) => {
    expect(atBuiltIn(place)?.emptyIsAbsent).toBe(expected)
  })
})

describe('defaults', () => {
  test.each<[string, Json | undefined]>([
    ['apps/v1/Deployment spec.replicas', 1],
    ['apps/v1/Deployment spec.strategy.type', 'RollingUpdate'],
    ['apps/v1/Deployment spec.strategy.rollingUpdate.maxSurge', '25%'],
    [`${POD}.restartPolicy`, 'Always'],
    [`${POD}.securityContext`, {}],
    [`${POD}.volumes[].secret.defaultMode`, 420],
    [`${POD}.volumes[].hostPath.type`, ''],
    [`${POD}.containers[].readinessProbe.grpc.service`, ''],
    [`${POD}.containers[].env[].valueFrom.resourceFieldRef.divisor`, '0'],
    ['apps/v1/StatefulSet spec.volumeClaimTemplates[].kind', 'PersistentVolumeClaim'],
    ['apps/v1/StatefulSet spec.volumeClaimTemplates[].status.phase', 'Pending'],
    ['storage.k8s.io/v1/CSIDriver spec.volumeLifecycleModes', ['Persistent']],
    ['apiextensions.k8s.io/v1/CustomResourceDefinition spec.conversion', { strategy: 'None' }],
    ['apiregistration.k8s.io/v1/APIService spec.service.port', 443],
    ['v1/ServiceAccount automountServiceAccountToken', undefined],
  ])('%s: %j', (place, value) => {
    expect(atBuiltIn(place)?.default).toEqual(value)
  })

  test('some hold in one kind only, or differ within a kind', () => {
    expect(atBuiltIn('v1/Pod spec.enableServiceLinks')?.default).toBe(true)
    expect(atBuiltIn(`${POD}.enableServiceLinks`)?.default).toBeUndefined()
    expect(atBuiltIn('batch/v1/Job spec.completionMode')?.default).toBe('NonIndexed')
    expect(atBuiltIn('batch/v1/CronJob spec.jobTemplate.spec.completionMode')?.default).toBeUndefined()
    const scaling = (way: string) => atBuiltIn(`autoscaling/v2/HorizontalPodAutoscaler spec.behavior.${way}.stabilizationWindowSeconds`)
    expect(scaling('scaleUp')?.default).toBe(0)
    expect(scaling('scaleDown')?.default).toBeUndefined()
  })

  test('what depends on other fields has none, and is listed for code to cover', () => {
    expect(atBuiltIn(`${POD}.containers[].imagePullPolicy`)?.default).toBeUndefined()
    expect(table.conditional).toMatchObject({
      'core/v1.Container.imagePullPolicy': ['Always', 'IfNotPresent'],
      'batch/v1/Job spec.backoffLimit': [2147483647, 6],
      'core/v1.ServiceSpec.externalTrafficPolicy': ['Cluster', null],
    })
  })
})

describe('the table', () => {
  test('a schema is the same object each time, and in every kind that shares it', () => {
    const pod = findBuiltInSchema({ apiVersion: 'v1', kind: 'Pod' })
    expect(findBuiltInSchema({ apiVersion: 'v1', kind: 'Pod' })).toBe(pod)
    expect(atBuiltIn('v1/Pod spec.containers[].env')).toBe(atBuiltIn('apps/v1/DaemonSet spec.template.spec.containers[].env'))
  })

  test('schemas may contain themselves', () => {
    const schema = 'apiextensions.k8s.io/v1/CustomResourceDefinition spec.versions[].schema.openAPIV3Schema'
    expect(atBuiltIn(`${schema}.properties.spec.items.properties.a.type`)?.type).toBe('string')
  })

  test.each([
    ['example.com/v1', 'Deployment'],
    ['apps/v1', 'DeploymentList'],
    ['apps/v1beta1', 'Deployment'],
    ['v1', '__proto__'],
    ['', 'constructor'],
  ])('%s %s is not in it', (apiVersion, kind) => {
    expect(findBuiltInSchema({ apiVersion, kind })).toBeNull()
  })

  test('a field that is only on every JavaScript object is no field', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect(atBuiltIn(`v1/Pod ${name}`)).toBeUndefined()
  })

  test('every spelling in it leads somewhere', () => {
    const structs = new Set(Object.keys(table.structs))
    const leaf = (spelling: string): string => {
      const { inner, struct, type } = readSpelling(spelling)
      return inner === null ? (struct ?? type) : leaf(inner)
    }
    const leaves = new Set(
      Object.values(table.structs).flatMap((fields) => Object.values(fields).map((field) => leaf(([field].flat() as string[])[0] ?? ''))),
    )
    const unknown = [...leaves].filter((one) => !structs.has(one) && !['string', 'number', 'boolean', 'any'].includes(one))
    expect(unknown).toEqual([])
    expect(structs.size).toBeGreaterThan(400)
    expect(TABLE_VERSION).toMatch(/^v1\.\d+\.\d+$/)
  })

  test('every conditional default is of a place that there is', () => {
    const names = Object.keys(table.conditional)
    const structs: { readonly [name: string]: object } = table.structs
    const missing = names.filter((name) => {
      if (name.includes(' ')) return atBuiltIn(name) === undefined
      const dot = name.lastIndexOf('.')
      return !Object.hasOwn(structs[name.slice(0, dot)] ?? {}, name.slice(dot + 1))
    })
    expect(missing).toEqual([])
    expect(names.length).toBeGreaterThan(30)
  })
})
