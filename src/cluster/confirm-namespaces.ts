import { UserError } from '../errors.ts'
import type { JsonObject, LiveReading, Note } from '../model.ts'
import { toObject, toText } from '../shapes.ts'
import { describeAnswer, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { pathOfObject } from './paths.ts'

const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', resource: 'namespaces', namespaced: false } as const

/**
 * Makes sure that "missing" means missing: a LIST in a namespace that does not exist is empty, and a GET there the same 404 as for an object
 * that does not exist. A namespace in which anything was found exists; any other with something missing is asked for once.
 * @param listed everything that LISTs showed
 * @returns notes on namespaces that do not exist, are being deleted, or could not be confirmed
 * @throws UserError naming `namespace` when the release's own does not exist
 */
export async function confirmNamespaces(
  client: ClusterClient,
  readings: readonly LiveReading[],
  listed: readonly JsonObject[],
  releaseNamespace: string,
): Promise<readonly Note[]> {
  const seen = new Set<string | null>(listed.map((object) => toText(toObject(object.metadata).namespace)))
  for (const { ref, reading } of readings) if (reading.outcome === 'found') seen.add(ref.namespace)
  const doubtful = new Set(
    readings.flatMap(({ ref, reading }) =>
      reading.outcome === 'missing' && ref.namespace !== null && !seen.has(ref.namespace) ? [ref.namespace] : [],
    ),
  )
  const notes = await Promise.all([...doubtful].map((namespace) => confirmNamespace(client, namespace, releaseNamespace)))
  return notes.flat()
}

async function confirmNamespace(client: ClusterClient, namespace: string, releaseNamespace: string): Promise<readonly Note[]> {
  const answer = await client.get(pathOfObject(NAMESPACES, null, namespace), { purpose: 'get' })
  if (isJsonAnswer(answer, 200)) {
    if (toText(toObject(toObject(answer.body).status).phase) !== 'Terminating') return []
    return [{ kind: 'namespace-terminating', message: `Namespace ${namespace} is being deleted.` }]
  }
  if (isJsonAnswer(answer, 404) && toObject(toObject(answer.body).details).name === namespace) {
    if (namespace !== releaseNamespace)
      return [{ kind: 'namespace-missing', message: `Namespace ${namespace}, which the chart places objects in, does not exist.` }]
    throw new UserError({
      message: `Namespace \`${namespace}\` does not exist on ${new URL(client.server).host}.`,
      where: 'namespace',
      remedy: 'Check its spelling, and that `kube-context` names the right cluster.',
    })
  }
  const message = `Whether namespace ${namespace} exists could not be confirmed (${describeAnswer(answer)}), and nothing was found in it: if its name is wrong, that is why objects are missing. Allow \`get\` on this namespace to settle it.`
  return [{ kind: 'namespace-unconfirmed', message }]
}
