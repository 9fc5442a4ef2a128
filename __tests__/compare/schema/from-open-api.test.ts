import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import { readDefinitions, readOpenApi } from '../../../src/compare/schema/from-open-api.ts'
import type { Schema } from '../../../src/compare/schema/schema.ts'
import type { Json, JsonObject } from '../../../src/model.ts'
import { at } from './at.ts'
import { makeDefinition, makeDocument, THING_SPEC } from './documents.ts'

const NAME = 'example.com/v1/Thing'
const fromDocument = (spec: JsonObject, group?: string) => readOpenApi(makeDocument(spec, group))
const inSpec = (field: JsonObject, group = 'example.com', name = 'field') =>
  at(fromDocument({ type: 'object', properties: { [name]: field } }, group).get(`${group}/v1/Thing`), `spec.${name}`)

describe.each<[string, Schema | undefined]>([
  ['the document of a group', fromDocument(THING_SPEC).get(NAME)],
  ['a definition', readDefinitions([makeDefinition(THING_SPEC)]).get(NAME)],
])('a custom kind from %s', (_name, thing) => {
  test.each<[string, Partial<Schema>]>([
    ['spec.ports', { type: 'list', list: { type: 'keyed', keys: ['port', 'protocol'] } }],
    ['spec.zones', { type: 'list', list: { type: 'set' } }],
    ['spec.args', { type: 'list', list: { type: 'atomic' } }],
    ['spec.args[]', { type: 'string', default: undefined }],
    ['spec.ports[].protocol', { type: 'string', default: 'TCP' }],
    ['spec.selector', { type: 'struct', atomic: true, keepsUnknown: false }],
    ['spec.selector.matchLabels', { type: 'map', atomic: false }],
    ['spec.selector.matchLabels.app', { type: 'string' }],
    ['spec.storage', { type: 'any', format: 'quantity' }],
    ['spec.limits.cpu', { type: 'any', format: 'quantity' }],
    ['spec.maxUnavailable', { type: 'any', format: null }],
    ['spec.timeout', { type: 'string', format: 'duration' }],
    ['spec.caBundle', { type: 'string', format: 'bytes' }],
    ['spec.values', { type: 'any', keepsUnknown: true }],
    ['spec.values.whatever.list[]', { type: 'any', keepsUnknown: true }],
    ['spec.loose', { type: 'struct', keepsUnknown: true }],
    ['spec.loose.known', { type: 'boolean' }],
    ['spec.closed', { type: 'struct', keepsUnknown: false, fieldNames: [] }],
    ['spec.template', { type: 'struct', keepsUnknown: true, fieldNames: ['apiVersion', 'kind', 'metadata'] }],
    ['spec.template.metadata.ownerReferences', { list: { type: 'keyed', keys: ['uid'] } }],
    ['metadata.finalizers', { list: { type: 'set' } }],
    ['apiVersion', { type: 'string' }],
  ])('%s', (place, expected) => {
    expect(at(thing, place)).toMatchObject(expected)
  })

  test('a field that its schema does not have is not there, and unknown ones are dropped', () => {
    expect(at(thing, 'spec.typo')).toBeUndefined()
    expect(at(thing, 'spec')?.keepsUnknown).toBe(false)
    for (const name of ['__proto__', 'constructor']) expect(at(thing, `spec.${name}`)).toBeUndefined()
  })

  test('empty is stored as it is written, except in metadata', () => {
    for (const name of thing?.field('spec')?.fieldNames ?? []) expect(at(thing, `spec.${name}`)?.emptyIsAbsent).toBe(false)
    expect(at(thing, 'metadata.labels')).toBe(at(findBuiltInSchema({ apiVersion: 'v1', kind: 'Secret' }), 'metadata.labels'))
  })

  test('a default is filled up with the defaults within it', () => {
    expect(at(thing, 'spec.update')?.default).toEqual({ mode: 'Auto' })
    expect(at(thing, 'spec')?.default).toEqual({ replicas: 2, strategy: { steps: [{}] }, update: { mode: 'Auto' } })
  })
})

test('a definition without a schema keeps whatever it is given', () => {
  const kinds = [readDefinitions([makeDefinition(null)]), readOpenApi(bare())]
  for (const kind of kinds) {
    expect(kind.get(NAME)).toMatchObject({ type: 'struct', keepsUnknown: true, fieldNames: ['apiVersion', 'kind', 'metadata'] })
    expect(at(kind.get(NAME), 'metadata.finalizers')?.list).toEqual({ type: 'set' })
  }
})

/** What the API server answers of such a kind: an object, and no more. */
function bare(): JsonObject {
  const gvk = [{ group: 'example.com', version: 'v1', kind: 'Thing' }]
  return { components: { schemas: { a: { type: 'object', 'x-kubernetes-group-version-kind': gvk } } } }
}

