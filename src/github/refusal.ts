/** Why GitHub did not do what it was asked for. */
export type Refusal = {
  readonly kind:
    | 'unauthorized'
    | 'forbidden'
    | 'locked'
    | 'not-found'
    | 'gone'
    | 'invalid'
    | 'limited'
    /** No answer, or one of a broken server: a write may or may not have been done. */
    | 'unsure'
  readonly status: number | null
  /** One sentence without its full stop. */
  readonly message: string
}

/** A refused request, as an exception that carries data. */
export class RefusalError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = 'RefusalError'
    this.refusal = refusal
  }
}

/** An answer of GitHub's that is none, with a status that says it is: a page for people, from a proxy in between. */
export function refuseAnswer(): RefusalError {
  return new RefusalError({ kind: 'unsure', status: null, message: 'the answer is not what GitHub describes' })
}

/**
 * Sorts what a request failed with, by what can be done about it.
 *
 * @param error what Octokit threw: with `status` and, where there was an answer, `response`
 * @see https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function explainRefusal(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal
  const {
    status,
    message = String(error),
    response,
  } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly status?: number
    readonly message?: string
    readonly response?: { readonly status?: number; readonly headers?: { readonly [name: string]: string | undefined } }
  }
  const text =
    message
      .split('\n', 1)[0]
      ?.replace(/ - https?:\S+$/, '')
      .slice(0, 300) ?? ''
  // Octokit calls a broken connection a 500 too, so only an answer's own status counts.
  const answered = response === undefined ? null : (status ?? null)
  const refuse = (kind: Refusal['kind']) => ({ kind, status: answered, message: text })
  if (answered === null) return refuse('unsure')
  const headers = response?.headers ?? {}
  const isLimited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(text)
  if (answered === 429 || (answered === 403 && isLimited)) return refuse('limited')
  if (answered === 401) return refuse('unauthorized')
  if (answered === 403) return refuse(/locked/i.test(text) ? 'locked' : 'forbidden')
  if (answered === 404) return refuse('not-found')
  if (answered === 410) return refuse('gone')
  return refuse(answered >= 400 && answered < 500 ? 'invalid' : 'unsure')
}
