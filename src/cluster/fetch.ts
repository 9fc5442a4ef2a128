import { isObject } from '../compare/json.ts'
import type { ApiResource, Json, JsonObject, Reading } from '../model.ts'
import { toList, toObject, toText } from '../shapes.ts'
import { type Answer, describeAnswer, explainUnreadable, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { pathOfCollection, pathOfObject } from './paths.ts'

/** What reading a collection gave; `forbidden`, `expired` and `too-large` are told apart because there is another way to read. */
export type Listing =
  | { readonly outcome: 'listed'; readonly items: readonly JsonObject[]; readonly warnings: readonly string[] }
  | { readonly outcome: 'forbidden'; readonly detail: string }
  | { readonly outcome: 'expired' | 'too-large' }
  | { readonly outcome: 'unusable'; readonly reading: Reading }
/** What reading one object by name gave. A `forbidden` is no reading yet. */
export type Fetched =
  | { readonly outcome: 'forbidden'; readonly detail: string }
  | { readonly outcome: 'read'; readonly reading: Reading; readonly warnings: readonly string[] }

const PAGE = 500
const RESTARTS = 3

/**
 * LISTs a collection page by page.
 * When a continue token has expired (410) it starts anew: the token that the server offers instead leads to a later state,
 * in which an object may have slipped between the pages.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 * @param selector a query, such as a fieldSelector; empty for everything
 * @param pages how many pages of 500 at most; a longer list is `too-large`
 */
export async function listObjects(
  client: ClusterClient,
  resource: ApiResource,
  namespace: string | null,
  selector = '',
  pages = Number.POSITIVE_INFINITY,
): Promise<Listing> {
  const path = pathOfCollection(resource, namespace)
  for (let start = 0; start < RESTARTS; start++) {
    const items: JsonObject[] = []
    const warnings: string[] = []
    let token: string | null = ''
    let expired = false
    for (let page = 1; token !== null && !expired; page++) {
      if (page > pages) return { outcome: 'too-large' }
      const query = [selector, `limit=${PAGE}`, token === '' ? '' : `continue=${encodeURIComponent(token)}`]
        .filter((part) => part !== '')
        .join('&')
      const answer = await client.get(`${path}?${query}`, { purpose: 'list' })
      if (isJsonAnswer(answer, 200)) {
        const body: JsonObject = toObject(answer.body)
        const wrong = checkList(body, resource)
        if (wrong !== null) return { outcome: 'unusable', reading: badAnswer(wrong) }
        items.push(
          ...toList(body.items)
            .filter(isObject)
            .map((item) => ({ ...item, apiVersion: resource.apiVersion, kind: resource.kind })),
        )
        warnings.push(...answer.warnings)
        token = toText(toObject(body.metadata).continue)
      } else if (isJsonAnswer(answer, 403)) {
        return { outcome: 'forbidden', detail: describeAnswer(answer) }
      } else if (answer.outcome === 'answered' && answer.status === 410) {
        expired = true
      } else if (answer.outcome === 'failed' && answer.code === 'TOO_LARGE') {
        return { outcome: 'too-large' }
      } else {
        return { outcome: 'unusable', reading: judgeOther(answer, resource) }
      }
    }
    if (!expired) return { outcome: 'listed', items, warnings }
  }
  return { outcome: 'expired' }
}

/** GETs one object by name. Only a Status that names the object proves that it is missing. */
export async function getObject(client: ClusterClient, resource: ApiResource, namespace: string | null, name: string): Promise<Fetched> {
  const answer = await client.get(pathOfObject(resource, namespace, name), { purpose: 'get' })
  if (isJsonAnswer(answer, 403)) return { outcome: 'forbidden', detail: describeAnswer(answer) }
  const read = (reading: Reading, warnings: readonly string[] = []): Fetched => ({ outcome: 'read', reading, warnings })
  if (isJsonAnswer(answer, 200)) {
    const wrong = checkObject(answer.body, resource, name)
    return wrong === null ? read({ outcome: 'found', object: toObject(answer.body) }, answer.warnings) : read(badAnswer(wrong))
  }
  if (isJsonAnswer(answer, 404) && toObject(toObject(answer.body).details).name === name) return read({ outcome: 'missing' })
  return read(judgeOther(answer, resource))
}

/** Everything that is neither the objects, nor a good 404, nor a refusal. */
function judgeOther(answer: Answer, resource: ApiResource): Reading {
  const status = isJsonAnswer(answer, 404) ? toObject(answer.body) : null
  if (status?.kind === 'Status' && toObject(status.details).name === undefined) {
    return {
      outcome: 'unknown-kind',
      detail: `the cluster listed ${resource.kind} (${resource.apiVersion}) and then did not serve it: ${describeAnswer(answer)}`,
      remedy: 'Its CustomResourceDefinition may just have been removed. Run again.',
    }
  }
  return { outcome: 'unreadable', ...explainUnreadable(answer) }
}

/** Why a body is not the list that was asked for; null when it is. A proxy may well answer 200 with JSON of its own. */
function checkList(body: JsonObject, resource: ApiResource): string | null {
  const kind = toText(body.kind)
  if (kind === null || !Array.isArray(body.items))
    return `asked for a list of ${resource.kind}, got ${kind ?? 'JSON that is no Kubernetes object'}`
  if (body.apiVersion !== resource.apiVersion)
    return `asked for ${resource.apiVersion}, got a list of ${toText(body.apiVersion) ?? 'no apiVersion'}`
  if (!body.items.every((item) => toText(toObject(toObject(item).metadata).name) !== null))
    return `the list of ${resource.kind} has items without a name`
  return null
}

function checkObject(body: Json, resource: ApiResource, name: string): string | null {
  const { kind, apiVersion, metadata } = toObject(body)
  const got = toText(toObject(metadata).name)
  if (kind === resource.kind && apiVersion === resource.apiVersion && got === name) return null
  return `asked for ${resource.kind} ${name} (${resource.apiVersion}), got ${toText(kind) ?? 'JSON without a kind'} ${got ?? ''} (${toText(apiVersion) ?? 'no apiVersion'})`
}

function badAnswer(detail: string): Reading {
  return {
    outcome: 'unreadable',
    reason: 'bad-answer',
    detail,
    remedy: 'Check that `server` in the kubeconfig is the API server itself and no proxy.',
  }
}
