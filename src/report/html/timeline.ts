import { count } from '../../count.ts'
import type { TargetReport } from '../../model.ts'
import { describeAge, formatUtc } from '../describe-time.ts'
import { type Event, listEvents } from './events.ts'
import { type Html, html } from './markup.ts'
import { link, prose } from './parts.ts'

/** More marks than these are a list and no picture; the latest are shown. */
const MOST_EVENTS = 40

/** What happened when, as a rail with a mark for each: from the last deploy to this check. What has no time stands apart. */
export function writeTimeline(target: TargetReport, now: string): Html | null {
  const { timed, untimed } = listEvents(target, now)
  if (timed.length + untimed.length < 2) return null
  const shown = timed.slice(-MOST_EVENTS)
  const left = timed.length - shown.length
  const items = shown.map((event, index) => writeEvent(event, shown[index - 1] ?? null, now))
  return html`<p class="small">Times are UTC; ages are as of this check.</p>
${left > 0 && html`<p class="small">${count(left, 'earlier event')} left out here; report.json has all.</p>`}
<ol class="timeline">${items}</ol>${writeUntimed(untimed)}`
}

function writeEvent(event: Event, before: Event | null, now: string): Html {
  const { kind, label, time, to } = event
  const start = formatUtc(time ?? '').replace(' UTC', '')
  const end = to === null || to === undefined || to === time ? '' : ` to ${shortenEnd(formatUtc(to), start)}`
  const age = kind === 'now' ? null : describeAge(time ?? '', now)
  return html`<li class="${kind}"><div class="at"><time datetime="${new Date(time ?? '').toISOString()}">${start}</time>${end}${
    age !== null && html` <span class="age">${age}</span>`
  }</div><div class="what">${writePassed(event, before)}<b>${label}</b> ${writeText(event)}</div></li>`
}

/** How long after the event before, where that is a minute or more. */
function writePassed({ time }: Event, before: Event | null): Html | null {
  const passed = before?.time === undefined || before.time === null ? null : describeAge(before.time, time ?? '')
  return passed === null || passed === 'just now' ? null : html`<span class="passed">${passed.replace(/ ago$/, ' later')}</span>`
}

/** The time of day alone, on the same day. */
function shortenEnd(end: string, start: string): string {
  const plain = end.replace(' UTC', '')
  return plain.slice(0, 10) === start.slice(0, 10) ? plain.slice(11) : plain
}

function writeText({ text, url }: Event): Html {
  return url === undefined ? html`${prose(text, 400)}` : link(prose(text, 400), url)
}

function writeUntimed(events: readonly Event[]): Html | null {
  if (events.length === 0) return null
  const items = events.slice(0, MOST_EVENTS).map((event) => html`<li class="${event.kind}"><b>${event.label}</b> ${writeText(event)}</li>`)
  const left = events.length - items.length
  return html`<div class="untimed"><p class="small">At a time that no record has:</p><ul>${items}</ul>${
    left > 0 && html`<p class="small">And ${String(left)} more.</p>`
  }</div>`
}
