import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { renderTarget } from '../../src/chart/render.ts'
import type { Handover } from '../../src/handover/model.ts'
import { parseHandover } from '../../src/handover/parse-handover.ts'
import { settleHandover } from '../../src/handover/settle-handover.ts'
import { writeHandover } from '../../src/handover/write-handover.ts'
import type { Desired, DesiredObject, Json, JsonObject, Path, Target } from '../../src/model.ts'
import { cluster, configMap, makeChart, makeChartTarget, makeTarget, removeWorkspaces } from '../chart/support/charts.ts'
import { devToolsSupported, getHelm } from '../tools/helm-and-kubectl.ts'
import { HEAD, KNOWN, makeHandover, makeObject } from './make-handover.ts'

afterAll(removeWorkspaces)

const root = join(import.meta.dirname, '../..')
const cases = join(root, '__tests__/cases')
const runs = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 200)

/** There and back, once as it was handed over and once as the cluster sees it. */
function travel(head: Desired, { name, namespace }: Target): Desired {
  const targets = [{ name, head }]
  const handover: Handover = { pullRequest: { number: 1, head: HEAD, base: null }, kubeVersion: 'v1.34.4', targets }
  const read = parseHandover(writeHandover(handover, [{ name, namespace }]), [{ name, namespace }])
  expect(read).toStrictEqual(handover)
  return settleHandover(read.targets[0]!.head!, namespace, cluster)
}

const folders = readdirSync(cases).filter((name) => existsSync(join(cases, name, 'desired.yaml')))

test('the manifests of every case come back as they were', async () => {
  expect(folders.length).toBeGreaterThan(80)
  for (const name of folders) {
    const target = makeTarget({ type: 'manifests', path: join(cases, name, 'desired.yaml') })
    const desired = await renderTarget(target, cluster, { helm: null, workspace: cases, dependencies: 'never' })
    expect(travel(desired, target), name).toStrictEqual(desired)
  }
})

describe.runIf(devToolsSupported()).each([3, 4] as const)('what helm %i renders', (major) => {
  let helm = { path: '', version: '' }
  beforeAll(async () => {
    helm = { path: await getHelm(major), version: major === 3 ? '3.17.2' : '4.1.4' }
  })

  it('comes back as it was: the example', async () => {
    const folder = join(root, 'examples/grokdevops/devops/helm')
    const source = {
      type: 'chart',
      chart: join(folder, 'grokdevops'),
      values: [join(folder, 'values-dev.yaml')],
      set: [],
      deployTimeValues: [],
    } as const
    const target = makeTarget(source, { name: 'grokdevops', release: 'grokdevops', namespace: 'grokdevops' })
    const desired = await renderTarget(target, cluster, { helm, workspace: root, dependencies: 'never' })
    expect(desired.objects.length).toBeGreaterThan(2)
    expect(travel(desired, target)).toStrictEqual(desired)
  })

  it('comes back as it was: values that change from render to render, hooks, resource definitions and large integers', async () => {
    const workspace = makeChart({
      'values.yaml': 'image: {tag: v1}\n',
      'crds/widgets.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.acme.io}\nspec: {group: acme.io}\n',
      'templates/a.yaml': configMap(
        'a',
        '  random: {{ randAlphaNum 20 }}\n  {{- if .Release.IsInstall }}\n  first: "yes"\n  {{- end }}\n  tag: {{ .Values.image.tag }}\n  big: 18446744073709551615',
      ),
      'templates/hook.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: h, annotations: {helm.sh/hook: pre-install}}\n',
    })
    const target = makeChartTarget(workspace, { deployTimeValues: ['image.tag'] })
    const desired = await renderTarget(target, cluster, { helm, workspace: workspace.path, dependencies: 'never' })
    const unstable = desired.objects.flatMap((one) => one.unstable)
    expect(new Set(unstable.map(({ why }) => why))).toEqual(new Set(['random', 'install-or-upgrade', 'deploy-time']))
    expect(unstable.some(({ rendered }) => rendered.includes(undefined))).toBe(true)
    expect([desired.setAside.length, desired.objects.some(({ fromCrds }) => fromCrds)]).toEqual([1, true])
    expect(travel(desired, target)).toStrictEqual(desired)
  })
})

