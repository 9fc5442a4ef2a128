import type { Json, JsonObject } from '../../src/model.ts'
import { toList, toObject, toText } from '../../src/shapes.ts'
import { type Reply, reply, text } from './kubernetes-objects.ts'

type Bodies = { readonly version: JsonObject; readonly api: JsonObject; readonly apis: JsonObject }

/** One kind that the recorded cluster serves. */
export type Served = { readonly apiVersion: string; readonly kind: string; readonly resource: string; readonly namespaced: boolean }

type Version = {
  readonly group: string
  readonly version: string
  readonly apiVersion: string
  readonly stale: boolean
  readonly resources: readonly Served[]
}

/** Answers /version, /api, /apis and, as servers before 1.26 need them, /api/v1 and /apis/GROUP/VERSION; null for any other path. */
export function answerDiscovery(recording: Bodies, path: string, aggregated: boolean): Reply | null {
  const versions = [...listVersions(recording.api), ...listVersions(recording.apis)]
  const json = (body: JsonObject, contentType = 'application/json'): Reply => ({ status: 200, contentType, body })
  const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
  if (path === '/version') return json(recording.version)
  if (path === '/api') return aggregated ? json(recording.api, aggregatedType) : json({ kind: 'APIVersions', versions: ['v1'] })
  if (path === '/apis')
    return aggregated
      ? json(recording.apis, aggregatedType)
      : json({ kind: 'APIGroupList', apiVersion: 'v1', groups: listGroups(recording.apis) })
  if (!/^\/api\/[^/]+$|^\/apis\/[^/]+\/[^/]+$/.test(path)) return null
  const version = versions.find((one) => path === `/apis/${one.apiVersion}` || path === `/api/${one.apiVersion}`)
  if (version === undefined) {
    const groupKnown = versions.some((one) => path.startsWith(`/apis/${one.group}/`))
    return groupKnown ? reply(404, 'NotFound', 'the server could not find the requested resource', {}) : text(404, '404 page not found\n')
  }
  if (version.stale) return text(503, 'service unavailable\n')
  const resources = version.resources.map(({ resource, kind, namespaced }) => ({
    name: resource,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs: ['get', 'list'],
  }))
  return json({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version.apiVersion, resources })
}

/** Every kind of a recording's aggregated discovery. */
export function listServed(recording: Bodies): readonly Served[] {
  return [...listVersions(recording.api), ...listVersions(recording.apis)].flatMap((version) => version.resources)
}

function listVersions(body: JsonObject): readonly Version[] {
  return toList(body.items)
    .map(toObject)
    .flatMap((group) => {
      const name = toText(toObject(group.metadata).name) ?? ''
      return toList(group.versions).map((entry) => toVersion(name, entry))
    })
}

function toVersion(group: string, entry: Json): Version {
  const { version, freshness, resources } = toObject(entry)
  const apiVersion = group === '' ? String(version) : `${group}/${String(version)}`
  const served = toList(resources)
    .map(toObject)
    .map((one) => ({
      apiVersion,
      kind: String(toObject(one.responseKind).kind),
      resource: String(one.resource),
      namespaced: one.scope === 'Namespaced',
    }))
  return { group, version: String(version), apiVersion, stale: freshness === 'Stale', resources: served }
}

function listGroups(apis: JsonObject): readonly JsonObject[] {
  const versions = listVersions(apis)
  return [...new Set(versions.map((one) => one.group))].map((name) => {
    const own = versions.filter((one) => one.group === name).map((one) => ({ groupVersion: one.apiVersion, version: one.version }))
    return { name, versions: own, preferredVersion: own[0] ?? {} }
  })
}
