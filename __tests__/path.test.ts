import { describe, expect, it } from 'vitest'
import type { Path } from '../src/model.ts'
import { formatPath, parsePath } from '../src/path.ts'
import { joinRandomly, seedRandom } from './report/random.ts'

const CASES: readonly (readonly [string, Path])[] = [
  ['', []],
  ['spec.replicas', [{ field: 'spec' }, { field: 'replicas' }]],
  [
    'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]',
    [...fields('spec', 'template', 'spec', 'containers'), { key: { name: 'grokdevops' } }, { field: 'env' }, { key: { name: 'DEBUG' } }],
  ],
  ['ports[containerPort=80,protocol=TCP]', [{ field: 'ports' }, { key: { containerPort: 80, protocol: 'TCP' } }]],
  ['ports[port="80"]', [{ field: 'ports' }, { key: { port: '80' } }]],
  ['flags[on=true,off="true",none=null,text="null"]', [{ field: 'flags' }, { key: { on: true, off: 'true', none: null, text: 'null' } }]],
  ['list["odd name"="a]b,c=d"]', [{ field: 'list' }, { key: { 'odd name': 'a]b,c=d' } }]],
  ['list[name=""]', [{ field: 'list' }, { key: { name: '' } }]],
  [
    'list[topologyKey=kubernetes.io/hostname,ip=10.0.0.1]',
    [{ field: 'list' }, { key: { topologyKey: 'kubernetes.io/hostname', ip: '10.0.0.1' } }],
  ],
  ['metadata.annotations["a.b/c"]', [...fields('metadata', 'annotations'), { field: 'a.b/c' }]],
  ['data["say \\"hi\\"\\n"].x', [...fields('data'), { field: 'say "hi"\n' }, { field: 'x' }]],
  ['data[""]', [...fields('data'), { field: '' }]],
  ['["a.b"].c', [{ field: 'a.b' }, { field: 'c' }]],
  ['data.8080', [...fields('data', '8080')]],
  ['metadata.finalizers[="x"]', [...fields('metadata', 'finalizers'), { value: 'x' }]],
  ['set[=80][=null][=12345678901234567890]', [{ field: 'set' }, { value: 80 }, { value: null }, { value: 12345678901234567890n }]],
  ['args[0]', [{ field: 'args' }, { index: 0 }]],
  ['__proto__[__proto__=x]', [{ field: '__proto__' }, { key: Object.fromEntries([['__proto__', 'x']]) }]],
]

describe('formatPath and parsePath', () => {
  it.each(CASES)('%s', (text, path) => {
    expect(formatPath(path)).toBe(text)
    expect(parsePath(text)).toStrictEqual(path)
  })

  it('come back to the same path for any text in any step', () => {
    const random = seedRandom(7)
    const characters = ['a', 'Z', '0', '.', '[', ']', '"', '\\', '=', ',', ' ', '\n', '-', '/', ':', 'é', '\u202e', '1', 'e', 't']
    const word = () => joinRandomly(random, characters, 5)
    const written = new Map<string, string>()
    for (let round = 0; round < 5000; round++) {
      const path: Path = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        const steps = [
          { field: word() },
          { key: { [word()]: word(), b: Math.floor(random() * 9) } },
          { value: word() },
          { index: Math.floor(random() * 9) },
        ]
        return steps[Math.floor(random() * steps.length)] ?? { index: 0 }
      })
      const text = formatPath(path)
      expect(parsePath(text), text).toStrictEqual(path)
      const same = JSON.stringify(path)
      expect(written.get(text) ?? same).toBe(same)
      written.set(text, same)
    }
  })

  it.each([
    '.',
    'a.',
    '.a',
    'a..b',
    'a[',
    'a[]',
    'a[=',
    'a[=]',
    'a[01]',
    'a[x]',
    'a[x=]',
    'a[x=1',
    'a["x"',
    'a["\\x"]',
    'a b',
    'a[b=c]d',
    'a[-1]',
  ])('refuses %s', (text) => {
    expect(parsePath(text)).toBeNull()
  })
})

function fields(...names: readonly string[]): Path {
  return names.map((field) => ({ field }))
}
