import { findElement, getAt, getOwn, isList, isObject, setAt } from '../../compare/json.ts'
import type { Json, JsonObject, Path, PathStep } from '../../model.ts'
import { type Op, type Token, toPointer } from './json-patch.ts'
import { locate, type Spot } from './locate.ts'
import type { BothSides } from './together.ts'

/** What sets one place back, apart from what guards it. */
export type SetBack = {
  readonly ops: readonly Op[]
  /** That what is changed is still what was seen; null where no test can say so without telling more than is wanted. */
  readonly tests: readonly Op[] | null
  /** What was written into the patch: from Git, and from live. */
  readonly writes: Json | undefined
}

/**
 * The steps that bring one place back to what Git says, and nothing else.
 *
 * @param desired what Git has there; undefined for nothing
 * @param seen the live value as it was compared
 * @param fromEnd counts the place of an element that is taken out from the end of its list, so that taking out one before
 *   it does not move it
 */
export function setBack(path: Path, desired: Json | undefined, seen: Json | undefined, sides: BothSides, fromEnd = false): SetBack {
  const spot = locate(sides.live, path, seen)
  if (desired === undefined) return takeOut(path, spot, sides, fromEnd)
  if (spot.missing.length === 0)
    return { ops: [{ op: 'replace', path: toPointer(spot.tokens), value: desired }], ...testValue(spot), writes: desired }
  return putIn(path, desired, spot, sides)
}

/** A map or list that holds nothing else, and that Git does not have either, goes too: whoever added the one made the other. */
function takeOut(path: Path, spot: Spot, { desired, live }: BothSides, fromEnd: boolean): SetBack {
  if (spot.missing.length > 0) return { ops: [], tests: [], writes: undefined }
  let depth = spot.tokens.length
  while (depth > 2 && countAt(live, spot.tokens.slice(0, depth - 1)) === 1 && getAt(desired, path.slice(0, depth - 1)) === undefined)
    depth -= 1
  const found = spot.tokens.slice(0, depth)
  const value = lookAt(live, found)
  const last = found.at(-1)
  const tokens = fromEnd && typeof last === 'number' ? [...found.slice(0, -1), last - countAt(live, found.slice(0, -1))] : found
  return {
    ops: [{ op: 'remove', path: toPointer(tokens) }],
    ...testValue({ tests: dropWithin(spot.tests, found), tokens, value }),
    writes: undefined,
  }
}

function putIn(path: Path, desired: Json, spot: Spot, sides: BothSides): SetBack {
  const [step, ...rest] = spot.missing
  const at = path.slice(0, spot.tokens.length)
  const isElement = step !== undefined && !('field' in step)
  // The maps and lists on the way are made with it.
  const value = step === undefined || rest.length === 0 ? desired : (setAt('key' in step ? step.key : undefined, rest, desired) ?? desired)
  const token: Token = step !== undefined && 'field' in step ? step.field : chooseIndex(path.slice(0, at.length + 1), sides)
  const pointer = toPointer([...spot.tokens, token])
  const tests = isElement ? testNames(step, spot) : [...spot.tests, { op: 'test' as const, path: pointer, value: null }]
  return { ops: [{ op: 'add', path: pointer, value }], tests, writes: desired }
}

/**
 * That a list still has the very elements it had, by their names alone. No test can ask how long a list is; but the API
 * server takes -1 for the last place, so that the last name stands there only if nothing was added.
 */
function testNames(step: PathStep, { tokens, tests, value }: Spot): readonly Op[] | null {
  if (!isList(value)) return null
  if (value.length === 0) return [...tests, { op: 'test', path: toPointer(tokens), value }]
  const named = (at: number, element: Json | undefined): readonly Op[] => {
    if (!('key' in step)) return [{ op: 'test', path: toPointer([...tokens, at]), value: element ?? null }]
    const read = (name: string) => (isObject(element) ? (getOwn(element, name) ?? null) : null)
    return Object.keys(step.key).map((name) => ({ op: 'test', path: toPointer([...tokens, at, name]), value: read(name) }))
  }
  return [...tests, ...value.flatMap((element, at) => named(at, element)), ...named(-1, value.at(-1))]
}

/** After the nearest element that precedes it in Git and is there, else at its own place in Git. */
function chooseIndex(path: Path, { desired, live }: BothSides): number {
  const [parent, step] = [path.slice(0, -1), path.at(-1)]
  const wanted = getAt(desired, parent)
  if (!isList(wanted) || step === undefined) return 0
  const own = findElement(wanted, step)
  const found = locate(live, parent, undefined).value
  const steps = wanted.slice(0, Math.max(own, 0)).toReversed()
  for (const before of steps) {
    const at = isList(found)
      ? findElement(found, 'key' in step ? { key: pick(before, Object.keys(step.key)) } : { value: before as never })
      : -1
    if (at >= 0) return at + 1
  }
  return Math.min(Math.max(own, 0), isList(found) ? found.length : 0)
}

function pick(element: Json, names: readonly string[]): { readonly [name: string]: never } {
  const entries = isObject(element) ? Object.entries(element).filter(([name]) => names.includes(name)) : []
  return Object.fromEntries(entries) as { readonly [name: string]: never }
}

function testValue({ tokens, tests, value }: Pick<Spot, 'tokens' | 'tests' | 'value'>): Pick<SetBack, 'tests'> {
  return { tests: [...dropWithin(tests, tokens), { op: 'test', path: toPointer(tokens), value: value ?? null }] }
}

/** The value itself says it all: tests of it or of its parts are left out. */
function dropWithin(tests: readonly Op[], tokens: readonly Token[]): readonly Op[] {
  const pointer = toPointer(tokens)
  return tests.filter(({ path }) => path !== pointer && !path.startsWith(`${pointer}/`))
}

function lookAt(root: JsonObject, tokens: readonly Token[]): Json | undefined {
  return tokens.reduce<Json | undefined>(
    (at, token) => (isList(at) ? at[Number(token)] : isObject(at) ? at[String(token)] : undefined),
    root,
  )
}

function countAt(root: JsonObject, tokens: readonly Token[]): number {
  const value = lookAt(root, tokens)
  return isList(value) ? value.length : isObject(value) ? Object.keys(value).length : 0
}
