import { answerRequest } from './answer-request.ts'
import type { Answer, Request } from './answers.ts'
import { checkAnswer } from './contract.ts'
import { type Fault, Faults } from './faults.ts'
import { People } from './people.ts'
import { RateCounter } from './rate.ts'
import { Repository, type RepositoryOptions } from './repository.ts'
import { parseTarget, type Target } from './target.ts'
import type { Token } from './types.ts'

/** A request as the fake saw it, and what became of it. */
export type SeenRequest = {
  readonly method: string
  /** Without the host; with the query. */
  readonly path: string
  /** GitHub's id for it, such as `issues/create`; `graphql`, or null for what GitHub does not know. */
  readonly operation: string | null
  /** Whose token it came with; null for none or a bad one. */
  readonly login: string | null
  /** Null when there was no answer. */
  readonly status: number | null
}

/** What the sender gets: an answer after a while, nothing ever, or a broken connection. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }

/** A GitHub with one repository. One request after the other is carried out as a whole; the two front ends bring them. */
export class FakeGitHub {
  readonly repository: Repository
  readonly people: People
  readonly faults = new Faults()
  /** Everything that was asked, in order. */
  readonly requests: SeenRequest[] = []
  /** What went wrong in the fake itself, answers of ours that GitHub would not give among it. `check` throws for it. */
  readonly violations: Error[] = []
  readonly #rates = new RateCounter()

  constructor(options: RepositoryOptions = {}) {
    this.repository = new Repository(options)
    this.people = new People(this.repository)
  }

  /** The REST requests so far, GraphQL aside; with a method, those of that method. */
  rest(method?: string): readonly SeenRequest[] {
    return this.requests.filter((one) => one.operation !== 'graphql' && (method ?? one.method) === one.method)
  }

  /** The REST requests so far that were meant to change something. */
  writes(): readonly SeenRequest[] {
    return this.rest().filter((one) => one.method !== 'GET')
  }

  /** @throws what went wrong in the fake itself; the client under test may have taken it for a failure of GitHub. */
  check(): void {
    if (this.violations.length > 0) throw new AggregateError(this.violations, this.violations.map(({ message }) => message).join('\n'))
  }

  /**
   * Carries out a request.
   * @throws what goes wrong in the fake itself, which `check` tells, too
   */
  handle(request: Request): Outcome {
    const target = parseTarget(this.repository, request.method, request.url)
    const token = this.#findToken(request)
    const fault = this.faults.meet(request.method, target.path)
    const operation = target.graphql ? 'graphql' : (target.operation?.operationId ?? null)
    const seen = { method: request.method, path: target.shown, operation, login: token?.login ?? null }
    try {
      const answered = fault?.commits === false ? null : this.#commit(request, target, token, fault)
      const outcome = this.#give(request, answered, fault)
      this.requests.push({ ...seen, status: outcome.kind === 'answer' ? outcome.answer.status : null })
      return outcome
    } catch (error) {
      this.requests.push({ ...seen, status: null })
      this.violations.push(error as Error)
      throw error
    }
  }

  /** Carries it out, with lists that lag as the fault says, and holds the answer against the description. */
  #commit(request: Request, target: Target, token: Token | null, fault: Fault | null): Answer {
    const before = this.repository.lag
    this.repository.lag = fault?.lag ?? before
    try {
      const given = answerRequest({ request, target, token, secret: secretOf(request), repository: this.repository, rates: this.#rates })
      if (target.operation !== null) checkAnswer(target.operation, given)
      return given
    } finally {
      this.repository.lag = before
    }
  }

  #give(request: Request, answered: Answer | null, fault: Fault | null): Outcome {
    const gives = fault?.gives ?? 'answer'
    if (gives === 'silence' || gives === 'reset') return { kind: gives }
    const now = this.repository.now()
    const plain = gives === 'answer' ? answered : gives(now)
    if (plain === null) throw new Error('A fault that gives the answer must commit.')
    const rates = this.#rates.headers(secretOf(request), this.repository.settings.rateLimit, now.getTime())
    const headers = { 'content-type': 'application/json; charset=utf-8', date: now.toUTCString(), ...rates, ...plain.headers }
    return { kind: 'answer', answer: { ...plain, headers }, delayMs: fault?.delayMs ?? 0 }
  }

  #findToken(request: Request): Token | null {
    return this.repository.tokens.get(secretOf(request)) ?? null
  }
}

function secretOf({ headers }: Request): string {
  return headers.authorization?.replace(/^(token|bearer) /i, '') ?? ''
}
