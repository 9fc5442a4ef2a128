import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json, JsonObject } from '../../src/model.ts'
import { groupOf } from '../../src/refs.ts'
import { answerDiscovery, listServed, type Served } from './kubernetes-discovery.ts'
import {
  answerCollection,
  answerForbidden,
  answerObject,
  answerReview,
  parseResourcePath,
  type Reply,
  reply,
  text,
} from './kubernetes-objects.ts'

/** What a real control plane said once: the bodies of /version, /api and /apis (aggregated discovery v2), and its objects in full. */
export type Recording = {
  readonly version: JsonObject
  readonly api: JsonObject
  readonly apis: JsonObject
  readonly objects: readonly JsonObject[]
}

/** A read that is refused with 403. What is not named matches everything. */
export type Refusal = { readonly verb: 'get' | 'list'; readonly resource: string; readonly namespace?: string; readonly name?: string }

/** A request as the fake saw it; `path` with its query. */
export type SeenRequest = { readonly method: string; readonly path: string }

/** What goes wrong with a request: another answer, a broken connection, silence, or a body cut in half. Null: nothing. */
export type Fault =
  | { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly body: string }
  | 'reset'
  | 'hang'
  | 'truncate'
  | null

export type FakeOptions = {
  readonly token?: string
  readonly user?: string
  readonly refusals?: readonly Refusal[]
  /** False: discovery as servers before 1.26 answered it. */
  readonly aggregated?: boolean
  /** Looks at each request; `nth` counts requests of the same path from 1. */
  readonly fault?: (request: SeenRequest & { readonly nth: number }) => Fault
}

export type FakeCluster = {
  readonly url: string
  /** A kubeconfig for this server, as a workflow would store it; with the right token unless another is given. */
  readonly kubeconfig: (token?: string) => string
  /** Everything that was asked, in order. */
  readonly requests: readonly SeenRequest[]
  readonly close: () => Promise<void>
}

/**
 * Serves a recorded cluster over HTTP on loopback, with the wire forms of a real API server (v1.34): GET, LIST with paging and selectors,
 * its several kinds of 404, 403, 401 and 405, and the SelfSubject reviews.
 */
export async function serveRecordedCluster(recording: Recording, options: FakeOptions = {}): Promise<FakeCluster> {
  const { token = 'recorded-reader', user = 'plumbline-reader', refusals = [], aggregated = true, fault = () => null } = options
  const requests: SeenRequest[] = []
  const served = listServed(recording)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = { method: request.method ?? '', path: request.url ?? '' }
    requests.push(seen)
    const body = await readJson(request)
    const failure = fault({ ...seen, nth: requests.filter((one) => one.path === seen.path).length })
    if (failure === 'hang') return
    if (failure === 'reset') return void request.socket.resetAndDestroy()
    if (failure !== null && failure !== 'truncate') {
      response.writeHead(failure.status, { 'content-type': 'application/json', ...failure.headers }).end(failure.body)
      return
    }
    const authorized = request.headers.authorization === `Bearer ${token}`
    const answer = authorized ? route(seen, request.headers.accept ?? '', body) : reply(401, 'Unauthorized', 'Unauthorized')
    const payload = answer.contentType.includes('json') ? `${JSON.stringify(answer.body)}\n` : String(answer.body)
    response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': Buffer.byteLength(payload) })
    if (failure !== 'truncate') response.end(payload)
    else response.write(payload.slice(0, payload.length / 2), () => response.destroy())
  }

  function route({ method, path }: SeenRequest, accept: string, body: Json): Reply {
    const url = new URL(path, 'http://fake')
    if (method === 'POST') return answerReview(url.pathname, body, user) ?? text(405, 'the recorded cluster cannot be written to')
    if (method !== 'GET') return text(405, 'the recorded cluster cannot be written to')
    const discovery = answerDiscovery(recording, url.pathname, aggregated && accept.includes('APIGroupDiscoveryList'))
    if (discovery !== null) return discovery
    const target = parseResourcePath(url.pathname)
    // An unknown group is a plain 404; an unknown version or kind in a known one is a Status.
    if (target === null || !served.some((one) => groupOf(one.apiVersion) === groupOf(target.apiVersion)))
      return text(404, '404 page not found\n')
    const resource: Served | undefined = served.find((one) => one.apiVersion === target.apiVersion && one.resource === target.resource)
    if (resource === undefined) return reply(404, 'NotFound', 'the server could not find the requested resource', {})
    const selected = url.searchParams.get('fieldSelector')?.replace(/^metadata\.name=/, '')
    const verb = target.name === null ? 'list' : 'get'
    const name = target.name ?? selected ?? null
    const refused = refusals.some(
      (one) =>
        one.verb === verb &&
        one.resource === target.resource &&
        (one.namespace ?? target.namespace) === target.namespace &&
        (one.name ?? name) === name,
    )
    if (refused) return answerForbidden(verb, { ...target, name }, user)
    return target.name === null
      ? answerCollection(recording, resource, target.namespace, url.searchParams)
      : answerObject(recording, resource, target.namespace, target.name)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    kubeconfig: (given = token) => writeKubeconfig(url, given),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A kubeconfig of one context, `recorded`, with everything inline. */
export function writeKubeconfig(server: string, token: string): string {
  return `apiVersion: v1
kind: Config
current-context: recorded
contexts:
  - name: recorded
    context: {cluster: recorded, user: reader}
clusters:
  - name: recorded
    cluster: {server: "${server}"}
users:
  - name: reader
    user: {token: "${token}"}
`
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const payload = Buffer.concat(chunks).toString('utf8')
  return payload === '' ? null : (JSON.parse(payload) as Json)
}
