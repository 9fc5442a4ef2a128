import type { AcceptanceRecord, Streak } from '../memory/model.ts'
import { formatCommand } from './format-command.ts'
import { isSameCommand, type Ledger } from './ledger.ts'
import type { Answer, Command, IssueComment, Mistyped, NamedFinding, WriteAccess } from './model.ts'
import { KNOWN_ENDS } from './parse-end.ts'
import type { ReplayInput } from './replay-commands.ts'
import { resolveEnd } from './resolve-end.ts'
import { type Resolved, resolveWhich } from './resolve-which.ts'
import { isSettled } from './settle.ts'

/** An answer without the comment that it is for. It may depend on what later comments say, so it is made at the end. */
export type LateAnswer = (now: string) => DistributiveOmit<Answer, 'comment'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Context = {
  readonly comment: IssueComment
  readonly verified: boolean
  /** It was judged by an earlier run. */
  readonly over: boolean
  readonly input: ReplayInput
  readonly ledger: Ledger
}
type Accept = Extract<Command, { type: 'accept' }>
const SHOWN = {
  none: 'There is no difference here that the issue showed when this was written.',
  among: 'the differences here that the issue showed when this was written',
}
const ACCEPTED = {
  none: 'There is no acceptance here that this could end.',
  among: 'the differences that were accepted when this was written',
}
const NAME_ONE = 'Name one by its id, or more of its digits; "all" means all.'
type Unaccept = Extract<Command, { type: 'unaccept' }>

/** Carries out one command of somebody who may, or of whom it could not be asked (`unknown`), and gives the answers to it. */
export function runCommand(
  command: Command,
  comment: IssueComment,
  access: Exclude<WriteAccess, 'no'>,
  input: ReplayInput,
  ledger: Ledger,
): readonly LateAnswer[] {
  const context = { comment, verified: access === 'yes', over: isSettled(comment.id, input.settled), input, ledger }
  if (command.type === 'mistyped') {
    // Without a line to write instead, the ids help most.
    const ids = command.instead === null ? input.known.map((streak) => streak.id) : []
    return [answer({ ...command, candidates: nameAll(ids, input) })]
  }
  if (command.type === 'accept') return accept(command, context)
  if (command.type === 'unaccept') return unaccept(command, context)
  if (command.type === 'recheck' && !context.verified) return [answer({ type: 'access-unknown' })]
  return [answer({ type: command.type })]
}

function accept(command: Accept, { comment, verified, over, input, ledger }: Context): readonly LateAnswer[] {
  const end = resolveEnd(command.end, comment.createdAt)
  if ('problem' in end)
    return [answer({ ...refuse(command, end.problem, KNOWN_ENDS), instead: formatCommand({ ...command, end: end.better }) })]
  const { id, url, author, createdAt } = comment
  const blank: AcceptanceRecord = {
    ...{ ids: [], by: author, because: command.because, at: createdAt, until: end.until, comment: { id, url } },
  }
  const before = input.cached.filter((record) => isSameCommand(record, blank)).flatMap((record) => record.ids)
  const known = input.known.map((streak) => streak.id)
  const isShown = ({ shownAt }: Streak) => shownAt !== null && Date.parse(shownAt) <= Date.parse(createdAt)
  const visible = input.known.filter(isShown).map((streak) => streak.id)
  const full = resolveWhich(command.which, { visible, before, named: known }, SHOWN)
  const isNew = verified && !over
  const ids = isNew ? full.ids : pickGranted(command, before, full.ids)
  if (!isNew) lapse(full.ids, { input, ledger }, createdAt)
  if (!isNew && ids.length === 0) return over ? tellSettled(command, full) : [answer({ type: 'access-unknown' })]
  if (ids.length > 0) ledger.grant({ ...blank, ids })
  const accepted: LateAnswer = (now) => ({
    ...{ type: 'accepted', findings: nameAll(ids, input), until: end.until, because: command.because, verified },
    standing: judgeStanding(ids, blank, ledger, now),
  })
  return [...(ids.length > 0 ? [accepted] : []), ...(verified ? tellFaults(command, full, input) : [])]
}

