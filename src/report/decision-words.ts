import { capitalise } from '../capitalise.ts'
import { count } from '../count.ts'
import type {
  Absence,
  Act,
  Advice,
  Circumstances,
  Confidence,
  Fact,
  Fate,
  Finding,
  HealthState,
  RevertChoice,
  TargetReport,
  Witness,
  Writer,
} from '../model.ts'
import { nameObject } from './describe-finding.ts'
import { formatUtc } from './describe-time.ts'
import { formatFact, formatNamedFact } from './values.ts'

/** What helps to decide, as all writers say it. Plain and hostile text: each writer makes it safe for its own medium. */

/** Headings of the parts, the same everywhere. */
export const DECISION_TITLES = {
  next: 'What to do next',
  all: 'All at once',
  who: 'Who and when',
  around: 'How things stand',
  prevent: 'How to prevent it',
} as const

export const UNKNOWN_PERSON = 'No audit log was given, so these are tools and not people.'

type BySureness = Readonly<Record<Confidence, string>>
const alike = (text: string): BySureness => ({ certain: text, likely: text, uncertain: text })

const FATES: Readonly<Record<Fate['next'], BySureness>> = {
  reverted: {
    certain: 'The next deploy reverts it',
    likely: 'The next deploy probably reverts it',
    uncertain: 'The next deploy may revert it',
  },
  kept: { certain: 'The next deploy leaves it', likely: 'The next deploy probably leaves it', uncertain: 'The next deploy may leave it' },
  'blocks-deploy': {
    certain: 'The next deploy fails on it',
    likely: 'The next deploy probably fails on it',
    uncertain: 'The next deploy may fail on it',
  },
  none: alike('No deploy touches it'),
  unknown: alike('What the next deploy does to it is not known'),
}
/** For a heading or a cell of a table, where `FATES` is too long. */
export const FATE_WORDS: Readonly<Record<Fate['next'], string>> = {
  reverted: 'reverted by the next deploy',
  kept: 'survives the next deploy',
  'blocks-deploy': 'blocks the next deploy',
  none: 'not touched by a deploy',
  unknown: 'next deploy: not known',
}
const LEANS: Readonly<Record<Advice['lean'], BySureness>> = {
  keep: { certain: 'Keep it', likely: 'Probably keep it', uncertain: 'Perhaps keep it' },
  revert: { certain: 'Revert it', likely: 'Probably revert it', uncertain: 'Perhaps revert it' },
  'ask-first': alike('Ask first'),
}
const PEOPLE: BySureness = { certain: '', likely: 'probably ', uncertain: 'perhaps ' }
export const HEALTH_WORDS: Readonly<Record<HealthState, string>> = {
  healthy: 'Healthy',
  progressing: 'Still rolling out',
  degraded: 'Not healthy',
  unknown: 'Health not known',
}
const RELATIONS: Readonly<Record<NonNullable<Fact['relation']>, string>> = {
  before: 'before the change',
  around: 'around the change',
  since: 'since the change',
}

/** With a full stop, unless it ends a sentence already; empty stays empty. */
export function endSentence(text: string): string {
  return text === '' || /[.!?:)]$/.test(text) ? text : `${text}.`
}

/** `The next deploy fails on it` without a full stop, by what is known and how sure that is. */
export function describeFate({ next, confidence }: Fate): string {
  return FATES[next][confidence]
}

/** The message with which the deploy will fail, on one line, as its readers have no room for its list of fields; null where there is none. */
export function describeConflict({ conflict }: Pick<Fate, 'conflict'>): string | null {
  return conflict === undefined
    ? null
    : `It will say: ${conflict.replaceAll(':\n- ', ': ').replaceAll('\n- ', ', ').replaceAll('\n', '; ')}`
}

/** `Manual scaling, medium`; null where nothing is known of the pattern. */
export function describeMeaning({ meaning, severity }: Finding): string | null {
  return meaning === undefined ? null : `${capitalise(meaning.title)}, ${severity}`
}

