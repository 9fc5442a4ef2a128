import { UserError } from '../errors.ts'
import type { ApiResource, ClusterInfo, Json } from '../model.ts'
import { groupOf } from '../refs.ts'
import { toList, toObject, toText } from '../shapes.ts'
import { type Answer, describeAnswer, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { explainUnreachable } from './explain-connection.ts'
import { pathOfVersion } from './paths.ts'

/**
 * Aggregated discovery: everything in two answers (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery).
 * v2 since 1.30, v2beta1 since 1.26; an older server answers the last form, with names only.
 */
const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

type Discovered = { readonly resources: readonly ApiResource[]; readonly staleGroups: readonly string[] }

/**
 * Asks a server what it is and what it serves: three requests, or one more per group and version on servers before 1.26.
 * Subresources are left out. A group whose server is down is told in `staleGroups`; the others still count.
 * @throws UserError when the server cannot be reached, refuses, or is no Kubernetes API
 */
export async function discover(client: ClusterClient): Promise<ClusterInfo> {
  const ask = (path: string) => client.get(path, { purpose: 'discovery', accept: AGGREGATED })
  const [version, core, groups] = await Promise.all([client.get('/version', { purpose: 'discovery' }), ask('/api'), ask('/apis')])
  const kubeVersion = isJsonAnswer(version, 200) ? toText(toObject(version.body).gitVersion) : null
  if (kubeVersion === null) throw explainNoVersion(client, version)
  const [one, many] = await Promise.all([readGroups(client, '/api', core), readGroups(client, '/apis', groups)])
  return {
    kubeVersion,
    resources: [...one.resources, ...many.resources],
    staleGroups: [...new Set([...one.staleGroups, ...many.staleGroups])],
  }
}

/**
 * What `helm template --api-versions` takes so that `.Capabilities.APIVersions.Has` answers as on this cluster:
 * every group and version, and each kind within (`v1`, `v1/Pod`, `apps/v1`, `apps/v1/Deployment`).
 */
export function listApiVersions(info: ClusterInfo): readonly string[] {
  return [...new Set(info.resources.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))]
}

async function readGroups(client: ClusterClient, path: string, answer: Answer): Promise<Discovered> {
  const body = isJsonAnswer(answer, 200) ? toObject(answer.body) : null
  if (body?.kind === 'APIGroupDiscoveryList') return readAggregated(toList(body.items))
  if (body?.kind === 'APIVersions') return readUnaggregated(client, toList(body.versions))
  if (body?.kind === 'APIGroupList') {
    const versions = toList(body.groups).flatMap((group) =>
      toList(toObject(group).versions).map((one) => toObject(one).groupVersion ?? null),
    )
    return readUnaggregated(client, versions)
  }
  throw explainNoDiscovery(client, path, answer)
}

/** `{items: [{metadata: {name: GROUP}, versions: [{version, freshness, resources: [{resource, responseKind, scope}]}]}]}` */
function readAggregated(groups: readonly Json[]): Discovered {
  const versions = groups.map(toObject).flatMap((group) => {
    const name = toText(toObject(group.metadata).name) ?? ''
    return toList(group.versions).map((version) => ({ group: name, ...readVersion(name, version) }))
  })
  return {
    resources: versions.flatMap((one) => one.resources),
    staleGroups: versions.filter((one) => one.stale).map((one) => one.group),
  }
}

function readVersion(group: string, entry: Json): { readonly resources: readonly ApiResource[]; readonly stale: boolean } {
  const { version, freshness, resources } = toObject(entry)
  const apiVersion = `${group === '' ? '' : `${group}/`}${toText(version) ?? ''}`
  const listed = toList(resources)
    .map(toObject)
    .flatMap((one): ApiResource[] => {
      const kind = toText(toObject(one.responseKind).kind)
      const resource = toText(one.resource)
      return kind === null || resource === null ? [] : [{ apiVersion, kind, resource, namespaced: one.scope === 'Namespaced' }]
    })
  return { resources: listed, stale: freshness === 'Stale' }
}

/** One request per group and version: `{resources: [{name, kind, namespaced}]}`, where subresources have a slash in their name. */
async function readUnaggregated(client: ClusterClient, versions: readonly Json[]): Promise<Discovered> {
  const found = await Promise.all(
    versions
      .map(toText)
      .filter((one) => one !== null)
      .map(async (apiVersion) => {
        const answer = await client.get(pathOfVersion(apiVersion), { purpose: 'discovery' })
        if (!isJsonAnswer(answer, 200)) return { resources: [], staleGroups: [groupOf(apiVersion)] }
        const resources = toList(toObject(answer.body).resources)
          .map(toObject)
          .flatMap((one): ApiResource[] => {
            const [kind, resource] = [toText(one.kind), toText(one.name)]
            if (kind === null || resource === null || resource.includes('/')) return []
            return [{ apiVersion, kind, resource, namespaced: one.namespaced === true }]
          })
        return { resources, staleGroups: [] }
      }),
  )
  return { resources: found.flatMap((one) => one.resources), staleGroups: found.flatMap((one) => one.staleGroups) }
}

function explainNoVersion(client: ClusterClient, answer: Answer): UserError {
  const server = new URL(client.server)
  if (answer.outcome === 'failed') return explainUnreachable(server, answer)
  const remedy = "Set the kubeconfig's `server` to the API server itself, not to a console, a login page or a load balancer's address."
  return new UserError({
    message: `${server.host} does not answer as a Kubernetes API server does: GET /version gave ${describeAnswer(answer)}.`,
    where: 'kubeconfig',
    remedy,
  })
}

function explainNoDiscovery(client: ClusterClient, path: string, answer: Answer): UserError {
  const server = new URL(client.server)
  if (answer.outcome === 'failed') return explainUnreachable(server, answer)
  const remedy =
    answer.status === 403
      ? 'Bind the ClusterRole `system:discovery` to this credential; by default every authenticated user has it.'
      : 'Run again; if it stays, look at the API server.'
  return new UserError({
    message: `The API server ${server.host} does not tell what it serves: GET ${path} gave ${describeAnswer(answer)}.`,
    where: 'kubeconfig',
    remedy,
  })
}
