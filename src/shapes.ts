import { isObject } from './compare/json.ts'
import type { Json, JsonObject } from './model.ts'

/** The value as an object; an empty one when it is something else. For walking into answers of unknown shape. */
export function toObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

/** The value as a list; an empty one when it is something else. */
export function toList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** The value as a non-empty string; null when it is something else. */
export function toText(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The strings of a list; anything else in it is left out. */
export function toTexts(value: Json | undefined): readonly string[] {
  return toList(value).filter((item) => typeof item === 'string')
}

/** The objects of a list; anything else in it is left out. */
export function toObjects(value: Json | undefined): readonly JsonObject[] {
  return toList(value).filter(isObject)
}
