import { type FieldsEntry, readManagedFields } from '../compare/managed-fields.ts'
import { prepareObject } from '../compare/prepare.ts'
import { compareObjects } from '../compare/walk.ts'
import type { Delivery, DesiredObject, Evidence, Finding, JsonObject, Live, ObjectRef } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { type ActorRules, AGGREGATION, isDeployer } from './actors.ts'
import { type HistoryDesk, openHistoryDesk } from './ask-history.ts'
import { findBounds } from './autoscalers.ts'
import type { ObjectContext } from './context.ts'
import { detectDelivery } from './delivery.ts'
import type { LiveState } from './deployed-commit.ts'
import type { Subject } from './deviations.ts'
import { choosePreparation } from './helm-marks.ts'
import { type History, judgeByHistory } from './history.ts'
import { identifyFinding } from './ids.ts'
import { type Judged, judgeDeclared } from './judge-declared.ts'
import { judgeLiveOnly } from './judge-live-only.ts'
import { judgeExtraObject } from './judge-objects.ts'
import { namePattern } from './pattern.ts'

/** What is compared and judged: one target's desired objects against what was read. */
export type ExplainInput = {
  readonly target: { readonly name: string; readonly release: string; readonly namespace: string }
  readonly desired: readonly DesiredObject[]
  readonly live: Live
  readonly rules: ActorRules
  /** What was rendered before; null when it was not looked at. */
  readonly history: History | null
  /** Whether the value at a path must stay out of ids, since it is or may be secret. */
  readonly isSecret: (finding: Pick<Finding, 'object' | 'path' | 'desired' | 'live'>, sides: Sides) => boolean
}
/** Both sides of an object as they were compared. */
export type Sides = { readonly desired?: JsonObject; readonly live?: JsonObject }
export type Explanation = {
  readonly findings: readonly Finding[]
  /** The sides of every object that was compared, by the very `ref` that its findings carry. */
  readonly sides: ReadonlyMap<ObjectRef, Sides>
  readonly delivery: Delivery
  /** Live-only values that explain themselves, and so are no difference. */
  readonly defaulted: number
  /** Some findings would be judged better if more of what was rendered before were known. */
  readonly needsHistory: boolean
}

type Draft = Omit<Judged, 'change'> & { readonly ref: ObjectRef; readonly change: Finding['change']; readonly byDeployer: boolean }
const NOBODY: Evidence = { manager: null, operation: null, subresource: null, time: null }

/** Compares and judges every object of a target. Pure: the same input gives the same findings, in the order of the chart. */
export function explainTarget(input: ExplainInput): Explanation {
  const entriesOf = new Map<JsonObject, readonly FieldsEntry[]>()
  for (const { reading } of input.live.readings) {
    if (reading.outcome === 'found') entriesOf.set(reading.object, readManagedFields(reading.object))
  }
  const delivery = detectDelivery([...entriesOf.values()], input.rules)
  const desk = openHistoryDesk(
    input.history,
    new Map(input.desired.map(({ ref, object }) => [keyOfRef(ref), object])),
    () => gatherLive(input, entriesOf, delivery),
    input.rules,
  )
  const drafts: Draft[] = []
  const sides = new Map<ObjectRef, Sides>()
  let defaulted = 0
  for (const [index, desired] of input.desired.entries()) {
    const reading = input.live.readings[index]?.reading
    if (reading?.outcome === 'missing') drafts.push(draftMissing(desired, desk))
    if (reading?.outcome !== 'found') continue
    const result = explainObject(input, desired, reading.object, entriesOf.get(reading.object) ?? [], delivery, desk)
    drafts.push(...result.drafts)
    sides.set(desired.ref, result.sides)
    defaulted += result.defaulted
  }
  for (const extra of input.live.extra) {
    const { judgement, evidence, byDeployer } = judgeExtraObject(extra.ref, extra.object, input.rules, desk)
    drafts.push({ ref: extra.ref, path: [], change: 'extra-object', desired: undefined, live: undefined, judgement, evidence, byDeployer })
  }
  return {
    findings: drafts.map((draft) => toFinding(input, draft, sides.get(draft.ref) ?? {})),
    sides,
    delivery,
    defaulted,
    needsHistory: drafts.some((draft) => draft.judgement.needsHistory === true),
  }
}

