import type { Json } from '../model.ts'
import { narrowInteger } from './resolve-scalar.ts'

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

/**
 * Parses a text that looks like a JSON object or list, keeping integers beyond 2^53 whole. Kubernetes' own decoder
 * tries JSON first for a text that starts with a brace, and YAML when that fails.
 * @returns the value; undefined when the text is not JSON
 */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    // The reviver's third argument (the source text) is newer than TypeScript's own declaration of JSON.parse.
    return JSON.parse(text, keepInteger as (key: string, value: unknown) => unknown) as Json
  } catch (error) {
    // Revivers recurse, and JSON.parse alone does not: what is too deep is refused where it is known which object it is.
    return error instanceof RangeError && !/\d{16}/.test(text) ? (JSON.parse(text) as Json) : undefined
  }
}

const keepInteger: Reviver = (_key, value, { source }) => {
  // Kubernetes reads -0 as 0.
  if (value === 0) return 0
  if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value
  return /^-?\d+$/.test(source) ? narrowInteger(BigInt(source)) : value
}
