type Schema = { readonly [key: string]: unknown }

/**
 * The description with request bodies that take no other properties than those it names. GitHub passes over what it does not
 * know, so a mistyped `asignees` would look like a success.
 */
export function closeRequestBodies(description: object): object {
  const copy = structuredClone(description) as { paths: Record<string, Record<string, { requestBody?: RequestBody }>> }
  for (const methods of Object.values(copy.paths)) {
    for (const { requestBody } of Object.values(methods)) {
      const json = requestBody?.content['application/json']
      if (json !== undefined) json.schema = close(json.schema)
    }
  }
  return copy
}

/**
 * The description with what its own prose says of `created`: a range of dates, which its format forbids.
 * @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export function allowDateRanges<Described extends { readonly components: { readonly parameters: { readonly created: object } } }>(
  description: Described,
): Described {
  const created = { ...description.components.parameters.created, schema: { type: 'string' } }
  return { ...description, components: { ...description.components, parameters: { ...description.components.parameters, created } } }
}

type RequestBody = { content: Record<string, { schema: Schema }> }

function close(schema: Schema): Schema {
  const choices = Array.isArray(schema.oneOf) ? { oneOf: schema.oneOf.map(close) } : {}
  const open = schema.type === 'object' && schema.additionalProperties === undefined
  return { ...schema, ...choices, ...(open ? { additionalProperties: false } : {}) }
}
