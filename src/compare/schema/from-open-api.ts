import type { Json, JsonObject } from '../../model.ts'
import { getOwn, isList, isObject } from '../json.ts'
import type { OpenApiDocument } from './open-api-document.ts'
import { makeOpenApiSchema } from './open-api-node.ts'
import type { Schema } from './schema.ts'

/** Schemas by kind, named as `example.com/v1/Thing`. */
export type SchemasByKind = ReadonlyMap<string, Schema>

const COMPONENTS = '#/components/schemas/'

/**
 * Reads the kinds of one group and version from what the API server answers at `/openapi/v3/apis/GROUP/VERSION`. Takes any
 * JSON: what is not understood is left out, or `any` within a kind.
 *
 * Meant for custom resources, which are stored as they are written. Of built-in kinds it tells fields and lists; that Go
 * drops what is empty is in the generated table only.
 */
export function readOpenApi(document: Json): SchemasByKind {
  const components = isObject(document) && isObject(document.components) ? document.components.schemas : undefined
  const schemas = isObject(components) ? components : {}
  const resolve = (ref: string) => {
    const name = ref.startsWith(COMPONENTS) ? ref.slice(COMPONENTS.length) : ''
    return getOwn(schemas, name)
  }
  return new Map(
    Object.values(schemas).flatMap((schema) =>
      listKinds(schema).map(({ group, version, kind }): [string, Schema] => [
        nameKind(group, version, kind),
        makeRoot(schema, { group, resolve }),
      ]),
    ),
  )
}

/**
 * Reads the kinds that CustomResourceDefinitions define, in every version of theirs; other objects are passed over. For
 * where no API server can be asked.
 */
export function readDefinitions(objects: readonly JsonObject[]): SchemasByKind {
  return new Map(
    objects.filter(({ kind }) => kind === 'CustomResourceDefinition').flatMap(({ spec }) => (isObject(spec) ? readDefinition(spec) : [])),
  )
}

function readDefinition(spec: JsonObject): [string, Schema][] {
  const { group, names, versions } = spec
  const kind = isObject(names) ? names.kind : undefined
  if (typeof group !== 'string' || typeof kind !== 'string' || !isList(versions)) return []
  return versions.filter(isObject).flatMap(({ name, schema }): [string, Schema][] => {
    if (typeof name !== 'string') return []
    const root = isObject(schema) ? schema.openAPIV3Schema : undefined
    return [[nameKind(group, name, kind), makeRoot(root, { group, resolve: () => undefined })]]
  })
}

/** A definition without a schema is answered as an `object` and no more; the API server keeps whatever such objects hold. */
function makeRoot(schema: Json | undefined, document: OpenApiDocument): Schema {
  const known = isObject(schema) ? schema : {}
  const isBare = !isObject(known.properties)
  const root = isBare ? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } : known
  return makeOpenApiSchema({ ...root, 'x-kubernetes-embedded-resource': true }, '', document)
}

type Kind = { readonly group: string; readonly version: string; readonly kind: string }

/** Lists name several kinds; what is no kind names none. Options and the like name every group there is. */
function listKinds(schema: Json): readonly Kind[] {
  const named = isObject(schema) ? schema['x-kubernetes-group-version-kind'] : undefined
  const [first, ...others] = isList(named) ? named : []
  if (!isObject(first) || others.length > 0) return []
  const { group, version, kind } = first
  return typeof group === 'string' && typeof version === 'string' && typeof kind === 'string' ? [{ group, version, kind }] : []
}

function nameKind(group: string, version: string, kind: string): string {
  return group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`
}
