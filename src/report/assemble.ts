import { setAt } from '../compare/json.ts'
import { decide } from '../explain/decide.ts'
import type { Sides } from '../explain/explain.ts'
import type {
  Delivery,
  Desired,
  DesiredObject,
  Fault,
  Finding,
  IgnoreRuleUse,
  Json,
  JsonObject,
  Live,
  Note,
  ObjectRef,
  ObjectView,
  Report,
  RequestCounts,
  SetAside,
  Target,
  TargetReport,
  Undecided,
  Unread,
  Verdict,
} from '../model.ts'
import { formatPath } from '../path.ts'
import { keyOfRef } from '../refs.ts'
import { type Placed, putAll } from './carry.ts'
import { countFindings, judgeCounts } from './count-findings.ts'
import { noteIdleRules } from './idle-rules.ts'
import { type RedactionRules, redactFinding, redactObjects } from './redact.ts'
import { makeTargetScrubber, redactDecision, redactTold } from './redact-told.ts'
import { toYaml } from './view.ts'

/** Worst first: the order in which verdicts win. */
const VERDICTS: readonly Verdict[] = ['error', 'drifted', 'incomplete', 'in-sync']

/** Everything known about one target at the end of its pipeline, secrets included. */
export type TargetResult = {
  readonly target: Target
  readonly desired: Desired
  readonly live: Live
  readonly findings: readonly Finding[]
  readonly delivery: Delivery
  readonly defaulted: number
  /** Objects that turned out to need no comparison, beside those that the render set aside. */
  readonly setAside: readonly SetAside[]
  readonly sides: ReadonlyMap<ObjectRef, Sides>
  readonly notes: readonly Note[]
  readonly ignoreRules: readonly IgnoreRuleUse[]
  readonly requests: RequestCounts
  /** What helps to decide; undefined where nothing drifts. */
  readonly decision?: Undecided | undefined
}

/** Builds the report of a target whose reading can be trusted. Secrets are taken out here, before a report exists. */
export function assembleTarget(result: TargetResult, rules: RedactionRules): TargetReport {
  const { target, desired, live, sides, decision } = result
  const declared = new Map(desired.objects.map((object) => [keyOfRef(object.ref), object]))
  const scrubber = makeTargetScrubber(result, rules)
  const findings = result.findings
    .map((finding) => steady(finding, declared.get(keyOfRef(finding.object))))
    .map((finding) => redactTold(redactFinding(finding, rules, sides.get(finding.object)), scrubber))
  const unread = listUnread(live)
  const counts = countFindings(findings)
  const setAside = [...desired.setAside, ...result.setAside]
  const report: TargetReport = {
    name: target.name,
    release: target.release,
    namespace: target.namespace,
    delivery: result.delivery,
    verdict: judgeCounts({ drift: counts.drift, unread: unread.length }),
    complete: unread.length === 0,
    counts: {
      ...counts,
      objects: desired.objects.length,
      compared: live.readings.filter(({ reading }) => reading.outcome === 'found' || reading.outcome === 'missing').length,
      unread: unread.length,
      setAside: setAside.length,
      defaulted: result.defaulted,
    },
    findings,
    unread,
    setAside,
    notes: [...desired.notes, ...live.notes, ...result.notes],
    ignoreRules: result.ignoreRules,
    requests: result.requests,
    views: [...sides].flatMap(([ref, { desired: declared }]) => viewObject(ref, declared ?? {}, result, rules)),
    error: null,
  }
  return decision === undefined ? report : decide(report, redactDecision(decision, scrubber))
}

/** Builds the report of a target about which nothing can be trusted. */
export function assembleFailedTarget(
  target: Pick<Target, 'name' | 'release' | 'namespace'>,
  error: Fault,
  notes: readonly Note[],
): TargetReport {
  const { name, release, namespace } = target
  const counts = { ...countFindings([]), objects: 0, compared: 0, unread: 0, setAside: 0, defaulted: 0 }
  const requests = { list: 0, get: 0, discovery: 0 }
  return {
    ...{ name, release, namespace, delivery: 'unknown', verdict: 'error', complete: false, counts },
    ...{ findings: [], unread: [], setAside: [], notes, ignoreRules: [], requests, views: [], error },
  }
}

/** The worst of some verdicts; `error` for none. */
export function rankVerdict(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'error'
}

/** Joins the targets; the run's verdict is its worst target's. */
export function assembleReport(targets: readonly TargetReport[], generatedAt: Date, version: string): Report {
  return {
    schemaVersion: '1',
    generatedAt: generatedAt.toISOString(),
    tool: { name: 'plumbline', version },
    verdict: rankVerdict(targets.map((target) => target.verdict)),
    targets: noteIdleRules(targets),
  }
}

function listUnread(live: Live): readonly Unread[] {
  return live.readings.flatMap(({ ref: object, reading }) => {
    if (reading.outcome === 'unreadable') return [{ object, reason: reading.reason, detail: reading.detail, remedy: reading.remedy }]
    if (reading.outcome === 'unknown-kind') return [{ object, reason: 'unknown-kind', detail: reading.detail, remedy: reading.remedy }]
    return []
  })
}

/**
 * Both sides of an object as YAML text: what Git declares, and the same with every finding carried into it. Made from
 * the findings themselves, so that the view can never show anything else than what was judged.
 */
export function viewObject(
  ref: ObjectRef,
  declared: JsonObject,
  { findings, desired: { objects } }: { readonly findings: readonly Finding[]; readonly desired: Pick<Desired, 'objects'> },
  rules: RedactionRules,
): readonly ObjectView[] {
  const ours = findings.filter((finding) => finding.object === ref && finding.path.length > 0)
  if (ours.length === 0) return []
  const chance = listChance(objects.find((object) => object.ref === ref))
  const desired = putAll(
    carry(declared, ours, (finding) => finding.desired),
    chance,
  )
  const live = carry(putAll(declared, chance), ours, (finding) => finding.live)
  const redacted = redactObjects(desired, live, rules)
  return [{ object: ref, desired: toYaml(redacted.desired ?? {}), live: toYaml(redacted.live ?? {}) }]
}

/** What every render makes anew is shown as that: two views of the same cluster and the same Git are the same. */
function listChance(object: DesiredObject | undefined): readonly Placed[] {
  return (object?.unstable ?? []).flatMap(({ path, why, rendered }) =>
    why === 'random' && !rendered.includes(undefined) ? [{ path, value: '(new with every render)' }] : [],
  )
}

/** A finding over what every render makes anew says that, too: else it would read as another one each time. */
function steady(finding: Finding, object: DesiredObject | undefined): Finding {
  const own = listChance(object).filter(({ path }) => formatPath(path.slice(0, finding.path.length)) === formatPath(finding.path))
  if (own.length === 0 || finding.desired === undefined) return finding
  const desired = own.reduce<Json | undefined>(
    (value, { path, value: text }) => setAt(value, path.slice(finding.path.length), text),
    finding.desired,
  )
  return { ...finding, desired }
}

function carry(declared: JsonObject, findings: readonly Finding[], pick: (finding: Finding) => Json | undefined): JsonObject {
  return putAll(
    declared,
    findings.map((finding) => ({ path: finding.path, value: pick(finding) })),
  )
}