function unaccept(command: Unaccept, { comment, verified, over, input, ledger }: Context): readonly LateAnswer[] {
  const accepted = ledger.listAccepted(comment.createdAt)
  const ids = [...new Set(accepted.map(({ id }) => id))]
  const resolved = resolveWhich(command.which, { visible: ids, before: [], named: [] }, ACCEPTED)
  if (verified && !over) {
    ledger.withdraw(resolved.ids)
    const done = answer({ type: 'unaccepted', findings: nameAll(resolved.ids, input), verified })
    return [...(resolved.ids.length > 0 ? [done] : []), ...tellFaults(command, resolved, input)]
  }
  const lapsed = lapse(resolved.ids, { input, ledger }, comment.createdAt)
  if (over) return [answer({ type: 'settled', text: command.text })]
  if (lapsed.length === 0) return [answer({ type: 'access-unknown' })]
  return [answer({ type: 'unaccepted', findings: nameAll(lapsed, input), verified })]
}

/**
 * What is due when it is not known whether a command counts that would end earlier acceptances, or when it was settled before: what
 * was in force at the last run stays so, and what was not does not come back.
 *
 * @returns the ids that do not
 */
function lapse(ids: readonly string[], { input, ledger }: Pick<Context, 'input' | 'ledger'>, at: string): readonly string[] {
  const wasInForce = (id: string, comment: number) => input.cached.some((one) => one.comment.id === comment && one.ids.includes(id))
  const lapsed = ledger.listAccepted(at).filter(({ id, comment }) => ids.includes(id) && !wasInForce(id, comment))
  for (const { id, comment } of lapsed) ledger.withdraw([id], comment)
  return [...new Set(lapsed.map(({ id }) => id))]
}

/** What was granted before, in the order in which it would be granted now: else its answer would change without a reason. */
function pickGranted({ which }: Accept, before: readonly string[], now: readonly string[]): readonly string[] {
  const granted = before.filter((id) => typeof which === 'string' || which.some((prefix) => id.startsWith(prefix)))
  return [...new Set([...now, ...granted])].filter((id) => granted.includes(id))
}

/** One for each entry that it had, as far as can be told: they are kept. */
function tellSettled({ text }: Accept, { faults }: Resolved): readonly LateAnswer[] {
  return Array.from({ length: Math.max(1, faults.length) }, () => answer({ type: 'settled', text }))
}

function tellFaults(command: Accept | Unaccept, { faults }: Resolved, input: ReplayInput): readonly LateAnswer[] {
  return faults.map(({ problem, matches }) => {
    const [only] = matches
    const instead = matches.length === 1 && only !== undefined ? formatCommand({ ...command, which: [only] }) : null
    return answer({ ...refuse(command, problem, NAME_ONE), candidates: nameAll(matches, input), instead })
  })
}

function refuse(command: Accept | Unaccept, problem: string, hint: string): Mistyped & { readonly candidates: readonly NamedFinding[] } {
  return { type: 'mistyped', text: command.text, problem, hint, instead: null, candidates: [] }
}

function nameAll(ids: readonly string[], { known }: ReplayInput): readonly NamedFinding[] {
  return ids.map((id) => ({ id, fact: known.find((streak) => streak.id === id)?.fact ?? null }))
}

type Standing = Extract<Answer, { type: 'accepted' }>['standing']

function judgeStanding(ids: readonly string[], record: AcceptanceRecord, ledger: Ledger, now: string): Standing {
  const standing = ledger.listGrants().find((grant) => isSameCommand(grant.record, record))?.standing ?? new Set()
  const left = ids.filter((id) => standing.has(id)).length
  if (left === 0) return 'ended'
  if (Date.parse(record.until) <= Date.parse(now)) return 'expired'
  return left === ids.length ? 'in-force' : 'partly'
}

function answer(value: DistributiveOmit<Answer, 'comment'>): LateAnswer {
  return () => value
}
