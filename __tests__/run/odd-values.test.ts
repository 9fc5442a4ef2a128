// Values that JSON allows and nobody expects, on either side.

import { describe, expect, test } from 'vitest'
import { markAsHelms } from '../../src/explain/helm-marks.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { makeEntry, makeLiveObject } from '../make-live.ts'
import { checkObjects, toJson } from './check-objects.ts'

const identity = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x', namespace: 'prod' } }
const thing = (spec: Json): JsonObject => ({ ...identity, spec })
const target = { release: 'it', namespace: 'prod' }
/** The object as Helm stored it, and somebody changed it since. */
const edited = (object: JsonObject): JsonObject =>
  makeLiveObject(markAsHelms(object, target), [
    makeEntry('helm', 'Apply', markAsHelms(thing({}), target)),
    makeEntry('kubectl-edit', 'Update', object),
  ])
/** A text, since what `spec` is cannot be written as a value. */
const withSpec = (object: JsonObject, spec: string): string => toJson(object).replace('"spec":{}', `"spec":${spec}`)

test.each([
  ['JSON', (levels: number) => withSpec(thing({}), `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)],
  ['YAML', (levels: number) => `${withSpec(thing({}), `${'{a: '.repeat(levels)}1${'}'.repeat(levels)}`)}\n`],
])('nesting, in %s', async (form, nest) => {
  const [within, beyond] = form === 'JSON' ? [500, 501] : [499, 501]
  const shallow = toJson(edited(thing({ a: 'b' })))
  expect((await checkObjects(nest(within), shallow)).findings).toEqual(['changed Thing spec.a by kubectl-edit'])
  expect((await checkObjects([thing({ a: 'b' })], nest(within))).findings).toEqual(['changed Thing spec.a by nobody'])
  for (const levels of [beyond, 10_000, 100_000]) {
    expect((await checkObjects(nest(levels), shallow)).fault, `${levels} in the chart`).toMatch(/desired\.yaml:1: .*(nests|nested)/)
  }
})

test.each([501, 10_000, 100_000])('a live object of %i levels is unreadable, and the others are compared', async (levels) => {
  const other = { ...thing({ a: 1 }), metadata: { name: 'other', namespace: 'prod' } }
  const deep = withSpec(thing({}), `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
  const told = await checkObjects(
    [thing({ a: 'b' }), other],
    `{"apiVersion":"v1","kind":"List","items":[${deep},${toJson({ ...other, spec: { a: 2 } })}]}`,
  )
  expect(told).toMatchObject({ verdict: 'drifted', findings: ['changed Thing spec.a by nobody'] })
  expect(told.unread).toEqual(['Thing too-deep: the object nests more than 500 levels deep, which is not compared'])
  expect(told.text).toContain('500 levels')
})

test('lists within lists without end are a fault that names the file', async () => {
  const nested = `${'{"apiVersion":"v1","kind":"List","items":['.repeat(20_000)}${toJson(thing({}))}${']}'.repeat(20_000)}`
  expect((await checkObjects(nested, [thing({})])).fault).toMatch(/desired\.yaml.* levels deep/)
  expect((await checkObjects([thing({})], nested)).fault).toMatch(/live\.json/)
})

describe('one changed value is one finding', () => {
  test.each<[string, string, string, string]>([
    ['integers beyond 2^64', '{"a":12345678901234567890}', '{"a":12345678901234567891}', 'spec.a'],
    ['integers that a double cannot tell apart', '{"a":9007199254740992}', '{"a":9007199254740993}', 'spec.a'],
    ['integers of 5,000 digits', `{"a":${'9'.repeat(5_000)}}`, `{"a":${'9'.repeat(4_999)}8}`, 'spec.a'],
    ['what looks like no number', '{"a":"NaN"}', '{"a":"nan"}', 'spec.a'],
    ['what looks like infinity', '{"a":"Infinity"}', '{"a":"-Infinity"}', 'spec.a'],
    ['half a character', '{"a":"\\ud800x"}', '{"a":"\\ud801x"}', 'spec.a'],
    ['a prototype', '{"__proto__":{"x":1}}', '{"__proto__":{"x":2}}', 'spec.__proto__.x'],
    ['a constructor', '{"constructor":{"prototype":1}}', '{"constructor":{"prototype":2}}', 'spec.constructor.prototype'],
    ['a name of 10,000 characters', `{"${'k'.repeat(10_000)}":1}`, `{"${'k'.repeat(10_000)}":2}`, `spec.${'k'.repeat(10_000)}`],
    ['a name of a million characters', `{"${'k'.repeat(1_000_000)}":1}`, `{"${'k'.repeat(1_000_000)}":2}`, `spec.${'k'.repeat(1_000_000)}`],
  ])('%s', async (_, was, is, path) => {
    const same = await checkObjects(withSpec(thing({}), was), withSpec(thing({}), was))
    expect(same.findings).toEqual([])
    const told = await checkObjects(withSpec(thing({}), was), withSpec(thing({}), is))
    expect(told.findings).toEqual([`changed Thing ${path} by nobody`])
    expect(told.verdict).toBe('drifted')
  })
})

test('names that objects of JavaScript have are names like others, on either side', async () => {
  const odd = '{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}},"hasOwnProperty":1,"toString":"z"}'
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString']
  const gone = await checkObjects(withSpec(thing({}), odd), [edited(thing({}))])
  expect(gone.findings).toEqual(names.map((name) => `removed Thing spec.${name} by nobody`))
  const came = await checkObjects([thing({})], withSpec(thing({}), odd))
  expect(came.findings).toEqual(names.map((name) => `added Thing spec.${name} by nobody`))
  expect(({} as { readonly x?: number }).x).toBeUndefined()
})

test('a list keyed by such a name is paired by it', async () => {
  const record = { 'f:spec': { 'f:l': { 'k:{"__proto__":"a"}': { '.': {}, 'f:v': {} }, 'k:{"__proto__":"b"}': { '.': {}, 'f:v': {} } } } }
  const entry = { manager: 'kubectl-edit', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: record }
  const told = await checkObjects(
    withSpec(thing({}), '{"l":[{"__proto__":"a","v":1},{"__proto__":"b","v":1}]}'),
    withSpec({ ...makeLiveObject(thing({}), [entry]) }, '{"l":[{"__proto__":"b","v":2},{"__proto__":"a","v":1}]}'),
  )
  expect(told.findings).toEqual(['changed Thing spec.l[__proto__=b].v by kubectl-edit'])
})
