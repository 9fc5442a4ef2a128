import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeGitHub } from './github.ts'

/** Awaited before each request is carried out, and before its answer is handed over: where a test may let another run go first. */
export type Pause = () => Promise<void>

/** A `fetch` without sockets, for Octokit's `request.fetch`. It follows redirects and obeys `signal`, as the real one does. */
export function fetchFrom(github: FakeGitHub, pause: Pause = async () => undefined): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const body = request.body === null ? null : await request.text()
    return send(github, request, request.url, request.method, body, pause, 0)
  }
}

async function send(
  github: FakeGitHub,
  request: Request,
  url: string,
  method: string,
  body: string | null,
  pause: Pause,
  hops: number,
): Promise<Response> {
  await pause()
  request.signal.throwIfAborted()
  const outcome = github.handle({ method, url, headers: Object.fromEntries(request.headers), body })
  if (outcome.kind === 'reset') throw broken()
  if (outcome.kind === 'silence') return new Promise((_resolve, reject) => rejectOnAbort(request.signal, reject))
  const { status, headers, body: answered } = outcome.answer
  if (outcome.delayMs > 0) await sleep(outcome.delayMs, undefined, { signal: request.signal })
  await pause()
  const to = headers.location
  if (status >= 300 && status < 400 && to !== undefined && request.redirect === 'follow' && hops < 20) {
    const next = method === 'POST' ? { method: 'GET', body: null } : { method, body }
    return send(github, request, new URL(to, url).href, next.method, next.body, pause, hops + 1)
  }
  const text = typeof answered === 'string' || answered instanceof Uint8Array || answered === null ? answered : JSON.stringify(answered)
  const response = new Response(text, { status, headers })
  Object.defineProperty(response, 'url', { value: url })
  return response
}

function rejectOnAbort(signal: AbortSignal, reject: (reason: unknown) => void): void {
  if (signal.aborted) reject(signal.reason)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
}

/** What the real one throws. */
function broken(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
}
