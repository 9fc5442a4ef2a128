import { count } from '../../count.ts'
import type { Absence, Fact, HealthState, TargetReport } from '../../model.ts'
import { nameObject } from '../describe-finding.ts'
import { type Html, html } from './markup.ts'
import { bullets, heading, link, moment, paragraph, prose, remedy } from './parts.ts'

const STATES: Readonly<Record<HealthState, string>> = {
  healthy: 'healthy',
  progressing: 'still changing',
  degraded: 'degraded',
  unknown: 'not known',
}
const MOST_HEALTH = 30
const MOST_FACTS = 60

/** How the application stands, what lies around the change, and what could not be looked at. */
export function writeCircumstances(target: TargetReport, now: string, level: number): Html | null {
  const circumstances = target.decision?.circumstances
  if (circumstances === undefined) return null
  const { health, facts: known, absences } = circumstances
  const objects = health.objects
    .slice(0, MOST_HEALTH)
    .map(
      ({ object, state, text }) =>
        html`${prose(nameObject(object, target.namespace), 200)} <span class="health ${state}">${STATES[state]}</span>: ${prose(text)}`,
    )
  const left = health.objects.length - objects.length
  return html`<p>The application is <b class="health ${health.state}">${STATES[health.state]}</b>.</p>
${bullets(objects)}${left > 0 && html`<p class="small">And ${count(left, 'more object')}; report.json has all.</p>`}
${known.length > 0 && html`${heading(level, 'Around the change')}${bullets(known.slice(0, MOST_FACTS).map((fact) => writeFact(fact, now)))}`}
${known.length > MOST_FACTS && html`<p class="small">And ${count(known.length - MOST_FACTS, 'more fact')}; report.json has all.</p>`}
${absences.length > 0 && heading(level, 'Could not be looked at')}${writeAbsences(absences)}`
}

function writeFact({ text, time, url }: Fact, now: string): Html {
  return html`${url === undefined ? prose(text) : link(prose(text), url)}${time !== null && html` <span class="age">${moment(time, now)}</span>`}`
}

/** Sources that could not be asked, why, and how they could. */
export function writeAbsences(absences: readonly Absence[]): readonly (Html | null)[] {
  return absences.flatMap((absence) => [
    paragraph(`${absence.source}: ${absence.why}.`.replace(/\.\.$/, '.'), 'absence'),
    remedy(absence.remedy),
  ])
}
