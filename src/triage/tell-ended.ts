import type { AcceptanceRecord } from '../memory/model.ts'
import type { Ledger } from './ledger.ts'
import type { EndedAcceptance, EndedWhy } from './model.ts'
import { isEdited, type ReplayInput } from './replay-commands.ts'

/** Which of what was in force at the last run is so no more, and why; a record is told in parts where the reasons differ. */
export function tellEnded(input: ReplayInput, ledger: Ledger, acceptances: readonly AcceptanceRecord[]): readonly EndedAcceptance[] {
  const inForce = new Set(acceptances.flatMap(({ ids }) => ids))
  return input.cached.flatMap((record) => {
    const whys = new Map<EndedWhy, string[]>()
    for (const id of record.ids.filter((one) => !inForce.has(one))) {
      const why = explainEnd(id, record, input, ledger)
      whys.set(why, [...(whys.get(why) ?? []), id])
    }
    return [...whys].map(([why, ids]) => ({ record: { ...record, ids }, why }))
  })
}

function explainEnd(id: string, record: AcceptanceRecord, { comments, mayWrite, now }: ReplayInput, ledger: Ledger): EndedWhy {
  const comment = comments.find((one) => one.id === record.comment.id)
  if (comment === undefined) return 'comment-deleted'
  if (isEdited(comment)) return 'comment-edited'
  if (mayWrite(comment.author) === 'no') return 'no-write-access'
  if (ledger.isWithdrawn(id, comment.id)) return 'withdrawn'
  // Also that of a later acceptance, which took the place of this one.
  const ends = ledger.listGrants().filter((grant) => grant.standing.has(id))
  const isOver = [record, ...ends.map((grant) => grant.record)].some(({ until }) => Date.parse(until) <= Date.parse(now))
  return isOver ? 'expired' : 'not-said'
}
