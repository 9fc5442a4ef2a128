import { getAt, isSame } from '../compare/json.ts'
import { isSamePath, isWithin } from '../compare/same-place.ts'
import type { Stop } from '../explain/fate/latent.ts'
import type { Fate, Finding, JsonObject, Path, Prospect } from '../model.ts'
import type { PlacedChange } from './model.ts'
import type { Pair } from './pair-findings.ts'

/** An object as both sides declare it, in the form in which it was compared. */
export type Declared = { readonly base: JsonObject | undefined; readonly head: JsonObject | undefined }

/** Whether somebody, or nobody knows who, changed it beside Git. That a team accepts or ignores it does not make it Git's. */
export function isOutOfBand({ cause, pattern }: Finding): boolean {
  return (cause === 'manual' || cause === 'unknown') && pattern !== 'restart'
}

/**
 * Places one pair of findings: what becomes of this place when the pull request is deployed. What only one side finds is
 * told by what the other side agrees with: no finding of the base means that the cluster is as the base says.
 *
 * @param fields all that is found of the head in this object
 */
export function placeField(pair: Pair, declared: Declared, fields: readonly Finding[] = pair.will): readonly PlacedChange[] {
  const { was, will } = pair
  if (will.length === 0) return was.map((finding) => placeGoing(finding, fields, declared) ?? placeReached(finding, declared))
  if (was.length === 0) return will.map((finding) => (isMet(finding, declared) ? placeMet(finding, declared) : placeOwn(finding, declared)))
  const isTouched = !isSame(getAt(declared.base, pair.path), getAt(declared.head, pair.path))
  if (!isTouched) return will.flatMap((finding) => placeUntouched(finding, findSame(finding, was), declared))
  if (isPartOf(pair))
    return [
      ...was.map((finding) => placeReached(finding, declared)),
      ...will.map((finding) => placeRest(finding, was[0] ?? null, declared)),
    ]
  return [placeContested(pair, declared)]
}

/** The pull request takes out what holds the place: no value is what it says, it goes as the rest of that does; else null. */
function placeGoing(was: Finding, fields: readonly Finding[], declared: Declared): PlacedChange | null {
  const { path } = was
  const holder = path.map((_, index) => path.slice(0, index)).find((place) => getAt(declared.head, place) === undefined)
  if (holder === undefined || getAt(declared.base, holder) === undefined) return null
  const rest = fields.find((finding) => isWithin(finding.path, holder))
  if (rest === undefined) return null
  const placed = { ...describe(path, was, { ...rest, path, desired: undefined, live: was.live }, declared), ours: true }
  const isMet = isOutOfBand(was)
  return { ...placed, prospect: (isMet ? MEETS : CARRIES_OUT)[fateOf(rest)], contested: isMet }
}

/** The pull request says what the cluster says. */
function placeReached(was: Finding, declared: Declared): PlacedChange {
  const prospect = isOutOfBand(was) ? 'codifies' : 'no-op'
  return { ...describe(was.path, was, null, declared), prospect, ours: true, contested: false }
}

/** The cluster is as the base says, and the pull request says something else. */
function placeOwn(will: Finding, declared: Declared): PlacedChange {
  return { ...describe(will.path, null, will, declared), prospect: CARRIES_OUT[fateOf(will)], ours: true, contested: false }
}

/** Without a base, nothing tells what Git said before: a release whose chart has moved was still changed by whoever did so by hand. */
function isMet({ cause, pattern }: Finding, { base }: Declared): boolean {
  return base === undefined && cause === 'manual' && pattern !== 'restart'
}

function placeMet(will: Finding, declared: Declared): PlacedChange {
  return { ...describe(will.path, null, will, declared), base: will.desired, prospect: MEETS[fateOf(will)], ours: false, contested: false }
}

