import type { Act, Decision, Fact, Finding, Health, HealthState, RiskArea, TargetReport, Undecided } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { keyOfRef } from '../../refs.ts'

/** What an advice is made from: the drift of a target, and what is known around it. */
export type Scene = {
  readonly drift: readonly Finding[]
  /** Of what drifted, where that has a health; else of the whole target. */
  readonly health: HealthState
  readonly judged: readonly Health[]
  readonly facts: readonly Fact[]
  /** Whether anything was deployed since the change, or at its time; `unknown` where no source tells. */
  readonly deploys: 'since' | 'around' | 'none' | 'unknown'
  readonly autoscaler: 'some' | 'none' | 'unknown'
  /** Acts of which a drift is a part. */
  readonly acts: readonly Act[]
  /** Sources that could not be asked. */
  readonly missing: readonly string[]
  /** RFC 3339, the earliest time on record; null where there is none. */
  readonly since: string | null
}

const STATES: readonly HealthState[] = ['degraded', 'progressing', 'healthy']

export function setScene({ findings, decision }: Pick<TargetReport, 'findings'> & { readonly decision?: Undecided | undefined }): Scene {
  const drift = findings.filter((finding) => finding.drift)
  const { circumstances, acts = [] }: Partial<Decision> = decision ?? {}
  const drifted = new Set(drift.map(({ object }) => keyOfRef(object)))
  const objects = circumstances?.health.objects ?? []
  const own = objects.filter(({ object, state }) => drifted.has(keyOfRef(object)) && state !== 'unknown')
  const judged = own.length > 0 ? own : objects.filter(({ state }) => state !== 'unknown')
  const facts = circumstances?.facts ?? []
  const since = findSince(drift)
  const ids = new Set(drift.map(({ id }) => id))
  return {
    drift,
    judged,
    facts,
    since,
    health: STATES.find((state) => judged.some((one) => one.state === state)) ?? 'unknown',
    deploys: judgeDeploys(facts),
    autoscaler: judgeAutoscaler(facts),
    acts: acts.filter((act) => act.findings.some((id) => ids.has(id))),
    missing: [...new Set((circumstances?.absences ?? []).map(({ source }) => source))],
  }
}

function findSince(drift: readonly Finding[]): string | null {
  const times = drift.flatMap(({ evidence: { time } }) => (time === null || Number.isNaN(Date.parse(time)) ? [] : [time]))
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}

/**
 * Helm's own record, and that of a GitOps tool, know this release. What GitHub knows may be about another one, and counts
 * where they are silent only.
 */
function judgeDeploys(facts: readonly Fact[]): Scene['deploys'] {
  const of = (...kinds: readonly Fact['kind'][]) => facts.filter(({ kind }) => kinds.includes(kind))
  const relations = (some: readonly Fact[]) => some.map(({ relation }) => relation)
  const [own, hub] = [of('release', 'gitops'), of('deployment', 'workflow-run')]
  if (relations(own).includes('since')) return 'since'
  if (relations(own).includes('around')) return 'around'
  const isSilent = own.every(({ relation, none }) => relation === undefined && none === undefined)
  if (isSilent && relations(hub).includes('since')) return 'since'
  // A workflow that ran just then may have made the change with kubectl, which no record of a deploy shows.
  if (relations(hub).includes('around')) return 'around'
  const isBefore = own.some(({ relation }) => relation === 'before') || [...own, ...hub].some(({ none }) => none === true)
  return isBefore ? 'none' : 'unknown'
}

function judgeAutoscaler(facts: readonly Fact[]): Scene['autoscaler'] {
  const told = facts.filter(({ kind }) => kind === 'autoscaler')
  if (told.some(({ none }) => none !== true)) return 'some'
  return told.length > 0 ? 'none' : 'unknown'
}

/** What a change can do; by its pattern where no stage has told. */
export function areaOf({ meaning, pattern }: Pick<Finding, 'meaning' | 'pattern'>): RiskArea {
  return meaning?.area ?? AREAS[pattern] ?? 'configuration'
}
const AREAS: { readonly [pattern: string]: RiskArea } = {
  scaled: 'capacity',
  'resources-changed': 'capacity',
  'image-changed': 'availability',
  'probe-changed': 'availability',
  'command-changed': 'availability',
  'security-changed': 'security',
  'permissions-changed': 'security',
  'container-injected': 'security',
  'metadata-changed': 'cosmetic',
}

/** By how many replicas there are more than Git says; null for another change. */
export function replicasMore({ path, change, desired, live }: Finding): number | null {
  const isReplicas = change === 'changed' && formatPath(path) === 'spec.replicas'
  return isReplicas && typeof desired === 'number' && typeof live === 'number' ? live - desired : null
}

/** Whether a change turns on what helps to find a fault. */
export function isDebug({ meaning, path, live, change }: Finding): boolean {
  if (meaning !== undefined) return /debug/i.test(meaning.title)
  const last = path.at(-1)
  const name = last !== undefined && 'key' in last ? String(last.key.name ?? '') : ''
  return change === 'added' && /debug|trace|verbose/i.test(name) && live !== undefined
}
