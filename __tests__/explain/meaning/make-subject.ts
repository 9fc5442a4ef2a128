import { toSubject } from '../../../src/explain/meaning/subject.ts'
import type { Difference, Json, JsonObject, ObjectRef } from '../../../src/model.ts'
import { pathOf } from '../../make-live.ts'

const VERSIONS: { readonly [kind: string]: string } = {
  ...{ Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', CronJob: 'batch/v1', Job: 'batch/v1' },
  ...{ Ingress: 'networking.k8s.io/v1', NetworkPolicy: 'networking.k8s.io/v1', HTTPRoute: 'gateway.networking.k8s.io/v1' },
  ...{ Role: 'rbac.authorization.k8s.io/v1', ClusterRole: 'rbac.authorization.k8s.io/v1', RoleBinding: 'rbac.authorization.k8s.io/v1' },
  ...{ ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1', ValidatingAdmissionPolicy: 'admissionregistration.k8s.io/v1' },
  ...{
    ValidatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1',
    MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  },
  ...{ HorizontalPodAutoscaler: 'autoscaling/v2', PodDisruptionBudget: 'policy/v1', StorageClass: 'storage.k8s.io/v1' },
  ...{ CustomResourceDefinition: 'apiextensions.k8s.io/v1', EndpointSlice: 'discovery.k8s.io/v1' },
  ...{ Widget: 'example.com/v1', KnativeService: 'serving.knative.dev/v1' },
}

export type Around = {
  readonly sides?: { readonly desired?: JsonObject; readonly live?: JsonObject }
  readonly bounds?: { readonly min: number; readonly max: number }
  readonly selected?: readonly string[]
  readonly name?: string
  readonly namespace?: string
}

/** A difference as the rules see it. A kind of the name `KnativeService` is one that shares its name with another. */
export function makeSubject(kind: string, path: string, desired: Json | undefined, live: Json | undefined, around: Around = {}) {
  const object: ObjectRef = {
    apiVersion: VERSIONS[kind] ?? 'v1',
    kind: kind.replace('Knative', ''),
    namespace: around.namespace ?? 'shop',
    name: around.name ?? 'web',
  }
  const change: Difference['change'] =
    path === '-'
      ? 'missing-object'
      : path === '+'
        ? 'extra-object'
        : desired === undefined
          ? 'added'
          : live === undefined
            ? 'removed'
            : 'changed'
  const difference = { object, path: path.length === 1 ? [] : pathOf(path), change, desired, live }
  const bounds = around.bounds === undefined ? null : { by: 'HorizontalPodAutoscaler/web', ...around.bounds }
  return toSubject(difference, around.sides ?? {}, {
    findBounds: () => bounds,
    isSelected: (label) => (around.selected ?? []).includes(label),
  })
}
