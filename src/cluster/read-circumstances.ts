import { UserError } from '../errors.ts'
import type { CircumstancesQuestion, GitOpsOwner, Labels } from '../explain/circumstances/ask.ts'
import type { CircumstancesRead, Seen } from '../explain/circumstances/model.ts'
import type { Absence, ApiResource, ClusterInfo, JsonObject } from '../model.ts'
import { groupOf } from '../refs.ts'
import { toList, toObject } from '../shapes.ts'
import { explainUnreadable, isJsonAnswer } from './answer.ts'
import type { ClientLimits, ClusterClient } from './client.ts'
import { getObject } from './fetch.ts'
import { refOfObject } from './find-extra.ts'
import { pathOfCollection } from './paths.ts'
import { formatMissingRule } from './rbac-rule.ts'
import { explainRelease, type ReadRelease } from './read-release-state.ts'
import { SCALER_KINDS } from './read-scalers.ts'

/** Nobody waits long for what a report can do without. Milliseconds. */
export const HASTE: Partial<ClientLimits> = { tries: 2, connect: 5_000, idle: 5_000, total: 10_000, deadline: 15_000 }
/** One page of each list is enough to tell how things stand; 250 pods are some 2 MB. */
const PAGE = 250

type Part<Value> = { readonly value: Value; readonly absences: readonly Absence[] }
const NOTHING = { value: null, absences: [] }

/**
 * Reads what stands around a drift: pods, warnings, ReplicaSets, autoscalers, who applies the release, Helm's record. At
 * most eight requests, and four where neither KEDA nor GitOps nor a readable Secret is there. Whatever cannot be read is
 * an absence with its remedy; nothing is thrown.
 *
 * @param readRelease how Helm's record is read, where the credential may
 */
export async function readCircumstances(
  client: ClusterClient,
  info: ClusterInfo,
  question: CircumstancesQuestion,
  readRelease: ReadRelease,
): Promise<CircumstancesRead> {
  const { namespace, pods: ofPods } = question
  const hasty: ClusterClient = { ...client, get: (path, options) => client.get(path, { ...options, within: HASTE }) }
  const list = (source: string, apiVersion: string, kind: string, selector: string) =>
    guard(source, () => listSome(hasty, { source, resource: findResource(info, apiVersion, kind), kind, namespace, selector }))
  const selector = ofPods === null ? '' : selectLabels(ofPods.labels)
  const [pods, events, replicaSets, scalers, gitops, release] = await Promise.all([
    ofPods === null ? NOTHING : list('pods', 'v1', 'Pod', selector),
    list('events', 'v1', 'Event', 'fieldSelector=type%3DWarning'),
    ofPods === null ? NOTHING : list('ReplicaSets', 'apps/v1', 'ReplicaSet', selector),
    question.autoscalers ? listScalers(info, list) : NOTHING,
    question.gitops === null ? NOTHING : guard(nameOwner(question.gitops), () => readOwner(hasty, info, question.gitops)),
    guard('Helm’s record of the release', () => explainRelease(client, question, readRelease)),
  ])
  return {
    pods: pods.value,
    events: events.value,
    replicaSets: replicaSets.value,
    scalers: scalers.value,
    gitops: gitops.value ?? [],
    release: release.value,
    absences: [pods, events, replicaSets, scalers, gitops, release].flatMap(({ absences }) => absences),
  }
}

/** A credential that expires meanwhile, or a server that is gone, costs what was asked for and nothing else. */
async function guard<Value>(source: string, read: () => Promise<Part<Value | null>>): Promise<Part<Value | null>> {
  try {
    return await read()
  } catch (error) {
    const [fault] = error instanceof UserError ? error.faults : []
    const why = fault?.message ?? `reading it failed: ${error instanceof Error ? error.message : String(error)}`
    return { value: null, absences: [{ source, why, remedy: fault?.remedy ?? '' }] }
  }
}

type Wanted = {
  readonly source: string
  readonly resource: ApiResource | null
  readonly kind: string
  readonly namespace: string
  /** A query. */
  readonly selector: string
}

