import { isSame } from '../compare/json.ts'
import type { Stop } from '../explain/fate/latent.ts'
import type { DesiredObject, Finding, JsonObject, ObjectRef, Reading } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { PlacedChange, PreviewSide, PreviewSides } from './model.ts'
import { pairFindings } from './pair-findings.ts'
import { placeAside } from './place-aside.ts'
import { isOutOfBand, placeField, placeStop } from './place-field.ts'
import { placeExtra, placeGone, placeMissing, placeNew, placeUnread, type Release } from './place-object.ts'
import { placeUnstable } from './place-unstable.ts'

/**
 * Places everything that a pull request meets or makes in one target. Pure: what is placed follows from what a check of
 * the base finds in the cluster, and what a check of the head would.
 *
 * @param sides both read from the cluster at the same moment
 */
export function placeChanges({ base, head }: PreviewSides, release: Release): readonly PlacedChange[] {
  const [before, after] = [indexSide(base), indexSide(head)]
  const keys = [...new Set([...after.objects.keys(), ...before.objects.keys()])]
  const aside = head === null ? [] : placeAside(base ?? NO_SIDE, head, (key) => before.objects.has(key))
  const told = new Set(aside.map(({ object }) => keyOfRef(object)))
  const declared = keys.flatMap((key) => {
    if (told.has(key) && !after.objects.has(key)) return []
    const whole = { was: findWhole(before, key), will: findWhole(after, key) }
    return placeDeclared({ before: before.objects.get(key), after: after.objects.get(key), whole, hasHead: head !== null }, release)
  })
  const extra = (base?.findings ?? [])
    .filter(({ change, object }) => change === 'extra-object' && !after.objects.has(keyOfRef(object)) && !told.has(keyOfRef(object)))
    .map((was) => placeExtra(was, after.extra.get(keyOfRef(was.object)) ?? null))
  return [...declared, ...aside.filter(({ object }) => !after.objects.has(keyOfRef(object))), ...extra]
}

type Seen = {
  readonly desired: DesiredObject
  readonly reading: Reading | undefined
  readonly declared: JsonObject
  readonly fields: readonly Finding[]
  readonly whole: Finding | null
  readonly stops: readonly Stop[]
}
type Index = { readonly objects: ReadonlyMap<string, Seen>; readonly extra: ReadonlyMap<string, Finding> }

function indexSide(side: PreviewSide | null): Index {
  const { desired, live, findings, sides, stops }: PreviewSide = side ?? NO_SIDE
  const findingsOf = Map.groupBy(findings, ({ object }) => keyOfRef(object))
  const stopsOf = Map.groupBy(stops, ({ object }) => keyOfRef(object))
  const objects = desired.map((one, index): [string, Seen] => {
    const own = findingsOf.get(keyOfRef(one.ref)) ?? []
    return [
      keyOfRef(one.ref),
      {
        ...{ desired: one, reading: live.readings[index]?.reading, declared: sides.get(one.ref)?.desired ?? one.object },
        fields: own.filter(({ path }) => path.length > 0),
        whole: own.find(({ path }) => path.length === 0) ?? null,
        stops: stopsOf.get(keyOfRef(one.ref)) ?? [],
      },
    ]
  })
  const extra = findings.filter(({ change }) => change === 'extra-object').map((one) => [keyOfRef(one.object), one] as const)
  return { objects: new Map(objects), extra: new Map(extra) }
}

const NO_SIDE: PreviewSide = {
  ...{ desired: [], setAside: [], hooks: [], findings: [], sides: new Map(), stops: [] },
  live: { readings: [], extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] },
}

function findWhole({ objects, extra }: Index, key: string): Finding | null {
  return objects.get(key)?.whole ?? extra.get(key) ?? null
}

type Both = {
  readonly before: Seen | undefined
  readonly after: Seen | undefined
  readonly whole: { readonly was: Finding | null; readonly will: Finding | null }
  /** Whether the chart exists in the head at all. */
  readonly hasHead: boolean
}

function placeDeclared({ before, after, whole, hasHead }: Both, release: Release): readonly PlacedChange[] {
  const ref = (after ?? before)?.desired.ref as ObjectRef
  const reading = (after ?? before)?.reading
  if (reading === undefined || (reading.outcome !== 'found' && reading.outcome !== 'missing')) {
    const isChanged = before === undefined || after === undefined || !isSame(before.desired.object, after.desired.object)
    const why = reading === undefined || reading.outcome === 'skipped' ? 'it was not read' : reading.detail
    return isChanged ? [placeUnread(ref, why)] : []
  }
  const live = reading.outcome === 'found' ? reading.object : null
  if (after === undefined) {
    return [placeGone(ref, { ...whole, isThere: live !== null, hasHead, byHand: (before?.fields ?? []).filter(isOutOfBand).length })]
  }
  if (before === undefined) {
    const placed = placeNew(ref, live, whole, release)
    if (placed !== null && placed.prospect !== 'codifies') return [placed]
    return [...(placed === null ? [] : [placed]), ...placeFields(before, after)]
  }
  if (live !== null) {
    const placed = placeFields(before, after)
    return [...placed, ...placeUnstable(before, after, live, placed)]
  }
  return whole.will === null ? [] : [placeMissing(ref, whole.was, whole.will)]
}

function placeFields(before: Seen | undefined, after: Seen): readonly PlacedChange[] {
  const declared = { base: before?.declared, head: after.declared }
  const placed = pairFindings(before?.fields ?? [], after.fields).flatMap((pair) => placeField(pair, declared, after.fields))
  const live = after.reading?.outcome === 'found' ? after.reading.object : undefined
  return [...placed, ...after.stops.map((stop) => placeStop(stop, live, declared))]
}
