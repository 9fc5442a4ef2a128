/** A request, as both front ends put it. Header names in lower case. */
export type Request = {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: { readonly [name: string]: string | undefined }
  readonly body: string | null
}

/** An answer; a body that is a string goes as it is, null is none, and everything else as JSON. */
export type Answer = { readonly status: number; readonly headers: { readonly [name: string]: string }; readonly body: unknown }

const DOCUMENTATION = 'https://docs.github.com/rest'

/** One thing that is wrong with what was sent, as GitHub lists it. */
export type FieldError = {
  readonly resource: string
  readonly field: string
  readonly code: string
  readonly message?: string
  readonly value?: string
}

/** Thrown where GitHub refuses; becomes the answer. */
export class Refused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`GitHub refuses with ${answer.status}`)
    this.answer = answer
  }
}

/** An answer with JSON. */
export function answer(status: number, body: unknown, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body }
}

/** An error in GitHub's form. */
export function errorAnswer(status: number, message: string, more: { readonly [key: string]: unknown } = {}): Answer {
  return answer(status, { message, documentation_url: DOCUMENTATION, status: String(status), ...more })
}

/** Refuses with an error in GitHub's form. */
export function refuse(status: number, message: string, more: { readonly [key: string]: unknown } = {}): never {
  throw new Refused(errorAnswer(status, message, more))
}

/** Refuses what was sent because of these fields. */
export function refuseFields(...errors: FieldError[]): never {
  return refuse(422, 'Validation Failed', { errors })
}
