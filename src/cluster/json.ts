import type { Json } from '../model.ts'

// Only a number of 16 digits or more can lie beyond 2^53; the look-around keeps digits inside most strings from costing anything.
const LONG_INTEGER = /[:[,]\s*-?\d{16,}/

/**
 * Parses JSON without losing a digit: integers beyond 2^53 become `bigint`.
 * The slower way with a reviver (https://tc39.es/proposal-json-parse-with-source/) is taken only when the text shows a long number.
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): Json {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text) as Json
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source
    return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value
  }) as Json
}
