// Records of ownership that nobody can read: what live has is told all the same, and a note says that the writer is not known.

import { describe, expect, test } from 'vitest'
import { markAsHelms } from '../../src/explain/helm-marks.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { makeEntry } from '../make-live.ts'
import { checkObjects, type Told } from './check-objects.ts'

const desired: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'prod' }, data: { a: 'b' } }
const live = markAsHelms({ ...desired, data: { a: 'c' } }, { release: 'it', namespace: 'prod' })
const helms = makeEntry('helm', 'Update', live)
const kubectls = makeEntry('kubectl-edit', 'Update', { ...desired, data: { a: 'c' } })

/** What is told of a changed value, given the object's `managedFields`. */
function checkWith(managedFields: Json): Promise<Told> {
  return checkObjects([desired], [{ ...live, metadata: { ...(live.metadata as JsonObject), managedFields } }])
}

describe('a record that cannot be read hides no change, and is told', () => {
  test.each<[string, Json]>([
    ['no list', 'x'],
    ['a number', 5],
    ['a map', {}],
    ['an entry that is null', [null]],
    ['an entry that is text', ['x']],
    ['an empty entry', [{}]],
    ['no manager', [{ ...helms, manager: null }]],
    ['an empty manager', [{ ...helms, manager: '' }]],
    ['an unknown operation', [{ ...helms, operation: 'Patch' }]],
    ['an unknown fieldsType', [{ ...helms, fieldsType: 'FieldsV2' }]],
    ['fields that are text', [{ ...helms, fieldsV1: 'x' }]],
    ['fields that are a number', [{ ...helms, fieldsV1: 7 }]],
    ['fields that are null', [{ ...helms, fieldsV1: null }]],
    ['fields that are a list', [{ ...helms, fieldsV1: [{}] }]],
    ['a field that is a number', [{ ...helms, fieldsV1: { 'f:data': { 'f:a': 7 } } }]],
    ['a key that is no JSON', [{ ...helms, fieldsV1: { 'f:data': { 'k:{no': {} } } }]],
    ['a key that is no map', [{ ...helms, fieldsV1: { 'f:data': { 'k:["name"]': {} } } }]],
    ['a value that is no JSON', [{ ...helms, fieldsV1: { 'f:data': { 'v:{no': {} } } }]],
  ])('%s', async (_, managedFields) => {
    const { verdict, findings, notes } = await checkWith(managedFields)
    expect(verdict).toBe('drifted')
    expect(findings).toEqual(['changed ConfigMap data.a by nobody'])
    expect(notes.filter((note) => note.startsWith('broken-managed-fields:'))).toEqual([
      expect.stringContaining('1 of the managedFields entries of ConfigMap/x'),
    ])
  })
})

test('a readable record beside a broken one still names the writer', async () => {
  const { findings, notes } = await checkWith([{ ...helms, fieldsType: 'FieldsV2' }, kubectls])
  expect(findings).toEqual(['changed ConfigMap data.a by kubectl-edit'])
  expect(notes.map((note) => note.split(':')[0])).toEqual(['broken-managed-fields'])
})

test.each<[string, JsonObject]>([
  ['no time', {}],
  ['a time that is no text', { time: 5 }],
])('%s: the writer is told without', async (_, more) => {
  const { time: _time, ...rest } = kubectls
  const { findings, target } = await checkWith([helms, { ...rest, ...more }])
  expect(findings).toEqual(['changed ConfigMap data.a by kubectl-edit'])
  expect(target.findings[0]?.evidence.time).toBeNull()
})

test('a broken key in a record is no reason to compare a list as a whole', async () => {
  const make = (value: string, names = ['a', 'b']): JsonObject => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'prod' } },
    spec: { containers: names.map((name) => ({ name, image: `${name}:${name === 'a' ? value : 1}` })) },
  })
  const stored = markAsHelms(make('2', ['b', 'a']), { release: 'it', namespace: 'prod' })
  const record = { ...helms, fieldsV1: { 'f:spec': { 'f:containers': { 'k:{no': {} } } } }
  const { findings } = await checkObjects(
    [make('1')],
    [{ ...stored, metadata: { ...(stored.metadata as JsonObject), managedFields: [record] } }],
  )
  expect(findings).toEqual(['changed Pod spec.containers[name=a].image by nobody'])
})

test('records as deep as the object are read, deeper ones make it unreadable', async () => {
  const nest = (levels: number): Json => (levels === 0 ? {} : { 'f:a': nest(levels - 1) })
  const told = await checkWith([{ ...kubectls, fieldsV1: { ...(kubectls.fieldsV1 as JsonObject), 'f:spec': nest(480) } }])
  expect(told.findings).toEqual(['changed ConfigMap data.a by kubectl-edit'])
  const deeper = await checkWith([{ ...kubectls, fieldsV1: nest(2000) }])
  expect(deeper).toMatchObject({ verdict: 'incomplete', findings: [], unread: [expect.stringContaining('ConfigMap too-deep')] })
})
