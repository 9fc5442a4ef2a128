import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isList, isObject, setAt } from '../../src/compare/json.ts'
import { readManagedFields } from '../../src/compare/managed-fields.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import { compareObjects } from '../../src/compare/walk.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import { markAsHelms } from '../../src/explain/helm-marks.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { makeDesired, makeEntry, makeLive, makeLiveObject } from '../make-live.ts'
import { fillDefaults } from './fill-defaults.ts'
import { changeValue, listLeaves } from './leaves.ts'
import { KINDS, manifests, schemaOf } from './objects.ts'

/** `npm run fuzz` runs many more. */
const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 150)
const target = { name: 'it', release: 'it', namespace: 'prod' }

/** What is told of a live object whose manifest a deployer applied, after others wrote to it. */
function findAll(manifest: JsonObject, live: JsonObject, by: 'Apply' | 'Update', others: readonly JsonObject[] = []) {
  const desired = makeDesired(manifest)
  const deployer = makeEntry('helm', by, by === 'Apply' ? markAsHelms(manifest, target) : live)
  const reading = makeLive([[desired, makeLiveObject(live, [deployer, ...others])]])
  const explained = explainTarget({
    target,
    desired: [desired],
    live: reading,
    rules: { deployers: [], controllers: [] },
    history: null,
    isSecret: () => false,
  })
  return explained.findings.map(({ path, change, cause, drift, evidence }) => ({
    path: formatPath(path),
    change,
    cause,
    drift,
    by: evidence.manager,
  }))
}

const schemaFor = (manifest: JsonObject): Schema => schemaOf(String(manifest.apiVersion), String(manifest.kind))
const stored = (manifest: JsonObject) => fillDefaults(schemaFor(manifest), markAsHelms(manifest, target))

test.each(['Apply', 'Update'] as const)('what the API server fills in is no difference (%s)', (by) => {
  fc.assert(
    fc.property(manifests(), (manifest) => {
      expect(findAll(manifest, stored(manifest), by)).toEqual([])
    }),
    { numRuns },
  )
})

test('the order of a keyed list is no difference', () => {
  fc.assert(
    fc.property(manifests(), fc.integer(), (manifest, seed) => {
      expect(findAll(manifest, shuffleKeyed(stored(manifest), schemaFor(manifest), seed) as JsonObject, 'Apply')).toEqual([])
    }),
    { numRuns },
  )
})

test('one changed leaf is one finding, at that leaf', () => {
  fc.assert(
    fc.property(manifests(), fc.nat(), (manifest, choice) => {
      const leaves = listLeaves(schemaFor(manifest), manifest)
      const leaf = leaves[choice % Math.max(leaves.length, 1)]
      fc.pre(leaf !== undefined)
      const value = changeValue(leaf!)
      const live = setAt(stored(manifest), leaf!.path, value) as JsonObject
      const sent = setAt({ apiVersion: manifest.apiVersion ?? '', kind: manifest.kind ?? '' }, leaf!.path, value) as JsonObject
      const found = findAll(manifest, live, 'Apply', [makeEntry('kubectl-patch', 'Update', sent)])
      expect(found).toEqual([{ path: formatPath(leaf!.told), change: 'changed', cause: 'manual', drift: true, by: 'kubectl-patch' }])
    }),
    { numRuns },
  )
})

test('another spelling of a quantity or of bytes is no difference', () => {
  fc.assert(
    fc.property(manifests(), (manifest) => {
      const leaves = listLeaves(schemaFor(manifest), manifest).filter(({ schema }) => schema.format !== null)
      const live = leaves.reduce((object, leaf) => setAt(object, leaf.path, respell(leaf.value)) as JsonObject, stored(manifest))
      expect(findAll(manifest, live, 'Apply')).toEqual([])
    }),
    { numRuns },
  )
})

test('a removed leaf is never silent, unless the API server fills the same in', () => {
  fc.assert(
    fc.property(manifests(), fc.nat(), (manifest, choice) => {
      const leaves = listLeaves(schemaFor(manifest), manifest)
      const leaf = leaves[choice % Math.max(leaves.length, 1)]
      fc.pre(leaf !== undefined && !leaf.schema.emptyIsAbsent)
      const before = stored(manifest)
      const live = setAt(before, leaf!.path, undefined) as JsonObject
      const found = findAll(manifest, live, 'Update')
      expect(found.filter(({ drift }) => drift).length).toBeGreaterThan(0)
    }),
    { numRuns },
  )
})

test('no JSON ends the comparison, whatever stands on either side and in managedFields', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS, ['example.com/v1', 'Thing'] as const),
      fc.object(),
      fc.object(),
      fc.jsonValue(),
      (kind, a, b, managed) => {
        const [apiVersion, name] = kind
        const json = (value: object) => JSON.parse(JSON.stringify(value)) as JsonObject
        const ref = { apiVersion, kind: name, namespace: null, name: 'x' }
        const live = { ...json(b), metadata: { managedFields: managed as Json } }
        const schema = name === 'Thing' ? null : schemaOf(apiVersion, name)
        expect(() => compareObjects(ref, schema, json(a), live, readManagedFields(live), [])).not.toThrow()
      },
    ),
    { numRuns },
  )
})

/** Puts the elements of every keyed list in another order. */
function shuffleKeyed(value: Json, schema: Schema, seed: number): Json {
  if (isList(value)) {
    const items = value.map((item) => shuffleKeyed(item, schema.items!, seed))
    const turn = schema.list.type === 'atomic' || items.length === 0 ? 0 : Math.abs(seed) % items.length
    return [...items.slice(turn), ...items.slice(0, turn)]
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const field = schema.field(name)
      return [name, field === undefined ? child : shuffleKeyed(child, field, seed)]
    }),
  )
}

const SPELLINGS: { readonly [value: string]: string } = {
  '500m': '0.5',
  '1': '1000m',
  '2Gi': '2048Mi',
  '1500Mi': '1572864000',
  '100k': '1e5',
  'YQ==': 'YQ\n==',
  'Yg==': ' Yg==',
}

function respell(value: Json): Json {
  return isList(value) ? value.map(respell) : (SPELLINGS[String(value)] ?? value)
}
