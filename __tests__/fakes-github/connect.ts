import { getOctokit } from '@actions/github'
import { expect, onTestFinished } from 'vitest'
import { startGitHub } from '../fakes/github/for-test.ts'
import type { RepositoryOptions } from '../fakes/github/repository.ts'

export const REPO = { owner: 'acme', repo: 'shop' }

/** A fake GitHub over HTTP and the Action's own client for it; `signal` breaks off what gets no answer. */
export async function connect(options: RepositoryOptions = {}, secret = 'fake-token') {
  const { github, server } = await startGitHub(options)
  const octokit = getOctokit(secret, { baseUrl: server.url })
  return { github, server, octokit }
}

/** A clock that stands still unless it is moved. */
export function stopClock(start = '2026-03-01T12:00:00.250Z') {
  let time = Date.parse(start)
  const pass = (seconds: number) => {
    time += seconds * 1000
  }
  return { now: () => new Date(time), pass }
}

/** Expects GitHub to refuse, with these words somewhere in what it says. */
export async function expectRefusal(promise: Promise<unknown>, status: number, words: string | RegExp): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason as { status?: number; message: string },
  )
  expect(error, 'an answer that is no refusal').not.toBeNull()
  expect(error).toMatchObject({
    status,
    message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
  })
}

/** Aborts after a while: a client's time limit. */
export function timeLimit(ms: number): AbortSignal {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Error('timed out')), ms)
  onTestFinished(() => clearTimeout(timer))
  return controller.signal
}
