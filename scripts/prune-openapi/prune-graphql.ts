import { type DocumentNode, type FieldDefinitionNode, Kind, type NameNode, parse, print, type TypeNode } from 'graphql'

/** Fields by type: what is kept of GitHub's GraphQL schema. An enum or an input type that they name is kept whole. */
export type KeptFields = { readonly [type: string]: readonly string[] }

/**
 * The parts of a GraphQL schema that are named, with the enums and input types of their arguments, without prose.
 * @throws when the whole does not have a type or a field
 */
export function pruneSchema(whole: string, kept: KeptFields): string {
  const { definitions } = parse(whole, { noLocation: true })
  const named = new Map(
    definitions.flatMap((one) => ('name' in one && one.name !== undefined ? [[(one.name as NameNode).value, one]] : [])),
  )
  const types = Object.entries(kept).map(([type, fields]) => {
    const definition = named.get(type)
    if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`The schema has no type ${type}.`)
    const picked = fields.map((name) => definition.fields?.find((field) => field.name.value === name) ?? missing(type, name))
    const { description: _, directives: __, ...rest } = definition
    return { ...rest, interfaces: [], fields: picked.map(withoutProse) }
  })
  const inputs = types.flatMap(({ fields }) => fields).flatMap((field) => (field.arguments ?? []).map(({ type }) => nameOf(type)))
  const wanted = new Map<string, NonNullable<ReturnType<typeof named.get>>>()
  for (const todo = [...inputs, ...types.flatMap(({ fields }) => fields.map(({ type }) => nameOf(type)))]; todo.length > 0; ) {
    const name = todo.pop() ?? ''
    const definition = named.get(name)
    if (definition === undefined || definition.kind === Kind.OBJECT_TYPE_DEFINITION || wanted.has(name)) continue
    wanted.set(name, definition)
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) todo.push(...(definition.fields ?? []).map(({ type }) => nameOf(type)))
  }
  const document = { kind: Kind.DOCUMENT, definitions: [...types, ...[...wanted.values()].map(withoutProse)] } as DocumentNode
  return `${print(document)}\n`
}

/** Any part of a schema, without descriptions and directives, in it and below. */
function withoutProse<Node extends object>(node: Node): Node {
  const entries = Object.entries(node).filter(([key]) => key !== 'description' && key !== 'directives')
  return Object.fromEntries(entries.map(([key, value]) => [key, Array.isArray(value) ? value.map(withoutProse) : value])) as Node
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

function missing(type: string, field: string): FieldDefinitionNode {
  throw new Error(`The schema's type ${type} has no field ${field}.`)
}
