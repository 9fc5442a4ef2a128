import type { Json, JsonObject } from '../../model.ts'
import { isList, isObject } from '../json.ts'
import { ANY } from './any.ts'
import { findBuiltInSchema } from './built-in.ts'
import { completeDefault } from './complete-default.ts'
import { followReferences, isObjectMeta, type OpenApiDocument } from './open-api-document.ts'
import { findFormat } from './open-api-formats.ts'
import type { ListType, Schema } from './schema.ts'

/**
 * Turns one schema of an OpenAPI document into what the comparison needs. What cannot be understood becomes `any`, so a
 * hostile or broken document costs knowledge and never throws. Children are made when they are asked for.
 *
 * @param name of the field that it describes; empty for roots and the values of maps
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export function makeOpenApiSchema(given: Json | undefined, name: string, document: OpenApiDocument): Schema {
  if (isObjectMeta(given)) return getObjectMeta()
  const raw = followReferences(given, document)
  if (raw === null) return ANY
  const type = findType(raw)
  const fields = type === 'struct' ? collectFields(raw) : {}
  const remember = rememberByName<Schema | undefined>()
  const getDefault = rememberByName<Json | undefined>()
  return {
    type,
    format: findFormat(raw, name, document.group),
    list: findListType(raw),
    atomic: raw['x-kubernetes-map-type'] === 'atomic',
    // Custom resources are stored as they are written.
    emptyIsAbsent: false,
    keepsUnknown: type === 'map' || type === 'any' || raw['x-kubernetes-preserve-unknown-fields'] === true,
    get default() {
      return getDefault('', () => completeDefault(raw, document))
    },
    field: (field) => {
      if (type === 'any') return ANY
      if (type === 'map') return remember('*', () => makeOpenApiSchema(raw.additionalProperties, '', document))
      if (!Object.hasOwn(fields, field)) return undefined
      return remember(field, () => makeOpenApiSchema(fields[field], field, document))
    },
    fieldNames: Object.keys(fields),
    get items() {
      if (type === 'any') return ANY
      return type === 'list' ? remember('[]', () => makeOpenApiSchema(raw.items, name, document)) : undefined
    },
  }
}

/** The metadata of whatever is an object of its own is a typed struct of the API server, in custom resources too. */
function getObjectMeta(): Schema {
  return findBuiltInSchema({ apiVersion: 'v1', kind: 'ConfigMap' })?.field('metadata') ?? ANY
}

function findType(raw: JsonObject): Schema['type'] {
  // The second is how documents of built-in kinds tell a number or a string.
  if (raw['x-kubernetes-int-or-string'] === true || raw.format === 'int-or-string') return 'any'
  switch (raw.type ?? (isObject(raw.properties) ? 'object' : undefined)) {
    case 'object':
      return findObjectType(raw)
    case 'array':
      return 'list'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'number':
      return 'number'
    default:
      return 'any'
  }
}

function findObjectType(raw: JsonObject): Schema['type'] {
  if (raw['x-kubernetes-embedded-resource'] === true || isObject(raw.properties)) return 'struct'
  if (isObject(raw.additionalProperties)) return 'map'
  return raw.additionalProperties === true || raw['x-kubernetes-preserve-unknown-fields'] === true ? 'any' : 'struct'
}

/** What is an object of its own has these three fields, whether its schema lists them or not. */
function collectFields(raw: JsonObject): JsonObject {
  const properties = isObject(raw.properties) ? raw.properties : {}
  if (raw['x-kubernetes-embedded-resource'] !== true) return properties
  return { ...properties, apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { $ref: 'meta.ObjectMeta' } }
}

/**
 * Where no list type is given, the older patch strategy counts; without either a list is one value.
 *
 * @see https://github.com/kubernetes/kube-openapi/blob/master/pkg/schemaconv/smd.go (getListElementRelationship)
 */
function findListType(raw: JsonObject): ListType {
  const type = raw['x-kubernetes-list-type']
  if (type === 'set') return { type: 'set' }
  if (type === 'map') return keyedBy(raw['x-kubernetes-list-map-keys'])
  const strategy = raw['x-kubernetes-patch-strategy']
  if (type !== undefined || typeof strategy !== 'string' || !strategy.startsWith('merge')) return { type: 'atomic' }
  const key = raw['x-kubernetes-patch-merge-key']
  return key === undefined ? { type: 'set' } : keyedBy([key])
}

function keyedBy(keys: Json | undefined): ListType {
  const isUsable = isList(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string')
  return isUsable ? { type: 'keyed', keys } : { type: 'atomic' }
}

function rememberByName<Value>(): (name: string, make: () => Value) => Value {
  const made = new Map<string, { readonly value: Value }>()
  return (name, make) => {
    const known = made.get(name) ?? { value: make() }
    made.set(name, known)
    return known.value
  }
}
