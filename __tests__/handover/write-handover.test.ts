import { expect, test } from 'vitest'
import { settleHandover } from '../../src/handover/settle-handover.ts'
import { writeHandover } from '../../src/handover/write-handover.ts'
import { cluster } from '../chart/support/charts.ts'
import { catchRefusal, KNOWN, makeConfigMap, makeHandover, makeObject } from './make-handover.ts'

const refusal = (...given: Parameters<typeof makeHandover>) => catchRefusal(() => writeHandover(makeHandover(...given), KNOWN))
const MB = 2 ** 20

test('writes one line of JSON, with null for a chart that is not there', () => {
  const text = writeHandover(makeHandover([makeConfigMap('a', { n: 9007199254740993n })], {}), KNOWN)
  expect(text).toMatch(/^\{"schemaVersion":"1","pullRequest":\{"number":7,"head":"b{40}","base":"a{40}"\},"kubeVersion":"v1\.34\.4",/)
  expect(text).toContain('"data":{"n":9007199254740993}')
  expect(text).not.toContain('\n')
  expect(writeHandover(makeHandover([], { targets: [{ name: 'shop', head: null }] }), KNOWN)).toMatch(
    /"targets":\[\{"name":"shop","head":null\}\]\}$/,
  )
})

test('says which target is too large', async () => {
  const [shop] = makeHandover([makeConfigMap('a', { a: 'x'.repeat(15 * MB) })]).targets
  const [blog] = makeHandover([makeConfigMap('a', { a: 'x'.repeat(8 * MB) })]).targets
  const told = await refusal([], { targets: [{ ...blog!, name: 'blog' }, shop!] })
  expect(told).toBe(
    'preview.json: The pull request renders to 23 MB or more, and at most 20 MB are handed over; the most of it, 15 MB, is target "shop". ' +
      'Preview fewer targets at once, or leave large files out of the chart.',
  )
})

test('tells at once what would be refused later', async () => {
  expect(await refusal([makeConfigMap('a', JSON.parse('{"__proto__":"x"}'))])).toContain('It has the name "__proto__"')
  expect(await refusal([makeConfigMap('a'.repeat(300))])).toContain('at "targets.0.head.objects.0.ref.name"')
  expect(await refusal([], { targets: [{ name: 'other', head: null }] })).toContain('It has the target "other"')
  expect(await refusal([makeConfigMap('a', { n: Number.NaN })])).toContain('NaN is a number that JSON does not have.')
})

test('which objects have a namespace is what the cluster says, whatever was handed over', async () => {
  const role = makeObject({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } })
  const service = makeObject({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } })
  const head = { objects: [role, { ...service, ref: { ...service.ref, namespace: null } }], setAside: [], notes: [] }
  expect(settleHandover(head, 'prod', cluster).objects.map(({ ref }) => ref.namespace)).toEqual([null, 'prod'])
  const twice = { ...head, objects: [...head.objects, service] }
  expect(await catchRefusal(() => settleHandover(twice, 'prod', cluster))).toContain('It has "Service/s" twice in one target.')
})
