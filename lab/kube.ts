// Requests of the lab itself to the API server. The client under test is not used: it must not be its own witness.

import { Agent, request } from 'node:https'
import { readAccess } from '../__tests__/cluster/kubeconfigs.ts'
import type { Json, JsonObject, ObjectRef } from '../src/model.ts'

/** What the API server answered. */
export type Answer = { readonly status: number; readonly body: Json }
type Served = { readonly resource: string; readonly namespaced: boolean }

/** A connection as one user. */
export type Kube = {
  readonly call: (method: string, path: string, body?: Json, headers?: { readonly [name: string]: string }) => Promise<Answer>
  /** Learns which kinds are served; again after CRDs came or went. */
  readonly discover: () => Promise<void>
  readonly serves: (apiVersion: string, kind: string) => Served | undefined
  /** The URL of an object, or of its collection for an empty name; null for a kind that is not served. */
  readonly pathOf: (ref: ObjectRef) => string | null
  /** Null where there is none. */
  readonly get: (ref: ObjectRef) => Promise<JsonObject | null>
}

/** Opens a connection with the credential of a kubeconfig that the control plane wrote. */
export async function openKube(kubeconfig: string): Promise<Kube> {
  const access = await readAccess(kubeconfig)
  const agent = new Agent({ keepAlive: true, ca: access.ca })
  let served = new Map<string, Served>()

  const call: Kube['call'] = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const all = { authorization: `Bearer ${access.token}`, accept: 'application/json', 'content-type': 'application/json', ...headers }
      const sent = request(`${access.serverUrl}${path}`, { method, agent, headers: all, timeout: 30_000 }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(parts).toString()) }))
      })
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in 30 s`)))
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })

  const pathOf: Kube['pathOf'] = ({ apiVersion, kind, namespace, name }) => {
    const known = served.get(`${apiVersion}/${kind}`)
    if (known === undefined) return null
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const place = known.namespaced && namespace !== null ? `/namespaces/${namespace}` : ''
    return `${group}${place}/${known.resource}${name === '' ? '' : `/${encodeURIComponent(name)}`}`
  }

  return {
    call,
    pathOf,
    discover: async () => {
      const answers = await Promise.all(['/api', '/apis'].map((path) => call('GET', path, undefined, { accept: AGGREGATED })))
      served = new Map(answers.flatMap(({ body }) => readDiscovery(body as Discovery)))
    },
    serves: (apiVersion, kind) => served.get(`${apiVersion}/${kind}`),
    get: async (ref) => {
      const path = pathOf(ref)
      const answer = path === null ? null : await call('GET', path)
      return answer?.status === 200 ? (answer.body as JsonObject) : null
    },
  }
}

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
type Discovery = {
  readonly items?: readonly {
    readonly metadata: { readonly name?: string }
    readonly versions?: readonly {
      readonly version: string
      readonly resources?: readonly {
        readonly resource: string
        readonly scope: string
        readonly responseKind?: { readonly kind: string }
      }[]
    }[]
  }[]
}

function readDiscovery({ items = [] }: Discovery): readonly (readonly [string, Served])[] {
  return items.flatMap(({ metadata, versions = [] }) =>
    versions.flatMap(({ version, resources = [] }) =>
      resources.map(({ resource, scope, responseKind }) => {
        const apiVersion = metadata.name ? `${metadata.name}/${version}` : version
        return [`${apiVersion}/${responseKind?.kind ?? ''}`, { resource, namespaced: scope === 'Namespaced' }] as const
      }),
    ),
  )
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    // Plain text, such as "404 page not found".
    return text
  }
}
