import { isObject } from '../../compare/json.ts'
import type { Json, JsonObject } from '../../model.ts'

/** The objects of a list; none when it is something else. RBAC objects are read from a cluster that may hold anything. */
export function listObjects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The texts of a list; none when it is something else. */
export function listTexts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** A text, or the empty text when it is something else. */
export function readText(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A map, or an empty one when it is something else. */
export function readObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
