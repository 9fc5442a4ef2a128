import { UserError } from '../errors.ts'
import type { Json } from '../model.ts'
import type { Answer } from './answer.ts'
import { isCertificateProblem } from './explain-connection.ts'
import { ConnectionFailure, type Received } from './http.ts'
import { parseJson } from './json.ts'

/** What one try gave, and whether another may help; `wait` is the least pause before it, in milliseconds. */
export type Judged = { readonly answer: Answer; readonly again: boolean; readonly wait: number }

/** An answer came: parses it, and tells whether to try again (429, 5xx, broken JSON) and after how many milliseconds at least. */
export function judgeReceived({ status, headers, text }: Received): Judged {
  if (status >= 300 && status < 400) {
    const target = headers.location === undefined ? null : URL.parse(headers.location)
    const message = `the server redirects${target === null ? '' : ` to ${target.host}`}, which is not followed`
    return { answer: { outcome: 'failed', code: 'REDIRECT', message }, again: false, wait: 0 }
  }
  const contentType = headers['content-type'] ?? ''
  let body: Json | null = null
  if (/\bjson\b/.test(contentType)) {
    try {
      body = parseJson(text)
    } catch {
      // Never an empty object: what cannot be parsed was not read. A failure still is what its status says.
      if (status < 400)
        return { answer: { outcome: 'failed', code: 'TRUNCATED', message: 'the answer is no complete JSON' }, again: true, wait: 0 }
    }
  }
  const warnings = (headers.warning === undefined ? [] : [headers.warning].flat()).flatMap((value) =>
    [...value.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? ''),
  )
  const seconds = Number(headers['retry-after'])
  const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
  return {
    answer: { outcome: 'answered', status, contentType, body, text: body === null ? text.slice(0, 300) : '', warnings },
    again: status === 429 || status >= 500,
    wait,
  }
}

/** No answer came. A certificate or a host name does not mend itself within seconds; most else may. */
export function judgeFailure(error: unknown): Judged {
  if (error instanceof UserError || !(error instanceof ConnectionFailure)) throw error
  const again =
    !isCertificateProblem(error.code) && !['ENOTFOUND', 'TOO_LARGE', 'ERR_INVALID_CHAR', 'ERR_INVALID_ARG_TYPE'].includes(error.code)
  return { answer: { outcome: 'failed', code: error.code, message: error.message }, again, wait: 0 }
}
