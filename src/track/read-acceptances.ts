import { explainRefusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { AcceptanceRecord, TargetMemory } from '../memory/model.ts'
import type { Note } from '../model.ts'
import type { IssueComment, WriteAccess } from '../triage/model.ts'
import { listCommanders, type Replay, replayCommands } from '../triage/replay-commands.ts'
import { noteRefusal } from './access.ts'

/** Whose rights are asked in one run, at most: each is a request. */
const MOST_AUTHORS = 8

export type Heard = Pick<Replay, 'acceptances' | 'ended' | 'answers' | 'recheck' | 'settled'> & {
  readonly comments: readonly IssueComment[]
  readonly notes: readonly Note[]
}

/**
 * Reads what people have decided in the comments of an issue, with their rights as they are now.
 *
 * @param number the issue
 * @param memory what is remembered of its target
 */
export async function readAcceptances(tracker: Tracker, self: string, number: number, memory: TargetMemory, now: string): Promise<Heard> {
  try {
    const { comments, complete } = await tracker.listComments(number)
    const rights = new Map<string, WriteAccess>()
    const commanders = orderCommanders(comments, self, memory)
    for (const login of commanders.slice(0, MOST_AUTHORS)) rights.set(login, await askRights(tracker, login))
    // Left out as if they had not spoken: else a crowd of strangers could keep everyone waiting for an answer.
    const crowd = new Set(commanders.slice(MOST_AUTHORS))
    const heard = comments.filter(({ author }) => !crowd.has(author))
    const mayWrite = (login: string): WriteAccess => rights.get(login) ?? 'unknown'
    const { streaks: known, acceptances: cached, settled, checkedAt } = memory
    const replay = replayCommands({ comments: heard, mayWrite, known, cached, settled, now, self, checkedAt })
    return { ...replay, comments, notes: noteUnheard(number, complete, crowd.size) }
  } catch (error) {
    const note = noteRefusal(explainRefusal(error), `The comments of #${number} cannot be read, so its acceptances are taken as they were`)
    return { ...keepCached(memory.acceptances, now), comments: [], notes: [note] }
  }
}

/** Who has commanded, in the order in which they are asked about: whose word holds already, then members, then the newest. */
function orderCommanders(comments: readonly IssueComment[], self: string, { acceptances }: TargetMemory): readonly string[] {
  const members = new Set(comments.filter(({ isMember }) => isMember === true).map(({ author }) => author))
  const holding = new Set(acceptances.map(({ by }) => by))
  const rank = (login: string) => (holding.has(login) ? 0 : members.has(login) ? 1 : 2)
  return listCommanders({ comments, self })
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b))
}

function noteUnheard(number: number, complete: boolean, crowd: number): readonly Note[] {
  const notes = [
    complete
      ? ''
      : `#${number} has more than 1,000 comments; the later ones are not read, and commands in them have no effect. Delete some that are not needed.`,
    crowd === 0 ? '' : `In #${number} more than ${MOST_AUTHORS} people have given commands; those of ${crowd} of them are not heard.`,
  ]
  return notes.filter((message) => message !== '').map((message) => ({ kind: 'comments-not-read', message }))
}

/** What was in force at the last run, less what has expired since: where the comments cannot be read, and nothing is settled. */
export function keepCached(cached: readonly AcceptanceRecord[], now: string): Omit<Heard, 'comments' | 'notes'> {
  const isOver = ({ until }: AcceptanceRecord) => Date.parse(until) <= Date.parse(now)
  const ended = cached.filter(isOver).map((record) => ({ record, why: 'expired' as const }))
  return { acceptances: cached.filter((record) => !isOver(record)), ended, answers: [], recheck: false, settled: null }
}

/** Nothing holds any more: the issue is gone, and all comments with it. */
export function loseCached(cached: readonly AcceptanceRecord[]): Omit<Heard, 'comments' | 'notes'> {
  return {
    acceptances: [],
    ended: cached.map((record) => ({ record, why: 'comment-deleted' })),
    answers: [],
    recheck: false,
    settled: null,
  }
}

async function askRights(tracker: Tracker, login: string): Promise<WriteAccess> {
  try {
    return (await tracker.mayWrite(login)) ? 'yes' : 'no'
  } catch {
    return 'unknown'
  }
}