/** Objects as JSON makes them. */
function record<Value>(parts: { readonly [Name in keyof Value]: fc.Arbitrary<Value[Name]> }): fc.Arbitrary<Value> {
  return fc.record<Value>(parts, { noNullPrototype: true }) as fc.Arbitrary<Value>
}

const text = fc.string({ unit: 'binary', maxLength: 20 })
const numbers = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Number.isInteger(one) || Number.isSafeInteger(one)),
  fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
  fc.bigInt(-(2n ** 63n), -(2n ** 53n)),
)
const scalars = fc.oneof(fc.constantFrom(null, true, false), text, numbers).map((one) => (one === 0 ? 0 : one))
const names = text.filter((name) => name !== '__proto__')
const { value: values } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, scalars, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(names, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}))
const objects = fc.dictionary(names, values, { maxKeys: 5, noNullPrototype: true })
const paths: fc.Arbitrary<Path> = fc.array(
  fc.oneof(
    names.map((field) => ({ field })),
    fc.dictionary(names, scalars, { minKeys: 1, maxKeys: 3, noNullPrototype: true }).map((key) => ({ key })),
    scalars.map((value) => ({ value })),
    fc.nat(1000).map((index) => ({ index })),
  ),
  { maxLength: 5 },
)
const unstable = record({
  path: paths,
  why: fc.constantFrom('random' as const, 'install-or-upgrade' as const, 'deploy-time' as const),
  rendered: fc.array(fc.option(values, { nil: undefined }), { maxLength: 3 }),
})
const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
const desiredObjects: fc.Arbitrary<DesiredObject> = record({
  object: objects,
  name: word,
  kind: word,
  apiVersion: word,
  metadata: objects,
  unstable: fc.array(unstable, { maxLength: 3 }),
}).chain(({ object, name, kind, apiVersion, metadata, unstable }) => {
  const { namespace, ...rest } = metadata
  const whole = { ...object, apiVersion, kind, metadata: { ...rest, name } }
  return record({ template: fc.option(text), fromCrds: fc.boolean() }).map((more) => makeObject(whole, { ...more, unstable }))
})
const refs = record({ apiVersion: word, kind: word, namespace: fc.option(word), name: word })
const heads: fc.Arbitrary<Desired> = record({
  objects: fc.uniqueArray(desiredObjects, { maxLength: 4, selector: ({ ref }) => JSON.stringify(ref) }),
  setAside: fc.array(record({ object: refs, reason: text }), { maxLength: 2 }),
  notes: fc.array(
    fc.record({ kind: text, message: text, object: refs, path: text }, { requiredKeys: ['kind', 'message'], noNullPrototype: true }),
    {
      maxLength: 2,
    },
  ),
})

test('whatever is written comes back as it was', () => {
  fc.assert(
    fc.property(heads, fc.option(heads), (shop, blog) => {
      const handover = makeHandover([], {
        targets: [
          { name: 'shop', head: shop },
          { name: 'blog', head: blog === null ? null : { ...blog, objects: [] } },
        ],
      })
      expect(parseHandover(writeHandover(handover, KNOWN), KNOWN)).toStrictEqual(handover)
    }),
    { numRuns: runs },
  )
})

test('whatever is done to a text, it is read within bounds or refused with a reason', () => {
  const written = writeHandover(makeHandover(), KNOWN)
  const edits = fc.array(fc.tuple(fc.nat(written.length), fc.nat(20), fc.oneof(text, fc.constantFrom('"', '{', ']', '\\', '1e9', ','))), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(edits, (changes) => {
      const edited = changes.reduce((so, [at, length, by]) => `${so.slice(0, at)}${by}${so.slice(at + length)}`, written)
      try {
        parseHandover(edited, KNOWN)
      } catch (error) {
        expect(error).toHaveProperty('faults.0.where', 'preview.json')
      }
    }),
    { numRuns: runs * 5 },
  )
})
