import type { AcceptanceRecord } from '../memory/model.ts'

/** What one command accepted, and which of it still stands. */
export type Grant = { readonly record: AcceptanceRecord; readonly standing: ReadonlySet<string> }
/** Acceptances while comments are replayed. Alone in the module that it changes: nothing of it is seen outside of one replay. */
export type Ledger = {
  /** Enters an acceptance, which takes its ids from all earlier ones. */
  readonly grant: (record: AcceptanceRecord) => void
  /** Ends acceptances of ids, only those of the comment with this id if one is given. */
  readonly withdraw: (ids: readonly string[], comment?: number) => void
  /** Ids that an acceptance covers at this moment, with the comments that they are accepted in. */
  readonly listAccepted: (at: string) => readonly { readonly id: string; readonly comment: number }[]
  readonly listInForce: (now: string) => readonly AcceptanceRecord[]
  readonly listGrants: () => readonly Grant[]
  /** Whether an acceptance of this id in this comment was withdrawn. */
  readonly isWithdrawn: (id: string, comment: number) => boolean
}

export function createLedger(): Ledger {
  let grants: { record: AcceptanceRecord; standing: Set<string> }[] = []
  const withdrawn = new Set<string>()
  const holds = ({ record }: Grant, at: string) => Date.parse(record.until) > Date.parse(at)
  return {
    grant(record) {
      for (const { standing } of grants) for (const id of record.ids) standing.delete(id)
      const same = grants.find((grant) => isSameCommand(grant.record, record))
      const ids = sortIds([...(same?.record.ids ?? []), ...record.ids])
      const standing = new Set(sortIds([...(same?.standing ?? []), ...record.ids]))
      grants = [...grants.filter((grant) => grant !== same), { record: { ...record, ids }, standing }]
    },
    withdraw(ids, comment) {
      for (const { record, standing } of grants) {
        if (comment !== undefined && record.comment.id !== comment) continue
        for (const id of ids) if (standing.delete(id)) withdrawn.add(`${record.comment.id} ${id}`)
      }
    },
    listAccepted: (at) =>
      grants
        .filter((grant) => holds(grant, at))
        .flatMap(({ record, standing }) => [...standing].map((id) => ({ id, comment: record.comment.id }))),
    listInForce: (now) =>
      grants
        .filter((grant) => grant.standing.size > 0 && holds(grant, now))
        .map(({ record, standing }) => ({ ...record, ids: sortIds([...standing]) })),
    listGrants: () => grants,
    isWithdrawn: (id, comment) => withdrawn.has(`${comment} ${id}`),
  }
}

/** Two commands of one comment that say the same of different findings are one acceptance. */
export function isSameCommand(a: Pick<AcceptanceRecord, 'comment' | 'until' | 'because'>, b: typeof a): boolean {
  return a.comment.id === b.comment.id && a.until === b.until && a.because === b.because
}

function sortIds(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].toSorted()
}
