/** An object of an OpenAPI document. */
export type Node = { readonly [key: string]: unknown }

/** Prose, examples and what only GitHub's own tools read. */
const NOISE = new Set(['example', 'examples', 'summary', 'tags', 'externalDocs', 'nullable'])
/** What holds things by name: a property called `example` is none. */
const NAMED = new Set(['properties', 'responses', 'headers', 'content'])
/** What is data, not description. */
const DATA = new Set(['enum', 'default', 'required'])

/** True for a plain object. */
export function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A part of an OpenAPI 3.0 document without noise, and with `nullable` said as JSON Schema says it, which ajv demands. */
export function convertNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convertNode)
  if (!isObject(node)) return node
  const kept = Object.entries(node).filter(([key]) => !NOISE.has(key) && !key.startsWith('x-') && !isProse(node, key))
  const converted = Object.fromEntries(
    kept.map(([key, value]) => {
      if (DATA.has(key)) return [key, value]
      return [key, NAMED.has(key) && isObject(value) ? convertNamed(value) : convertNode(value)]
    }),
  )
  return node.nullable === true ? allowNull(converted) : converted
}

function convertNamed(entries: Node): Node {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, convertNode(value)]))
}

/** A response is the one thing that must have a description; it has neither a type nor a place. */
function isProse(node: Node, key: string): boolean {
  return key === 'description' && typeof node.description === 'string' && !isResponse(node)
}

function isResponse(node: Node): boolean {
  return Object.keys(node).every((key) => ['description', 'content', 'headers', 'links'].includes(key) || key.startsWith('x-'))
}

function allowNull(schema: Node): Node {
  const simple = typeof schema.type === 'string' && !['$ref', 'enum', 'allOf', 'anyOf', 'oneOf'].some((key) => key in schema)
  return simple ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] }
}
