import { countBrokenEntries, type FieldsEntry } from '../compare/managed-fields.ts'
import { prepareObject } from '../compare/prepare.ts'
import { findBuiltInSchema } from '../compare/schema/built-in.ts'
import { compareObjects } from '../compare/walk.ts'
import type { Delivery, DesiredObject, JsonObject, Note } from '../model.ts'
import { AGGREGATION, isDeployer } from './actors.ts'
import { isAdjusted } from './adjusted.ts'
import type { HistoryDesk } from './ask-history.ts'
import { type Found, findScaler, type Scaler } from './autoscalers.ts'
import type { ObjectContext } from './context.ts'
import type { Subject } from './deviations.ts'
import type { Draft, ExplainInput, Sides } from './explain.ts'
import { choosePreparation } from './helm-marks.ts'
import { judgeDeclared, wasDropped } from './judge-declared.ts'
import { judgeLiveOnly } from './judge-live-only.ts'
import { noteBrokenRecord, noteDropped, noteHandMade, noteRemark } from './remarks.ts'
import { correctBySchema } from './served.ts'

export type ObjectExplanation = {
  readonly drafts: readonly Draft[]
  readonly sides: Sides
  readonly defaulted: number
  readonly notes: readonly Note[]
  /** Its replicas were judged, and no autoscaler was known. */
  readonly needsScaler: boolean
  /** The autoscaler that somebody made by hand, which moved its replicas. */
  readonly handMade: Found | null
}

/** A live object with all that is needed to hold it against a render. */
export function toSubject(
  { target, findSchema }: ExplainInput,
  desired: DesiredObject,
  liveObject: JsonObject,
  entries: readonly FieldsEntry[],
  delivery: Delivery,
): Subject {
  const { ref, fromCrds, unstable } = desired
  const live = prepareObject(liveObject)
  const schema = findBuiltInSchema(ref) ?? findSchema?.(ref) ?? null
  return { ref, schema, live, entries, fromCrds, unstable, prepare: choosePreparation(target, desired, live, delivery) }
}

/** Compares one object with its live state and judges every difference. */
export function explainObject(
  input: ExplainInput,
  desired: DesiredObject,
  liveObject: JsonObject,
  entries: readonly FieldsEntry[],
  delivery: Delivery,
  desk: HistoryDesk,
): ObjectExplanation {
  const { ref } = desired
  const subject = toSubject(input, desired, liveObject, entries, delivery)
  const { live, schema } = subject
  const declared = subject.prepare(desired.object)
  let scaler: Scaler | null = null
  const context: ObjectContext = {
    ref,
    entries,
    rules:
      declared.aggregationRule === undefined ? input.rules : { ...input.rules, controllers: [...input.rules.controllers, AGGREGATION] },
    delivery,
    isDeployed: entries.some((entry) => isDeployer(entry.manager, input.rules)),
    isAdjusted: isAdjusted(live, entries, ref, input.rules),
    isBuiltIn: findBuiltInSchema(ref) !== null,
    findScaler: () => {
      scaler ??= findScaler(input.desired, input.scalers ?? null, ref, input.rules)
      return scaler
    },
    askHistory: (path, isGone) => desk.askPath(subject, path, isGone),
  }
  const broken = countBrokenEntries(liveObject)
  const comparison = correctBySchema(compareObjects(ref, schema, declared, live, entries, desired.unstable), input.findServed, ref)
  const dropped = new Set(comparison.declared.filter((difference) => wasDropped(context, difference)))
  const fromDeclared = comparison.declared.flatMap((difference) =>
    dropped.has(difference) ? [] : (judgeDeclared(context, difference) ?? []),
  )
  const fromLive = comparison.liveOnly.map((node) => judgeLiveOnly(context, node))
  const judged = [...fromDeclared, ...fromLive.flatMap((one) => one.judged)]
  // The assignment happens in a closure, which the compiler does not follow.
  const asked = scaler as Scaler | null
  return {
    sides: { desired: declared, live },
    drafts: judged.map((one) => ({ ...one, ref, byDeployer: isDeployer(one.evidence.manager ?? '', input.rules) })),
    defaulted: fromLive.reduce((sum, one) => sum + one.defaulted, 0),
    needsScaler: asked !== null && asked.bounds === null,
    handMade: asked?.handMade ?? null,
    notes: [
      ...comparison.remarks.map((remark) => noteRemark(ref, remark)),
      ...[...dropped].map(({ path }) => noteDropped(ref, path)),
      ...noteBrokenRecord(ref, broken),
      ...noteHandMade(context, declared, broken),
    ],
  }
}
