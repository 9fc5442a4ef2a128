import { expect, test } from 'vitest'
import { type Expectation, listCases, readCase } from './read-case.ts'
import { runCase } from './run-case.ts'

const names = await listCases()

/** The rows of the catalogue. */
const ROWS = 73

test.each(names)('%s', async (name) => {
  const one = await readCase(name)
  for (const { file, expectation } of one.states) {
    const told = await runCase(one, file)
    expect.soft(sort(told, expectation), `${name}/${file}`).toEqual(sort(expectation, expectation))
  }
})

test('every row of the catalogue has its case', () => {
  const numbers = new Set(names.map((name) => Number(/^\d+/.exec(name)?.[0])))
  expect(Array.from({ length: ROWS }, (_, index) => index + 1).filter((row) => !numbers.has(row))).toEqual([])
})

/** The order of findings is for other tests, and a pattern counts where the case names it. */
function sort({ findings, notes, setAside }: Expectation, expected: Expectation): Expectation {
  const wantsPattern = expected.findings.some(({ pattern }) => pattern !== undefined)
  const plain = findings.map(({ pattern, ...rest }) => (wantsPattern ? { ...rest, pattern } : rest))
  const byPlace = (a: (typeof plain)[number], b: (typeof plain)[number]) => `${a.object} ${a.path}`.localeCompare(`${b.object} ${b.path}`)
  return { findings: plain.toSorted(byPlace), notes: notes.toSorted(), setAside: setAside.toSorted() }
}
