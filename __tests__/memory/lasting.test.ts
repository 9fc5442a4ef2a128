import { expect, test } from 'vitest'
import { judgeEmptyStore, judgeLasting } from '../../src/memory/lasting.ts'
import type { Finding } from '../../src/model.ts'
import { makeDrifted } from '../report/make-report.ts'
import { makeStreak } from './make-memory.ts'

const now = '2026-11-01T08:00:00Z'
const [sample] = makeDrifted().targets[0]?.findings ?? []
if (sample === undefined) throw new Error('the sample has no finding')
const written = (time: string | null): Finding => ({ ...sample, evidence: { ...sample.evidence, time } })

test.each([
  // What was seen, what is asked for, the store, when it was written.
  ['enough runs', { runs: 2 }, { runs: 2, minutes: 0 }, 'usable', null, 'lasting'],
  ['too few runs', { runs: 1 }, { runs: 2, minutes: 0 }, 'usable', '2026-10-01T00:00:00Z', 'new'],
  ['enough runs, too short a time', { runs: 9, since: '2026-11-01T07:01:00Z' }, { runs: 2, minutes: 60 }, 'usable', null, 'new'],
  ['enough of both', { runs: 2, since: '2026-11-01T07:00:00Z' }, { runs: 2, minutes: 60 }, 'usable', null, 'lasting'],
  ['told before', { runs: 1, told: 'x' }, { runs: 5, minutes: 600 }, 'usable', null, 'lasting'],
  ['no store, an old write', { runs: 1 }, { runs: 2, minutes: 0 }, 'unavailable', '2026-11-01T07:00:00Z', 'lasting'],
  ['no store, a write of less than an hour ago', { runs: 1 }, { runs: 2, minutes: 0 }, 'unavailable', '2026-11-01T07:00:01Z', 'new'],
  ['no store, a write younger than was asked for', { runs: 1 }, { runs: 2, minutes: 120 }, 'unavailable', '2026-11-01T06:30:00Z', 'new'],
  ['no store, no time of a write', { runs: 1 }, { runs: 2, minutes: 0 }, 'unavailable', null, 'unproven'],
  ['nothing remembered, a write of a week ago', { runs: 1 }, { runs: 2, minutes: 0 }, 'blank', '2026-10-25T08:00:00Z', 'lasting'],
  ['nothing remembered, a younger write', { runs: 1 }, { runs: 2, minutes: 0 }, 'blank', '2026-10-25T08:00:01Z', 'new'],
  ['nothing remembered, a longer time asked for', { runs: 1 }, { runs: 2, minutes: 20_000 }, 'blank', '2026-10-20T08:00:00Z', 'new'],
  ['nothing remembered, no time of a write', { runs: 1 }, { runs: 2, minutes: 0 }, 'blank', null, 'unproven'],
  ['no store, and no time', { runs: 1 }, { runs: 2, minutes: 0 }, 'unavailable', 'yesterday', 'unproven'],
] as const)('%s', (_, streak, persistence, store, time, expected) => {
  expect(judgeLasting(written(time), makeStreak(streak), persistence, store, now)).toBe(expected)
})

test.each([
  [null, 'blank'],
  ['2026-10-25T08:00:00Z', 'blank'],
  ['2026-10-25T08:00:01Z', 'usable'],
])('an empty store, when an issue knows of %s, is %s', (last, state) => {
  expect(judgeEmptyStore(last, now)).toBe(state)
})
