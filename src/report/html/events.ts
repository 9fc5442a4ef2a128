import type { Act, Fact, Finding, TargetReport } from '../../model.ts'
import { nameWriter } from '../describe-finding.ts'
import { groupBy } from '../groups.ts'
import { formatNamedFact } from '../values.ts'

/** Something that happened, or that was seen. `to` is the end of what took a while; `time` is null where no record has it. */
export type Event = {
  readonly kind: 'deploy' | 'change' | 'check' | 'around' | 'now'
  /** What it is, in a word or two. */
  readonly label: string
  readonly text: string
  readonly time: string | null
  readonly to?: string | null
  readonly url?: string
}

type Sort = { readonly kind: Event['kind']; readonly label: string }

/** Facts that are told as events: those that happen. What merely holds (an autoscaler, say) is told under health. */
const SORTS: { readonly [kind in Fact['kind']]: Sort & { readonly always: boolean } } = {
  release: { kind: 'deploy', label: 'Deploy', always: true },
  deployment: { kind: 'deploy', label: 'Deployment', always: true },
  'workflow-run': { kind: 'around', label: 'Workflow run', always: true },
  'pull-request': { kind: 'around', label: 'Pull request', always: true },
  'git-moved': { kind: 'around', label: 'Git', always: false },
  rollout: { kind: 'around', label: 'Rollout', always: false },
  gitops: { kind: 'around', label: 'GitOps', always: false },
  autoscaler: { kind: 'around', label: 'Autoscaler', always: false },
  restarts: { kind: 'around', label: 'Restarts', always: false },
  warning: { kind: 'around', label: 'Warning', always: false },
}

/** What happened to a target, oldest first, up to this check; and what happened at a time that no record has. */
export function listEvents(target: TargetReport, now: string): { readonly timed: readonly Event[]; readonly untimed: readonly Event[] } {
  const facts = target.decision?.circumstances.facts ?? []
  const told = facts.filter(({ kind, time }) => isTime(time) || SORTS[kind].always)
  const all: readonly Event[] = [
    ...told.map(({ kind, text, time, url }) => ({ ...SORTS[kind], text, time, ...(url === undefined ? {} : { url }) })),
    ...listChanges(target),
    ...listChecks(target),
    { kind: 'now', label: 'This check', text: '', time: now },
  ]
  const at = ({ time }: Event) => Date.parse(time ?? '')
  // What is at the same moment keeps this order: a deploy, then a change, then the check that saw it.
  return {
    timed: all.filter(({ time }) => isTime(time)).toSorted((a, b) => at(a) - at(b)),
    untimed: all.filter(({ time }) => !isTime(time)),
  }
}

function isTime(time: string | null): boolean {
  return time !== null && !Number.isNaN(Date.parse(time))
}

/** The acts, or, where nobody grouped them, drift by its writer and second. */
function listChanges(target: TargetReport): readonly Event[] {
  const drift = target.findings.filter((finding) => finding.drift)
  const acts: readonly Pick<Act, 'tool' | 'from' | 'to' | 'findings'>[] = target.decision?.acts ?? groupDrift(drift)
  return acts.map(({ tool, from, to, findings }) => {
    const own = drift.filter(({ id }) => findings.includes(id))
    return { kind: 'change', label: 'Change', text: `${tool}: ${nameFacts(own, target.namespace)}`, time: from, to }
  })
}

function groupDrift(drift: readonly Finding[]): readonly Pick<Act, 'tool' | 'from' | 'to' | 'findings'>[] {
  return [...groupBy(drift, ({ evidence }) => JSON.stringify([nameWriter(evidence), evidence.time])).values()].flatMap((group) => {
    const evidence = group[0]?.evidence
    if (evidence === undefined) return []
    return [{ tool: nameWriter(evidence), from: evidence.time, to: evidence.time, findings: group.map(({ id }) => id) }]
  })
}

function listChecks(target: TargetReport): readonly Event[] {
  const drift = target.findings.filter((finding) => finding.drift)
  const seen = groupBy(
    drift.filter(({ since }) => since !== undefined),
    ({ since, lasting }) => JSON.stringify([since, lasting]),
  )
  const first = [...seen.values()].flatMap((group): readonly Event[] => {
    const [one] = group
    if (one?.since === undefined) return []
    const lasts = one.lasting === undefined ? '' : one.lasting ? ' Lasting by now.' : ' New, may pass by itself.'
    return [{ kind: 'check', label: 'First seen', text: `${nameFacts(group, target.namespace)}.${lasts}`, time: one.since }]
  })
  const clean = target.cleanAt ?? null
  return [
    ...(clean === null
      ? []
      : [{ kind: 'check', label: 'Last clean', text: 'The last complete check without drift.', time: clean } as const]),
    ...first,
  ]
}

/** `replicas 3 → 5, +env DEBUG`, with the object where there are several of them; a handful at most. */
function nameFacts(findings: readonly Finding[], namespace: string): string {
  const facts = findings.slice(0, 4).map((finding) => formatNamedFact(finding, namespace))
  const more = findings.length - facts.length
  return `${facts.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
