import type { Json, JsonObject } from '../../src/model.ts'
import { groupOf } from '../../src/refs.ts'
import { toObject, toText } from '../../src/shapes.ts'
import type { Served } from './kubernetes-discovery.ts'

export type Reply = { readonly status: number; readonly contentType: string; readonly body: Json }

/** A path below a group and version, taken apart. */
export type ResourcePath = {
  readonly apiVersion: string
  readonly namespace: string | null
  readonly resource: string
  readonly name: string | null
}

/** The failure that the API server writes as a Status. */
export function reply(status: number, reason: string, message: string, details?: JsonObject): Reply {
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code: status,
  }
  return { status, contentType: 'application/json', body }
}

/** The failures that come from in front of the API machinery are plain text. */
export function text(status: number, body: string): Reply {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

/** Null for a path that names no collection and no object. */
export function parseResourcePath(path: string): ResourcePath | null {
  const match = /^\/(?:api\/([^/]+)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?$/.exec(path)
  if (match === null) return null
  const [, core, grouped, namespace, resource = '', name] = match
  return {
    apiVersion: core ?? grouped ?? '',
    namespace: namespace === undefined ? null : decodeURIComponent(namespace),
    resource,
    name: name === undefined ? null : decodeURIComponent(name),
  }
}

export function answerObject(
  { objects }: { readonly objects: readonly JsonObject[] },
  resource: Served,
  namespace: string | null,
  name: string,
): Reply {
  const object = select(objects, resource, namespace).find((one) => nameOf(one) === name)
  if (object !== undefined) return { status: 200, contentType: 'application/json', body: object }
  return reply(404, 'NotFound', `${qualify(resource)} "${name}" not found`, {
    name,
    ...groupField(resource.apiVersion),
    kind: resource.resource,
  })
}

/** A LIST: items carry neither kind nor apiVersion; pages by `limit` and `continue`. A namespace that does not exist is simply empty. */
export function answerCollection(
  { objects }: { readonly objects: readonly JsonObject[] },
  resource: Served,
  namespace: string | null,
  query: URLSearchParams,
): Reply {
  const field = query.get('fieldSelector')
  const label = query.get('labelSelector')
  const matching = select(objects, resource, namespace)
    .filter((one) => field === null || field === `metadata.name=${nameOf(one)}`)
    .filter((one) => label === null || matchesLabels(one, label))
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  const token = query.get('continue')
  const start = token === null ? 0 : decodeToken(token)
  if (start === null) return reply(400, 'BadRequest', 'invalid continue token: continue key is not valid')
  const limit = Number(query.get('limit') ?? 0) || matching.length
  const page = matching.slice(start, start + limit)
  const rest = matching.length - start - page.length
  const metadata = {
    resourceVersion: '1000',
    ...(rest > 0 ? { continue: Buffer.from(JSON.stringify({ start: start + page.length })).toString('base64url') } : {}),
    // A selector makes the server leave the count out.
    ...(rest > 0 && field === null && label === null ? { remainingItemCount: rest } : {}),
  }
  const items = page.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item)
  return {
    status: 200,
    contentType: 'application/json',
    body: { kind: `${resource.kind}List`, apiVersion: resource.apiVersion, metadata, items },
  }
}

export function answerForbidden(verb: string, { apiVersion, namespace, resource, name }: ResourcePath, user: string): Reply {
  const group = groupOf(apiVersion)
  // To the authorizer a namespace lies in itself: a Role in it may allow to read it.
  const within = resource === 'namespaces' ? name : namespace
  const place = within === null ? 'at the cluster scope' : `in the namespace "${within}"`
  const subject = `${resource}${group === '' ? '' : `.${group}`}${name === null ? '' : ` "${name}"`}`
  const message = `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`
  return reply(403, 'Forbidden', message, { ...(name === null ? {} : { name }), ...groupField(apiVersion), kind: resource })
}

/** The three reviews about oneself, as a credential that may only read is told them; null for any other path. */
export function answerReview(path: string, body: Json, user: string): Reply | null {
  const status = {
    '/apis/authentication.k8s.io/v1/selfsubjectreviews': { userInfo: { username: user, groups: ['system:authenticated'] } },
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { allowed: false },
    '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': {
      resourceRules: [
        { verbs: ['get', 'list'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] },
      ],
      nonResourceRules: [],
      incomplete: false,
    },
  }[path]
  return status === undefined ? null : { status: 201, contentType: 'application/json', body: { ...toObject(body), metadata: {}, status } }
}

function select(objects: readonly JsonObject[], resource: Served, namespace: string | null): readonly JsonObject[] {
  return objects.filter((one) => {
    if (one.apiVersion !== resource.apiVersion || one.kind !== resource.kind) return false
    return namespace === null || !resource.namespaced || toObject(one.metadata).namespace === namespace
  })
}

/** Equality only: `a=b,c=d`. */
function matchesLabels(object: JsonObject, selector: string): boolean {
  const labels = toObject(toObject(object.metadata).labels)
  return selector.split(',').every((part) => {
    const [, key = '', operator, value = ''] = /^([^!=]+)(!=|==?)(.*)$/.exec(part) ?? []
    return (labels[key] === value) === (operator !== '!=')
  })
}

function decodeToken(token: string): number | null {
  try {
    const { start } = toObject(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Json)
    return typeof start === 'number' ? start : null
  } catch {
    return null
  }
}

const nameOf = (object: JsonObject): string => toText(toObject(object.metadata).name) ?? ''
const sortKey = (object: JsonObject): string => `${toText(toObject(object.metadata).namespace) ?? ''}/${nameOf(object)}`
const groupField = (apiVersion: string): JsonObject => (groupOf(apiVersion) === '' ? {} : { group: groupOf(apiVersion) })
const qualify = ({ apiVersion, resource }: Served): string => `${resource}${groupOf(apiVersion) === '' ? '' : `.${groupOf(apiVersion)}`}`
