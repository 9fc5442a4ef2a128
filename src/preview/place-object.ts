import { count } from '../count.ts'
import { isMarked } from '../explain/helm-marks.ts'
import type { Fate, Finding, JsonObject, ObjectRef, Prospect } from '../model.ts'
import type { PlacedChange } from './model.ts'
import { fateOf, isOutOfBand, MEETS } from './place-field.ts'

export type Release = { readonly release: string; readonly namespace: string; readonly isHelm: boolean }

/** An object that the pull request declares and its base does not. Null: its fields tell the rest. */
export function placeNew(
  object: ObjectRef,
  live: JsonObject | null,
  { was, will }: { readonly was: Finding | null; readonly will: Finding | null },
  release: Release,
): PlacedChange | null {
  if (live === null) return { ...describe(object, was, will), prospect: 'creates', ours: true }
  if (release.isHelm && !isMarked(live, release.release)) {
    const conflict = `exists and cannot be imported into the current release: invalid ownership metadata`
    const because = 'an object of this name is there already, and Helm takes over none that does not carry the marks of its release'
    return { ...describe(object, was, will), prospect: 'fails', ours: true, because, conflict }
  }
  // Somebody made it by hand, with the marks of the release.
  return was === null ? null : { ...describe(object, was, will), prospect: 'codifies', ours: true }
}

export type Gone = {
  readonly was: Finding | null
  readonly will: Finding | null
  readonly isThere: boolean
  /** Whether the pull request has the chart at all. */
  readonly hasHead: boolean
  /** How many places in it were changed by hand. */
  readonly byHand: number
}

/** An object that the base declares and the pull request does not. */
export function placeGone(object: ObjectRef, { was, will, isThere, hasHead, byHand }: Gone): PlacedChange {
  const placed = { ...describe(object, was, will), ours: true, lost: 0 }
  if (!isThere) return { ...placed, prospect: was !== null && isOutOfBand(was) ? 'codifies' : 'no-op' }
  const lost = byHand === 0 ? null : `${count(byHand, 'change')} made by hand ${byHand === 1 ? 'goes' : 'go'} with it`
  if (!hasHead) {
    const because = 'the chart is removed, and whether that uninstalls the release is for the pipeline to say'
    return {
      ...placed,
      prospect: 'deletes',
      lost: byHand,
      confidence: 'uncertain',
      because: lost === null ? because : `${because}; ${lost}`,
    }
  }
  if (will !== null && fateOf(will) !== 'kept') return { ...placed, prospect: 'deletes', lost: byHand, because: lost }
  const because = will?.fate?.reason ?? 'the annotation helm.sh/resource-policy: keep says that Helm leaves it'
  return { ...placed, prospect: 'leaves', because }
}

/** An object that both declare and the cluster lacks. */
export function placeMissing(object: ObjectRef, was: Finding | null, will: Finding): PlacedChange {
  const byHand = was !== null && isOutOfBand(was)
  const prospects: { readonly [next in Fate['next']]: Prospect } = byHand ? MEETS : { ...MEETS, reverted: 'creates' }
  return { ...describe(object, was, will), prospect: prospects[fateOf(will)], ours: false }
}

/** An object that neither declares and that carries the marks of the release. */
export function placeExtra(was: Finding, will: Finding | null): PlacedChange {
  const fate = will === null ? 'kept' : fateOf(will)
  return { ...describe(was.object, was, will), prospect: fate === 'reverted' ? 'deletes' : MEETS[fate], ours: false }
}

/** An object that could not be read. */
export function placeUnread(object: ObjectRef, because: string): PlacedChange {
  return placeWhole(object, 'unknown', because)
}

/** An object of which no side has a finding. */
export function placeWhole(object: ObjectRef, prospect: Prospect, because: string): PlacedChange {
  return { ...describe(object, null, null), prospect, ours: true, because }
}

function describe(object: ObjectRef, was: Finding | null, will: Finding | null) {
  return {
    ...{ object, path: [], base: undefined, head: undefined, live: undefined, contested: false, was, will },
    confidence: will?.fate?.confidence ?? was?.confidence ?? ('certain' as const),
    ...{ because: null as string | null, conflict: null as string | null },
  }
}
