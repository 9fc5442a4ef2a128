import { countBrokenEntries, type FieldsEntry, readManagedFields } from '../compare/managed-fields.ts'
import type { FindSchema } from '../compare/schema/schema.ts'
import type { Delivery, DesiredObject, Evidence, Finding, JsonObject, Live, Note, ObjectRef, SetAside } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { ActorRules } from './actors.ts'
import { type HistoryDesk, openHistoryDesk } from './ask-history.ts'
import type { Found } from './autoscalers.ts'
import { detectDelivery } from './delivery.ts'
import type { LiveState } from './deployed-commit.ts'
import { explainObject, toSubject } from './explain-object.ts'
import { type History, type Judgement, judgeByHistory } from './history.ts'
import { identifyFinding } from './ids.ts'
import type { Judged } from './judge-declared.ts'
import { isKept, judgeExtraObject } from './judge-objects.ts'
import { explainMeaning } from './meaning/meaning.ts'
import { toSubject as toMeaningSubject } from './meaning/subject.ts'
import { lookAround } from './meaning/surroundings.ts'
import { noteNoRecord } from './remarks.ts'

/** What is compared and judged: one target's desired objects against what was read. */
export type ExplainInput = {
  readonly target: { readonly name: string; readonly release: string; readonly namespace: string }
  readonly desired: readonly DesiredObject[]
  readonly live: Live
  readonly rules: ActorRules
  /** What is known of kinds that are not Kubernetes' own; nothing by default. */
  readonly findSchema?: FindSchema
  /** What this server itself knows of built-in kinds, where it is of another minor than the tables. */
  readonly findServed?: FindSchema
  /** The autoscalers that are in the cluster; null when they were not read. */
  readonly scalers?: readonly Found[] | null
  /** What was rendered before; null when it was not looked at. */
  readonly history: History | null
  /** Under which secret values may take part in ids; without it, they stay out of them. */
  readonly fingerprintKey?: string | null
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
  /** What a reader should know, and what is no difference. */
  readonly notes: readonly Note[]
  readonly setAside: readonly SetAside[]
  /** Some findings would be judged better if the last deploy's manifest were known. */
  readonly needsHistory: boolean
  /** Namespaces in which replicas would be judged better if the cluster's autoscalers were known. */
  readonly needsScalersIn: readonly string[]
}

/** A difference that is judged, and not yet a finding. */
export type Draft = Omit<Judged, 'change'> & {
  readonly ref: ObjectRef
  readonly change: Finding['change']
  readonly byDeployer: boolean
}
const NOBODY: Evidence = { manager: null, operation: null, subresource: null, time: null }