function explainObject(
  input: ExplainInput,
  desired: DesiredObject,
  liveObject: JsonObject,
  entries: readonly FieldsEntry[],
  delivery: Delivery,
  desk: HistoryDesk,
): { readonly drafts: readonly Draft[]; readonly sides: Sides; readonly defaulted: number } {
  const { ref } = desired
  const subject = toSubject(input, desired, liveObject, entries, delivery)
  const { live } = subject
  const declared = subject.prepare(desired.object)
  const context: ObjectContext = {
    ref,
    entries,
    rules:
      declared.aggregationRule === undefined ? input.rules : { ...input.rules, controllers: [...input.rules.controllers, AGGREGATION] },
    delivery,
    isDeployed: entries.some((entry) => isDeployer(entry.manager, input.rules)),
    bounds: findBounds(input.desired, ref),
    askHistory: (path, isGone) => desk.askPath(subject, path, isGone),
  }
  const comparison = compareObjects(ref, declared, live, entries, desired.unstable)
  const fromDeclared = comparison.declared.flatMap((difference) => judgeDeclared(context, difference) ?? [])
  const fromLive = comparison.liveOnly.map((node) => judgeLiveOnly(context, node))
  const judged = [...fromDeclared, ...fromLive.flatMap((one) => one.judged)]
  return {
    sides: { desired: declared, live },
    drafts: judged.map((one) => ({ ...one, ref, byDeployer: isDeployer(one.evidence.manager ?? '', input.rules) })),
    defaulted: fromLive.reduce((sum, one) => sum + one.defaulted, 0),
  }
}

function draftMissing({ ref, fromCrds }: DesiredObject, desk: HistoryDesk): Draft {
  const judgement = judgeByHistory(desk.askObject(ref, true, fromCrds), true, null)
  return { ref, path: [], change: 'missing-object', desired: undefined, live: undefined, judgement, evidence: NOBODY, byDeployer: false }
}

function toSubject(
  { target }: ExplainInput,
  desired: DesiredObject,
  liveObject: JsonObject,
  entries: readonly FieldsEntry[],
  delivery: Delivery,
): Subject {
  const live = prepareObject(liveObject)
  const { ref, fromCrds, unstable } = desired
  return { ref, live, entries, fromCrds, unstable, prepare: choosePreparation(target, desired, live, delivery) }
}

/** All that is live, for telling which commit it resembles. */
function gatherLive(input: ExplainInput, entriesOf: ReadonlyMap<JsonObject, readonly FieldsEntry[]>, delivery: Delivery): LiveState {
  const readings = input.desired.map((desired, index) => ({ desired, reading: input.live.readings[index]?.reading }))
  return {
    subjects: readings.flatMap(({ desired, reading }) =>
      reading?.outcome === 'found' ? [toSubject(input, desired, reading.object, entriesOf.get(reading.object) ?? [], delivery)] : [],
    ),
    missing: readings.flatMap(({ desired, reading }) => (reading?.outcome === 'missing' ? [desired.ref] : [])),
    extra: input.live.extra.map(({ ref }) => ref),
  }
}

function toFinding(input: ExplainInput, draft: Draft, sides: Sides): Finding {
  const { ref: object, path, change, desired, live, judgement, evidence } = draft
  const { cause, confidence, because } = judgement
  const { pattern, severity } = namePattern(path, change, cause, draft.byDeployer || judgement.outOfBand === true)
  const drift = (cause === 'manual' || cause === 'unknown') && pattern !== 'restart'
  const secret = input.isSecret({ object, path, desired, live }, sides)
  const id = identifyFinding(input.target.name, object, path, secret ? 'secret' : { value: live }, evidence)
  return { id, object, path, change, desired, live, cause, confidence, drift, because, evidence, pattern, severity }
}
