import { getOctokit } from '@actions/github'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'

export type Octokit = ReturnType<typeof getOctokit>
export type OctokitOptions = {
  readonly token: string
  readonly apiUrl: string
  /** Told when it has to wait. */
  readonly log: (message: string) => void
  /** For tests: how requests are sent, and whether to wait between them. */
  readonly fetch?: typeof fetch
  readonly wait?: boolean
}

/** Nothing on GitHub takes this long; without an end, a hanging connection would take the whole job's time. */
const TIMEOUT_MS = 20_000
/** A longer wait is not worth a job's minutes: the next run will do it. */
const MOST_WAIT_SECONDS = 120
const MOST_WAITS = 2

/**
 * A client that is polite as GitHub asks for: writes one after the other with a second between them, `Retry-After` and
 * rate limits honoured within bounds. Reads are tried again when GitHub fails; writes never blindly, since a request that
 * failed may have been done.
 *
 * @returns the client, and how many REST requests it has sent
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function openOctokit(options: OctokitOptions): { readonly octokit: Octokit; readonly countCalls: () => number } {
  const { token, apiUrl, log, wait = true } = options
  const send = options.fetch ?? fetch
  let calls = 0
  const onLimit = (kind: string) => (seconds: number, request: object, _: unknown, waits: number) => {
    const { method = '', url = '' } = request as { readonly method?: string; readonly url?: string }
    const again = seconds <= MOST_WAIT_SECONDS && waits < MOST_WAITS
    log(`GitHub's ${kind} for ${method} ${url}: ${again ? `waiting ${seconds} s` : `it asks for ${seconds} s, which is too long`}`)
    return again
  }
  const octokit = getOctokit(
    token,
    {
      baseUrl: apiUrl,
      userAgent: 'plumbline',
      log: { debug: () => {}, info: () => {}, warn: log, error: () => {} },
      request: {
        fetch: async (url: string, init: RequestInit) => {
          if (!url.endsWith('/graphql')) calls += 1
          const response = await send(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
          // Who asks for it is shown where a redirect leads to, and never led there with the token.
          if (init.redirect === 'manual') return response
          // An issue that was moved to another repository: following it would write there.
          return response.status >= 300 && response.status < 400 && response.status !== 304
            ? Response.json({ message: 'it was moved to another place' }, { status: 410 })
            : response
        },
      },
      throttle: {
        enabled: wait,
        // Each client counts for itself; the plugin would share its queues between all of a process.
        id: crypto.randomUUID(),
        onRateLimit: onLimit('rate limit'),
        onSecondaryRateLimit: onLimit('secondary rate limit'),
      },
      retry: { enabled: wait, retries: 2, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    },
    throttling,
    retry,
  )
  return { octokit, countCalls: () => calls }
}
