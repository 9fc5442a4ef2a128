import { findElement, isList, isObject } from '../compare/json.ts'
import type { Json, JsonObject, Path, PathStep } from '../model.ts'

/** What stands at a path; undefined where nothing does. */
export type Placed = { readonly path: Path; readonly value: Json | undefined }

/** Everything that is to be put below one place. */
type Branch = { readonly step: PathStep; placed: { readonly value: Json | undefined } | null; readonly below: Map<string, Branch> }

/**
 * A copy of an object with values put at many places at once, or taken out where there is none. As `setAt` does for one,
 * maps and keyed elements that are missing on the way are made. Thousands of places in one map would otherwise copy it
 * thousands of times.
 */
export function putAll(object: JsonObject, values: readonly Placed[]): JsonObject {
  const root: Branch = { step: { index: 0 }, placed: null, below: new Map() }
  for (const { path, value } of values) {
    let at = root
    for (const step of path) {
      const name = JSON.stringify(step, (_, child) => (typeof child === 'bigint' ? child.toString() : child))
      const next = at.below.get(name) ?? { step, placed: null, below: new Map<string, Branch>() }
      at.below.set(name, next)
      at = next
    }
    at.placed = { value }
    at.below.clear()
  }
  const done = put(object, root)
  return isObject(done) ? done : object
}

function put(from: Json | undefined, branch: Branch): Json | undefined {
  const at = branch.placed === null ? from : branch.placed.value
  const branches = [...branch.below.values()]
  if (branches.length === 0) return at
  const fields = branches.filter(({ step }) => 'field' in step)
  const elements = branches.filter(({ step }) => !('field' in step))
  return elements.length === 0 ? putFields(at, fields) : putElements(at, elements)
}

function putFields(at: Json | undefined, branches: readonly Branch[]): Json | undefined {
  const map = new Map(Object.entries(isObject(at) ? at : {}))
  for (const branch of branches) {
    const { field } = branch.step as { readonly field: string }
    const value = put(map.get(field), branch)
    if (value === undefined) map.delete(field)
    else map.set(field, value)
  }
  // Taking out what is not there must not leave empty maps behind.
  return at === undefined && map.size === 0 ? undefined : Object.fromEntries(map)
}

function putElements(at: Json | undefined, branches: readonly Branch[]): Json | undefined {
  const list = isList(at) ? at : []
  const copy: (Json | undefined)[] = [...list]
  for (const branch of branches) {
    const { step } = branch
    const index = findElement(list, step)
    const value = put(index >= 0 ? list[index] : 'key' in step && !isRemoval(branch) ? step.key : undefined, branch)
    if (index >= 0) copy[index] = value
    else if (value !== undefined) copy.push(value)
  }
  const left = copy.filter((item) => item !== undefined)
  return at === undefined && left.length === 0 ? undefined : left
}

/** Whether nothing but taking out is to be done below a place. */
function isRemoval({ placed, below }: Branch): boolean {
  return (placed === null || placed.value === undefined) && [...below.values()].every(isRemoval)
}
