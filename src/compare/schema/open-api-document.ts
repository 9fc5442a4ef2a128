import type { Json, JsonObject } from '../../model.ts'
import { isList, isObject } from '../json.ts'

/** What all schemas of one document share. */
export type OpenApiDocument = {
  /** The API group whose kinds are described; some groups are known for durations that nothing else marks. */
  readonly group: string
  /** The schema that a `$ref` names; undefined when the document has none of that name. */
  readonly resolve: (ref: string) => Json | undefined
}

/** References that lead in circles lead nowhere. */
const MAX_REFERENCES = 20
/** The server names it with and without a version of its own. */
const OBJECT_META = /\.ObjectMeta(_v2)?$/
const QUANTITY = /\.resource\.Quantity$/

/**
 * Follows references to a schema, and keeps what stands beside them: OpenAPI wraps a reference in `allOf` to add a default.
 *
 * @returns null when there is no schema at the end
 */
export function followReferences(given: Json | undefined, document: OpenApiDocument): JsonObject | null {
  let at = given
  let around: JsonObject = {}
  for (let hops = 0; hops < MAX_REFERENCES; hops++) {
    if (!isObject(at)) return null
    const ref = findReference(at)
    if (ref === null) return { ...at, ...around }
    const { $ref, allOf, ...beside } = at
    // What stands around a reference says more than what it leads to.
    around = { ...beside, ...around }
    if (QUANTITY.test(ref)) return { 'x-kubernetes-int-or-string': true, format: 'quantity', ...around }
    at = document.resolve(ref)
  }
  return null
}

/** Whether a schema is the metadata of an object. */
export function isObjectMeta(given: Json | undefined): boolean {
  const ref = isObject(given) ? findReference(given) : null
  return ref !== null && OBJECT_META.test(ref)
}

function findReference(schema: JsonObject): string | null {
  if (typeof schema.$ref === 'string') return schema.$ref
  const [first, ...others] = isList(schema.allOf) ? schema.allOf : []
  return others.length === 0 && isObject(first) && typeof first.$ref === 'string' ? first.$ref : null
}