describe('durations', () => {
  test.each([
    ['of Prometheus', '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$'],
    ['of Flux', '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$'],
    ['of Gateway API', '^([0-9]{1,5}(h|m|s|ms)){1,4}$'],
    ['with a class of units', '^\\d+[smhd]$'],
  ])('are told by a pattern %s', (_name, pattern) => {
    expect(inSpec({ type: 'string', pattern })?.format).toBe('duration')
  })

  test.each([
    ['that something else matches, too', '^(([0-9]+(s|m|h))+)|(Never)$'],
    ['of plain words', '^(small|medium|huge)$'],
    ['of numbers', '^[0-9]+$'],
    ['of a host name', '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'],
    ['of a day of the month', '^[0-9]{1,2}(th|st|nd)$'],
  ])('are not told by a pattern %s', (_name, pattern) => {
    expect(inSpec({ type: 'string', pattern })?.format).toBeNull()
  })

  test('are known by name where controllers spell them anew, and only there', () => {
    expect(inSpec({ type: 'string' }, 'cert-manager.io', 'renewBefore')?.format).toBe('duration')
    expect(inSpec({ type: 'string' }, 'external-secrets.io', 'refreshInterval')?.format).toBe('duration')
    expect(inSpec({ type: 'string' }, 'cert-manager.io', 'secretName')?.format).toBeNull()
    expect(inSpec({ type: 'string' }, 'example.com', 'renewBefore')?.format).toBeNull()
    expect(inSpec({ type: 'integer' }, 'cert-manager.io', 'duration')?.format).toBeNull()
  })

  test('a pattern made to be slow is not run', () => {
    const started = performance.now()
    for (const part of ['ms', '[ms]', '(?:', '((s|m|h)*)*', '[KMGTPE]i']) inSpec({ type: 'string', pattern: `^${part.repeat(60)}!` })
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('a document that is broken or hostile', () => {
  test.each<[string, Json]>([
    ['null', null],
    ['a list', []],
    ['no components', { components: 7 }],
    ['a kind without names', { components: { schemas: { a: { 'x-kubernetes-group-version-kind': [{ group: 1 }] } } } }],
  ])('%s tells nothing', (_name, document) => {
    expect(readOpenApi(document).size).toBe(0)
  })

  test('references in a circle lead nowhere', () => {
    const document = makeDocument({ $ref: '#/components/schemas/a' }) as { components: { schemas: { [name: string]: Json } } }
    document.components.schemas.a = { allOf: [{ $ref: '#/components/schemas/b' }] }
    document.components.schemas.b = { $ref: '#/components/schemas/a' }
    expect(at(readOpenApi(document).get(NAME), 'spec.x.y')).toMatchObject({ type: 'any' })
  })

  test('defaults without end are cut off', () => {
    const self = { $ref: '#/components/schemas/a', default: {} }
    const document = makeDocument(self) as { components: { schemas: { [name: string]: Json } } }
    document.components.schemas.a = { type: 'object', properties: { left: self, right: self } }
    const text = JSON.stringify(at(readOpenApi(document).get(NAME), 'spec')?.default)
    expect(text.length).toBeGreaterThan(1000)
    expect(text.length).toBeLessThan(1_000_000)
  })

  test('any JSON in place of a schema throws nothing', () => {
    const keys = fc.constantFrom(
      'type',
      'properties',
      'items',
      'additionalProperties',
      'default',
      '$ref',
      'allOf',
      'format',
      'pattern',
      'x-kubernetes-list-type',
      'x-kubernetes-list-map-keys',
      'x-kubernetes-preserve-unknown-fields',
      'x-kubernetes-embedded-resource',
      'x-kubernetes-patch-strategy',
      '__proto__',
      'a',
    )
    const leaf = fc.oneof(
      fc.constantFrom<Json>('object', 'array', 'string', 'map', 'set', 'merge', '#/components/schemas/com.example.v1.Thing', true, null),
      fc.jsonValue() as fc.Arbitrary<Json>,
    )
    const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 5, depthSize: 'large' },
        leaf,
        fc.dictionary(keys, tie('schema')),
        fc.array(tie('schema'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(schema, (spec) => {
        const kinds = [
          readOpenApi(makeDocument({ a: spec } as JsonObject)),
          readOpenApi(makeDocument(spec as JsonObject)),
          readDefinitions([makeDefinition(spec as JsonObject)]),
        ]
        for (const kind of kinds) visit(kind.get(NAME), 4)
      }),
      { numRuns: 500 },
    )
  })
})

/** Asks everything that can be asked. */
function visit(schema: Schema | undefined, depth: number): void {
  if (schema === undefined || depth === 0) return
  JSON.stringify([schema.default, schema.format, schema.list])
  for (const name of [...schema.fieldNames, 'a']) visit(schema.field(name), depth - 1)
  visit(schema.items, depth - 1)
}
