import { getAt, getOwn, isList, isObject, isSame } from '../compare/json.ts'
import type { Json, JsonObject, ObjectRef, Path, PathStep } from '../model.ts'
import { identify, pairByNameOrValue } from './pair-elements.ts'
import { findSecrets, redactText, redactTextAgainst } from './redact-text.ts'
import { isHiddenByRule, isHiddenPath, isSecretFlag, isSecretPlace, type RedactionRules } from './secret-places.ts'
import { holdsSecret, REDACTED_TEXT } from './secrets.ts'

export type { RedactionRules } from './secret-places.ts'

/** The two whole objects that a path leads into. */
export type Sides = { readonly desired?: JsonObject; readonly live?: JsonObject }
type Pair = { readonly desired: Json | undefined; readonly live: Json | undefined }
/** Both values without their secrets, and the secrets. */
export type RedactedPair = Pair & { readonly secrets: readonly string[] }
type Options = {
  readonly rules: RedactionRules
  readonly sides: Sides
  /** How a value that is secret as a whole is marked: `{"redacted": true}`, or text. */
  readonly as: 'json' | 'text'
}
type Walk = Options & {
  readonly ref: ObjectRef
  /** Filled on the way: what was taken out. */
  readonly secrets: string[]
  /** True below a list element that has no partner: text must then never look like the other side's. */
  readonly alone: boolean
  /** Where the walk is, in every way a rule may spell it; empty when there are no rules. */
  readonly spellings: readonly Path[]
}

const DIFFERS_TEXT = '(redacted, differs)'
/** Deeper than any real object; what lies below is hidden unread. */
const DEEPEST = 100
/** Seven lists inside one another; deeper ones are hidden when there are rules that might mean them. */
const MOST_SPELLINGS = 128

/** Walks both values of one path together and takes out what is secret on either side from both. */
export function redactSides(ref: ObjectRef, path: Path, pair: Pair, options: Options): RedactedPair {
  const walk: Walk = { ...options, ref, secrets: [], alone: false, spellings: options.rules.paths.length > 0 ? [path] : [] }
  const parent = path.slice(0, -1)
  const around = { desired: getAt(options.sides.desired, parent), live: getAt(options.sides.live, parent) }
  const last = path.at(-1)
  const isFlagged = last !== undefined && 'index' in last && followsFlag(around, last.index, last.index)
  const above = path.map((_, index) => path.slice(0, index + 1))
  const redacted = isFlagged || isHiddenByRule(above, options.rules) ? hidePair(walk, pair) : redactPair(walk, path, pair, around)
  return { desired: redacted.desired, live: redacted.live, secrets: walk.secrets }
}

/** Set elements and list keys are values too: `tokens[="..."]`. */
export function redactPath(path: Path): Path {
  const redact = (step: PathStep, index: number): PathStep => {
    if ('value' in step && typeof step.value === 'string') {
      const isSecret = holdsSecret(step.value) || isSecretPlace(path.slice(0, index + 1), step.value, undefined)
      return isSecret ? { value: REDACTED_TEXT } : step
    }
    if (!('key' in step) || !Object.values(step.key).some((value) => typeof value === 'string' && holdsSecret(value))) return step
    return { key: Object.fromEntries(Object.keys(step.key).map((name) => [name, REDACTED_TEXT])) }
  }
  const redacted = path.map(redact)
  return redacted.every((step, index) => step === path[index]) ? path : redacted
}

/** @param around the maps or lists that hold the values: a `name` beside a `value` tells what it is */
function redactPair(walk: Walk, path: Path, pair: Pair, around: Pair): Pair {
  const { desired, live } = pair
  const isTooDeep = path.length > DEEPEST || walk.spellings.length > MOST_SPELLINGS
  const isHidden =
    isTooDeep ||
    isHiddenByRule(walk.spellings, walk.rules) ||
    hides(walk, path, desired, around.desired) ||
    hides(walk, path, live, around.live)
  if (isHidden) return hidePair(walk, pair)
  if (isMapOrNone(desired) && isMapOrNone(live)) return redactMaps(walk, path, desired, live)
  if (isListOrNone(desired) && isListOrNone(live)) return redactLists(walk, path, desired, live)
  if (!isMapOrList(desired) && !isMapOrList(live)) return redactTexts(walk, pair)
  const alone = (value: Json | undefined) =>
    redactPair(walk, path, { desired: undefined, live: value }, { desired: undefined, live: around.live }).live
  return { desired: alone(desired), live: alone(live) }
}

function hides(walk: Walk, path: Path, value: Json | undefined, around: Json | undefined): boolean {
  if (value === undefined) return false
  if (isHiddenPath(walk.ref, path, value)) return true
  if (isMapOrList(value)) return false
  if (isSecretPlace(path, value, isObject(around) ? around : undefined)) return true
  if (typeof value !== 'string') return value !== null && !['number', 'bigint', 'boolean'].includes(typeof value)
  return !value.includes('\n') && value !== REDACTED_TEXT && redactText(value).trim() === REDACTED_TEXT
}

