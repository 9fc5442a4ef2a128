import { isCalendarDate } from '../calendar.ts'
import { type End, LONGEST_DAYS } from './model.ts'

/** What an end may look like, for a person. */
export const KNOWN_ENDS = `Understood are hours, days and weeks, at most ${LONGEST_DAYS} days, such as "for 12h", "for 7d" or "for 2 weeks", and a day in UTC, such as "until 2026-12-31".`

/** `better` is what to write instead, such as `for 30d`, where it can be told. */
export type EndFault = { readonly problem: string; readonly better: string | null }

const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 7 * 24 }
const AMOUNT = /^(an?|one|\d{1,6}) ?(h|hrs?|hours?|d|days?|w|wks?|weeks?)$/

/**
 * Reads when an acceptance is to end.
 *
 * @param keyword the word before it
 * @param text in lower case, with single spaces and plain hyphens: `7 days`, `2026-12-31`
 */
export function parseEnd(keyword: 'for' | 'until', text: string): End | EndFault {
  if (keyword === 'for') {
    const hours = countHours(text)
    if (hours === 0) return { problem: 'It would end at once.', better: 'for 7d' }
    if (hours !== null && hours > LONGEST_DAYS * 24) {
      return { problem: `"for ${text}" is longer than ${LONGEST_DAYS} days.`, better: `for ${LONGEST_DAYS}d` }
    }
    if (hours !== null) return { hours }
  } else {
    const day = text.replace(
      /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
      (_, year, month, date) => `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`,
    )
    if (isCalendarDate(day)) return { day }
  }
  if (text === '') return { problem: `Nothing follows "${keyword}".`, better: keyword === 'for' ? 'for 7d' : null }
  return { problem: `"${keyword} ${text}" is not understood.`, better: guessEnd(text) }
}

/** An end as `parseEnd` reads it: `for 7d`, `until 2026-12-31`. */
export function formatEnd(end: End): string {
  if ('day' in end) return `until ${end.day}`
  return end.hours % 24 === 0 ? `for ${end.hours / 24}d` : `for ${end.hours}h`
}

/** What an end was probably meant to be; null where it could be one of several. Never acted upon, only proposed. */
export function guessEnd(text: string): string | null {
  const known = GUESSES[text]
  if (known !== undefined) return known
  if ((countHours(text) ?? 0) > 0) return `for ${text.replaceAll(' ', '')}`
  const months = /^(an?|one|\d{1,2}) ?(?:mos?|months?)$/.exec(text)
  if (months !== null) return `for ${Math.min(LONGEST_DAYS, 30 * Math.max(1, Number(months[1]) || 1))}d`
  if (/^\d{1,2}$/.test(text) && Number(text) > 0) return `for ${Math.min(LONGEST_DAYS, Number(text))}d`
  const day = guessDay(text)
  return day !== null && isCalendarDate(day) ? `until ${day}` : null
}

const GUESSES: Readonly<Record<string, string>> = {
  tomorrow: 'for 1d',
  'next week': 'for 7d',
  'next month': 'for 30d',
  ever: `for ${LONGEST_DAYS}d`,
  forever: `for ${LONGEST_DAYS}d`,
}

function countHours(text: string): number | null {
  const [, amount, unit] = AMOUNT.exec(text) ?? []
  if (amount === undefined || unit === undefined) return null
  return (/^\d/.test(amount) ? Number(amount) : 1) * (HOURS[unit.charAt(0)] ?? 0)
}

function guessDay(text: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[t ]|$)/.exec(text)?.[1]
  if (iso !== undefined) return iso
  const [, first = '', mark, second = '', year] = /^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$/.exec(text) ?? []
  if (year !== undefined) {
    // With slashes, 01/02 is a day of January or of February, depending on where the person is from.
    const isDayFirst = mark === '.' || Number(first) > 12
    if (!isDayFirst && Number(second) <= 12) return null
    const [month, day] = isDayFirst ? [second, first] : [first, second]
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  }
  // The year must be given: without it, Date takes 2001.
  const named = /[a-z]{3}/.test(text) && /\b20\d{2}\b/.test(text) ? Date.parse(`${text} UTC`) : Number.NaN
  return Number.isNaN(named) ? null : new Date(named).toISOString().slice(0, 10)
}
