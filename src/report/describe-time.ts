import { count } from '../count.ts'
import type { Evidence } from '../model.ts'

/** Times as all writers tell them. Plain text: each writer makes it safe for its own medium. */

const MINUTE = 60_000
const AGES: readonly (readonly [number, string])[] = [
  [365 * 24 * 60 * MINUTE, 'year'],
  [30 * 24 * 60 * MINUTE, 'month'],
  [24 * 60 * MINUTE, 'day'],
  [60 * MINUTE, 'hour'],
  [MINUTE, 'minute'],
]

/**
 * `2 hours ago (2026-11-23 14:50:36 UTC)`.
 *
 * @param now RFC 3339; a time after it (clocks differ) is given without an age
 */
export function describeTime(evidence: Evidence, now: string): string {
  if (evidence.time === null) return 'time not recorded'
  const utc = formatUtc(evidence.time)
  const age = describeAge(evidence.time, now)
  return age === null ? utc : `${age} (${utc})`
}

/** `2026-11-23 14:50:36 UTC`; a text that is no time comes back as it is. */
export function formatUtc(time: string): string {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `2 hours ago`; null for a text that is no time, and for a time after `now` (clocks differ). */
export function describeAge(time: string, now: string): string | null {
  const passed = Date.parse(now) - Date.parse(time)
  if (!(passed >= 0)) return null
  const unit = AGES.find(([length]) => passed >= length)
  return unit === undefined ? 'just now' : `${count(Math.floor(passed / unit[0]), unit[1])} ago`
}

/** `formatUtc`, but a date without a time of day stays one. */
export function formatDay(time: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(time) ? time : formatUtc(time)
}
