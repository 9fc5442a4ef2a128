import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { ClusterClient } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { toList, toObject, toText } from '../../src/cluster/json.ts'
import { makeSchemaReader } from '../../src/cluster/read-schemas.ts'
import { findBuiltInSchema, TABLE_VERSION } from '../../src/compare/schema/built-in.ts'
import { readOpenApi } from '../../src/compare/schema/from-open-api.ts'
import table from '../../src/compare/schema/kubernetes.json' with { type: 'json' }
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { callApi } from '../cluster/api.ts'
import { type Access, readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { at } from '../compare/schema/at.ts'
import { makeDefinition, THING_SPEC } from '../compare/schema/documents.ts'

const NAMESPACE = 'schemas-test'
const GROUP = 'schemas.example.com'
const THING = { apiVersion: `${GROUP}/v1`, kind: 'Thing' }
const THINGS = `/apis/${GROUP}/v1/namespaces/${NAMESPACE}/things`
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'

describeOnCluster('the tables of built-in kinds against the API server', ({ kubeconfigs }) => {
  let reader: ClusterClient
  let served: readonly { readonly apiVersion: string; readonly kind: string; readonly created: boolean }[]

  beforeAll(async () => {
    reader = connect({ type: 'inline', text: readFileSync(kubeconfigs.reader, 'utf8') }, null).client
    served = [...(await listServed('/api')), ...(await listServed('/apis'))].filter(({ apiVersion }) => !apiVersion.includes('example.com'))
  })

  async function getBody(path: string, accept?: string): Promise<Json> {
    const answer = await reader.get(path, accept === undefined ? {} : { accept })
    if (answer.outcome !== 'answered' || answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return answer.body
  }

  async function listServed(path: string) {
    return toList(toObject(await getBody(path, AGGREGATED)).items)
      .map(toObject)
      .flatMap((group) =>
        toList(group.versions)
          .map(toObject)
          .flatMap(({ version, resources }) => {
            const name = toText(toObject(group.metadata).name)
            const apiVersion = name === null ? `${version}` : `${name}/${version}`
            return toList(resources)
              .map(toObject)
              .map(({ responseKind, verbs }) => ({
                apiVersion,
                kind: `${toObject(responseKind).kind}`,
                created: toList(verbs).includes('create'),
              }))
          }),
      )
  }

  test('they are of the same version', async () => {
    expect(toObject(await getBody('/version')).gitVersion).toBe(TABLE_VERSION)
  })

  test('they have every kind that can be created and is kept, and every kind of theirs in a stable version is served', () => {
    const unknown = served.filter((kind) => kind.created && findBuiltInSchema(kind) === null).map(({ kind }) => kind)
    expect(unknown.toSorted()).toEqual([
      'Binding',
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
      'TokenReview',
    ])
    const names = new Set(served.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`))
    const stable = Object.keys(table.kinds).filter((name) => /(^|\/)v\d+\/[^/]+$/.test(name))
    expect(stable.filter((name) => !names.has(name))).toEqual([])
    expect(stable.length).toBeGreaterThan(50)
  })

  test('fields, list types, list keys and what is one value are what the server itself serves', async () => {
    const seen = { places: 0, lists: 0, unchecked: new Set<string>(), differences: new Set<string>() }
    for (const apiVersion of new Set(served.map((one) => one.apiVersion))) {
      const path = apiVersion.includes('/') ? `/openapi/v3/apis/${apiVersion}` : `/openapi/v3/api/${apiVersion}`
      // Under another name the metadata is read from the document, where it would be taken from the table.
      const document = JSON.parse(JSON.stringify(await getBody(path)).replaceAll('meta.v1.ObjectMeta', 'meta.v1.Metadata')) as Json
      for (const [name, theirs] of readOpenApi(document)) {
        const kind = name.slice(name.lastIndexOf('/') + 1)
        const ours = findBuiltInSchema({ apiVersion, kind })
        if (ours !== null) compareSchemas(name, ours, theirs, seen, new Set())
      }
    }
    expect([...seen.differences]).toEqual([])
    // Nothing escapes the check because the server would not say what it is.
    expect([...seen.unchecked]).toEqual([])
    expect(seen.places).toBeGreaterThan(5_000)
    expect(seen.lists).toBeGreaterThan(1_000)
  })
})

type Seen = { places: number; lists: number; readonly unchecked: Set<string>; readonly differences: Set<string> }

function compareSchemas(place: string, ours: Schema, theirs: Schema, seen: Seen, above: ReadonlySet<Schema>): void {
  if (above.has(ours) || ours.type === 'any') return
  seen.places++
  if (theirs.type === 'any') {
    seen.unchecked.add(place.slice(place.lastIndexOf('.') + 1))
    return
  }
  // The status of a kind is no part of a comparison.
  const isCompared = (name: string) => above.size > 0 || name !== 'status'
  const facts = ({ type, list, atomic, fieldNames }: Schema) => ({ type, list, atomic, fields: fieldNames.filter(isCompared).toSorted() })
  const [a, b] = [facts(ours), facts(theirs)]
  if (ours.type === 'list') seen.lists++
  if (JSON.stringify(a) !== JSON.stringify(b)) seen.differences.add(`${place}: table ${JSON.stringify(a)}, server ${JSON.stringify(b)}`)
  const inside = new Set([...above, ours])
  for (const name of ours.type === 'map' ? ['*'] : ours.fieldNames) {
    const [mine, other] = [ours.field(name), theirs.field(name)]
    if (mine !== undefined && other !== undefined) compareSchemas(`${place}.${name}`, mine, other, seen, inside)
  }
  if (ours.items !== undefined && theirs.items !== undefined) compareSchemas(`${place}[]`, ours.items, theirs.items, seen, inside)
}

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
