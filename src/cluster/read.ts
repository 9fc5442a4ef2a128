import type { ClusterInfo, Live, LiveReading, Note, ObjectRef, Reading } from '../model.ts'
import { groupOf } from '../refs.ts'
import type { ClusterClient } from './client.ts'
import { confirmNamespaces } from './confirm-namespaces.ts'
import { countReads } from './count-reads.ts'
import { findExtra } from './find-extra.ts'
import { findNamedKind, type PlannedRead, placeRef, planReads } from './plan.ts'
import { type ReadResult, readPlanned } from './read-planned.ts'
import { refuseTooDeep } from './refuse-too-deep.ts'

/** What reading needs to know of the target. */
export type ReadOptions = {
  readonly release: string
  readonly namespace: string
  /** Kinds to search for extra objects beyond those that are rendered. */
  readonly extraKinds: readonly string[]
  /** Rendered objects that are not compared (hooks, tests): not wanted, but not extra either. */
  readonly setAside?: readonly ObjectRef[]
}

/**
 * Reads the wanted objects as raw JSON, with the fewest requests.
 * @returns a reading per wanted object, in their order; each `ref` with the namespace the object has in the cluster
 * @throws UserError when the release's namespace does not exist, or the server refuses the credential
 */
export async function readLive(
  client: ClusterClient,
  info: ClusterInfo,
  wanted: readonly ObjectRef[],
  options: ReadOptions,
): Promise<Live> {
  const { counted, counts } = countReads(client)
  const { release, namespace } = options
  const refs = wanted.map((ref) => placeRef(info, ref, namespace))
  const extraKinds = options.extraKinds.map((name) => ({ name, resource: findNamedKind(info, name) }))
  const extraResources = extraKinds.flatMap(({ resource }) => (resource === undefined ? [] : [resource]))

  const results = await Promise.all(
    planReads(info, refs, extraResources, namespace).map(async (plan) => ({ plan, result: await readPlanned(counted, plan) })),
  )
  const byKey = indexReadings(results)
  const readings = refs.map((ref): LiveReading => refuseTooDeep({ ref, reading: byKey.get(keyOf(ref)) ?? explainUnknownKind(info, ref) }))
  const listed = results.flatMap(({ result }) => result.listed)
  const namespaceNotes = await confirmNamespaces(counted, readings, listed, namespace)

  const setAside = (options.setAside ?? []).map((ref) => placeRef(info, ref, namespace))
  return {
    readings,
    extra: findExtra(listed, [...refs, ...setAside], release, namespace),
    requests: counts(),
    notes: [
      ...extraKinds.filter(({ resource }) => resource === undefined).map(({ name }) => noteUnknownExtraKind(name)),
      ...namespaceNotes,
      ...results.flatMap(({ result }) => result.notes),
      ...noteWarnings(results),
    ],
  }
}

type Done = { readonly plan: PlannedRead; readonly result: ReadResult }

function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return [apiVersion, kind, namespace ?? '', name].join('|')
}

function indexReadings(results: readonly Done[]): ReadonlyMap<string, Reading> {
  return new Map(
    results.flatMap(({ plan, result }) => {
      const { apiVersion, kind } = plan.resource
      return [...result.readings].map(([name, reading]): [string, Reading] => [
        keyOf({ apiVersion, kind, namespace: plan.namespace, name }),
        reading,
      ])
    }),
  )
}

/** The cluster does not list this kind: either it does not serve it, or the group's own server is down and nobody knows. */
function explainUnknownKind(info: ClusterInfo, ref: ObjectRef): Reading {
  const group = groupOf(ref.apiVersion)
  const others = info.resources.filter((one) => groupOf(one.apiVersion) === group && one.kind === ref.kind).map((one) => one.apiVersion)
  const served = info.resources.some((one) => one.apiVersion === ref.apiVersion)
  if (others.length > 0) {
    return {
      outcome: 'unknown-kind',
      detail: `the cluster (${info.kubeVersion}) does not serve ${ref.kind} as ${ref.apiVersion}, but as ${others.join(', ')}`,
      remedy: `Change the apiVersion in the chart to ${others[0]}: the next deploy would fail as it is.`,
    }
  }
  if (info.staleGroups.includes(group)) {
    return {
      outcome: 'unreadable',
      reason: 'discovery-failed',
      detail: `the API group ${group} could not be discovered: the server behind it does not answer`,
      remedy: `Look at its APIService: \`kubectl get apiservices | grep ${group}\`.`,
    }
  }
  return {
    outcome: 'unknown-kind',
    detail: served ? `the cluster serves ${ref.apiVersion}, but no kind ${ref.kind} in it` : `the cluster does not serve ${ref.apiVersion}`,
    remedy:
      group.includes('.') && !group.endsWith('.k8s.io')
        ? 'Install its CustomResourceDefinition, or check the spelling.'
        : 'Check the apiVersion and kind in the chart.',
  }
}

function noteUnknownExtraKind(name: string): Note {
  return {
    kind: 'unknown-extra-kind',
    message: `extra-kinds: the cluster has no kind \`${name}\`. Write \`Kind\` or \`kind.group\`, such as \`ingress.networking.k8s.io\`.`,
  }
}

function noteWarnings(results: readonly Done[]): readonly Note[] {
  return [...new Set(results.flatMap(({ result }) => result.warnings))].map((message) => ({
    kind: 'server-warning',
    message: `The API server warns: ${message}`,
  }))
}