/** What a revert command costs and what guards it, as sentences: whether pods restart is always among them, where it is known. */
export function describeEffects({ costs = [], guard, restartsPods }: RevertChoice): readonly string[] {
  const tells = costs.some((cost) => /\brestart/i.test(cost))
  const restart = restartsPods === undefined || (restartsPods && tells) ? [] : [restartsPods ? 'It restarts pods.' : 'No pod restarts.']
  return [...costs, ...restart, ...(guard === undefined ? [] : [guard])].map(endSentence)
}

/** `Ask first`, `Probably keep it`: to stand before the headline. */
export function describeLean({ lean, confidence }: Advice): string {
  return LEANS[lean][confidence]
}

/** One time, or both ends: `2026-11-23 14:50:36 to 2026-11-23 14:52:10 UTC`. */
export function describeActTime({ from, to }: Pick<Act, 'from' | 'to'>): string {
  const times = [from, to].filter((time) => time !== null).map(formatUtc)
  const [first, last] = times
  if (first === undefined) return 'time not recorded'
  return last === undefined || first === last ? first : `${first.replace(/ UTC$/, '')} to ${last}`
}

/** What an act did, in the fewest words: `replicas 3 → 5, +env DEBUG (Deployment/web)`. */
export function describeActFindings(act: Act, { findings, namespace }: TargetReport, most = 5): string {
  const drift = findings.filter(({ drift }) => drift)
  const ids = new Set(act.findings)
  const own = drift.filter(({ id }) => ids.has(id))
  const objects = new Set(drift.map(({ object }) => nameObject(object, namespace)))
  const facts = own.slice(0, most).map((finding) => (objects.size > 1 ? formatNamedFact(finding, namespace) : formatFact(finding, '→')))
  return `${facts.join(', ')}${own.length > most ? ` and ${count(own.length - most, 'more', 'more')}` : ''}`
}

/** Who asked for it by the audit log: `probably lena for ci (patch, 2026-11-23 14:50:36 UTC, kubectl/v1.34, from 10.0.0.7)`. */
export function describeWitness({ user, impersonatedBy, userAgent, sources, time, verb, confidence }: Witness): string {
  const who = impersonatedBy === null ? user : `${impersonatedBy} in the name of ${user}`
  const details = [
    verb,
    formatUtc(time),
    ...(userAgent === null ? [] : [userAgent]),
    ...(sources.length === 0 ? [] : [`from ${sources.join(', ')}`]),
  ]
  return `${PEOPLE[confidence]}${who} (${details.join(', ')})`
}

/** `Healthy. Deployment/web: all 5 replicas are available`, one part for each object that says something. */
export function describeHealth({ health }: Circumstances, namespace: string): string {
  const objects = health.objects.map(({ object, text }) => `${nameObject(object, namespace)}: ${text}`)
  // The advice goes by what drifted: "Not healthy" beside its "Healthy" would look like a contradiction.
  const isMixed = health.state === 'degraded' && health.objects.some(({ state }) => state === 'healthy')
  return endSentence(
    [isMixed ? 'Not all of it is healthy' : HEALTH_WORDS[health.state], ...(objects.length === 0 ? [] : [objects.join('; ')])].join('. '),
  )
}

/** `before the change, 2026-11-21 09:12:04 UTC`; empty where neither is known. */
export function describeFactTime({ time, relation }: Fact): string {
  return [...(relation === undefined ? [] : [RELATIONS[relation]]), ...(time === null ? [] : [formatUtc(time)])].join(', ')
}

/** `deployments on GitHub: the token may not read them. Give the job ...` */
export function describeAbsence({ source, why, remedy }: Absence): string {
  return `${source}: ${[endSentence(why), endSentence(remedy)].filter((part) => part !== '').join(' ')}`
}

/** `Group developers: patch, update deployments.apps, through RoleBinding/edit` */
export function describeWriter({ subject, rights, through, deploys }: Writer): string {
  return `${subject}${deploys ? ' (deploys)' : ''}: ${rights}, through ${through}`
}
