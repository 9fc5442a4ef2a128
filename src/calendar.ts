/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  // 2026-02-30 parses, as the second of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** A time in whole seconds, as the API server's records and GitHub's searches have it; a text that is no time comes back as it is. */
export function toSeconds(time: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().slice(0, 19)}Z`
}