/** Compares and judges every object of a target. Pure: the same input gives the same findings, in the order of the chart. */
export function explainTarget(input: ExplainInput): Explanation {
  const entriesOf = new Map<JsonObject, readonly FieldsEntry[]>()
  for (const { reading } of input.live.readings) {
    if (reading.outcome === 'found') entriesOf.set(reading.object, readManagedFields(reading.object))
  }
  const isRecorded = [...entriesOf.values()].some((entries) => entries.length > 0)
  const delivery = chooseDelivery(detectDelivery([...entriesOf.values()], input.rules), input.history)
  const desk = openHistoryDesk(
    input.history,
    new Map(input.desired.map(({ ref, object }) => [keyOfRef(ref), object])),
    () => gatherLive(input, entriesOf, delivery),
    () => [...entriesOf.values()].flat(),
    input.rules,
  )
  const drafts: Draft[] = []
  const sides = new Map<ObjectRef, Sides>()
  const notes: Note[] = []
  const setAside: SetAside[] = []
  const handMade = new Map<string, Found>()
  let defaulted = 0
  const needsScalersIn = new Set<string>()
  for (const [index, desired] of input.desired.entries()) {
    const reading = input.live.readings[index]?.reading
    if (reading?.outcome === 'missing') {
      if (isExpiredJob(desired)) setAside.push({ object: desired.ref, reason: 'finished-job' })
      else drafts.push(draftMissing(desired, desk))
    }
    if (reading?.outcome !== 'found') continue
    const entries = entriesOf.get(reading.object) ?? []
    const result = explainObject(input, desired, reading.object, entries, delivery, desk)
    for (const draft of result.drafts) drafts.push(draft)
    for (const note of result.notes) notes.push(note)
    // A saved state may have none at all, which is told once, where it is read.
    if (isRecorded && entries.length === 0 && countBrokenEntries(reading.object) === 0) notes.push(noteNoRecord(desired.ref))
    sides.set(desired.ref, result.sides)
    defaulted += result.defaulted
    if (result.needsScaler && desired.ref.namespace !== null) needsScalersIn.add(desired.ref.namespace)
    if (result.handMade !== null) handMade.set(keyOfRef(result.handMade.ref), result.handMade)
  }
  for (const extra of input.live.extra) {
    if (isKept(extra.ref, extra.object, input.rules)) setAside.push({ object: extra.ref, reason: 'keep' })
    else handMade.set(keyOfRef(extra.ref), extra)
  }
  for (const extra of handMade.values()) drafts.push(draftExtra(input, extra, desk))
  return {
    findings: drafts.map((draft) => toFinding(input, draft, sides.get(draft.ref) ?? {})),
    sides,
    delivery,
    defaulted,
    notes,
    setAside,
    needsHistory: drafts.some((draft) => draft.judgement.needsHistory === true),
    needsScalersIn: (input.scalers ?? null) === null ? [...needsScalersIn] : [],
  }
}

/**
 * Helm's own record knows how it deployed; the newest entry may be somebody's under a deployer's name. Flux deploys by
 * Helm's library, which keeps the same record.
 */
function chooseDelivery(detected: Delivery, history: History | null): Delivery {
  return detected === 'flux' ? detected : (history?.record?.delivery ?? detected)
}

/** Kubernetes itself deletes a finished Job after its time to live; whether a person was faster is not recorded. */
function isExpiredJob({ ref, object }: DesiredObject): boolean {
  const spec = object.spec as JsonObject | undefined
  return ref.kind === 'Job' && typeof spec?.ttlSecondsAfterFinished === 'number'
}

function draftMissing({ ref, fromCrds }: DesiredObject, desk: HistoryDesk): Draft {
  const judgement = fromCrds ? MISSING_DEFINITION : judgeByHistory(desk.askObject(ref, true), true, null)
  return { ref, path: [], change: 'missing-object', desired: undefined, live: undefined, judgement, evidence: NOBODY, byDeployer: false }
}

/** No manifest of a release ever holds what comes from crds/, so nothing tells whether it was there. */
const MISSING_DEFINITION: Judgement = {
  cause: 'unknown',
  confidence: 'uncertain',
  because: 'it comes from crds/, which Helm installs once: it was added to the chart since, or somebody deleted it',
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

function draftExtra(input: ExplainInput, { ref, object }: Found, desk: HistoryDesk): Draft {
  const judged = judgeExtraObject(ref, object, input.rules, desk)
  return { ref, path: [], change: 'extra-object', desired: undefined, live: undefined, ...judged }
}

function toFinding(input: ExplainInput, draft: Draft, sides: Sides): Finding {
  const { ref: object, path, change, desired, live, judgement, evidence } = draft
  const { cause, confidence, because } = judgement
  const subject = toMeaningSubject({ object, path, change, desired, live }, sides, lookAround(input, object, sides))
  const { pattern, severity, meaning } = explainMeaning(subject, cause, draft.byDeployer || judgement.outOfBand === true)
  const drift = (cause === 'manual' || cause === 'unknown') && pattern !== 'restart'
  const secret = input.isSecret({ object, path, desired, live }, sides)
  const id = identifyFinding(input.target.name, object, path, { value: live, secret }, evidence, input.fingerprintKey ?? null)
  return { id, object, path, change, desired, live, cause, confidence, drift, because, evidence, pattern, severity, meaning }
}