function hidePair(walk: Walk, { desired, live }: Pair): Pair {
  collect(desired, walk.secrets)
  collect(live, walk.secrets)
  const isEqual = desired === undefined || live === undefined ? !walk.alone : isSame(desired, live)
  const mark = walk.as === 'json' ? { redacted: true } : REDACTED_TEXT
  const liveMark = walk.as === 'text' && !isEqual ? DIFFERS_TEXT : mark
  return { desired: desired === undefined ? undefined : mark, live: live === undefined ? undefined : liveMark }
}

function redactTexts(walk: Walk, { desired, live }: Pair): Pair {
  const redact = (text: Json | undefined, other: Json | undefined, differs: string): Json | undefined => {
    if (typeof text !== 'string') return text
    // One by one: a text of a megabyte may have more of them than a call takes arguments.
    for (const secret of findSecrets(text)) walk.secrets.push(secret)
    const rest = typeof other === 'string' ? other : walk.alone ? '' : null
    return redactTextAgainst(text, rest, differs)
  }
  return { desired: redact(desired, live, REDACTED_TEXT), live: redact(live, desired, DIFFERS_TEXT) }
}

function redactMaps(walk: Walk, path: Path, desired: JsonObject | undefined, live: JsonObject | undefined): Pair {
  const pairs = new Map<string, Pair>()
  for (const name of new Set([...Object.keys(desired ?? {}), ...Object.keys(live ?? {})])) {
    const pair = { desired: getOwn(desired ?? {}, name), live: getOwn(live ?? {}, name) }
    pairs.set(name, redactPair(step(walk, { field: name }), [...path, { field: name }], pair, { desired, live }))
  }
  const rebuild = (map: JsonObject | undefined, side: keyof Pair): JsonObject | undefined =>
    map === undefined ? undefined : Object.fromEntries(Object.keys(map).map((name) => [name, pairs.get(name)?.[side] ?? null]))
  return { desired: rebuild(desired, 'desired'), live: rebuild(live, 'live') }
}

function redactLists(walk: Walk, path: Path, desired: readonly Json[] | undefined, live: readonly Json[] | undefined): Pair {
  const redactItem = (inDesired: number | null, inLive: number | null): Pair => {
    const pair = { desired: inDesired === null ? undefined : desired?.[inDesired], live: inLive === null ? undefined : live?.[inLive] }
    const isAlone = desired !== undefined && live !== undefined && (inDesired === null || inLive === null)
    const name = identify(pair.live ?? pair.desired)
    const places: readonly PathStep[] = [{ index: inLive ?? inDesired ?? 0 }, ...(name === null ? [] : [{ key: { name } }])]
    const inside = { ...step(walk, ...places), alone: walk.alone || (isAlone && identify(pair.desired ?? pair.live) === null) }
    if (followsFlag({ desired, live }, inDesired, inLive)) return hidePair(inside, pair)
    return redactPair(inside, [...path, { index: inLive ?? inDesired ?? 0 }], pair, { desired, live })
  }
  const { findPartner, left } = pairByNameOrValue(desired ?? [], live ?? [])
  const redactedDesired: Json[] = []
  const redactedLive = live?.map((item, at): Json => {
    const partner = findPartner(item, at)
    const redacted = redactItem(partner, at)
    if (partner !== null) redactedDesired[partner] = redacted.desired ?? null
    return redacted.live ?? null
  })
  for (const at of left) redactedDesired[at] = redactItem(at, null).desired ?? null
  return { desired: desired === undefined ? undefined : redactedDesired, live: redactedLive }
}

/** The walk one step further, in every spelling of the step. */
function step(walk: Walk, ...places: readonly PathStep[]): Walk {
  return { ...walk, spellings: walk.spellings.flatMap((path) => places.map((place) => [...path, place])) }
}

/** Whether either element stands after a flag such as `--password`. */
function followsFlag(lists: Pair, inDesired: number | null, inLive: number | null): boolean {
  const follows = (list: Json | undefined, at: number | null) => isList(list) && at !== null && isSecretFlag(list[at - 1])
  return follows(lists.desired, inDesired) || follows(lists.live, inLive)
}

function collect(value: Json | undefined, secrets: string[]): void {
  if (isObject(value)) for (const child of Object.values(value)) collect(child, secrets)
  else if (isList(value)) for (const child of value) collect(child, secrets)
  else if (value !== undefined) secrets.push(String(value))
}

function isMapOrList(value: Json | undefined): boolean {
  return isObject(value) || isList(value)
}

function isMapOrNone(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || isObject(value)
}

function isListOrNone(value: Json | undefined): value is readonly Json[] | undefined {
  return value === undefined || isList(value)
}
