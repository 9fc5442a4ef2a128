import type { Act, TargetReport, Witness } from '../../model.ts'
import { formatUtc } from '../describe-time.ts'
import { formatNamedFact, shorten } from '../values.ts'
import { namePerson } from './finding.ts'
import { type Content, type Html, html } from './markup.ts'
import { copyable, facts, fold, heading, moment, prose } from './parts.ts'

const MOST_ACTS = 50
const MOST_PEOPLE = 10

/** What was done with which tool, by whom, or how to find out. */
export function writeActs(target: TargetReport, now: string, level: number): Html | null {
  const acts = target.decision?.acts ?? []
  if (acts.length === 0) return null
  const left = acts.length - MOST_ACTS
  return html`${acts.slice(0, MOST_ACTS).map((act) => writeAct(act, target, now, level))}
${left > 0 && html`<p class="small">And ${String(left)} more; report.json has all.</p>`}`
}

function writeAct(act: Act, target: TargetReport, now: string, level: number): Html {
  const { tool, from, to, people, caution, queries } = act
  const own = target.findings.filter(({ id }) => act.findings.includes(id))
  const changes = own.slice(0, 10).map((finding) => formatNamedFact(finding, target.namespace))
  const end = to === null || to === from ? '' : ` to ${formatUtc(to)}`
  return html`<div class="act">${heading(level, prose(tool, 120))}
${facts([
  ['Changed', `${changes.join(', ')}${own.length > 10 ? ` and ${own.length - 10} more` : ''}`],
  ['When', from === null ? 'time not recorded' : html`${moment(from, now)}${end}`],
  ['Who', writePeople(people)],
  ['Bear in mind', caution === '' ? null : prose(caution)],
])}
${
  queries.length > 0 &&
  fold(
    'Ask the audit log who it was',
    queries.map(({ where, text }) => copyable(text, `Query for ${where}`)),
  )
}</div>`
}

function writePeople(people: readonly Witness[]): Content {
  if (people.length === 0) return 'not known: no audit log says it'
  const items = people.slice(0, MOST_PEOPLE).map((one) => {
    const { userAgent, sources, time, verb } = one
    const from = sources.length === 0 ? '' : `, from ${sources.slice(0, 3).join(', ')}`
    const agent = userAgent === null ? '' : `, with ${userAgent}`
    return html`<li>${namePerson(one)}: <span class="age">${shorten(`${verb} at ${formatUtc(time)}${from}${agent}`, 300)}</span></li>`
  })
  const left = people.length - items.length
  return html`<ul>${items}${left > 0 && html`<li>and ${String(left)} more</li>`}</ul>`
}
