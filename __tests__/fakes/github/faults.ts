import type { Answer } from './answers.ts'
import { errorAnswer } from './answers.ts'
import type { Lag } from './types.ts'

/** What goes wrong with a request. */
export type Fault = {
  /** Whether GitHub carries it out all the same. */
  readonly commits: boolean
  /** What comes back: what would have come anyway, nothing ever, a broken connection, or something else. */
  readonly gives: 'answer' | 'silence' | 'reset' | ((now: Date) => Answer)
  /** How long it takes. */
  readonly delayMs?: number
  /** How late lists show what it changed. */
  readonly lag?: Lag
}

/** Which requests a fault meets. What is not named matches everything. `path` is without the query. */
export type Rule = {
  readonly method?: string
  readonly path?: RegExp
  /** It starts with the nth request that matches, from 1. */
  readonly nth?: number
  /** How many it meets; one unless given, `Infinity` for all. */
  readonly times?: number
  readonly fault: Fault
}

/** 502 from GitHub's load balancer; after the work was done, or before. */
export const badGateway = (commits: boolean): Fault => ({
  commits,
  gives: () => errorAnswer(502, 'Server Error'),
})

/** No answer at all after the work was done: the client times out. */
export const SILENCE: Fault = { commits: true, gives: 'silence' }

/** The connection breaks; after the work was done, or before. */
export const reset = (commits: boolean): Fault => ({ commits, gives: 'reset' })

/** No requests are left in this hour: 403, as it mostly is, or 429. */
export const primaryLimit = (resetInSeconds: number, status: 403 | 429 = 403): Fault => ({
  commits: false,
  gives: (now) => ({
    ...errorAnswer(status, 'API rate limit exceeded for installation ID 1.'),
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(now.getTime() / 1000) + resetInSeconds) },
  }),
})

/** Too much at once; without a number GitHub does not say how long to wait. */
export const secondaryLimit = (retryAfterSeconds: number | null, status: 403 | 429 = 403): Fault => ({
  commits: false,
  gives: () => ({
    ...errorAnswer(status, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
    headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
  }),
})

/** GitHub is down for a while. */
export const UNAVAILABLE: Fault = { commits: false, gives: () => errorAnswer(503, 'Service Unavailable') }

/** A page for people where JSON was asked for, with a status that may well be 200. */
export const html = (status = 502): Fault => ({
  commits: false,
  gives: () => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html><body><h1>Unicorn!</h1></body></html>' }),
})

/** The right answer, late. */
export const slow = (delayMs: number): Fault => ({ commits: true, gives: 'answer', delayMs })

/** The right answer, and lists that show what was changed later. */
export const lagging = (lag: Lag): Fault => ({ commits: true, gives: 'answer', lag })

/** The faults to come, in the order in which they were added; the first that matches is the one that happens. */
export class Faults {
  readonly #rules: { readonly rule: Rule; seen: number }[] = []

  add(rule: Rule): void {
    this.#rules.push({ rule, seen: 0 })
  }

  clear(): void {
    this.#rules.length = 0
  }

  /** The fault that this request meets, if any. Every rule counts every request that it matches. */
  meet(method: string, path: string): Fault | null {
    let met: Fault | null = null
    for (const entry of this.#rules) {
      const { rule } = entry
      if ((rule.method ?? method) !== method || !(rule.path?.test(path) ?? true)) continue
      entry.seen += 1
      const first = rule.nth ?? 1
      if (entry.seen >= first && entry.seen < first + (rule.times ?? 1)) met ??= rule.fault
    }
    return met
  }
}
