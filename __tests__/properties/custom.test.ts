import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDefinitions } from '../../src/compare/schema/from-open-api.ts'
import { compareObjects } from '../../src/compare/walk.ts'
import type { Json, JsonObject } from '../../src/model.ts'

const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 150)
const quantity = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  'x-kubernetes-int-or-string': true,
}
const parts = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      every: { type: 'string', format: 'duration' },
      size: quantity,
      mode: { type: 'string', default: 'Auto' },
    },
  },
}
const definition = {
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'example.com',
    names: { kind: 'Thing' },
    versions: [
      { name: 'v1', schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { parts } } } } } },
    ],
  },
}
const schema = readDefinitions([definition as JsonObject]).get('example.com/v1/Thing') ?? null
const ref = { apiVersion: 'example.com/v1', kind: 'Thing', namespace: 'prod', name: 'it' }

/** Seconds, as Go writes them back (`1h2m3s`), and as people do. */
const spellGo = (seconds: number) => `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m${seconds % 60}s`
const spellings = [(seconds: number) => `${seconds}s`, (seconds: number) => `${seconds * 1000}ms`, (seconds: number) => `${seconds / 60}m`]

const things = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,5}$/),
    seconds: fc.integer({ min: 1, max: 10_000_000 }).map((number) => number * 60),
    milli: fc.integer({ min: 1, max: 100_000 }),
    spelling: fc.constantFrom(...spellings),
    isDefault: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6, selector: ({ name }) => name },
)
const build = (list: readonly Json[]): JsonObject => ({ ...ref, metadata: {}, spec: { parts: list } })
const compare = (desired: readonly Json[], live: readonly Json[]) => compareObjects(ref, schema, build(desired), build(live), [], [])

test('another spelling of a duration or a quantity in a custom resource is no difference, in whatever order', () => {
  fc.assert(
    fc.property(things, (list) => {
      const desired = list.map(({ name, seconds, milli, spelling, isDefault }) => ({
        ...{ name, every: spelling(seconds), size: `${milli}m` },
        ...(isDefault ? {} : { mode: 'Auto' }),
      }))
      const live = list.map(({ name, seconds, milli }) => ({ name, every: spellGo(seconds), size: `${milli / 1000}`, mode: 'Auto' }))
      const { declared, liveOnly } = compare(desired, live.toReversed())
      expect(declared).toEqual([])
      expect(liveOnly.every(({ standing }) => standing === 'default')).toBe(true)
    }),
    { numRuns },
  )
})

test('another duration or quantity is one difference, at its place', () => {
  fc.assert(
    fc.property(things, fc.nat(), fc.constantFrom('every', 'size'), (list, choice, field) => {
      const desired = list.map(({ name, seconds, milli }) => ({ name, every: spellGo(seconds), size: `${milli}m`, mode: 'Auto' }))
      const at = choice % list.length
      const { seconds, milli } = list[at]!
      const other = field === 'every' ? spellGo(seconds + 1) : `${milli + 1}m`
      const { declared, liveOnly } = compare(desired, desired.with(at, { ...desired[at]!, [field]: other }))
      expect(declared.map(({ path, live }) => [path.at(-1), live])).toEqual([[{ field }, other]])
      expect(liveOnly).toEqual([])
    }),
    { numRuns },
  )
})
