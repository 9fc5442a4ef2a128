import { expect, test } from 'vitest'
import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import { mergeChanges } from '../../../src/explain/fate/merge-json.ts'
import { mergeStrategic } from '../../../src/explain/fate/merge-strategic.ts'
import type { JsonObject } from '../../../src/model.ts'

const schema = findBuiltInSchema({ apiVersion: 'apps/v1', kind: 'Deployment' })!
const merge = (sides: { readonly last: JsonObject; readonly desired: JsonObject; readonly live: JsonObject }) =>
  mergeStrategic(sides, schema, 'apps/v1/Deployment ')
const inContainer = (container: JsonObject): JsonObject => ({ spec: { template: { spec: { containers: [{ name: 'a', ...container }] } } } })

test('strategic: what the chart declared and dropped goes, what only live has stays', () => {
  const env = (...names: readonly string[]) => inContainer({ env: names.map((name) => ({ name, value: '1' })) })
  expect(merge({ last: env('A', 'OLD'), desired: env('A'), live: env('A', 'OLD', 'DEBUG') })).toEqual(env('A', 'DEBUG'))
})

test('strategic: an atomic list is replaced, a strategy keeps the declared fields only', () => {
  const [desired, live] = [inContainer({ args: ['a'] }), inContainer({ args: ['a', 'b'] })]
  expect(merge({ last: desired, desired, live })).toEqual(desired)
  const declared = { spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } }
  expect(merge({ last: declared, desired: declared, live: { spec: { strategy: { type: 'Recreate' } } } })).toEqual(declared)
})

test('strategic: the port number alone is the key, as in the patch strategy', () => {
  const desired = inContainer({ ports: [{ containerPort: 53, protocol: 'UDP' }] })
  expect(merge({ last: desired, desired, live: inContainer({ ports: [{ containerPort: 53, protocol: 'TCP' }] }) })).toEqual(desired)
})

test('JSON: only what the chart changed is sent, with what lies around it', () => {
  const last = { spec: { a: 1, b: 1, list: [1] } }
  const live = { spec: { a: 2, b: 2, list: [1, 2], c: 3 } }
  expect(mergeChanges(last, last, live)).toEqual(live)
  expect(mergeChanges(last, { spec: { a: 5, list: [1] } }, live)).toEqual({ spec: { a: 5, list: [1, 2], c: 3 } })
})