async function listSome(client: ClusterClient, wanted: Wanted): Promise<Part<readonly JsonObject[] | null>> {
  const { source, resource, kind, namespace, selector } = wanted
  const miss = (why: string, remedy: string) => ({ value: null, absences: [{ source, why, remedy }] })
  if (resource === null) return miss(`the cluster does not serve ${kind}`, '')
  const query = [selector, `limit=${PAGE}`].filter((part) => part !== '').join('&')
  const answer = await client.get(`${pathOfCollection(resource, namespace)}?${query}`, { purpose: 'list' })
  if (isJsonAnswer(answer, 200) && Array.isArray(toObject(answer.body).items)) {
    const body: JsonObject = toObject(answer.body)
    const items = toList(body.items).map((item) => ({ ...toObject(item), apiVersion: resource.apiVersion, kind }))
    const isCut = toObject(body.metadata).continue !== undefined
    const cut = { source, why: `only the first ${PAGE} of namespace ${namespace} were looked at`, remedy: '' }
    return { value: items, absences: isCut ? [cut] : [] }
  }
  if (isJsonAnswer(answer, 403)) return miss('they may not be read', formatMissingRule({ resource, namespace, verbs: ['list'] }))
  if (isJsonAnswer(answer, 404)) return miss(`the cluster does not serve ${kind} any more`, '')
  const { detail, remedy } = explainUnreadable(answer)
  return miss(detail, remedy)
}

/** KEDA's are asked for only where KEDA is. Without one of the two, nobody can say that nothing scales. */
async function listScalers(
  info: ClusterInfo,
  list: (source: string, apiVersion: string, kind: string, selector: string) => Promise<Part<readonly JsonObject[] | null>>,
): Promise<Part<readonly Seen[] | null>> {
  const kinds = SCALER_KINDS.filter(({ apiVersion, kind }) => findResource(info, apiVersion, kind) !== null)
  const parts = await Promise.all(kinds.map(({ apiVersion, kind }) => list(`${kind}s`, apiVersion, kind, '')))
  const found = parts.flatMap(({ value }) => value ?? []).map((object) => ({ ref: refOfObject(object), object }))
  const isAll = parts.every(({ value }) => value !== null)
  return { value: isAll || found.length > 0 ? found : null, absences: parts.flatMap(({ absences }) => absences) }
}

const OWNERS = {
  argocd: { group: 'argoproj.io', kind: 'Application', title: 'Argo CD’s Application', namespace: 'argocd' },
  flux: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', title: 'Flux’s HelmRelease', namespace: 'flux-system' },
} as const

function nameOwner({ tool, name }: GitOpsOwner): string {
  return `${OWNERS[tool].title} ${name}`
}

async function readOwner(client: ClusterClient, info: ClusterInfo, owner: GitOpsOwner | null): Promise<Part<readonly Seen[] | null>> {
  if (owner === null) return NOTHING
  const { group, kind, namespace: usual } = OWNERS[owner.tool]
  const namespace = owner.namespace ?? usual
  const miss = (why: string, remedy: string) => ({ value: null, absences: [{ source: nameOwner(owner), why, remedy }] })
  const resource = info.resources.find((one) => groupOf(one.apiVersion) === group && one.kind === kind)
  if (resource === undefined) return miss(`this cluster does not serve ${kind} (${group}); it may be kept in another cluster`, '')
  const fetched = await getObject(client, resource, namespace, owner.name)
  if (fetched.outcome === 'forbidden') {
    return miss('it may not be read', formatMissingRule({ resource, namespace, verbs: ['get'], names: [owner.name] }))
  }
  const { reading } = fetched
  if (reading.outcome === 'found') return { value: [{ ref: refOfObject(reading.object), object: reading.object }], absences: [] }
  if (reading.outcome === 'missing') return miss(`there is none of that name in namespace ${namespace}`, '')
  return 'detail' in reading ? miss(reading.detail, reading.remedy) : miss('it was not read', '')
}

function findResource({ resources }: ClusterInfo, apiVersion: string, kind: string): ApiResource | null {
  return resources.find((one) => one.apiVersion === apiVersion && one.kind === kind) ?? null
}

function selectLabels(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return parts.length === 0 ? '' : `labelSelector=${encodeURIComponent(parts.join(','))}`
}
