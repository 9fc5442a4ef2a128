import { describe, expect, test } from 'vitest'
import { makeSchemaReader } from '../../src/cluster/read-schemas.ts'
import { openSavedLive } from '../../src/cluster/saved-source.ts'
import { at } from '../compare/schema/at.ts'
import { makeDefinition, makeDocument, THING_SPEC } from '../compare/schema/documents.ts'
import type { FakeOptions } from '../fakes/kubernetes-api.ts'
import { openFake } from './recording.ts'
import { writeTemporary } from './temporary.ts'

const PATH = '/openapi/v3/apis/example.com/v1'
const THING = { apiVersion: 'example.com/v1', kind: 'Thing' }
const answering = (status: number, body: string): FakeOptions => ({ fault: ({ path }) => (path === PATH ? { status, body } : null) })

describe('schemas from the API server', () => {
  test('each group and version is asked for once, as discovery', async () => {
    const { cluster, client } = await openFake([], answering(200, JSON.stringify(makeDocument(THING_SPEC))))
    const readSchemas = makeSchemaReader(client)
    const asked = await Promise.all([readSchemas([THING.apiVersion, THING.apiVersion]), readSchemas([THING.apiVersion]), readSchemas([])])
    expect(at(asked[0]?.findSchema(THING), 'spec.zones')?.list).toEqual({ type: 'set' })
    expect(asked[1]?.findSchema(THING)).toBe(asked[0]?.findSchema(THING))
    expect(asked[2]?.findSchema(THING)).toBeNull()
    expect(asked.flatMap(({ notes }) => notes)).toEqual([])
    expect(asked[0]?.findSchema({ ...THING, kind: 'Other' })).toBeNull()
    expect(cluster.requests.map(({ path }) => path)).toEqual([PATH])
    expect(client.counts()).toEqual({ discovery: 1, list: 0, get: 0 })
  })

  test.each<[string, FakeOptions, RegExp]>([
    ['is refused', answering(403, '{"kind":"Status","message":"forbidden: no","code":403}'), /example\.com\/v1 .*HTTP 403: forbidden: no/],
    ['is not served', {}, /HTTP 404/],
    ['is no JSON', answering(200, '<html>'), /no complete JSON/],
    ['breaks off', { fault: ({ path }) => (path === PATH ? 'truncate' : null) }, /example\.com\/v1/],
  ])('a document that %s gives a note and no schema', async (_name, options, message) => {
    const { client } = await openFake([], options, { tries: 1 })
    // The connection works; one document does not.
    await client.get('/version')
    const { findSchema, notes } = await makeSchemaReader(client)([THING.apiVersion])
    expect(findSchema(THING)).toBeNull()
    expect(notes).toEqual([{ kind: 'no-schema', message: expect.stringMatching(message) }])
  })

  test.each(['', '../../metrics', 'a/b/c', 'v1/nodes/n/proxy', 'example.com/v1?watch=1', 'ex ample.com/v1'])(
    'what a chart calls an apiVersion (%j) is not asked for when no server can have it',
    async (apiVersion) => {
      const { cluster, client } = await openFake([])
      expect((await makeSchemaReader(client)([apiVersion])).findSchema({ ...THING, apiVersion })).toBeNull()
      expect(cluster.requests).toEqual([])
    },
  )
})

test('a saved live state takes schemas from the definitions that were saved with it', async () => {
  const thing = { ...THING, metadata: { name: 'a', namespace: 'shop' } }
  const file = writeTemporary('live.json', JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [makeDefinition(THING_SPEC), thing] }))
  const source = await openSavedLive(file, { kubeVersion: 'v1.34.4', apiVersions: [] })
  const { findSchema, notes } = await source.openTarget().readSchemas([THING.apiVersion])
  expect(at(findSchema(THING), 'spec.ports')?.list).toEqual({ type: 'keyed', keys: ['port', 'protocol'] })
  expect(findSchema({ ...THING, apiVersion: 'example.com/v2' })).toBeNull()
  expect(notes).toEqual([])
})