/** Neither side says what the cluster says, and both say the same. What a controller or admission holds is theirs to hold. */
function placeUntouched(will: Finding, was: Finding, declared: Declared): readonly PlacedChange[] {
  const placed = { ...describe(will.path, was, will, declared), ours: false, contested: false }
  const fate = fateOf(will)
  // A team has said that it lives with it, and goes on to.
  if (was.ignoredBy !== undefined && MEETS[fate] === 'leaves') return []
  if (isOutOfBand(was)) return [{ ...placed, prospect: MEETS[fate] }]
  if (fate === 'blocks-deploy') return [{ ...placed, prospect: 'fails' }]
  return was.cause === 'undeployed' && CARRIES_OUT[fate] === 'changes' ? [{ ...placed, prospect: 'changes' }] : []
}

/** Of what was added by hand, the pull request takes over a part. This is what it leaves out. */
function placeRest(will: Finding, was: Finding | null, declared: Declared): PlacedChange {
  return { ...describe(will.path, was, will, declared), prospect: MEETS[fateOf(will)], ours: false, contested: false }
}

/** Base, cluster and pull request all say something else. */
function placeContested({ path, was, will }: Pair, declared: Declared): PlacedChange {
  const met = was.find(isOutOfBand)
  const worst = will.toSorted((a, b) => RANK.indexOf(fateOf(a)) - RANK.indexOf(fateOf(b)))[0] as Finding
  const [first = worst] = was
  const live = [...was, ...will].find((finding) => finding.path.length === path.length)?.live
  const placed = { ...describe(path, met ?? first, worst, declared), live, ours: true, contested: met !== undefined }
  return { ...placed, prospect: (met === undefined ? CARRIES_OUT : MEETS)[fateOf(worst)] }
}

/** Nothing is found here, and the deploy fails all the same: the value is spelled otherwise, and somebody's tool owns it. */
export function placeStop({ object, path, entry, conflict }: Stop, found: JsonObject | undefined, declared: Declared): PlacedChange {
  const [base, head, live] = [declared.base, declared.head, found].map((side) => getAt(side, path))
  const reason = `${entry.manager} owns the field, and a server-side deploy may not spell it otherwise`
  const will: Finding = {
    ...{ id: '', object, path, change: 'changed', desired: head, live, cause: 'unknown', confidence: 'certain', drift: false },
    ...{ because: reason, evidence: entry, pattern: '', severity: 'info' },
    fate: { next: 'blocks-deploy', confidence: 'certain', reason, conflict },
  }
  return { ...describe(path, null, will, declared), prospect: 'fails', ours: !isSame(base, head), contested: false }
}

type Prospects = { readonly [next in Fate['next']]: Prospect }
/** What a deploy does to something that was changed by hand. */
export const MEETS: Prospects = { reverted: 'undoes', kept: 'leaves', none: 'leaves', unknown: 'unknown', 'blocks-deploy': 'fails' }
/** What a deploy does with what Git changes. Where it is not known how the release is deployed, it does at least that. */
const CARRIES_OUT: Prospects = { reverted: 'changes', unknown: 'changes', kept: 'leaves', none: 'leaves', 'blocks-deploy': 'fails' }
/** Worst first. */
const RANK: readonly Fate['next'][] = ['blocks-deploy', 'reverted', 'unknown', 'kept', 'none']

export function fateOf({ fate }: Finding): Fate['next'] {
  return fate?.next ?? 'unknown'
}

/** Everything that is left of an addition lies within it, and was added, too: the rest is what the pull request declares. */
function isPartOf({ was, will }: Pair): boolean {
  return (
    was.every((finding) => finding.change === 'added' && isOutOfBand(finding)) &&
    will.every(({ change, path }) => change === 'added' && was.some((one) => one.path.length < path.length))
  )
}

function findSame({ path }: Finding, was: readonly Finding[]): Finding {
  return was.find((one) => isSamePath(one.path, path)) ?? (was[0] as Finding)
}

function describe(path: Path, was: Finding | null, will: Finding | null, declared: Declared) {
  const finding = (will ?? was) as Finding
  return {
    object: finding.object,
    path,
    base: was?.path.length === path.length ? was.desired : getAt(declared.base, path),
    head: will?.path.length === path.length ? will.desired : getAt(declared.head, path),
    live: finding.live,
    confidence: will?.fate?.confidence ?? was?.confidence ?? 'certain',
    ...{ was, will, because: null, conflict: null },
  }
}
