import { type End, LONGEST_DAYS } from './model.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The moment before which an acceptance holds. Both `hours` and `day` count from the comment, never from the run that reads it.
 *
 * @param writtenAt RFC 3339
 * @returns `until` as RFC 3339; or what is wrong, and the end to write instead
 */
export function resolveEnd(end: End, writtenAt: string): { readonly until: string } | { readonly problem: string; readonly better: End } {
  const start = Date.parse(writtenAt)
  if ('hours' in end) return { until: new Date(start + end.hours * HOUR).toISOString() }
  const day = Date.parse(`${end.day}T00:00:00Z`)
  if (day + DAY <= start) return { problem: `${end.day} was past when this was written.`, better: { hours: 7 * 24 } }
  if (day > start + LONGEST_DAYS * DAY) {
    const last = new Date(start + LONGEST_DAYS * DAY).toISOString().slice(0, 10)
    return { problem: `${end.day} is more than ${LONGEST_DAYS} days away.`, better: { day: last } }
  }
  return { until: new Date(day + DAY).toISOString() }
}
