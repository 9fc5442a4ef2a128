import type { Fact, Finding } from '../../model.ts'

/** When the drift was made, as far as its writers left times. Milliseconds. */
export type ChangeWindow = { readonly from: number; readonly to: number }

/** What a pipeline does on the way to a write, or a write's record may lag behind it. Milliseconds. */
const SLACK = 2 * 60_000

/**
 * From the first to the last write that is drift now.
 * @returns null where none has left a time, as the scale subresource
 */
export function findChangeWindow(findings: readonly Pick<Finding, 'drift' | 'evidence'>[]): ChangeWindow | null {
  const times = findings.flatMap(({ drift, evidence }) => {
    const time = drift && evidence.time !== null ? Date.parse(evidence.time) : Number.NaN
    return Number.isNaN(time) ? [] : [time]
  })
  return times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) }
}

/**
 * How something lies to the change. Left out where one of the times is not known.
 *
 * @param from when it began, RFC 3339
 * @param to when it ended; the same unless given
 * @param slack what still counts as the same moment, in milliseconds
 */
export function relate(window: ChangeWindow | null, from: string | null, to = from, slack = SLACK): Pick<Fact, 'relation'> {
  const [start, end] = [Date.parse(from ?? ''), Date.parse(to ?? '')]
  if (window === null || Number.isNaN(start) || Number.isNaN(end)) return {}
  if (end < window.from - slack) return { relation: 'before' }
  return { relation: start > window.to + slack ? 'since' : 'around' }
}
