import fc from 'fast-check'
import { findBuiltInSchema } from '../../src/compare/schema/built-in.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject } from '../../src/model.ts'

/** Kinds whose manifests are made up: what charts are made of. */
export const KINDS = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'CronJob'],
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
  ['v1', 'PersistentVolumeClaim'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
] as const

/** Fields of metadata that charts set. */
const METADATA: fc.Arbitrary<JsonObject> = fc.record({ labels: words(), annotations: words() }, { requiredKeys: [] })

/** A manifest of a built-in kind, made up from its schema: any fields, any depth, as the schema allows. */
export function manifests(): fc.Arbitrary<JsonObject> {
  return fc.constantFrom(...KINDS).chain(([apiVersion, kind]) => {
    const schema = schemaOf(apiVersion, kind)
    const parts = schema.fieldNames.filter((name) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name))
    const fields = Object.fromEntries(parts.map((name) => [name, valuesOf(schema.field(name)!, 0, name)]))
    return fc
      .tuple(fc.record(fields, { requiredKeys: parts.filter((name) => name === 'spec') }), METADATA)
      .map(([rest, metadata]) =>
        prune({ apiVersion, kind, metadata: { ...metadata, name: 'it', namespace: 'prod' }, ...(rest as JsonObject) }),
      )
  })
}

export function schemaOf(apiVersion: string, kind: string): Schema {
  return findBuiltInSchema({ apiVersion, kind })!
}

const MAX_DEPTH = 7

function valuesOf(schema: Schema, depth: number, name: string): fc.Arbitrary<Json> {
  if (schema.format === 'quantity' || schema.format === 'milli-quantity') return fc.constantFrom<Json>('500m', '1', '2Gi', '1500Mi', '100k')
  if (schema.format === 'bytes') return fc.constantFrom<Json>('YQ==', 'Yg==')
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'number':
      return fc.integer({ min: 1, max: 9999 })
    case 'string':
      return fc.stringMatching(/^[a-z]{1,6}$/)
    case 'any':
      return fc.constantFrom<Json>('x', 'y')
    case 'map':
      return fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), valuesOf(schema.field('x')!, depth + 1, ''), { minKeys: 1, maxKeys: 3 })
    case 'list':
      return listsOf(schema, depth, name)
    case 'struct':
      return structsOf(schema, depth)
  }
}

function structsOf(schema: Schema, depth: number): fc.Arbitrary<JsonObject> {
  if (depth > MAX_DEPTH) return fc.constant({})
  const names = schema.fieldNames.filter((name) => name !== 'status' && name !== 'metadata')
  return fc
    .subarray([...names], { maxLength: Math.min(names.length, depth < 3 ? 8 : 3) })
    .chain(
      (chosen) =>
        fc.record(
          Object.fromEntries(chosen.map((name) => [name, valuesOf(schema.field(name)!, depth + 1, name)])),
        ) as fc.Arbitrary<JsonObject>,
    )
}

function listsOf(schema: Schema, depth: number, name: string): fc.Arbitrary<Json> {
  const item = schema.items!
  const { list } = schema
  if (list.type !== 'keyed') {
    const values = fc.array(valuesOf(item, depth + 1, name), { minLength: 1, maxLength: 3 })
    return list.type === 'set' ? values.map((all) => [...new Set(all)]) : values
  }
  const key = fc.record(Object.fromEntries(list.keys.map((field) => [field, valuesOf(item.field(field)!, depth + 1, field)])))
  return fc
    .uniqueArray(fc.tuple(structsOf(item, depth + 1), key), { minLength: 1, maxLength: 3, selector: ([, one]) => JSON.stringify(one) })
    .map((all) => all.map(([rest, one]) => ({ ...rest, ...one })))
}

function words(): fc.Arbitrary<JsonObject> {
  return fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z]{0,5}$/), { maxKeys: 3 })
}

/** Structs that came out empty say nothing, and whether they are stored is another question. */
function prune(value: JsonObject): JsonObject {
  const clean = (one: Json): Json | undefined => {
    if (Array.isArray(one)) {
      const items = one.flatMap((item: Json) => clean(item) ?? [])
      return items.length === 0 ? undefined : (items as Json)
    }
    if (one === null || typeof one !== 'object') return one
    const entries = Object.entries(one).flatMap(([name, child]) => {
      const kept = clean(child)
      return kept === undefined ? [] : [[name, kept] as const]
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }
  return (clean(value) ?? {}) as JsonObject
}
