import type { Json, UnreadableReason } from '../model.ts'
import { toObject, toText } from '../shapes.ts'

/** What one request gave, after all its tries. An answer is data, whatever its status. */
export type Answer =
  | {
      readonly outcome: 'answered'
      readonly status: number
      readonly contentType: string
      /** The parsed body; null when the answer is not JSON. */
      readonly body: Json | null
      /** The start of a body that is not JSON, at most 300 characters; empty otherwise. */
      readonly text: string
      /** Texts of `Warning` headers, such as deprecations. */
      readonly warnings: readonly string[]
    }
  | {
      readonly outcome: 'failed'
      /** Node's error code, or `TIMEOUT`, `TRUNCATED`, `TOO_LARGE`, `REDIRECT`. */
      readonly code: string
      readonly message: string
    }
export type Answered = Extract<Answer, { outcome: 'answered' }>

/** True when a JSON answer with this status came. */
export function isJsonAnswer<Status extends number>(
  answer: Answer,
  status: Status,
): answer is Answered & { readonly status: Status; readonly body: Exclude<Json, null> } {
  return answer.outcome === 'answered' && answer.status === status && answer.body !== null
}

/** The `message` of a Kubernetes Status, else what came instead, on one line. For messages to people. */
export function describeAnswer(answer: Answer): string {
  if (answer.outcome === 'failed') return `${answer.message} (${answer.code})`
  const message = toText(toObject(answer.body ?? undefined).message)
  const told = message ?? (answer.text.replaceAll(/\s+/g, ' ').trim().slice(0, 120) || 'an empty answer')
  return answer.body === null
    ? `HTTP ${answer.status}, ${answer.contentType || 'no content type'}: ${told}`
    : `HTTP ${answer.status}: ${told}`
}

/**
 * Why an answer that is neither the object nor a good 404 could not be used.
 * The reasons and remedies follow the forms a real API server gives.
 */
export function explainUnreadable(answer: Answer): { readonly reason: UnreadableReason; readonly detail: string; readonly remedy: string } {
  const detail = describeAnswer(answer)
  if (answer.outcome === 'failed') {
    if (answer.code === 'TIMEOUT' || answer.code === 'ETIMEDOUT')
      return { reason: 'timeout', detail, remedy: 'Run again; if it stays, look at the load of the API server and the network between.' }
    if (answer.code === 'REDIRECT' || answer.code === 'TOO_LARGE')
      return {
        reason: 'bad-answer',
        detail,
        remedy: 'Check that `server` in the kubeconfig is the API server itself and no proxy or login page.',
      }
    return { reason: 'server-error', detail, remedy: 'Run again; the connection broke although the server had answered before.' }
  }
  if (answer.status === 429) return { reason: 'rate-limited', detail, remedy: 'Run again when the API server is less busy.' }
  if (answer.status === 504) return { reason: 'timeout', detail, remedy: 'Run again; if it stays, look at the load of the API server.' }
  if (answer.status >= 500)
    return {
      reason: 'server-error',
      detail,
      remedy: 'Run again; if it stays, look at the API server, or at the service that serves this API group.',
    }
  return {
    reason: 'bad-answer',
    detail,
    remedy: 'Check that `server` in the kubeconfig is the API server itself and no proxy or login page.',
  }
}
