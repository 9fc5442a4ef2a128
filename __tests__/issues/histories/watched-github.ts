import type { Request } from '../../fakes/github/answers.ts'
import { FakeGitHub, type Outcome } from '../../fakes/github/github.ts'
import { BOT } from '../../fakes/github/repository.ts'
import { judgeChange } from './judge-change.ts'
import type { World } from './world.ts'

/** The fake GitHub, with every change that a run makes held against what must never be. */
export class WatchedGitHub extends FakeGitHub {
  readonly #world: World

  constructor(world: World) {
    super({ now: () => new Date(world.now), collaborators: { lena: 'write', omar: 'write', tom: 'read' } })
    this.#world = world
  }

  override handle(request: Request): Outcome {
    const world = this.#world
    const secret = request.headers.authorization?.replace(/^(token|bearer) /i, '')
    const run = world.runs.find((one) => one.secret === secret)
    if (run === undefined) throw new Error('A request of no run.')
    const issues = new Map(this.repository.issues)
    const comments = new Map(this.repository.comments)
    const outcome = super.handle(request)
    if (!request.url.endsWith('/graphql')) run.calls += 1
    if (request.method !== 'GET' && !request.url.endsWith('/graphql')) run.writes += 1
    if (request.method === 'PATCH' && request.url.includes('/issues/comments/')) run.answers += 1
    if (isFault(outcome)) {
      run.met = true
      world.count(`fault: ${outcome.kind === 'answer' ? outcome.answer.status : outcome.kind}`)
    }
    if (run.dry && request.method !== 'GET' && !request.url.endsWith('/graphql')) world.problem(`dry run ${run.id}: ${request.method}`)
    for (const [number, after] of this.repository.issues) {
      if (issues.get(number) !== after) judgeChange(world, run, issues.get(number) ?? null, after)
    }
    for (const [id, before] of comments) {
      const after = this.repository.comments.get(id)
      if (before.user !== BOT && after?.body !== before.body) world.problem(`run ${run.id} changed ${before.user}'s comment`)
    }
    // Octokit's timer would take 20 real seconds; for the code under test a connection that breaks is the same.
    return outcome.kind === 'silence' ? { kind: 'reset' } : outcome
  }
}

function isFault(outcome: Outcome): boolean {
  if (outcome.kind !== 'answer') return true
  const { status, headers } = outcome.answer
  return (
    status >= 500 ||
    status === 429 ||
    (status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'))
  )
}
