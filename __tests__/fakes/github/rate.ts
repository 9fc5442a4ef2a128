import type { Answer } from './answers.ts'

const HOUR = 3_600_000

/** Counts the requests of each token in each hour, which begins with the first of them. */
export class RateCounter {
  readonly #windows = new Map<string, { used: number; reset: number }>()

  /** Counts a request; false when there are none left, and then it costs nothing. */
  take(token: string, limit: number, now: number): boolean {
    const window = this.#open(token, now)
    if (window.used >= limit) return false
    window.used += 1
    return true
  }

  /** What is left, as `GET /rate_limit` says it; `reset` in seconds since 1970. */
  state(token: string, limit: number, now: number) {
    const { used, reset } = this.#open(token, now)
    return { limit, used, remaining: limit - used, reset: Math.ceil(reset / 1000) }
  }

  /** The headers that every answer has. */
  headers(token: string, limit: number, now: number): Answer['headers'] {
    const state = this.state(token, limit, now)
    return {
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`x-ratelimit-${name}`, String(value)])),
      'x-ratelimit-resource': 'core',
    }
  }

  #open(token: string, now: number) {
    const window = this.#windows.get(token)
    if (window !== undefined && window.reset > now) return window
    const opened = { used: 0, reset: now + HOUR }
    this.#windows.set(token, opened)
    return opened
  }
}
