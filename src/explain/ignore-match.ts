import { matchesGlob } from '../compare/glob.ts'
import { getAt, isList, isObject } from '../compare/json.ts'
import type { IgnoreStep, Json, JsonObject, Path } from '../model.ts'

/** Both sides of the object that a path leads into; what a rule says about list elements is looked up in them. */
export type MatchSides = { readonly desired?: JsonObject; readonly live?: JsonObject }

/**
 * Whether a rule's path covers a finding's: it names the very place, or one above it. A finding above the rule's place is
 * never covered: an added map may hold more than what the rule speaks of. So no path covers a whole object.
 *
 * All ways to read the pattern are followed at once, since deep objects and several `**` would multiply them.
 */
export function coversPath(pattern: readonly IgnoreStep[], path: Path, sides: MatchSides): boolean {
  let reached = skipDepth(pattern, new Set([0]))
  for (const depth of path.keys()) {
    const next = new Set<number>()
    for (const at of reached) {
      const step = pattern[at]
      if (step === undefined) continue
      if ('any' in step && step.any === 'depth') next.add(at)
      else if (fitsStep(step, path, depth, sides)) next.add(at + 1)
    }
    reached = skipDepth(pattern, next)
    if (reached.has(pattern.length)) return true
  }
  return false
}

/** `**` may stand for no step at all. */
function skipDepth(pattern: readonly IgnoreStep[], reached: Set<number>): Set<number> {
  for (const at of reached) {
    const step = pattern[at]
    // What is added to a set while it is walked is walked too.
    if (step !== undefined && 'any' in step && step.any === 'depth') reached.add(at + 1)
  }
  return reached
}

function fitsStep(wanted: IgnoreStep, path: Path, depth: number, sides: MatchSides): boolean {
  const step = path[depth]
  if (step === undefined) return false
  if ('any' in wanted) return true
  if ('field' in step) {
    return 'field' in wanted ? matchesGlob(wanted.field, step.field) : 'token' in wanted && wanted.token === step.field
  }
  const place = path.slice(0, depth + 1)
  if ('index' in wanted) return findPlace(place, sides.desired) === wanted.index
  if ('token' in wanted) return String(findPlace(place, sides.desired)) === wanted.token
  const elements = [sides.desired, sides.live].map((side) => getAt(side, place)).filter((element) => element !== undefined)
  if ('value' in wanted)
    return 'value' in step ? fitsText(wanted.value, step.value) : fitAll(elements, (element) => fitsText(wanted.value, element))
  if (!('element' in wanted)) return false
  const key = 'key' in step ? step.key : {}
  return wanted.element.every(([name, glob]) =>
    Object.hasOwn(key, name)
      ? fitsText(glob, key[name])
      : fitAll(elements, (element) => isObject(element) && Object.hasOwn(element, name) && fitsText(glob, element[name])),
  )
}

/** Where the element stands in the list as Git declares it; null when it is not in it. */
function findPlace(path: Path, desired: JsonObject | undefined): number | null {
  const last = path.at(-1)
  if (last !== undefined && 'index' in last) return last.index
  const list = getAt(desired, path.slice(0, -1))
  const element = getAt(desired, path)
  return isList(list) && element !== undefined ? list.indexOf(element) : null
}

/** Both sides must fit, where both have the element: or a changed name would carry an element under a rule. */
function fitAll(elements: readonly Json[], fits: (element: Json) => boolean): boolean {
  return elements.length > 0 && elements.every(fits)
}

/** Numbers and truth values by their text: `[port=80]` and `[port="80"]` are one and the same rule. */
function fitsText(glob: string, value: Json | undefined): boolean {
  return value !== undefined && (value === null || typeof value !== 'object') && matchesGlob(glob, String(value))
}
