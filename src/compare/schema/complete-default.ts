import type { Json, JsonObject } from '../../model.ts'
import { isList, isObject } from '../json.ts'
import { followReferences, type OpenApiDocument } from './open-api-document.ts'

/** Far beyond any real schema. What a document that refers to itself would fill in without end is cut off. */
const MOST_VALUES = 10_000
const MOST_LEVELS = 100

/**
 * A default as the API server stores it: it fills in the defaults of the fields within, too. Of `spec: {default: {}}`
 * with `replicas: {default: 1}` comes `{replicas: 1}`.
 *
 * @param schema that the default stands in
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function completeDefault(schema: JsonObject, document: OpenApiDocument): Json | undefined {
  let left = MOST_VALUES

  function complete(given: Json | undefined, value: Json, level: number): Json {
    if (level > MOST_LEVELS || left-- <= 0) return value
    const at = followReferences(given, document)
    if (at === null) return value
    if (isList(value)) return value.map((item) => complete(at.items, item, level + 1))
    if (!isObject(value)) return value
    const properties = isObject(at.properties) ? at.properties : {}
    const schemaOf = (name: string) => (Object.hasOwn(properties, name) ? properties[name] : at.additionalProperties)
    const missing = Object.keys(properties).flatMap((name): [string, Json][] => {
      const fallback = Object.hasOwn(value, name) ? undefined : followReferences(properties[name], document)?.default
      return fallback === undefined ? [] : [[name, fallback]]
    })
    const entries = [...Object.entries(value), ...missing]
    return Object.fromEntries(entries.map(([name, item]) => [name, complete(schemaOf(name), item, level + 1)]))
  }

  return schema.default === undefined ? undefined : complete(schema, schema.default, 0)
}
