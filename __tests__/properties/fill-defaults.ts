import { findConditionalDefault } from '../../src/compare/conditional-defaults.ts'
import { isList, isObject } from '../../src/compare/json.ts'
import { toKindName } from '../../src/compare/pattern.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject, Path } from '../../src/model.ts'

/** What the API server makes of a manifest: every default that the tables or the code know is put in where nothing stands. */
export function fillDefaults(schema: Schema, object: JsonObject): JsonObject {
  const kind = toKindName(object as { apiVersion: string; kind: string })
  const fill = (value: Json, at: Schema, path: Path, pattern: string): Json => {
    if (isList(value)) return value.map((item, index) => fill(item, at.items!, [...path, { index }], `${pattern}[]`))
    if (!isObject(value) || at.type !== 'struct') return value
    const filled: { [name: string]: Json } = {}
    for (const name of at.fieldNames) {
      const field = at.field(name)!
      const place = [[...path, { field: name }], pattern === '' ? name : `${pattern}.${name}`] as const
      const given = value[name] ?? field.default ?? findConditionalDefault(kind, object, ...place)
      if (given !== undefined) filled[name] = fill(given, field, ...place)
    }
    return { ...value, ...filled }
  }
  return fill(object, schema, [], '') as JsonObject
}
