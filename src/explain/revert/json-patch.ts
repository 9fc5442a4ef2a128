import type { Json, JsonObject } from '../../model.ts'
import { writeJson } from './json-text.ts'

/** One step of a JSON patch (RFC 6902). A `test` for null is met where there is nothing: the API server sees it so. */
export type Op =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
/** A name in a map, or a place in a list. */
export type Token = string | number

/** RFC 6901. */
export function toPointer(tokens: readonly Token[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** A patch as text. Tests that occur twice are kept once. */
export function writePatch(ops: readonly Op[]): string {
  const texts = ops.map((op) => writeJson(op as unknown as JsonObject))
  return `[${[...new Set(texts)].join(',')}]`
}
