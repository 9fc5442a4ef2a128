import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/chart/parse-json.ts'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import { UserError } from '../../src/errors.ts'
import type { Json } from '../../src/model.ts'

type Vector = { readonly yaml: string; readonly json?: string; readonly error?: string }
const { vectors } = JSON.parse(readFileSync(new URL('./sigs-yaml-vectors.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[]
}

describe('parseYaml, against what sigs.k8s.io/yaml gives', () => {
  it('has the vectors', () => expect(vectors.length).toBeGreaterThan(450))

  it.each(vectors.filter(({ json }) => json !== undefined))('$yaml', ({ yaml, json = '' }) => {
    const documents = parseYaml(yaml, 'x.yaml').documents.map(({ value }) => value)
    expect(documents).toEqual(json === 'null' ? [] : [parseReference(json)])
  })

  it.each(vectors.filter(({ error }) => error !== undefined))('refuses $yaml', ({ yaml }) => {
    expect(() => parseYaml(yaml, 'x.yaml')).toThrow(UserError)
  })
})

/** The reference's own JSON, with integers beyond 2^53 kept whole. */
function parseReference(json: string): Json {
  const wrapped = parseJson(`[${json}]`) as readonly Json[]
  return wrapped[0] as Json
}

describe('parseYaml, where it takes a little more than sigs.k8s.io/yaml', () => {
  it.each<[string, string, Json]>([
    ['escaped slashes', 'a: "\\/"\n', { a: '/' }],
    ['escaped surrogate pairs', 'a: "\\uD83D\\uDE00"\n', { a: '😀' }],
    ['keys beyond 1024 characters', `${'k'.repeat(1025)}: 1\n`, { ['k'.repeat(1025)]: 1 }],
    // kubectl reads line by line and adds the line break; sigs.k8s.io/yaml alone would give "x".
    ['a block at the end without a line break', 'a: |\n  x', { a: 'x\n' }],
    ['brackets that close in the first column', 'a:\n  b: {\n"x": [\n1\n]\n}\nc: 2\n', { a: { b: { x: [1] } }, c: 2 }],
  ])('%s', (_title, yaml, value) => expect(parseYaml(yaml, 'x').documents[0]?.value).toEqual(value))
})

describe('parseYaml, on streams', () => {
  const values = (text: string): readonly Json[] => parseYaml(text, 'x').documents.map(({ value }) => value)

  it('splits documents and keeps the line and Helm’s source of each', () => {
    const text =
      '# Source: app/templates/a.yaml\na: 1\n---\n# only a comment\n---\n# Source: app/crds/b.yaml\n---\nb: 2\n---\nc: 3\n--- # d\nd: |\n  ---\n  x\n'
    expect(parseYaml(text, 'x').documents).toEqual([
      { value: { a: 1 }, line: 1, sourceComment: 'app/templates/a.yaml' },
      { value: { b: 2 }, line: 7, sourceComment: 'app/crds/b.yaml' },
      { value: { c: 3 }, line: 9, sourceComment: 'app/crds/b.yaml' },
      { value: { d: '---\nx\n' }, line: 11, sourceComment: 'app/crds/b.yaml' },
    ])
  })

  it('keeps the last line break of a block before a separator', () => {
    expect(values('a: |\n  x\n---\nb: |-\n  y\n---\n')).toEqual([{ a: 'x\n' }, { b: 'y' }])
  })

  it('reads JSON, with big integers whole', () => {
    expect(values('{"a": [1, 2.5, null], "b": 12345678901234567890}')).toEqual([{ a: [1, 2.5, null], b: 12345678901234567890n }])
  })

  it('unpacks lists, lists in lists, and typed lists', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'A' }, { kind: 'List', items: [{ kind: 'B' }] }] }
    expect(values(JSON.stringify(list))).toEqual([{ kind: 'A' }, { kind: 'B' }])
    expect(values('apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n')).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    ])
    expect(values('kind: Menu\nitems: [soup]\n')).toEqual([{ kind: 'Menu', items: ['soup'] }])
  })

  it('notes keys given twice with their line and template, and keeps the last', () => {
    const { documents, warnings } = parseYaml('# Source: app/templates/a.yaml\na: 1\n---\nm:\n  a: 1\n  b: 2\n  a: 3\n', 'x.yaml')
    expect(documents[1]?.value).toEqual({ m: { a: 3, b: 2 } })
    expect(warnings).toEqual([
      {
        kind: 'duplicate-key',
        message: 'x.yaml:7 (from app/templates/a.yaml): the key "a" is given twice in one map; the last one counts.',
      },
    ])
  })

  it('says so when a document follows an end marker', () => {
    const { documents, warnings } = parseYaml('a: 1\n...\nb: 2\n', 'x.yaml')
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }])
    expect(warnings.map(({ kind, message }) => [kind, message.slice(0, 9)])).toEqual([['unread-document', 'x.yaml:3:']])
  })

  it('never lets a key reach an object’s prototype', () => {
    const value = values('__proto__: {polluted: true}\nm: {<<: {__proto__: {polluted: true}}}\n')[0] as { m: object }
    expect(Object.keys(value)).toEqual(['__proto__', 'm'])
    expect([Object.getPrototypeOf(value), Object.getPrototypeOf(value.m)]).toEqual([Object.prototype, Object.prototype])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('tells the faults of all documents at once, each with its line', () => {
    const faults = catchFaults(() => parseYaml('a: [1\n---\nok: true\n---\nb:\n  c: "x\n', 'x.yaml'))
    expect(faults.map(({ where }) => where)).toEqual(['x.yaml:2', 'x.yaml:7'])
    expect(faults.every(({ message, remedy }) => message.startsWith('This is not valid YAML') && remedy !== '')).toBe(true)
  })

  it.each([
    ['brackets without end', '['.repeat(100_000)],
    ['a bracket that is never closed', '{ not: [yaml'],
    ['maps without end', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    [
      'an alias bomb',
      `a: &a [${'x,'.repeat(9)}]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]\n`).join('')}`,
    ],
  ])('refuses %s quickly', (_title, text) => {
    const start = performance.now()
    expect(catchFaults(() => parseYaml(text, 'x.yaml'))).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

function catchFaults(work: () => unknown): UserError['faults'] {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error.faults
    throw error
  }
  return []
}
