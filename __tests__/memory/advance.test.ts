import { describe, expect, test } from 'vitest'
import { advanceMemory, keyOf } from '../../src/memory/advance.ts'
import { mergeMemory } from '../../src/memory/merge.ts'
import { NO_MEMORY } from '../../src/memory/model.ts'
import type { TargetReport } from '../../src/model.ts'
import { makeDrifted, makeInSync } from '../report/make-report.ts'
import { makeMemory, makeStreak } from './make-memory.ts'

const take = (report: ReturnType<typeof makeDrifted>): TargetReport => {
  const [target] = report.targets
  if (target === undefined) throw new Error('the sample has no target')
  return target
}
const drifted = take(makeDrifted())
const inSync = take(makeInSync())
const [replicas, debug] = drifted.findings
if (replicas === undefined || debug === undefined) throw new Error('the sample has two findings')
const mark = (hour: number) => ({ at: `2026-11-01T0${hour}:00:00Z`, commit: null, closedAt: null })

describe('a reading', () => {
  const first = advanceMemory(NO_MEMORY, drifted, mark(1))

  test('begins streaks, and carries them on', () => {
    expect(first.streaks).toMatchObject([{ key: keyOf(replicas), runs: 1, since: mark(1).at, told: null }, { key: keyOf(debug) }])
    expect(advanceMemory(first, drifted, mark(2)).streaks).toMatchObject([{ runs: 2, since: mark(1).at, shownAt: null }, { runs: 2 }])
  })

  test('keeps the streak of a place whose value changes, and knows that the value was not shown yet', () => {
    const changed = { ...drifted, findings: [{ ...replicas, id: 'other', live: 6 }, debug] }
    expect(advanceMemory(first, changed, mark(2)).streaks[0]).toMatchObject({
      runs: 2,
      since: mark(1).at,
      shownAt: null,
      id: 'other',
    })
  })

  test('ends what is gone, and remembers when all was clean', () => {
    const half = advanceMemory(first, { ...drifted, findings: [debug] }, mark(2))
    expect(half.streaks.map(({ key }) => key)).toEqual([keyOf(debug)])
    expect(half.clean).toBeNull()
    expect(advanceMemory(half, inSync, mark(3))).toMatchObject({ streaks: [], clean: { at: mark(3).at } })
  })

  test('that could not read an object neither ends nor lengthens what it had', () => {
    const unread = { object: replicas.object, reason: 'timeout', detail: '', remedy: '' }
    const blind = { ...inSync, verdict: 'incomplete', complete: false, unread: [unread] } as const
    const after = advanceMemory(first, blind, mark(2))
    expect(after.streaks).toEqual(first.streaks)
    expect(after.clean).toBeNull()
    const elsewhere = { ...blind, unread: [{ ...unread, object: { ...replicas.object, name: 'other' } }] }
    expect(advanceMemory(first, elsewhere, mark(2)).streaks).toEqual([])
  })

  test('that failed changes nothing but that it failed', () => {
    const failed = { ...inSync, verdict: 'error', complete: false } as const
    const once = advanceMemory(first, failed, mark(2))
    expect(once).toEqual({ ...first, checkedAt: mark(2).at, trouble: { verdict: 'error', since: mark(2).at, runs: 1 } })
    expect(advanceMemory(once, failed, mark(3)).trouble).toEqual({ verdict: 'error', since: mark(2).at, runs: 2 })
    expect(advanceMemory(once, inSync, mark(3)).trouble).toBeNull()
  })

  test('after the issue was closed begins anew', () => {
    const after = advanceMemory(first, drifted, { ...mark(3), closedAt: mark(2).at })
    expect(after.streaks).toMatchObject([{ runs: 1, since: mark(3).at }, { runs: 1 }])
    expect(advanceMemory(after, drifted, { ...mark(4), closedAt: mark(2).at }).streaks).toMatchObject([{ runs: 2, since: mark(3).at }, {}])
  })
})

describe('the memory of issue and store', () => {
  const marker = makeMemory({ checkedAt: mark(1).at, streaks: [makeStreak({ runs: 2, since: mark(1).at, told: 'x', fact: 'told' })] })
  const stored = makeMemory({ checkedAt: mark(5).at, streaks: [makeStreak({ runs: 6, since: mark(3).at, fact: '' })], issue: 7 })

  test('is the newer one’s, with the longest streaks, and what the issue has told', () => {
    const expected = { checkedAt: mark(5).at, issue: 7, streaks: [{ runs: 6, since: mark(1).at, told: 'x', fact: 'told' }] }
    expect(mergeMemory(marker, stored, NO_MEMORY)).toMatchObject(expected)
  })

  test('forgets what the newer one has seen end', () => {
    expect(mergeMemory(marker, { ...stored, streaks: [] }, NO_MEMORY).streaks).toEqual([])
    expect(mergeMemory(marker, { ...stored, checkedAt: mark(0).at, streaks: [] }, NO_MEMORY).streaks).toHaveLength(1)
  })

  test('is that of the one there is', () => {
    expect(mergeMemory(marker, null, NO_MEMORY)).toBe(marker)
    expect(mergeMemory(null, stored, NO_MEMORY)).toBe(stored)
    expect(mergeMemory(null, null, NO_MEMORY)).toBe(NO_MEMORY)
  })
})
