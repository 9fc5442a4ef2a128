import type { AcceptanceRecord, Streak } from '../../src/memory/model.ts'
import type { Answer, IssueComment } from '../../src/triage/model.ts'
import { type Replay, type ReplayInput, replayCommands } from '../../src/triage/replay-commands.ts'

/** A moment of December 2026, as GitHub writes it: `at(3)` is the third at midnight, UTC. */
export function at(day: number, time = '00:00:00'): string {
  return `2026-12-${String(day).padStart(2, '0')}T${time}Z`
}

/** A drift that the issue shows since a moment; the id is filled up to 16 digits. */
export function makeStreak(prefix: string, shownAt = at(1), fact = `fact of ${prefix}`): Streak {
  return { key: `key ${prefix}`, id: toId(prefix), since: shownAt, shownAt, runs: 2, fact, desired: null, told: null }
}

export function toId(prefix: string): string {
  return prefix.padEnd(16, '0')
}

/** A comment by lena of the second, at ten. */
export function makeComment(body: string, parts: Partial<IssueComment> = {}): IssueComment {
  const id = parts.id ?? 1
  const createdAt = parts.createdAt ?? at(2, '10:00:00')
  const url = `https://github.com/team/shop/issues/5#issuecomment-${id}`
  return { id, url, author: 'lena', body, createdAt, updatedAt: createdAt, ...parts }
}

export const WRITERS: ReplayInput['mayWrite'] = (login) => (({ lena: 'yes', kim: 'yes', eve: 'no' })[login] as 'yes' | 'no') ?? 'unknown'

/** Replays on the third, with one or more drifts known, unless told otherwise. */
export function replay(parts: Partial<ReplayInput>): Replay {
  const known = [makeStreak('aaaa1'), makeStreak('aaaa2'), makeStreak('bbbb1')]
  const defaults = { comments: [], mayWrite: WRITERS, known, cached: [], now: at(3), self: 'github-actions[bot]' }
  return replayCommands({ ...defaults, ...parts })
}

/** What is in force, in short: `aaaa1 until 2026-12-09T10:00:00.000Z (1)`. */
export function tell(records: readonly AcceptanceRecord[]): readonly string[] {
  return records.map(({ ids, until, comment }) => `${ids.map(strip).join(' ')} until ${until.slice(0, 16)} (${comment.id})`)
}

/** `accepted aaaa1: in-force`, `mistyped`. */
export function tellAnswers(answers: readonly Answer[]): readonly string[] {
  return answers.map((answer) => {
    const findings =
      'findings' in answer ? ` ${answer.findings.map(({ id, fact }) => `${strip(id)}${fact === null ? ' (gone)' : ''}`).join(' ')}` : ''
    const verified = 'verified' in answer && !answer.verified ? ' unverified' : ''
    return `${answer.type}${findings}${answer.type === 'accepted' ? `: ${answer.standing}` : ''}${verified}`
  })
}

function strip(id: string): string {
  return id.replace(/0+$/, '')
}
