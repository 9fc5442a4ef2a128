import { getAt, isComposite, isEmpty, isObject } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import type { Finding, Json } from '../model.ts'
import { findAddition } from './injections.ts'
import { type KnownKey, printScalar } from './keys.ts'
import type { Operation } from './operations.ts'
import type { RankKey } from './rank-keys.ts'
import { isLoosely } from './set-solved.ts'

/** Keys with the very value that the finding's place has in Git, the likeliest first. */
export function listEqual({ desired }: Finding, known: readonly KnownKey[], rank: RankKey): readonly KnownKey[] {
  return known
    .filter(({ value }) => !isComposite(value ?? null) && value !== null && isLoosely(value, desired))
    .toSorted((a, b) => rank(b.key) - rank(a.key))
}

/** Sets a key to what is live, as a text where it was one. */
export function setLive({ key, value }: KnownKey, live: Json | undefined): Operation {
  const isText = typeof value === 'string' && live !== undefined && live !== null && !isComposite(live)
  return { op: 'set', key, value: isText ? String(live) : (live ?? null) }
}

/** Of keys in order, the first, if it looks so much more like it than the second that a stand-in would only confirm it. */
export function findLeader(keys: readonly KnownKey[], rank: RankKey): KnownKey | null {
  const [best, next] = keys
  if (best === undefined || rank(best.key) < 5) return null
  return next === undefined || rank(best.key) - rank(next.key) >= 1.5 ? best : null
}

/** Puts an addition into a map or list that looks like its place, without looking where it comes out. */
export function addLive({ key, value }: KnownKey, finding: Finding): readonly Operation[] {
  const addition = findAddition(finding)
  const last = finding.path.at(-1)
  if (addition === null || last === undefined) return []
  if (addition.isElement) {
    if (isObject(value)) return []
    if (Array.isArray(value)) return addition.items.map((item) => ({ op: 'append', key, value: item }))
    return [{ op: 'set', key, value: addition.items }]
  }
  const { live } = finding
  if (!('field' in last) || live === undefined) return []
  // The key of the same name is the field itself, else it is the map that holds it.
  if (key.at(-1) === last.field && !isObject(value)) return [{ op: 'set', key, value: live }]
  if (isObject(value) && key.at(-1) === last.field && isObject(live)) return [{ op: 'set', key, value: { ...value, ...live } }]
  return isObject(value) || value === undefined ? [{ op: 'set', key: [...key, last.field], value: live }] : []
}

/**
 * Keys that may drive a finding's place, the likeliest first. Where it has a value, that value or a part of it; else
 * whatever looks like it.
 */
export function listCandidates(finding: Finding, known: readonly KnownKey[], rank: RankKey): readonly KnownKey[] {
  const isAddition = findAddition(finding) !== null
  const wanted = printScalar(finding.desired) ?? nameValue(finding.desired)
  const names = new Set(finding.path.flatMap((step) => ('key' in step ? Object.values(step.key).map(String) : [])))
  const weigh = (one: KnownKey) => rank(one.key) + (isAddition ? weighPlace(one) : weighContent(one, wanted, names))
  const fits = known.filter((one) => (isAddition ? isPlace(one) : !isComposite(one.value ?? '')))
  const weights = new Map(fits.map((one) => [one, weigh(one)]))
  return fits.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
}

/** The more of the value a key has, the likelier it is; but what names the place is better left alone, or it is not found again. */
function weighContent({ value }: KnownKey, wanted: string, names: ReadonlySet<string>): number {
  const text = printScalar(value)
  if (text === null || text === '') return 0
  if (names.has(text)) return -20
  if (text === wanted) return 8
  return text.length > 2 && wanted.includes(text) ? 6 : -4
}

function weighPlace({ value }: KnownKey): number {
  return value !== undefined && isComposite(value) ? (isEmpty(value) ? 2 : 0) : -1
}

/** Where something can be put: maps, lists, and what is empty or not set at all. */
function isPlace({ value }: KnownKey): boolean {
  return value === undefined || value === null || value === '' || isObject(value) || Array.isArray(value) || typeof value === 'boolean'
}

/** Switches show in what they print only where a template prints them: those that look right are tried the other way. */
export function proposeSwitches(
  { desired, live }: Finding,
  known: readonly KnownKey[],
  rank: RankKey,
  most: number,
): readonly (readonly Operation[])[] {
  const isSwitch = [desired, live].some((side) => side === undefined || typeof side === 'boolean' || isComposite(side))
  const switches = known
    .filter(({ key, value }) => typeof value === 'boolean' && rank(key) > 2)
    .toSorted((a, b) => rank(b.key) - rank(a.key))
  return isSwitch ? switches.slice(0, most).map(({ key, value }) => [{ op: 'set', key, value: value !== true }]) : []
}

/** A map or list that replaces what the template has there by itself, under the field's own name. */
export function replaceWhole(
  { path, live }: Finding,
  known: readonly KnownKey[],
  rank: RankKey,
  most: number,
): readonly (readonly Operation[])[] {
  const last = path.at(-1)
  if (last === undefined || !('field' in last) || live === undefined) return []
  const fits = known.filter(({ key, value }) => key.at(-1) === last.field && (value === undefined || isEmpty(value)))
  return fits
    .toSorted((a, b) => rank(b.key) - rank(a.key))
    .slice(0, most)
    .map(({ key }) => [{ op: 'set', key, value: live }])
}

/** Whether an object still has the place of a finding, or for an addition what holds it. */
export function hasPlace(rendered: Json, before: Json, { path }: Finding): boolean {
  const there = [...path.keys(), path.length].map((length) => path.slice(0, length)).filter((above) => getAt(before, above) !== undefined)
  return getAt(rendered, there.at(-1) ?? []) !== undefined
}
