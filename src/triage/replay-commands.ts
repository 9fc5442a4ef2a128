import type { AcceptanceRecord, Settled, Streak } from '../memory/model.ts'
import { createLedger } from './ledger.ts'
import type { Answer, EndedAcceptance, IssueComment, WriteAccess } from './model.ts'
import { parseCommands } from './parse-commands.ts'
import { runCommand } from './run-command.ts'
import { settle } from './settle.ts'
import { tellEnded } from './tell-ended.ts'

export type ReplayInput = {
  /** All comments of the issue, in any order. One that is not among them counts as deleted. */
  readonly comments: readonly IssueComment[]
  /** Must give the same answer for a login throughout. */
  readonly mayWrite: (login: string) => WriteAccess
  /** The drift that the issue shows, accepted or not. */
  readonly known: readonly Streak[]
  /** What was in force at the last run. */
  readonly cached: readonly AcceptanceRecord[]
  /** What earlier runs have judged, as remembered with `cached`. Null or left out: nothing. */
  readonly settled?: Settled | null
  /** RFC 3339. */
  readonly now: string
  /** Our own login: what it says is no command. */
  readonly self: string
  /** RFC 3339: the reading that `known` is from. A recheck that was asked for before it is done. Null or left out: none is done. */
  readonly checkedAt?: string | null
}
export type Replay = {
  /** What is in force, oldest first. */
  readonly acceptances: readonly AcceptanceRecord[]
  /** What of `cached` is in force no more. */
  readonly ended: readonly EndedAcceptance[]
  /**
   * One or more for each command, in the order of the comments, and one for each comment that may not or cannot command any more.
   * They tell how things stand: a command about what is neither shown nor in force any more is told as one without effect.
   */
  readonly answers: readonly Answer[]
  /** Whether somebody who may has asked for a check that was not made yet. */
  readonly recheck: boolean
  /** What is judged now, to be remembered with `acceptances`. */
  readonly settled: Settled | null
}

/**
 * Reads again, from the first comment on, what people have decided. The comments are the truth: `cached` only keeps what cannot
 * be told from them any more, which is the ids that a comment covered when it was written, and what an author could do whose
 * rights cannot be asked now. A command that was judged by an earlier run keeps at most what it was granted then, and does
 * nothing new: else what was refused would come alive once the cluster, the comments or somebody's rights have changed.
 */
export function replayCommands(input: ReplayInput): Replay {
  const { mayWrite, cached, now, checkedAt = null } = input
  const ledger = createLedger()
  const answers: ((now: string) => Answer)[] = []
  const judged: { readonly id: number; readonly access: WriteAccess }[] = []
  let recheck = false
  for (const comment of listCommanding(input)) {
    const about = { comment: { id: comment.id, url: comment.url, author: comment.author, createdAt: comment.createdAt } }
    const commands = parseCommands(comment.body)
    const wasCached = cached.some((record) => record.comment.id === comment.id)
    if (isEdited(comment)) {
      if (commands.length > 0 || wasCached) answers.push(() => ({ ...about, type: 'edited' }))
      continue
    }
    if (commands.length === 0) continue
    const access = mayWrite(comment.author)
    judged.push({ id: comment.id, access })
    if (access === 'no') {
      answers.push(() => ({ ...about, type: 'no-write-access' }))
      continue
    }
    for (const command of commands) {
      answers.push(...runCommand(command, comment, access, input, ledger).map((answer) => (at: string) => ({ ...about, ...answer(at) })))
      if (command.type !== 'recheck' || access !== 'yes') continue
      recheck ||= checkedAt === null || Date.parse(comment.createdAt) > Date.parse(checkedAt)
    }
  }
  const acceptances = ledger.listInForce(now)
  return {
    ...{ acceptances, ended: tellEnded(input, ledger, acceptances), answers: answers.map((answer) => answer(now)), recheck },
    settled: settle(input.settled ?? null, judged),
  }
}

/** The logins whose access `replayCommands` asks for: those of people who wrote a command that was not edited. Each of them once. */
export function listCommanders(input: Pick<ReplayInput, 'comments' | 'self'>): readonly string[] {
  const commanding = listCommanding(input).filter((comment) => !isEdited(comment) && parseCommands(comment.body).length > 0)
  return [...new Set(commanding.map(({ author }) => author))]
}

/** GitHub was seen to date a comment a second late without any edit (github.com/palantir/policy-bot/pull/459). */
const LATE_MS = 2000

/** Whether a comment is not as it was written. What its author mended within two seconds is as they wanted it from the start. */
export function isEdited({ createdAt, updatedAt }: Pick<IssueComment, 'createdAt' | 'updatedAt'>): boolean {
  return Date.parse(updatedAt) - Date.parse(createdAt) > LATE_MS
}

/** Comments of people, in the order in which they were written. */
function listCommanding({ comments, self }: Pick<ReplayInput, 'comments' | 'self'>): readonly IssueComment[] {
  const isOurs = ({ author }: IssueComment) => toAccount(author) === toAccount(self)
  const isBot = ({ author, isBot = false }: IssueComment) => isBot || author.toLowerCase().endsWith('[bot]')
  return comments
    .filter((comment) => !isOurs(comment) && !isBot(comment))
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id)
}

/** GitHub's APIs name one app `github-actions` and `github-actions[bot]`. Case does not matter in a login. */
function toAccount(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, '')
}
