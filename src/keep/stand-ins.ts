import type { Json, JsonObject } from '../model.ts'
import type { KnownKey } from './keys.ts'
import { applyOperations, mergeMaps, type Operation, toOverride } from './operations.ts'

/** A value that is put in place of another, and known again wherever a template puts it. */
export type StandIn = KnownKey & { readonly text: string; readonly stands: Json }

const NUMBERS_FROM = 31_000

/** Forms that templates may insist on, each with a stand-in of the same form. */
const FORMS: readonly (readonly [form: RegExp, make: (value: string, number: number) => string])[] = [
  [/^-?\d+$/, (_value, number) => String(NUMBERS_FROM + number)],
  [/^v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.-]+)?$/, (value, number) => `${value.startsWith('v') ? 'v' : ''}9.${NUMBERS_FROM + number}.9`],
  [/^\d+(?:\.\d+)?(?:m|[kKMGT]i?|ms|s|h|d)$/, (value, number) => `${NUMBERS_FROM + number}${value.replace(/^[\d.]+/, '')}`],
  [/^[a-z]+:\/\//, (value, number) => `${value.slice(0, value.indexOf('://'))}://plumbline${NUMBERS_FROM + number}z`],
]

/** A stand-in for the value of a key, told from all others by its number. A boolean is stood for by a text. */
export function makeStandIn({ key, value }: KnownKey, number: number): StandIn {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { key, value, text: String(NUMBERS_FROM + number), stands: NUMBERS_FROM + number }
  }
  const text = typeof value === 'string' ? imitate(value, number) : `plumbline${NUMBERS_FROM + number}z`
  return { key, value, text, stands: text }
}

function imitate(value: string, number: number): string {
  const make = FORMS.find(([form]) => form.test(value))?.[1]
  return make === undefined ? `plumbline${NUMBERS_FROM + number}z` : make(value, number)
}

/** Values that put all stand-ins in place, those of maps before those of what is in them. */
export function overrideWith(values: JsonObject, standIns: readonly StandIn[]): JsonObject {
  const operations = standIns
    .toSorted((a, b) => a.key.length - b.key.length)
    .map(({ key, stands }): Operation => ({ op: 'set', key, value: stands }))
  const edited = applyOperations(values, operations)
  return operations.reduce<JsonObject>((all, operation) => mergeMaps(all, toOverride(edited, [operation])), {})
}
