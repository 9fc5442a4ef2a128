import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import { explainTarget } from '../../../src/explain/explain.ts'
import type { RevertInput } from '../../../src/explain/revert/context.ts'
import { offerReverts } from '../../../src/explain/revert/offer.ts'
import type { Delivery, DesiredObject, Finding, JsonObject, ObjectRef, RevertChoice, Target } from '../../../src/model.ts'
import { isSecretValue } from '../../../src/report/redact.ts'

const RESOURCES: { readonly [kind: string]: string } = {
  ClusterRole: 'clusterroles',
  ConfigMap: 'configmaps',
  CronJob: 'cronjobs',
  DaemonSet: 'daemonsets',
  Deployment: 'deployments',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Secret: 'secrets',
  Service: 'services',
  StatefulSet: 'statefulsets',
  Widget: 'widgets',
}
const CLUSTER_SCOPED = new Set(['ClusterRole'])

export const TARGET: Target = {
  name: 'shop',
  release: 'shop',
  namespace: 'shop',
  source: { type: 'chart', chart: '/repo/charts/shop', values: ['/repo/charts/dev.yaml'], set: [], deployTimeValues: [] },
  context: null,
  persistRuns: 2,
  persistMinutes: 0,
  extraKinds: [],
}

export function nameOf({ apiVersion, kind, metadata }: JsonObject): ObjectRef {
  const { name, namespace } = metadata as { readonly name: string; readonly namespace?: string }
  const own = CLUSTER_SCOPED.has(String(kind)) ? null : (namespace ?? 'shop')
  return { apiVersion: String(apiVersion), kind: String(kind), namespace: own, name }
}

/** A live object that helm deployed; what else is recorded of its writers is in `entries`. */
export function asLive(object: JsonObject, entries: readonly JsonObject[] = []): JsonObject {
  const entry = {
    manager: 'helm',
    operation: 'Update',
    apiVersion: object.apiVersion ?? '',
    time: '2026-11-24T10:00:00Z',
    fieldsType: 'FieldsV1',
  }
  const metadata = object.metadata as JsonObject
  const marks = {
    annotations: { ...(metadata.annotations as JsonObject), 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' },
    labels: { ...(metadata.labels as JsonObject), 'app.kubernetes.io/managed-by': 'Helm' },
  }
  return {
    ...object,
    metadata: {
      uid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      resourceVersion: '4711',
      ...metadata,
      ...marks,
      managedFields: [{ ...entry, fieldsV1: { 'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/managed-by': {} } } } }, ...entries],
    },
  }
}

/** `live: null` is an object that is gone; `desired: null` one that Git does not have. */
export type Pair = {
  readonly desired: JsonObject | null
  readonly live: JsonObject | null
  readonly more?: Partial<DesiredObject>
  readonly entries?: readonly JsonObject[]
}

export function makeInput(pairs: readonly Pair[], more: Partial<RevertInput> = {}): RevertInput {
  const delivery: Delivery = more.delivery ?? 'helm-client-side'
  const declared = pairs.flatMap(({ desired, live, more: extra, entries }) => (desired === null ? [] : [{ desired, live, extra, entries }]))
  const desired = declared.map(({ desired: object, extra }, index) => ({
    ...{ ref: nameOf(object), object, template: `shop/templates/${index}.yaml`, fromCrds: false, unstable: [] },
    ...extra,
  }))
  const live = {
    readings: declared.map(({ desired: object, live: found, entries }) => ({
      ref: nameOf(object),
      reading: found === null ? ({ outcome: 'missing' } as const) : ({ outcome: 'found', object: asLive(found, entries) } as const),
    })),
    extra: pairs.flatMap(({ desired: none, live: object }) =>
      none !== null || object === null ? [] : [{ ref: nameOf(object), object: asLive(object) }],
    ),
    requests: { list: 0, get: 0, discovery: 0 },
    notes: [],
  }
  const rules = { deployers: [], controllers: [] }
  const isSecret: RevertInput['isSecret'] = ({ object, path, desired: git, live: now }) =>
    [git, now].some((value) => isSecretValue(object, path, value, { paths: [] }))
  const explained = explainTarget({ target: TARGET, desired, live, rules, findSchema: findBuiltInSchema, history: null, isSecret })
  const kinds = new Map(
    [...desired.map(({ ref }) => ref), ...live.extra.map(({ ref }) => ref)].map((ref) => [`${ref.apiVersion}/${ref.kind}`, ref]),
  )
  const resources = [...kinds.values()].map(({ apiVersion, kind, namespace }) => ({
    ...{ apiVersion, kind, resource: RESOURCES[kind] ?? kind.toLowerCase(), namespaced: namespace !== null },
  }))
  return {
    ...{
      target: TARGET,
      desired,
      live,
      delivery,
      rules,
      isSecret,
      findSchema: findBuiltInSchema,
      record: null,
      now: '2026-11-24T12:00:00Z',
    },
    ...{
      findings: explained.findings.map((one) => ({ ...one, cause: 'manual' as const, drift: true })),
      sides: explained.sides,
      workspace: '/repo',
    },
    info: { kubeVersion: 'v1.34.4', resources, staleGroups: [] },
    ...more,
  }
}

/** The one way back that is offered. */
export function offerOne(pair: Pair, more: Partial<RevertInput> = {}): RevertChoice & { readonly finding: Finding } {
  const input = makeInput([pair], more)
  const offered = [...offerReverts(input)]
  const [only] = offered
  if (only === undefined || offered.length > 1)
    throw new Error(`${offered.length} ways back: ${JSON.stringify(input.findings.map(({ path }) => path))}`)
  return { ...only[1], finding: input.findings.find(({ id }) => id === only[0])! }
}
