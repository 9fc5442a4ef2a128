import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { JsonObject } from '../../src/model.ts'
import { formatUnified, toYaml } from '../../src/report/view.ts'

const REF = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', name: 'b' }

describe('toYaml', () => {
  it("has the order of Kubernetes' manifests, whatever order came in", () => {
    const object: JsonObject = {
      status: 1,
      data: { b: '1', a: '2' },
      spec: { z: 1, a: [{ value: 'v', name: 'first' }] },
      metadata: { labels: {}, name: 'x' },
      kind: 'K',
      apiVersion: 'v1',
    }
    const text = toYaml(object)
    expect(text.match(/^\w+/gm)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'data', 'status'])
    expect(text).toContain('- name: first\n')
    const reversed = JSON.parse(JSON.stringify(object), (_, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    )
    expect(toYaml(reversed)).toBe(text)
  })

  it.each([
    'yes',
    'on',
    'y',
    '0777',
    '1e3',
    '12:30:45',
    'null',
    '~',
    '',
    ' x ',
    'a: b',
    '2020-01-01',
    '=',
    '<<',
    'a\nb\n',
    'tab\t',
    '\u001b[31m',
    '(redacted)',
  ])('keeps %j a string', (value) => {
    for (const version of ['1.1', '1.2'] as const) expect(parse(toYaml({ data: { value } }), { version })).toEqual({ data: { value } })
  })

  it('keeps every digit, and repeats what is the same', () => {
    const shared = { a: 12345678901234567890n }
    expect(toYaml({ a: shared, b: shared })).toBe('a:\n  a: 12345678901234567890\nb:\n  a: 12345678901234567890\n')
  })
})

describe('formatUnified', () => {
  it('takes from Git and adds from the cluster, with the context asked for', () => {
    const desired = 'a: 1\nb: 2\nc: 3\nd: 4\n'
    const live = 'a: 1\nb: 2\nc: 5\nd: 4\n'
    expect(formatUnified({ object: REF, desired, live }, { context: 1 })).toBe(
      '--- desired (Git)\n+++ live (cluster)\n@@ -2,3 +2,3 @@\n b: 2\n-c: 3\n+c: 5\n d: 4\n',
    )
  })

  it('is empty for equal texts', () => {
    expect(formatUnified({ object: REF, desired: 'a\n', live: 'a\n' }, { context: 3 })).toBe('')
  })

  it('shows an object that one side does not have', () => {
    expect(formatUnified({ object: REF, desired: '', live: 'a: 1' }, { context: 3 })).toContain('\n+a: 1\n')
  })

  it('says so when there is too much to compare', () => {
    const lines = (letter: string) => Array.from({ length: 1200 }, (_, index) => `${letter}${index}\n`).join('')
    expect(formatUnified({ object: REF, desired: lines('a'), live: lines('b') }, { context: 3 })).toContain(
      'differ in more than 1000 lines',
    )
  })
})
