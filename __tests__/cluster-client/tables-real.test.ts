import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { ClusterClient } from '../../src/cluster/client.ts'
import { connect } from '../../src/cluster/connect.ts'
import { findBuiltInSchema, TABLE_VERSION } from '../../src/compare/schema/built-in.ts'
import { readOpenApi } from '../../src/compare/schema/from-open-api.ts'
import table from '../../src/compare/schema/kubernetes.json' with { type: 'json' }
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json } from '../../src/model.ts'
import { groupOf } from '../../src/refs.ts'
import { toList, toObject, toText } from '../../src/shapes.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'

describeOnCluster('the tables of built-in kinds against the API server', ({ kubeconfigs }) => {
  let reader: ClusterClient
  let served: readonly { readonly apiVersion: string; readonly kind: string; readonly created: boolean }[]

  beforeAll(async () => {
    reader = connect({ type: 'inline', text: readFileSync(kubeconfigs.reader, 'utf8') }, null).client
    served = [...(await listServed('/api')), ...(await listServed('/apis'))].filter(({ apiVersion }) => isBuiltIn(apiVersion))
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

/** Other tests define kinds of their own on the same server. */
function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion)
  return !group.includes('.') || group.endsWith('.k8s.io')
}

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
