import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { isSame } from '../../src/compare/json.ts'
import { editYaml, readValues } from '../../src/keep/edit-yaml.ts'
import { type Key, listKeys, setKey } from '../../src/keep/keys.ts'
import type { Json } from '../../src/model.ts'

const FILE = `# The dev environment.

replicaCount: 3   # three, for now
image:
    tag: "1.4.2"
    repository: 'ghcr.io/x'   # ours

podLabels: {}  # none yet
args: []
ports: [80, 443]
limits: {cpu: 1, memory: 1Gi}
env:
    - name: A
      value: "1"
    # the last one
    - name: B

config: |
  a = 1

  b = 2

tail: yes
`

describe('editYaml', () => {
  it.each<readonly [what: string, key: Key, value: Json | undefined, from: string, to: string]>([
    ['a number, beside its comment', ['replicaCount'], 5, 'replicaCount: 3   #', 'replicaCount: 5   #'],
    ['a text in double quotes', ['image', 'tag'], '1.5.0', '"1.4.2"', '"1.5.0"'],
    ['a text in single quotes', ['image', 'repository'], "it's", "'ghcr.io/x'", "'it''s'"],
    ['a boolean that reads yes', ['tail'], false, 'tail: yes', 'tail: false'],
    ['a text that would read as a boolean', ['tail'], 'no', 'tail: yes', 'tail: "no"'],
    ['an entry of an empty map', ['podLabels', 'a.b/c'], 'x', 'podLabels: {}  # none yet\n', 'podLabels:  # none yet\n    a.b/c: x\n'],
    ['an element of an empty list', ['args', 0], '--debug', 'args: []\n', 'args:\n    - --debug\n'],
    ['an element in brackets', ['ports', 2], 8080, '443]', '443, 8080]'],
    ['an entry in braces', ['limits', 'gpu'], '1', '1Gi}', '1Gi, "gpu":"1"}'],
    ['a value in brackets', ['ports', 0], 81, '[80', '[81'],
    ['an element of a list', ['env', 2], { name: 'C', value: 'on' }, '- name: B\n', '- name: B\n    - name: C\n      value: "on"\n'],
    ['a field of an element', ['env', 1, 'value'], 'x', '- name: B\n', '- name: B\n      value: x\n'],
    ['a line of a text', ['config'], 'a = 1\n\nb = 3\n', 'b = 2', 'b = 3'],
    ['a new key at the end', ['more', 'deep'], [1], 'tail: yes\n', 'tail: yes\nmore:\n    deep:\n        - 1\n'],
    ['nothing in place of an entry', ['image', 'tag'], undefined, '    tag: "1.4.2"\n', ''],
    ['nothing in place of an element', ['env', 1], undefined, '    - name: B\n', ''],
    ['nothing in place of what is in brackets', ['ports', 0], undefined, '[80, 443]', '[443]'],
  ])('writes %s and leaves all else', (_what, key, value, from, to) => {
    for (const eol of ['\n', '\r\n']) {
      const turn = (text: string) => text.replaceAll('\n', eol)
      expect(editYaml(turn(FILE), key, value)).toEqual({ text: turn(FILE.replace(from, () => to)) })
    }
  })

  it('takes the last entry out with its comment, and leaves an empty map', () => {
    expect(editYaml('a:\n  b: 1 # x\nc: 2\n', ['a', 'b'], undefined)).toEqual({ text: 'a: {}\nc: 2\n' })
  })

  it('adds to files that are empty, hold only comments, or end without a line break', () => {
    expect(editYaml('', ['a'], 1)).toEqual({ text: 'a: 1\n' })
    expect(editYaml('# nothing yet\n', ['a', 'b'], 1)).toEqual({ text: '# nothing yet\na:\n  b: 1\n' })
    expect(editYaml('a: 1', ['b'], 2)).toEqual({ text: 'a: 1\nb: 2' })
  })

  it('changes nothing else that shares an anchor', () => {
    const shared = 'base: &x\n  a: 1\none: *x\ntwo: *x\n'
    expect(editYaml(shared, ['base', 'a'], 2)).toMatchObject({ refused: expect.stringContaining('anchor') })
    expect(editYaml(shared, ['one', 'a'], 2)).toEqual({ text: 'base: &x\n  a: 1\none:\n  a: 2\ntwo: *x\n' })
    expect(editYaml('a: &n 1\nb: *n\n', ['b'], 2)).toEqual({ text: 'a: &n 1\nb: 2\n' })
    expect(editYaml('base: &x {a: 1}\none:\n  <<: *x\n  b: 2\n', ['one', 'a'], 3)).toEqual({
      text: 'base: &x {a: 1}\none:\n  <<: *x\n  b: 2\n  a: 3\n',
    })
  })

  it('refuses what is no single map', () => {
    expect(editYaml('a: 1\n---\nb: 2\n', ['a'], 2)).toHaveProperty('refused')
    expect(editYaml('- a\n', ['a'], 2)).toHaveProperty('refused')
  })

  it('makes the wanted values of any file, or refuses', () => {
    const name = fc.constantFrom('a', 'b', 'image', 'x.y/z', 'on', '1')
    const scalar = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('yes', '0440', '1e3', 'a: b', '# c', ''),
    )
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.dictionary(name, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }))
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    })
    const runs = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 300)
    let refused = 0
    fc.assert(
      fc.property(
        fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        style,
        fc.nat(),
        fc.option(tree),
        (values, how, seed, value) => {
          const text = `# kept\n${stringify(values, { ...how, version: '1.1', lineWidth: 0 })}`
          const before = readValues(text)
          fc.pre(before !== null)
          const keys = listKeys(before)
          const { key } = keys[seed % keys.length] ?? { key: ['new'] }
          const edit = editYaml(text, key, value ?? undefined)
          if ('refused' in edit) refused++
          else {
            expect(edit.text).toContain('# kept\n')
            expect(isSame(readValues(edit.text) ?? undefined, setKey(before, key, value ?? undefined))).toBe(true)
          }
        },
      ),
      { numRuns: runs, seed: 7 },
    )
    expect(refused / runs).toBeLessThan(0.03)
  })
})
