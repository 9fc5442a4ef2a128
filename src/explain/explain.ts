import { countBrokenEntries, type FieldsEntry, readManagedFields } from '../compare/managed-fields.ts'
import { prepareObject } from '../compare/prepare.ts'
import { findBuiltInSchema } from '../compare/schema/built-in.ts'
import type { FindSchema } from '../compare/schema/schema.ts'
import { compareObjects } from '../compare/walk.ts'
import type { Delivery, DesiredObject, Evidence, Finding, JsonObject, Live, Note, ObjectRef } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { type ActorRules, AGGREGATION, isDeployer } from './actors.ts'
import { findBounds } from './autoscalers.ts'
import type { ObjectContext } from './context.ts'
import { detectDelivery } from './delivery.ts'
import { isMarked, markAsHelms } from './helm-marks.ts'
import { compareToRelease, type Judgement, judgeByHistory, type ReleasedObjects } from './history.ts'
import { identifyFinding } from './ids.ts'
import { type Judged, judgeDeclared, wasDropped } from './judge-declared.ts'
import { judgeLiveOnly } from './judge-live-only.ts'
import { judgeExtraObject } from './judge-objects.ts'
import { namePattern } from './pattern.ts'
import { noteBrokenRecord, noteDropped, noteHandMade, noteRemark } from './remarks.ts'

/** What is compared and judged: one target's desired objects against what was read. */
export type ExplainInput = {
  readonly target: { readonly name: string; readonly release: string; readonly namespace: string }
  readonly desired: readonly DesiredObject[]
  readonly live: Live
  readonly rules: ActorRules
  /** What is known of kinds that are not Kubernetes' own; nothing by default. */
  readonly findSchema?: FindSchema
  /** What the last deploy rendered; null when it was not read. */
  readonly released: ReleasedObjects | null
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
  /** Some findings would be judged better if the last deploy's manifest were known. */
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
  const drafts: Draft[] = []
  const sides = new Map<ObjectRef, Sides>()
  const notes: Note[] = []
  let defaulted = 0
  for (const [index, desired] of input.desired.entries()) {
    const reading = input.live.readings[index]?.reading
    if (reading?.outcome === 'missing') drafts.push(draftMissing(input, desired))
    if (reading?.outcome !== 'found') continue
    const result = explainObject(input, desired, reading.object, entriesOf.get(reading.object) ?? [], delivery)
    drafts.push(...result.drafts)
    sides.set(desired.ref, result.sides)
    notes.push(...result.notes)
    defaulted += result.defaulted
  }
  for (const extra of input.live.extra) {
    const { judgement, evidence, byDeployer } = judgeExtraObject(extra.ref, extra.object, input.rules, input.released)
    drafts.push({ ref: extra.ref, path: [], change: 'extra-object', desired: undefined, live: undefined, judgement, evidence, byDeployer })
  }
  return {
    findings: drafts.map((draft) => toFinding(input, draft, sides.get(draft.ref) ?? {})),
    sides,
    delivery,
    defaulted,
    notes,
    needsHistory: drafts.some((draft) => draft.judgement.needsHistory === true),
  }
}

function explainObject(
  input: ExplainInput,
  desired: DesiredObject,
  liveObject: JsonObject,
  entries: readonly FieldsEntry[],
  delivery: Delivery,
): { readonly drafts: readonly Draft[]; readonly sides: Sides; readonly defaulted: number; readonly notes: readonly Note[] } {
  const { ref } = desired
  const live = prepareObject(liveObject)
  const marked = !desired.fromCrds && (delivery.startsWith('helm-') || isMarked(live, input.target.release))
  const declared = prepareObject(marked ? markAsHelms(desired.object, input.target) : desired.object)
  const schema = findBuiltInSchema(ref) ?? input.findSchema?.(ref) ?? null
  const context: ObjectContext = {
    ref,
    entries,
    rules:
      declared.aggregationRule === undefined ? input.rules : { ...input.rules, controllers: [...input.rules.controllers, AGGREGATION] },
    delivery,
    hasSchema: schema !== null,
    isDeployed: entries.some((entry) => isDeployer(entry.manager, input.rules)),
    bounds: findBounds(input.desired, ref),
    isAsReleased: compareToRelease(input.released, ref, schema, live, entries),
  }
  const comparison = compareObjects(ref, schema, declared, live, entries, desired.unstable)
  const [dropped, kept] = partition(comparison.declared, (difference) => wasDropped(context, difference))
  const fromDeclared = kept.flatMap((difference) => judgeDeclared(context, difference) ?? [])
  const fromLive = comparison.liveOnly.map((node) => judgeLiveOnly(context, node))
  const judged = [...fromDeclared, ...fromLive.flatMap((one) => one.judged)]
  return {
    sides: { desired: declared, live },
    drafts: judged.map((one) => ({ ...one, ref, byDeployer: isDeployer(one.evidence.manager ?? '', input.rules) })),
    defaulted: fromLive.reduce((sum, one) => sum + one.defaulted, 0),
    notes: [
      ...comparison.remarks.map((remark) => noteRemark(ref, remark)),
      ...dropped.map(({ path }) => noteDropped(ref, path)),
      ...noteBrokenRecord(ref, countBrokenEntries(liveObject)),
      ...noteHandMade(context),
    ],
  }
}

function partition<Item>(list: readonly Item[], fits: (item: Item) => boolean): readonly [readonly Item[], readonly Item[]] {
  return [list.filter(fits), list.filter((item) => !fits(item))]
}

function draftMissing(input: ExplainInput, desired: DesiredObject): Draft {
  const { ref } = desired
  const asReleased = input.released === null ? null : !input.released.has(keyOfRef(ref))
  const judgement: Judgement = judgeByHistory(asReleased, true, null)
  return { ref, path: [], change: 'missing-object', desired: undefined, live: undefined, judgement, evidence: NOBODY, byDeployer: false }
}

function toFinding(input: ExplainInput, draft: Draft, sides: Sides): Finding {
  const { ref: object, path, change, desired, live, judgement, evidence } = draft
  const { cause, confidence, because } = judgement
  const { pattern, severity } = namePattern(path, change, cause, draft.byDeployer)
  const drift = (cause === 'manual' || cause === 'unknown') && pattern !== 'restart'
  const secret = input.isSecret({ object, path, desired, live }, sides)
  const id = identifyFinding(input.target.name, object, path, secret ? 'secret' : { value: live }, evidence)
  return { id, object, path, change, desired, live, cause, confidence, drift, because, evidence, pattern, severity }
}
