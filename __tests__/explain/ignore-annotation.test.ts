import { describe, expect, test } from 'vitest'
import { setAt } from '../../src/compare/json.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import { applyIgnoreRules } from '../../src/explain/ignore.ts'
import { readIgnoreAnnotation } from '../../src/explain/ignore-annotation.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { makeDesired, makeEntry, makeLive, makeLiveObject, pathOf } from '../make-live.ts'

const template = 'shop/templates/deployment.yaml'

function makeObject(annotation?: Json, name = 'shop', namespace = 'prod'): JsonObject {
  const annotations = annotation === undefined ? {} : { annotations: { 'plumbline.dev/ignore': annotation } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, ...annotations }, spec: { replicas: 3 } }
}

function read(annotation?: Json) {
  return readIgnoreAnnotation(makeDesired(makeObject(annotation), { template }))
}

describe('the annotation is read', () => {
  test('line by line: a path, perhaps a last day, and a reason', () => {
    const text = `
spec.replicas: the autoscaler of the night shift
  - metadata.annotations["a.b: c"] until 2027-01-31: they said: leave it

spec.template.spec.containers[name=*].image   until 2027-02-01 :keel moves it`
    const { rules, notes } = read(text)
    expect(notes).toEqual([])
    expect(rules).toMatchObject([
      {
        ...{ path: { text: 'spec.replicas' }, reason: 'the autoscaler of the night shift', expires: null },
        where: `${template} (plumbline.dev/ignore of Deployment/shop, line 2)`,
      },
      { path: { text: 'metadata.annotations["a.b: c"]' }, reason: 'they said: leave it', expires: '2027-01-31' },
      { path: { text: 'spec.template.spec.containers[name=*].image' }, reason: 'keel moves it', expires: '2027-02-01' },
    ])
  })

  test('where there is none, there is nothing to say', () => {
    expect(read()).toEqual({ rules: [], notes: [] })
    expect(readIgnoreAnnotation(makeDesired({ apiVersion: 'v1', kind: 'ConfigMap' }))).toEqual({ rules: [], notes: [] })
  })

  test.each<Json>([
    'spec.replicas',
    'spec.replicas:',
    'spec.replicas until 2027-01-31',
    'spec.replicas until 2027-02-30: x',
    'spec.replicas until: x',
    'spec.replicas for ever: x',
    ': x',
    'containers[]: x',
    '/spec/replicas: x',
    'metadata.annotations.prometheus.io/scrape: x',
    '# a comment',
    '',
    true,
  ])('%j ignores nothing, and the note says why', (annotation) => {
    const { rules, notes } = read(annotation)
    expect(rules).toEqual([])
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({ kind: 'ignore-annotation-fault', object: { kind: 'Deployment', name: 'shop' } })
    expect(notes[0]?.message).toContain(template)
    expect(notes[0]?.message).toMatchSnapshot()
  })

  test('a faulty line spoils no other', () => {
    const { rules, notes } = read('spec.paused\nspec.replicas: x')
    expect(rules).toMatchObject([{ path: { text: 'spec.replicas' } }])
    expect(notes[0]?.message).toContain('line 1')
  })

  test('a manifest that is no template is named as such', () => {
    const { notes } = readIgnoreAnnotation(makeDesired(makeObject('x')))
    expect(notes[0]?.message).toContain('the rendered manifest (plumbline.dev/ignore of Deployment/shop, line 1)')
  })
})

describe('only the rendered manifest counts', () => {
  const target = { name: 'shop', release: 'shop', namespace: 'prod' }
  const annotation = 'plumbline.dev/ignore'
  const byHand = (object: JsonObject) => makeEntry('kubectl-annotate', 'Update', { apiVersion: 'apps/v1', kind: 'Deployment', ...object })

  /** What a person sees of objects whose replicas, and perhaps annotation, were changed by hand. */
  function check(
    declared: readonly JsonObject[],
    live: (object: JsonObject) => JsonObject,
    entries: (object: JsonObject) => readonly JsonObject[],
  ) {
    const desired = declared.map((object) => makeDesired(object, { template }))
    const pairs = desired.map(
      (one) =>
        [one, makeLiveObject(live(one.object), [makeEntry('argocd-controller', 'Apply', one.object), ...entries(one.object)])] as const,
    )
    const explained = explainTarget({
      ...{ target, desired, live: makeLive(pairs), history: null },
      rules: { deployers: [], controllers: [] },
      isSecret: () => false,
    })
    const { sides, findings } = explained
    const result = applyIgnoreRules({ target: 'shop', findings, desired, sides, rules: [], today: '2026-11-24' })
    return { ...result, told: result.findings.map(({ object, path, drift }) => `${object.name} ${formatPath(path)} ${drift}`) }
  }
  const scale = (object: JsonObject) => setAt(object, pathOf('spec.replicas'), 5) as JsonObject
  const scaledBy = () => [byHand({ spec: { replicas: 5 } })]

  test('a rendered rule covers its own object, and no other', () => {
    const declared = [makeObject('spec.replicas: x'), makeObject(undefined, 'other'), makeObject(undefined, 'shop', 'elsewhere')]
    const { told, ignoreRules } = check(declared, scale, scaledBy)
    expect(told).toEqual(['shop spec.replicas false', 'other spec.replicas true', 'shop spec.replicas true'])
    expect(ignoreRules).toMatchObject([{ rule: 'Deployment/shop, spec.replicas', matched: 1, status: 'used' }])
  })

  test('an expired one covers nothing', () => {
    const { told, ignoreRules } = check([makeObject('spec.replicas until 2026-11-23: x')], scale, scaledBy)
    expect(told).toEqual(['shop spec.replicas true'])
    expect(ignoreRules).toMatchObject([{ status: 'expired' }])
  })

  test('one that was put on the live object hides nothing, and is itself drift', () => {
    const hidden = { metadata: { annotations: { [annotation]: '**: nothing to see here' } }, spec: { replicas: 5 } }
    const annotate = (object: JsonObject) =>
      setAt(scale(object), pathOf(`metadata.annotations["${annotation}"]`), '**: nothing to see here') as JsonObject
    const { told, ignoreRules } = check([makeObject()], annotate, () => [byHand(hidden)])
    expect(told).toEqual(['shop spec.replicas true', expect.stringMatching(/^shop metadata\.annotations.* true$/)])
    expect(ignoreRules).toEqual([])
  })

  test('nor does one that was changed there', () => {
    const changed = '**: nothing to see here'
    const annotate = (object: JsonObject) => setAt(scale(object), pathOf(`metadata.annotations["${annotation}"]`), changed) as JsonObject
    const entries = () => [byHand({ metadata: { annotations: { [annotation]: changed } }, spec: { replicas: 5 } })]
    const { told } = check([makeObject('spec.paused: x')], annotate, entries)
    expect(told).toEqual([`shop metadata.annotations["${annotation}"] true`, 'shop spec.replicas true'])
  })

  test('an object that could not be read has no rules to judge', () => {
    const desired = makeDesired(makeObject('spec.replicas: x'))
    const result = applyIgnoreRules({ target: 'shop', findings: [], desired: [desired], sides: new Map(), rules: [], today: '2026-11-24' })
    expect(result).toEqual({ findings: [], ignoreRules: [], notes: [] })
  })
})
