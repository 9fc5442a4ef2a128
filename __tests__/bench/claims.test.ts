import { describe, expect, it } from 'vitest'
import { judgeClaims } from '../../bench/claims.ts'
import type { Cell, Outcome, ToolName } from '../../bench/model.ts'

const clean: Outcome = { text: 'in-sync, complete, no findings', inSync: true, drifted: [] }
const edited = ['Deployment/app-0', 'Service/app-5']
const drifted: Outcome = { text: 'drifted, complete, 2 findings', inSync: false, drifted: edited }

function makeCell(tool: ToolName, objects: number, median: number, more: Partial<Cell> = {}): Cell {
  const release = { namespace: `bench-${objects}`, objects, edited: false }
  const peaks = [{ name: 'node', bytes: 200e6 }]
  const own = { runs: 1, fastest: median, slowest: median, requests: { discovery: 3, list: 4 }, peaks, outcomes: [clean] }
  return { tool, release, median, ...own, ...more }
}

/** A run in which everything is as claimed, just so. */
const good: readonly Cell[] = [
  makeCell('plumbline', 40, 400),
  makeCell('plumbline', 1000, 1000),
  makeCell('plumbline', 5000, 4500, { requests: { discovery: 4, list: 12 } }),
  makeCell('kubectl-server-side', 1000, 2000),
  makeCell('kubectl-8', 1000, 20_000),
  makeCell('plumbline', 1000, 1500, { release: { namespace: 'bench-edited', objects: 1000, edited: true }, outcomes: [drifted] }),
]

/** The claims that do not hold when one figure of the good run is another. */
function findFailed(tool: ToolName, objects: number, isEdited: boolean, change: Partial<Cell>): readonly string[] {
  const cells = good.map((cell) =>
    cell.tool === tool && cell.release.objects === objects && cell.release.edited === isEdited ? { ...cell, ...change } : cell,
  )
  return judgeClaims(cells, edited)
    .filter(({ holds }) => holds === false)
    .map(({ says }) => says)
}

describe('judgeClaims', () => {
  it('holds at the very limits', () => {
    expect(judgeClaims(good, edited).map(({ holds }) => holds)).toEqual([true, true, true, true, true, true, true])
  })

  it.each([
    ['client-side diff is less than 20 times slower', 'kubectl-8', 1000, false, { median: 19_900 }, /client-side/],
    ['server-side diff is less than twice as slow', 'kubectl-server-side', 1000, false, { median: 1990 }, /--server-side/],
    ['there is a request too many', 'plumbline', 5000, false, { requests: { discovery: 4, list: 13 } }, /LIST/],
    ['a request is not a read', 'plumbline', 40, false, { requests: { list: 4, patch: 1 } }, /LIST/],
    ['memory reaches 300 MB', 'plumbline', 1000, false, { peaks: [{ name: 'node', bytes: 300e6 }] }, /300 MB/],
    ['one run of an untouched release is not in sync', 'plumbline', 5000, false, { outcomes: [clean, drifted] }, /untouched/],
    ['an edit is missed', 'plumbline', 1000, true, { outcomes: [{ ...drifted, drifted: ['Service/app-5'] }] }, /edits/],
    ['something else is reported', 'plumbline', 1000, true, { outcomes: [{ ...drifted, drifted: [...edited, 'Service/app-6'] }] }, /edits/],
    ['an edited release takes longer', 'plumbline', 1000, true, { median: 1510 }, /edits/],
    ['time grows faster than the release', 'plumbline', 5000, false, { median: 4800 }, /linearly/],
  ] as const)('fails when %s', (_, tool, objects, isEdited, change, claim) => {
    expect(findFailed(tool, objects, isEdited, change)).toEqual([expect.stringMatching(claim)])
  })

  it('says so when something was not measured, and does not call it held', () => {
    const claims = judgeClaims([makeCell('plumbline', 40, 400)], edited)
    expect(claims.filter(({ holds }) => holds === null)).toHaveLength(4)
    expect(claims.filter(({ holds }) => holds === true).map(({ measured }) => measured)).toEqual(['7 of 8', '1 of 1 runs'])
  })
})
