import { convertNode, isObject, type Node } from './convert.ts'

/** An OpenAPI 3.0 document, as far as pruning looks at it. */
export type Description = {
  readonly info: Node
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } }
  readonly components: { readonly [section: string]: { readonly [name: string]: unknown } }
}

/**
 * The document with the named operations and what they refer to, directly or not, in the order of the whole; as OpenAPI 3.1, where
 * a type may be a list and null is one of them.
 * @throws when the whole does not have an operation, or something that is referred to.
 */
export function pruneDescription(whole: Description, operationIds: readonly string[]): Node {
  const paths = pickOperations(whole, new Set(operationIds))
  const wanted = collectReferences(whole, paths)
  const sections = Object.entries(whole.components).map(([section, entries]) => [
    section,
    Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => wanted.has(`#/components/${section}/${name}`))
        .map(([name, entry]) => [name, convertNode(entry)]),
    ),
  ])
  const { version, title, license } = whole.info
  return {
    openapi: '3.1.0',
    info: { version, title, license },
    paths,
    components: Object.fromEntries(sections.filter(([, entries]) => Object.keys(entries as Node).length > 0)),
  }
}

function pickOperations(whole: Description, operationIds: ReadonlySet<string>): Node {
  const found = new Set<string>()
  const paths: Record<string, Node> = {}
  for (const [path, methods] of Object.entries(whole.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!isObject(operation) || typeof operation.operationId !== 'string' || !operationIds.has(operation.operationId)) continue
      found.add(operation.operationId)
      paths[path] = { ...paths[path], [method]: convertNode(operation) }
    }
  }
  const missing = [...operationIds].filter((id) => !found.has(id))
  if (missing.length > 0) throw new Error(`The description has no operation ${missing.join(', ')}.`)
  return paths
}

/** All references that can be reached, `#/components/SECTION/NAME`. */
function collectReferences(whole: Description, start: Node): ReadonlySet<string> {
  const seen = new Set<string>()
  const todo: unknown[] = [start]
  while (todo.length > 0) {
    const node = todo.pop()
    if (typeof node !== 'object' || node === null) continue
    const reference = '$ref' in node && typeof node.$ref === 'string' ? node.$ref : null
    if (reference !== null && !seen.has(reference)) {
      seen.add(reference)
      todo.push(convertNode(lookUp(whole, reference)))
    }
    todo.push(...Object.values(node))
  }
  return seen
}

function lookUp(whole: Description, reference: string): unknown {
  const [, , section = '', name = ''] = reference.split('/')
  const entry = whole.components[section]?.[name]
  if (entry === undefined) throw new Error(`The description refers to ${reference}, which it does not have.`)
  return entry
}
