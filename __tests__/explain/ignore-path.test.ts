import { describe, expect, test } from 'vitest'
import { parseIgnorePath, parseJsonPointer, readIgnorePath } from '../../src/explain/ignore-path.ts'
import type { IgnoreStep } from '../../src/model.ts'

function stepsOf(text: string): readonly IgnoreStep[] {
  const read = parseIgnorePath(text)
  if ('message' in read) throw new SyntaxError(read.message)
  return read.path.steps
}

const fields = (...names: readonly string[]): readonly IgnoreStep[] => names.map((field) => ({ field }))
const pods = fields('spec', 'template', 'spec', 'containers')

describe('parseIgnorePath', () => {
  test.each<[text: string, steps: readonly IgnoreStep[]]>([
    ['spec.replicas', fields('spec', 'replicas')],
    ['spec.template.spec.containers[name=*].image', [...pods, { element: [['name', '*']] }, { field: 'image' }]],
    ['metadata.annotations["a.b/*"]', fields('metadata', 'annotations', 'a.b/*')],
    [
      'webhooks[name=*].clientConfig.caBundle',
      [{ field: 'webhooks' }, { element: [['name', '*']] }, ...fields('clientConfig', 'caBundle')],
    ],
    ['containers[*].image', [{ field: 'containers' }, { any: 'one' }, { field: 'image' }]],
    ['spec.*.image', [{ field: 'spec' }, { any: 'one' }, { field: 'image' }]],
    ['**.image', [{ any: 'depth' }, { field: 'image' }]],
    ['a.**.b', [{ field: 'a' }, { any: 'depth' }, { field: 'b' }]],
    ['args[0]', [{ field: 'args' }, { index: 0 }]],
    ['metadata.finalizers[="x*"]', [...fields('metadata', 'finalizers'), { value: 'x*' }]],
    ['set[=80]', [{ field: 'set' }, { value: '80' }]],
    [
      'ports[protocol=TCP,containerPort=80]',
      [
        { field: 'ports' },
        {
          element: [
            ['protocol', 'TCP'],
            ['containerPort', '80'],
          ],
        },
      ],
    ],
    ['list["odd name"="a]b,c=d"]', [{ field: 'list' }, { element: [['odd name', 'a]b,c=d']] }]],
    ['env[name=TRACE_*]', [{ field: 'env' }, { element: [['name', 'TRACE_*']] }]],
    ['["a.b"].c', fields('a.b', 'c')],
  ])('%s', (text, steps) => {
    expect(stepsOf(text)).toEqual(steps)
  })

  test.each([
    ['spec["replicas"]', 'spec.replicas'],
    ["spec['replicas']", 'spec.replicas'],
    [`metadata.annotations['a.b/c']`, 'metadata.annotations["a.b/c"]'],
    ['metadata.labels["team"]', 'metadata.labels.team'],
    ['ports[port="80"]', 'ports[port=80]'],
    [`containers[name='app']`, 'containers[name=app]'],
    ['ports[ containerPort = 80, protocol = TCP ]', 'ports[containerPort=80,protocol=TCP]'],
    // All below a path is covered, so what comes after it says nothing more.
    ['metadata.annotations.**', 'metadata.annotations.*'],
  ])('%s is %s', (one, other) => {
    expect(stepsOf(one)).toEqual(stepsOf(other))
  })

  test.each([
    '',
    ' ',
    '.spec',
    '$.spec',
    'spec.',
    'spec..replicas',
    'spec.replicas ',
    'spec replicas',
    '/spec/replicas',
    'containers[]',
    'containers[app]',
    'containers[name=]',
    'containers[name=app',
    'containers[name=app protocol=TCP]',
    'containers[name=app,]',
    'containers[?(@.name=="app")]',
    'containers[-1]',
    'containers[01]',
    'args[="x]',
    'data["x',
    'data["\\x"]',
    'a**b',
    'metadata.annotations.a.b/c',
    'metadata.annotations.prometheus.io',
    'spec.template.metadata.labels.app.kubernetes.io',
    '[=x]y',
  ])('%s is refused with a remedy', (text) => {
    const read = parseIgnorePath(text)
    expect(read).toMatchObject({ message: expect.stringContaining(text === '' ? '' : text), remedy: expect.stringMatching(/\.$/) })
    expect(read).toMatchSnapshot()
  })

  test('a path may be followed by something else, for who reads on', () => {
    const text = 'metadata.annotations["a: b"]: because'
    expect(readIgnorePath(text)).toMatchObject({ path: { text: 'metadata.annotations["a: b"]' }, end: text.indexOf(': because') })
  })
})

describe('parseJsonPointer', () => {
  test('takes every token literally', () => {
    expect(parseJsonPointer('/metadata/annotations/a.b~1c~01/0')).toMatchObject({
      path: { text: '/metadata/annotations/a.b~1c~01/0', steps: ['metadata', 'annotations', 'a.b/c~1', '0'].map((token) => ({ token })) },
    })
  })

  test.each(['', '/', 'spec/replicas', '/a~b', '/spec/containers/*/image'])('%j is refused with a remedy', (text) => {
    expect(parseJsonPointer(text)).toMatchSnapshot()
  })
})
