import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/cluster/connect.ts'
import { makeSchemaReader } from '../../src/cluster/read-schemas.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { toList, toObject } from '../../src/shapes.ts'
import { callApi } from '../cluster/api.ts'
import { type Access, readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { at } from '../compare/schema/at.ts'
import { makeDefinition, THING_SPEC } from '../compare/schema/documents.ts'

const NAMESPACE = 'schemas-test'
const GROUP = 'schemas.example.com'
const THING = { apiVersion: `${GROUP}/v1`, kind: 'Thing' }
const THINGS = `/apis/${GROUP}/v1/namespaces/${NAMESPACE}/things`

describeOnCluster('schemas of custom resources from a real API server', ({ kubeconfigs }) => {
  let admin: Access
  let thing: Schema | null
  let bare: Schema | null

  const post = async (path: string, object: JsonObject): Promise<JsonObject> => {
    const { status, body } = await callApi(admin, 'POST', path, object)
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return body as JsonObject
  }
  const create = (name: string, more: JsonObject) => post(THINGS, { ...THING, metadata: { name }, ...more })

  beforeAll(async () => {
    admin = await readAccess(kubeconfigs.admin)
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    const loose = { schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }
    const { spec, ...rest } = makeDefinition(null, GROUP)
    const { names, versions, ...others } = toObject(spec)
    await post('/api/v1/namespaces', { metadata: { name: NAMESPACE } })
    await post(definitions, makeDefinition(THING_SPEC, GROUP))
    await post(definitions, {
      ...rest,
      metadata: { name: `blobs.${GROUP}` },
      spec: {
        ...others,
        names: { kind: 'Blob', plural: 'blobs' },
        versions: toList(versions).map((one) => ({ ...toObject(one), ...loose })),
      },
    })
    const { client } = connect({ type: 'inline', text: readFileSync(kubeconfigs.reader, 'utf8') }, null)
    // The server publishes schemas some moments after it has accepted a definition.
    for (let tries = 0; tries < 100; tries++) {
      const { findSchema } = await makeSchemaReader(client)([THING.apiVersion])
      thing = findSchema(THING)
      bare = findSchema({ ...THING, kind: 'Blob' })
      if (thing !== null && bare !== null) break
      await sleep(200)
    }
  })

  test('what is filled in is what the schema has as default', async () => {
    const { spec } = await create('filled', {})
    expect(at(thing, 'spec')?.default).toEqual(spec)
  })

  test('what is empty is kept, and what is unknown is dropped or kept as the schema tells', async () => {
    const given = { zones: [], args: [], typo: 1, values: { a: { b: [] } }, loose: { other: '' }, closed: { a: 1 }, update: {} }
    const { spec } = await create('kept', { spec: given, extra: true })
    const { typo, closed, ...kept } = given
    expect(spec).toMatchObject({ ...kept, closed: {}, update: { mode: 'Auto' } })
    expect(Object.keys(toObject(spec as Json))).not.toContain('typo')
    const keeps = (place: string) => at(thing, place)?.keepsUnknown
    expect([thing?.keepsUnknown, keeps('spec'), keeps('spec.closed')]).toEqual([false, false, false])
    expect([keeps('spec.values'), keeps('spec.loose'), keeps('spec.template')]).toEqual([true, true, true])
  })

  test('lists merge as the schema tells, by the record that the server itself keeps', async () => {
    const given = { ports: [{ port: 80 }], zones: ['a'], args: ['x'], selector: { matchLabels: { app: 'a' } } }
    const { metadata } = await create('merged', { spec: given })
    const [entry] = toList(toObject(metadata).managedFields)
    const owned = toObject(toObject(toObject(entry).fieldsV1)['f:spec'])
    expect(Object.keys(toObject(owned['f:ports']))).toContain('k:{"port":80,"protocol":"TCP"}')
    expect(Object.keys(toObject(owned['f:zones']))).toContain('v:"a"')
    expect([owned['f:args'], owned['f:selector']]).toEqual([{}, {}])
    expect(at(thing, 'spec.ports')?.list).toEqual({ type: 'keyed', keys: ['port', 'protocol'] })
    expect([at(thing, 'spec.zones')?.list.type, at(thing, 'spec.args')?.list.type]).toEqual(['set', 'atomic'])
    expect(at(thing, 'spec.selector')?.atomic).toBe(true)
  })

  test('a kind whose schema says nothing keeps everything', async () => {
    const given = { spec: { a: [{ b: '' }] }, more: {} }
    expect(await post(THINGS.replace('things', 'blobs'), { ...THING, kind: 'Blob', metadata: { name: 'a' }, ...given })).toMatchObject(
      given,
    )
    expect(bare).toMatchObject({ type: 'struct', keepsUnknown: true })
    expect(at(bare, 'metadata.finalizers')?.list).toEqual({ type: 'set' })
  })
})
