import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import { type Answer, errorAnswer, Refused, type Request } from './answers.ts'
import description from './openapi.json' with { type: 'json' }
import { allowDateRanges, closeRequestBodies } from './request-bodies.ts'

/** One operation of GitHub's description. */
export type Operation = NonNullable<ReturnType<OpenAPIBackend<Document>['matchOperation']>>

/** A request that GitHub's description knows, with its parts; numbers in the query are numbers. */
export type Matched = {
  readonly operation: Operation
  readonly params: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: unknown }
  readonly body: { readonly [name: string]: unknown }
}

/** Our own answer is not what GitHub's description says: the fake is wrong, or a test put it into an impossible state. */
export class ContractViolation extends Error {}

// Compiled once per process, each part when it is first needed. Nothing in a body is made to fit: "7" is not a number there.
const api = new OpenAPIBackend<Document>({
  definition: closeRequestBodies(allowDateRanges(description)) as Document,
  quick: true,
  strict: false,
  coerceTypes: true,
  ajvOpts: { strict: false, allErrors: true },
  customizeAjv: (ajv) => addFormats.default(ajv),
})
await api.init()
/** Finding one costs as much as validating, and the paths of a test are few. */
const matches = new Map<string, Operation | null>()
const basicError = addFormats.default(new Ajv({ strict: false })).compile(description.components.schemas['basic-error'])

/** Finds the operation that a request is for; null when the description has none. `path` is without the query. */
export function matchOperation(method: string, path: string): Operation | null {
  const key = `${method} ${path}`
  const known = matches.get(key)
  if (known !== undefined) return known
  const found = api.matchOperation({ method, path, headers: {} }) ?? null
  matches.set(key, found)
  return found
}

/**
 * Holds a request against the description. A property or query parameter that it does not name is refused; GitHub itself would
 * pass over it in silence.
 * @throws Refused with 400 or 422
 */
export function checkRequest(operation: Operation, path: string, query: URLSearchParams, request: Request): Matched {
  const body = parseBody(request.body)
  const { errors, coerced } = api.validateRequest(
    { method: request.method, path, headers: {}, query: Object.fromEntries(query), ...(body === undefined ? {} : { body }) },
    operation,
  )
  if (errors) {
    const reasons = errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`)
    throw new Refused(errorAnswer(422, `Invalid request.\n\n${reasons.join('\n')}`))
  }
  const parts = coerced as unknown as { params?: Matched['params']; query?: Matched['query'] }
  return { operation, params: parts.params ?? {}, query: parts.query ?? {}, body: (body ?? {}) as Matched['body'] }
}

/**
 * Holds an answer of ours against the description. An error that it does not mention for this operation is still an error of
 * GitHub's usual form; a success that it does not mention is none.
 * @throws ContractViolation
 */
export function checkAnswer(operation: Operation, given: Answer): void {
  const described = operation.responses?.[String(given.status)] !== undefined
  if (!described && given.status < 400) throw new ContractViolation(`${operation.operationId} never answers ${given.status}`)
  const errors = described ? api.validateResponse(given.body, operation, given.status).errors : judge(basicError, given.body)
  if (!errors) return
  const reasons = errors.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ')
  throw new ContractViolation(`Our ${given.status} of ${operation.operationId} is not as described: ${reasons}`)
}

function judge(validate: ValidateFunction, body: unknown): ValidateFunction['errors'] {
  return validate(body) ? null : (validate.errors ?? null)
}

function parseBody(text: string | null): object | undefined {
  if (text === null || text === '') return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch {
    // Answered below.
  }
  throw new Refused(errorAnswer(400, 'Problems parsing JSON'))
}
