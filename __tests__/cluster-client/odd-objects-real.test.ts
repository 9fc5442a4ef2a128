import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Json, JsonObject } from '../../src/model.ts'
import { callApi } from '../cluster/api.ts'
import { type Access, readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { makeManifestInputs, runAndTell, type Told, toJson } from '../run/check-objects.ts'

const NAMESPACE = 'odd-objects'
const GROUP = 'odd.example.com'
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const nest = (levels: number): Json => (levels === 0 ? 1 : { a: nest(levels - 1) })

describeOnCluster('objects that the API server takes, however odd', ({ kubeconfigs }) => {
  let admin: Access

  const send = async (method: string, path: string, object: JsonObject): Promise<JsonObject> => {
    const { status, body } = await callApi(admin, method, path, object)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body).slice(0, 300)}`)
    return body as JsonObject
  }
  /** Makes an object, writes another state over it, and tells what the program says of the first. */
  const check = async (resource: string, first: JsonObject, second: JsonObject): Promise<Told> => {
    const name = (first.metadata as JsonObject).name
    const { resourceVersion } = (await send('POST', resource, first)).metadata as JsonObject
    await send('PUT', `${resource}/${name}`, { ...second, metadata: { name: String(name), resourceVersion: String(resourceVersion) } })
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-odd-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'desired.json'), toJson(first))
    const text = await readFile(kubeconfigs.admin, 'utf8')
    const inputs = makeManifestInputs(folder, join(folder, 'desired.json'), { kubeconfig: { type: 'inline', text }, kubeVersion: null })
    return runAndTell({ ...inputs, targets: inputs.targets.map((target) => ({ ...target, namespace: NAMESPACE })) })
  }
  const things = `/apis/${GROUP}/v1/namespaces/${NAMESPACE}/things`
  const thing = (name: string, spec: JsonObject): JsonObject => ({ apiVersion: `${GROUP}/v1`, kind: 'Thing', metadata: { name }, spec })
  const configMap = (name: string, data: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })
  const configMaps = `/api/v1/namespaces/${NAMESPACE}/configmaps`

  beforeAll(async () => {
    admin = await readAccess(kubeconfigs.admin)
    await send('POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } })
    const keyed = { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }
    const items = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, value: { type: 'string' } } }
    const spec = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { list: { ...keyed, items } } }
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
    await send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `things.${GROUP}` } },
      spec: {
        ...{ group: GROUP, scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' } },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    })
    for (let tries = 0; tries < 100; tries++) {
      const [{ status }, document] = await Promise.all([
        callApi(admin, 'GET', things),
        callApi(admin, 'GET', `/openapi/v3/apis/${GROUP}/v1`),
      ])
      if (status === 200 && document.status === 200) break
      await sleep(200)
    }
  })

  test('a ConfigMap of a megabyte in one key, and one of 10,000 keys', async () => {
    const text = 'x'.repeat(1_000_000)
    const large = await check(configMaps, configMap('large', { a: text }), configMap('large', { a: `${text.slice(1)}y` }))
    expect(large.findings).toEqual([expect.stringMatching(/^changed ConfigMap data\.a by /)])
    const many = Object.fromEntries(numbers(10_000).map((index) => [`k${index}`, 'v']))
    const told = await check(configMaps, configMap('many', many), configMap('many', { ...many, k5: 'other' }))
    expect(told.findings).toEqual([expect.stringMatching(/^changed ConfigMap data\.k5 by /)])
  })

  test('a keyed list of 10,000 elements in another order, one of them changed', async () => {
    const list = numbers(10_000).map((index) => ({ name: `n${index}`, value: 'v' }))
    const changed = list.map((item, index) => (index === 5 ? { ...item, value: 'other' } : item)).reverse()
    const { findings, notes } = await check(things, thing('keyed', { list }), thing('keyed', { list: changed }))
    expect(findings).toEqual([expect.stringMatching(/^changed Thing spec\.list\[name=n5\]\.value by /)])
    expect(notes.filter((note) => note.startsWith('no-schema'))).toEqual([])
  })

  test('deep, and deeper than is compared', async () => {
    const told = await check(things, thing('deep', { tree: nest(400) }), thing('deep', { tree: nest(400), other: 1 }))
    expect(told.findings).toEqual([expect.stringMatching(/^added Thing spec\.other by /)])
    const deeper = await check(things, thing('deeper', { a: 1 }), thing('deeper', { a: 1, tree: nest(800) }))
    expect(deeper).toMatchObject({ verdict: 'incomplete', unread: [expect.stringContaining('Thing too-deep')] })
  })

  test('names that objects of JavaScript have', async () => {
    const odd = JSON.parse('{"a":1,"__proto__":{"x":1},"constructor":{"prototype":1},"toString":"z"}') as JsonObject
    const told = await check(things, thing('names', { a: 1 }), thing('names', odd))
    const places = ['spec.__proto__', 'spec.constructor', 'spec.toString']
    expect(told.findings).toEqual(
      places.map((place) => expect.stringMatching(new RegExp(`^added Thing ${place.replaceAll('.', '\\.')} by `))),
    )
  })
})
