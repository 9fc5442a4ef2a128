import { describe, expect, test } from 'vitest'
import { PENDING } from './pending.ts'
import { type Expectation, listCases, readCase } from './read-case.ts'
import { runCase } from './run-case.ts'

const names = await listCases()

describe.each(names)('%s', (name) => {
  // A case that holds must leave the list of those that wait: `fails` fails then.
  const check = name in PENDING ? test.fails : test
  check(name in PENDING ? `waits for ${PENDING[name]}` : 'tells what is expected of each live state, and nothing else', async () => {
    const one = await readCase(name)
    for (const { file, expectation } of one.states) {
      const told = await runCase(one, file)
      expect.soft(sort(told, expectation), `${name}/${file}`).toEqual(sort(expectation, expectation))
    }
  })
})

test('no case waits for code that is not there yet', () => {
  expect(PENDING).toEqual({})
})

/** The order of findings is for other tests, and a pattern counts where the case names it. */
function sort({ findings, notes, setAside }: Expectation, expected: Expectation): Expectation {
  const wantsPattern = expected.findings.some(({ pattern }) => pattern !== undefined)
  const plain = findings.map(({ pattern, ...rest }) => (wantsPattern ? { ...rest, pattern } : rest))
  const byPlace = (a: (typeof plain)[number], b: (typeof plain)[number]) => `${a.object} ${a.path}`.localeCompare(`${b.object} ${b.path}`)
  return { findings: plain.toSorted(byPlace), notes: notes.toSorted(), setAside: setAside.toSorted() }
}
