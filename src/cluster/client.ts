import type { OutgoingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject, RequestCounts } from '../model.ts'
import type { Answer } from './answer.ts'
import type { Authorize } from './authorize.ts'
import { explainRefusal, explainUnreachable, isCertificateProblem } from './explain-connection.ts'
import { type Limits, type Received, sendOnce } from './http.ts'
import { judgeFailure, judgeReceived } from './judge.ts'
import { limitConcurrency } from './limit.ts'
import { isReadablePath } from './paths.ts'

/**
 * The three questions about oneself that Kubernetes wants as a POST. They change nothing, and everyone may ask them (`system:basic-user`).
 */
const REVIEWS = {
  SelfSubjectReview: 'authentication.k8s.io/v1',
  SelfSubjectAccessReview: 'authorization.k8s.io/v1',
  SelfSubjectRulesReview: 'authorization.k8s.io/v1',
} as const
export type ReviewKind = keyof typeof REVIEWS

/** What a GET is for; it decides where the request is counted. */
export type Purpose = 'discovery' | 'list' | 'get'

export type GetOptions = {
  readonly purpose?: Purpose
  readonly accept?: string
  /** Less patience than the client's own, for what a run can do without. */
  readonly within?: Partial<ClientLimits>
}

/** A connection that can read and nothing else: there is no way to name a method. */
export type ClusterClient = {
  /** The API server's address, without credentials. */
  readonly server: string
  /**
   * GETs one path: version, discovery, a collection or an object.
   * Tries again where that may help; what could not be had is data (`failed`, or a status).
   * @throws UserError when the server has never answered (unreachable), its certificate is refused, or it refuses the credential (401)
   */
  readonly get: (path: string, options?: GetOptions) => Promise<Answer>
  /** Asks one of the SelfSubject reviews. @throws as `get` */
  readonly review: (kind: ReviewKind, spec: JsonObject) => Promise<Answer>
  /** How many reads were asked for so far; tries of the same read count once, pages of a list each. */
  readonly counts: () => RequestCounts
}

/** Bounds of a client; times in milliseconds. */
export type ClientLimits = Limits & {
  /** How many requests run at once. */
  readonly concurrency: number
  readonly tries: number
  /** The pause before the second try; it doubles from try to try. */
  readonly backoff: number
  /** For all tries of one read together. */
  readonly deadline: number
}
export const DEFAULT_LIMITS: ClientLimits = {
  connect: 10_000,
  idle: 15_000,
  total: 60_000,
  bytes: 64 * 2 ** 20,
  concurrency: 4,
  tries: 5,
  backoff: 250,
  deadline: 120_000,
}

/** What is sent: a path to GET, or a review to POST. */
type Asked = { readonly path: string; readonly accept: string } | { readonly review: ReviewKind; readonly spec: JsonObject }

/**
 * Makes a client for one server.
 * @param server its address, perhaps with a path in front of `/api`
 * @param authorize gives each request its credential and TLS settings
 * @param token the bearer token when it is known, to tell from a 401 whether it has expired
 */
export function createClient(server: URL, authorize: Authorize, token: string | null, limits: ClientLimits): ClusterClient {
  const inTurn = limitConcurrency(limits.concurrency)
  const counts = { discovery: 0, list: 0, get: 0 }
  const base = server.href.replace(/\/$/, '')
  let everAnswered = false

  /** The one place that sends. What is sent follows from what is asked: a path is a GET, a review is its POST. */
  async function send(request: Asked, within: ClientLimits): Promise<Received> {
    const options = await authorize()
    const headers: OutgoingHttpHeaders = {
      ...(options.headers as OutgoingHttpHeaders),
      'User-Agent': 'plumbline',
      'Accept-Encoding': 'gzip',
    }
    if ('path' in request) {
      return sendOnce(
        new URL(base + request.path),
        { ...options, method: 'GET', headers: { ...headers, Accept: request.accept } },
        null,
        within,
      )
    }
    const apiVersion = REVIEWS[request.review]
    const payload = JSON.stringify({ apiVersion, kind: request.review, spec: request.spec })
    const posted = {
      ...headers,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(payload),
    }
    return sendOnce(
      new URL(`${base}/apis/${apiVersion}/${request.review.toLowerCase()}s`),
      { ...options, method: 'POST', headers: posted },
      payload,
      within,
    )
  }

  /** Tries until there is an answer worth having, or tries or time run out. */
  async function ask(request: Asked, patience: Partial<ClientLimits> = {}): Promise<Answer> {
    const within = { ...limits, ...patience }
    const end = Date.now() + within.deadline
    for (let attempt = 1; ; attempt++) {
      const { answer, again, wait } = await send(request, within).then(judgeReceived, judgeFailure)
      if (answer.outcome === 'answered') everAnswered = true
      if (answer.outcome === 'answered' && answer.status === 401) throw explainRefusal(server, token)
      const pause = Math.max(wait, within.backoff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
      if (again && attempt < within.tries && Date.now() + pause < end) {
        await sleep(pause)
        continue
      }
      if (answer.outcome === 'failed' && (!everAnswered || isCertificateProblem(answer.code))) throw explainUnreachable(server, answer)
      return answer
    }
  }

  return {
    server: base,
    get: (path, { purpose = 'get', accept = 'application/json', within } = {}) => {
      if (!isReadablePath(path)) throw new Error(`Not a path to read from: ${path}`)
      counts[purpose]++
      return inTurn(() => ask({ path, accept }, within))
    },
    review: (review, spec) => {
      if (!Object.hasOwn(REVIEWS, review)) throw new Error(`Not a review about oneself: ${review}`)
      return inTurn(() => ask({ review, spec }))
    },
    counts: () => ({ ...counts }),
  }
}
