import { type Answer, answer, errorAnswer, Refused, type Request, refuse } from './answers.ts'
import { checkRequest } from './contract.ts'
import { answerGraphql } from './graphql.ts'
import { NotServed } from './not-served.ts'
import { refuseUnlessPermitted } from './permit.ts'
import type { RateCounter } from './rate.ts'
import type { Repository } from './repository.ts'
import { OPERATIONS } from './serve.ts'
import { ARCHIVES, answerArchive } from './serve-archive.ts'
import type { Target } from './target.ts'
import type { Token } from './types.ts'

/** A request with all that its answer depends on. `token` is null for a bad one or none. */
export type Arrival = {
  readonly request: Request
  readonly target: Target
  readonly token: Token | null
  readonly secret: string
  readonly repository: Repository
  readonly rates: RateCounter
}

/**
 * What GitHub answers when nothing goes wrong on the way: it asks first who it is, then what is left of the hour, then whether
 * there is such a place, then whether they may, then whether it makes sense.
 */
export function answerRequest(arrival: Arrival): Answer {
  try {
    return answerOrRefuse(arrival)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function answerOrRefuse({ request, target, token, secret, repository, rates }: Arrival): Answer {
  if (target.path.startsWith(ARCHIVES)) return answerArchive(repository, target.path, target.query, secret)
  if (token === null) refuse(401, request.headers.authorization === undefined ? 'Requires authentication' : 'Bad credentials')
  if (target.graphql) return answerGraphql(request.body, token, repository)
  const { rateLimit } = repository.settings
  const now = repository.now().getTime()
  const { operation } = target
  if (operation?.operationId === 'rate-limit/get') return answerRateLimit(rates.state(secret, rateLimit, now))
  if (!rates.take(secret, rateLimit, now)) refuse(403, 'API rate limit exceeded for installation ID 1.')
  if (operation === null || !target.known) return errorAnswer(404, 'Not Found')
  const served = OPERATIONS[operation.operationId ?? '']
  if (served === undefined) throw new NotServed(`The fake GitHub does not serve ${operation.operationId}.`)
  refuseUnlessPermitted(served.needs, token, repository)
  const matched = checkRequest(operation, target.path, target.query, request)
  return served.run({ ...matched, repository, token, base: target.base, url: `${target.base}${target.path}${target.search}` })
}

/** Asking for it costs nothing. */
function answerRateLimit(core: ReturnType<RateCounter['state']>): Answer {
  return answer(200, { resources: { core, search: { limit: 30, used: 0, remaining: 30, reset: core.reset } }, rate: core })
}
