import type { Absence, Circumstances, Fact, Health, HealthState } from '../../model.ts'
import { keyOfRef } from '../../refs.ts'
import type { DecisionInput } from '../decision-input.ts'
import { isDrifted, listWorkloads } from './ask.ts'
import { tellOwner, tellRelease } from './facts-of-deployer.ts'
import { tellActivity } from './facts-of-github.ts'
import { selectPods, tellRestarts, tellWarnings } from './facts-of-pods.ts'
import { tellAutoscaler, tellRollout } from './facts-of-workloads.ts'
import { judgeHealth } from './health.ts'
import { worsenByPods } from './health-by-pods.ts'
import type { Activity, CircumstancesRead, ReleaseState, Seen } from './model.ts'
import { type ChangeWindow, findChangeWindow } from './window.ts'

const SCALERS = ['HorizontalPodAutoscaler', 'ScaledObject']
/** Worst first; `unknown` last, since what rests says nothing of the rest. */
const STATES: readonly HealthState[] = ['degraded', 'progressing', 'healthy', 'unknown']

/**
 * Says how things stand around a target's drift. Pure.
 *
 * @param read what the cluster gave; null when it was not asked
 * @param activity what GitHub gave; null where no workflow of GitHub's runs this
 */
export function describeCircumstances(input: DecisionInput, read: CircumstancesRead | null, activity: Activity | null): Circumstances {
  const window = findChangeWindow(input.findings)
  const objects = judgeObjects(input, read)
  const facts = [...tellCluster(input, read, window), ...(activity === null ? [] : tellActivity(activity, input.target, window))]
  const absences = [...(read?.absences ?? [NOT_READ]), ...(activity?.absences ?? [NO_GITHUB])]
  return { health: { state: worstOf(objects), objects }, facts: sortFacts(facts), absences }
}

const NOT_READ: Absence = { source: 'the cluster around the drift', why: 'it was not asked for', remedy: '' }
const NO_GITHUB: Absence = {
  source: 'workflow runs, deployments and pull requests',
  why: 'not run by GitHub Actions',
  remedy: 'Run it in a workflow to have them.',
}

/** Everything of the target that has a health: what drifted first, then in the order of the chart. */
function judgeObjects(input: DecisionInput, read: CircumstancesRead | null): readonly Health[] {
  const workloads = new Set(listWorkloads(input).map(({ ref }) => keyOfRef(ref)))
  const judged = input.live.readings.flatMap(({ ref, reading }): readonly Health[] => {
    if (reading.outcome !== 'found') return []
    const health = judgeHealth(ref, reading.object)
    if (health === null) return []
    const pods = read?.pods ?? null
    if (!workloads.has(keyOfRef(ref)) || pods === null) return [{ object: ref, ...health }]
    return [{ object: ref, ...worsenByPods(health, reading.object, selectPods(pods, reading.object), input.now) }]
  })
  return judged.toSorted((a, b) => Number(isDrifted(input, b.object)) - Number(isDrifted(input, a.object)))
}

function worstOf(objects: readonly Health[]): HealthState {
  return STATES.find((state) => objects.some((one) => one.state === state)) ?? 'unknown'
}

function tellCluster(input: DecisionInput, read: CircumstancesRead | null, window: ChangeWindow | null): readonly Fact[] {
  const workloads = listWorkloads(input)
  const drifted = workloads.filter(({ ref }) => isDrifted(input, ref))
  const found = input.live.readings.flatMap(({ ref, reading }) => (reading.outcome === 'found' ? [{ ref, object: reading.object }] : []))
  const rendered = found.filter(({ ref }) => SCALERS.includes(ref.kind))
  const release = read?.release ?? releaseOf(input)
  return [
    ...(release === null ? [] : tellRelease(release, window)),
    ...(read?.gitops ?? []).map((owner) => tellOwner(owner, window)),
    ...drifted.flatMap((one) => tellRollout(read?.replicaSets ?? null, one, window)),
    ...drifted.filter(canBeScaled).flatMap(({ ref }) => tellAutoscaler(rendered, read?.scalers ?? null, ref)),
    ...workloads.flatMap((one) => tellRestarts(read?.pods ?? [], one, window)),
    ...tellWarnings(
      read?.events ?? [],
      found.map(({ ref }) => ref),
      workloads,
      window,
    ),
  ]
}

function canBeScaled({ ref }: Seen): boolean {
  return ref.kind === 'Deployment' || ref.kind === 'StatefulSet'
}

/** What judging needed to read of Helm's record, where it was not read again. */
function releaseOf({ record }: DecisionInput): ReleaseState | null {
  if (record === null) return null
  return { revision: record.revision, status: 'deployed', time: record.time, rollbackTo: record.rollback?.to ?? null }
}

/** What happened since the change, then around it, then the rest; each from the newest on, and steady ones first. */
function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  const rank: { readonly [relation: string]: number } = { since: 0, around: 1, before: 2 }
  const key = ({ steady, relation }: Fact) => (steady ? 0 : 10) + (rank[relation ?? ''] ?? 3)
  return facts.toSorted((a, b) => key(a) - key(b) || (Date.parse(b.time ?? '') || 0) - (Date.parse(a.time ?? '') || 0))
}
