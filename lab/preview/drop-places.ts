import type { Json, JsonObject, Path } from '../../src/model.ts'
import { isMap, look } from '../places.ts'

/** An object without some places of it. */
export function dropPlaces(object: JsonObject, paths: readonly Path[]): JsonObject {
  // From the end of a list, so that no place moves before its turn.
  const inTurn = paths.toSorted((one, other) => lastIndex(other) - lastIndex(one))
  return (inTurn.reduce<Json | undefined>((left, path) => drop(left, path), object) ?? {}) as JsonObject
}

function lastIndex(path: Path): number {
  const step = path.findLast((one) => 'index' in one)
  return step !== undefined && 'index' in step ? step.index : -1
}

function drop(here: Json | undefined, [step, ...rest]: Path): Json | undefined {
  if (step === undefined || here === undefined) return undefined
  const child = look(here, [step])
  if (child === undefined) return here
  const left = drop(child, rest)
  if (isMap(here) && 'field' in step) {
    const { [step.field]: _, ...others } = here
    return left === undefined ? others : { ...others, [step.field]: left }
  }
  if (!Array.isArray(here)) return here
  return (here as readonly Json[]).flatMap((one) => (one !== child ? [one] : left === undefined ? [] : [left]))
}
