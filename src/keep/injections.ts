import { getAt, isComposite, isEmpty, isList, isObject, isSame, setAt } from '../compare/json.ts'
import type { Finding, Json, JsonObject, Path } from '../model.ts'
import type { KnownKey } from './keys.ts'
import { findOperations, type Operation } from './operations.ts'
import { solve } from './solve.ts'
import type { StandIn } from './stand-ins.ts'

/** What is put into a key to see where it comes out: an entry of a map, an element of a list, or a value of its own. */
export type Injection = StandIn & { readonly shape: Shape; readonly name: string; readonly filling: string }
export type Shape = 'entry' | 'item' | 'whole'

/** Something that live has more than Git: `items` go into the list or map at `container`, under their own names. */
type Addition = { readonly container: Path; readonly items: readonly Json[]; readonly isElement: boolean }

/** What of a finding is an addition; null where it is none. */
export function findAddition({ path, desired, live }: Finding): Addition | null {
  const last = path.at(-1)
  if (last === undefined || live === undefined) return null
  if (isList(desired) && isList(live)) {
    const items = live.filter((one) => !desired.some((other) => isSame(one, other)))
    const isLonger = live.length === desired.length + items.length
    return isLonger && items.length > 0 ? { container: path, items, isElement: true } : null
  }
  if (desired !== undefined) return null
  if (isList(live)) return { container: path, items: live, isElement: true }
  return { container: path.slice(0, -1), items: [live], isElement: !('field' in last) }
}

/** The ways to put something into a key for a finding, the likeliest first. Text with content in it is no place for it. */
export function makeInjections(known: KnownKey, finding: Finding, number: number): readonly Injection[] {
  const { value } = known
  const addition = findAddition(finding)
  if (addition === null) return []
  const isOpen = value === undefined || value === null || value === '' || isEmpty(value)
  const [sample = null] = addition.items
  const name = `PLUMBLINE${31_000 + number}Z`
  const filling = `plumbline${31_000 + number}z`
  const make = (shape: Shape, text: string, stands: Json): Injection => ({ ...known, shape, name, filling, text, stands })
  const shapes: Injection[] = []
  if (isList(value) || (isOpen && !isObject(value) && addition.isElement)) {
    const [like] = isList(value) ? value : []
    if (like === undefined || isAlike(like, sample))
      shapes.push(make('item', name, [...(isList(value) ? value : []), rename(sample, finding, name)]))
  }
  if (isObject(value) || (isOpen && !isList(value))) {
    shapes.push(make('entry', name, { ...(isObject(value) ? value : {}), [name]: filling }))
  }
  if (isOpen && !isComposite(value ?? '') && !isComposite(sample) && !addition.isElement) {
    const whole = typeof sample === 'number' ? 31_000 + number : filling
    shapes.unshift(make('whole', String(whole), whole))
  }
  return shapes
}

function isAlike(one: Json, other: Json): boolean {
  if (isObject(one) && isObject(other)) return Object.keys(one).some((name) => Object.hasOwn(other, name))
  return isComposite(one) === isComposite(other)
}

/** The element that was added, under another name. */
function rename(item: Json, { path }: Finding, name: string): Json {
  if (!isObject(item)) return isList(item) ? [name] : name
  const last = path.at(-1)
  const keys = last !== undefined && 'key' in last ? Object.keys(last.key) : []
  const named = keys.filter((key) => typeof item[key] === 'string')
  const [field] = named.length > 0 ? named : Object.keys(item).filter((key) => typeof item[key] === 'string')
  return field === undefined ? { ...item, name } : { ...item, [field]: name }
}

/**
 * Reads from a render where an injection came out, and tells the edit that would put there what is live.
 *
 * @param rendered the finding's object, prepared
 * @returns nothing where it came out elsewhere, or not at all
 */
export function readInjection(injection: Injection, finding: Finding, rendered: JsonObject): readonly (readonly Operation[])[] {
  const addition = findAddition(finding)
  if (addition === null) return []
  if (injection.shape === 'whole') return readWhole(injection, finding, rendered)
  const place = findMark(rendered, injection.name)
  if (place === null) return []
  const { path } = finding
  const length = [...path.keys(), path.length].find((at) => getAt(rendered, path.slice(0, at)) === place.holder)
  if (length === undefined) return []
  const { key, value } = injection
  if (injection.shape === 'item') {
    if (length !== addition.container.length) return []
    if (!isList(value)) return [[{ op: 'set', key, value: addition.items }]]
    return [addition.items.map((item) => ({ op: 'append', key, value: item }))]
  }
  return place.item === null
    ? setEntry(injection, finding, path.slice(length))
    : length === addition.container.length
      ? nameEntries(injection, addition.items, place.item)
      : []
}

function setEntry({ key, value }: Injection, { live }: Finding, rest: Path): readonly (readonly Operation[])[] {
  const before = isObject(value) ? value : {}
  const after = rest.length === 0 ? (isObject(live) ? { ...before, ...live } : null) : setAt(before, rest, live)
  if (after === null || after === undefined) return []
  return [isObject(value) ? findOperations(key, before, after) : [{ op: 'set', key, value: after }]]
}

/** A map whose entries become elements of a list, as with `env: {NAME: value}`. */
function nameEntries(injection: Injection, items: readonly Json[], rendered: Json): readonly (readonly Operation[])[] {
  const { key, name, filling } = injection
  const standIns: readonly StandIn[] = [
    { ...injection, text: name, stands: name },
    { ...injection, text: filling, stands: filling },
  ]
  const operations = items.map((item): Operation | null => {
    const solved = solve(rendered, rendered, item, standIns)
    const [title, value] = [name, filling].map((text) => solved?.find(({ standIn }) => standIn.text === text)?.live)
    if (typeof title === 'string' && value !== undefined) return { op: 'set', key: [...key, title], value }
    if (!isObject(item) || typeof item.name !== 'string') return null
    const { name: own, ...rest } = item
    return { op: 'set', key: [...key, own as string], value: rest }
  })
  return operations.every((operation) => operation !== null) ? [operations] : []
}

function readWhole(injection: Injection, { path, live }: Finding, rendered: JsonObject): readonly (readonly Operation[])[] {
  const there = getAt(rendered, path)
  const solved = solve(there, there, live, [injection])
  const [only] = solved ?? []
  return only === undefined ? [] : [[{ op: 'set', key: injection.key, value: only.live }]]
}

type Mark = { readonly holder: Json; readonly item: Json | null }

/** What holds a mark: the map that has it as a field, or the list in one of whose elements it is. */
function findMark(root: Json, mark: string): Mark | null {
  if (isList(root)) {
    for (const item of root) {
      if (item === mark || (isObject(item) && Object.values(item).some((value) => typeof value === 'string' && value.includes(mark)))) {
        return { holder: root, item }
      }
      const below = isComposite(item) ? findMark(item, mark) : null
      if (below !== null) return below
    }
    return null
  }
  if (!isObject(root)) return null
  if (Object.hasOwn(root, mark)) return { holder: root, item: null }
  for (const value of Object.values(root)) {
    const below = isComposite(value) ? findMark(value, mark) : null
    if (below !== null) return below
  }
  return null
}
