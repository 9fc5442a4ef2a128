import type { Json } from '../model.ts'
import { parseDuration } from './duration.ts'
import { isList, isObject, isSame } from './json.ts'
import { parseQuantity } from './quantity.ts'
import type { Schema } from './schema/schema.ts'

/** Whether two values are the same to the API server: equal, or equal in another spelling that the schema allows. */
export function isSameValue(schema: Schema, a: Json, b: Json): boolean {
  if (isSame(a, b) || isSameSpelling(schema, a, b)) return true
  return schema.emptyIsAbsent && isAbsent(schema, a) && isAbsent(schema, b)
}

function isSameSpelling({ format }: Schema, a: Json, b: Json): boolean {
  if (format === null) return false
  if (format === 'bytes') return typeof a === 'string' && typeof b === 'string' && isSameBytes(a, b)
  const parse = format === 'duration' ? parseDuration : (value: Json) => parseQuantity(value, format === 'milli-quantity')
  const parsed = parse(a)
  return parsed !== null && parsed === parse(b)
}

/** Base64 may be wrapped over lines; the bytes are what counts. */
function isSameBytes(a: string, b: string): boolean {
  return a.length === b.length ? a === b : a.replace(/\s+/g, '') === b.replace(/\s+/g, '')
}

/**
 * Whether declaring a value is the same as leaving it out: typed APIs drop what is empty or zero unless the field is a
 * pointer. Custom resources keep it.
 */
export function isAbsent(schema: Schema, value: Json): boolean {
  if (value === null) return true
  if (!schema.emptyIsAbsent) return false
  if (isList(value)) return value.length === 0
  if (isObject(value)) {
    for (const name in value) {
      const field = schema.field(name)
      if (field === undefined || !isAbsent(field, value[name] ?? null)) return false
    }
    return true
  }
  if (schema.format === 'quantity' || schema.format === 'milli-quantity') return parseQuantity(value) === 0n
  return value === '' || value === 0 || value === false
}
