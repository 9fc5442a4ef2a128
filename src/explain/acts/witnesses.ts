import type { ClusterInfo, Confidence, Evidence, Finding, ObjectRef, Witness } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import { type ActorRules, isDeployer, isMerged } from '../actors.ts'
import { type AuditEvent, isPartOfKubernetes, nameWriter } from './audit-event.ts'

/** The audit log as it is searched. */
export type Search = {
  readonly events: readonly AuditEvent[]
  readonly info: Pick<ClusterInfo, 'resources'>
  readonly rules: ActorRules
  /** RFC 3339: what no record dates is looked for since then; null for as far as the log goes. */
  readonly since: string | null
  readonly now: string
}

/** A record has whole seconds, rounded down, so that it may lie a second before its request. */
const SECOND = 1_000
/** The API server writes record and log by one clock. A log that was sent elsewhere may carry another's. */
const SKEW = [
  { within: 5_000, confidence: 'likely' },
  { within: 120_000, confidence: 'uncertain' },
] as const satisfies readonly { readonly within: number; readonly confidence: Confidence }[]

/** Who made the change that a finding tells of, by the audit log; the best fit alone, or all that fit equally well. */
export function findWitnesses(finding: Finding, search: Search): readonly Witness[] {
  const { evidence, object, change } = finding
  const events = search.events.filter((event) => isAbout(event, object, search.info) && !isFuture(event, search.now))
  if (change === 'missing-object') return findDeletion(events, search)
  if (evidence.manager === null)
    return findUndated(
      events.filter((event) => mayHaveRemoved(event, search)),
      search,
    )
  const written = events.filter((event) => isSameWriter(event, evidence))
  return evidence.time === null ? findUndated(written, search) : findDated(written, Date.parse(evidence.time), search)
}

/** The resource of an object in the words of the audit log. A kind that is not known to be served is guessed by its name. */
export function nameResource({ apiVersion, kind }: ObjectRef, { resources }: Pick<ClusterInfo, 'resources'>): string {
  const group = groupOf(apiVersion)
  const served = resources.filter((one) => one.kind === kind && groupOf(one.apiVersion) === group)
  const exact = served.find((one) => one.apiVersion === apiVersion) ?? served[0]
  return exact?.resource ?? `${kind.toLowerCase().replace(/([^aeiou])y$/, '$1ie')}s`.replace(/(ss|x|ch)s$/, '$1es')
}

function isAbout({ object, verb }: AuditEvent, ref: ObjectRef, info: Search['info']): boolean {
  if (object.group !== groupOf(ref.apiVersion) || object.resource !== nameResource(ref, info)) return false
  // A Namespace is logged as lying in itself.
  const isNamespaced = ref.namespace !== null
  if (isNamespaced && object.namespace !== ref.namespace) return false
  return object.name === ref.name || (verb === 'deletecollection' && object.name === '')
}

function isFuture({ received }: AuditEvent, now: string): boolean {
  return Date.parse(received) > Date.parse(now) + (SKEW.at(-1)?.within ?? 0)
}

function isSameWriter(event: AuditEvent, evidence: Evidence): boolean {
  if (event.verb === 'delete' || event.verb === 'deletecollection') return false
  if (event.object.subresource !== evidence.subresource) return false
  const writer = nameWriter(event)
  return writer === null || writer === evidence.manager || isMerged({ manager: evidence.manager ?? '' })
}

/** A removal may be anybody's write: not that of a deployer, and not that of a part of Kubernetes. */
function mayHaveRemoved(event: AuditEvent, { rules }: Search): boolean {
  const { verb, object, user } = event
  if (object.subresource !== null || (verb !== 'update' && verb !== 'patch')) return false
  return !isDeployer(nameWriter(event) ?? '', rules) && !isPartOfKubernetes(user)
}

/**
 * A record's time is that of its tool's last write to the object. Whoever wrote with the same tool before may have made
 * the change just as well, and is named, too.
 */
function findDated(events: readonly AuditEvent[], time: number, { since }: Search): readonly Witness[] {
  const steps = [{ within: 0, confidence: 'certain' } as const, ...SKEW]
  for (const { within, confidence } of steps) {
    const near = events.filter(({ received, answered }) => {
      const [from, to] = [Date.parse(received) - SECOND, Date.parse(answered)]
      return time >= from - within && time <= to + within
    })
    if (near.length === 0) continue
    const found = toWitnesses(near, near.every((event) => nameWriter(event) !== null) ? confidence : weaken(confidence))
    const before = toWitnesses(
      events.filter((event) => isBetween(event, since, time) && !near.includes(event)),
      'uncertain',
    )
    const others = before.filter((one) => !found.some((other) => isSameUser(one, other)))
    return others.length === 0 ? found : [...found.map((one) => ({ ...one, confidence: weaken(one.confidence) })), ...others]
  }
  return []
}

function isBetween({ answered }: AuditEvent, since: string | null, time: number): boolean {
  return Date.parse(answered) < time && (since === null || Date.parse(answered) >= Date.parse(since))
}

function isSameUser(a: Witness, b: Witness): boolean {
  return a.user === b.user && a.impersonatedBy === b.impersonatedBy
}

function weaken(confidence: Confidence): Confidence {
  return confidence === 'certain' ? 'likely' : 'uncertain'
}

/** Nothing tells which of several writes it was: the latest of each user stands for it. */
function findUndated(events: readonly AuditEvent[], { since }: Search): readonly Witness[] {
  const from = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since)
  return toWitnesses(
    events.filter(({ answered }) => Date.parse(answered) >= from),
    'likely',
  )
}

/** The object is gone, so the latest deletion is what did it. */
function findDeletion(events: readonly AuditEvent[], search: Search): readonly Witness[] {
  const deletions = events.filter(({ verb, object }) => verb.startsWith('delete') && object.subresource === null)
  const last = deletions.toSorted((a, b) => a.received.localeCompare(b.received)).at(-1)
  if (last === undefined) return []
  const isRecent = search.since === null || Date.parse(last.answered) >= Date.parse(search.since)
  return toWitnesses([last], last.verb === 'delete' && isRecent ? 'certain' : 'likely')
}

/** One for each user, the latest; where there are several, no one of them is certain. */
function toWitnesses(events: readonly AuditEvent[], confidence: Confidence): readonly Witness[] {
  const latest = new Map<string, AuditEvent>()
  for (const event of events.toSorted((a, b) => a.received.localeCompare(b.received))) {
    latest.set(JSON.stringify([event.user, event.impersonatedBy]), event)
  }
  return [...latest.values()].map(({ user, impersonatedBy, userAgent, sources, received, verb }) => ({
    ...{ user, impersonatedBy, userAgent, sources, time: received, verb },
    confidence: latest.size > 1 ? 'uncertain' : confidence,
  }))
}
