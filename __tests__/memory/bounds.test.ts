import { expect, test } from 'vitest'
import { advanceMemory, keyOf } from '../../src/memory/advance.ts'
import { fingerprintAt } from '../../src/memory/fingerprint.ts'
import { type DetectorMarker, type DriftMarker, parseBody, writeBody } from '../../src/memory/marker.ts'
import { mergeMemory } from '../../src/memory/merge.ts'
import { NO_MEMORY, type TargetMemory } from '../../src/memory/model.ts'
import { formatStored, parseStored } from '../../src/memory/stored.ts'
import type { Finding, TargetReport } from '../../src/model.ts'
import { makeDrifted } from '../report/make-report.ts'
import { makeMemory, makeStreak } from './make-memory.ts'

const [drifted] = makeDrifted().targets
const [sample] = drifted?.findings ?? []
if (drifted === undefined || sample === undefined) throw new Error('the sample has no finding')
const named = (name: string): Finding => ({
  ...sample,
  path: [{ field: 'env' }, { key: { name } }],
  change: 'added',
  id: `${name.length}`.padStart(16, 'a'),
})
const withFindings = (findings: readonly Finding[]): TargetReport => ({ ...drifted, findings })
const mark = (hour: number) => ({ at: `2026-11-01T0${hour}:00:00Z`, commit: null, closedAt: null })
const common = { labels: ['drift'], title: 'shop', digest: 'd', visible: 'v', writtenAt: mark(1).at }
const write = (memory: TargetMemory) => {
  const marker: DriftMarker = { kind: 'drift', target: 'shop', config: null, memory, closed: null, ...common }
  const read = parseBody(writeBody(marker, 'x'))?.marker
  return read?.kind === 'drift' ? read.memory : null
}

test('a name of any length is remembered in the store and in the issue, and told from others', () => {
  const [one, other] = [named(`${'X'.repeat(5000)}1`), named(`${'X'.repeat(5000)}2`)]
  expect(keyOf(one)).not.toBe(keyOf(other))
  const memory = advanceMemory(NO_MEMORY, withFindings([one, other]), mark(1))
  expect(parseStored(formatStored({ shop: memory }))).toEqual({ targets: { shop: memory }, damaged: [] })
  expect(write(memory)).toEqual(memory)
  expect(advanceMemory(memory, withFindings([one, other]), mark(2)).streaks).toMatchObject([{ runs: 2 }, { runs: 2 }])
  expect(fingerprintAt({ objects: [] } as never, keyOf(one))).toBeUndefined()
})

test('names that unfold to more than is read back are cut, not lost', () => {
  const memory = advanceMemory(NO_MEMORY, withFindings(Array.from({ length: 900 }, (_, index) => named('X'.repeat(1500 + index)))), mark(1))
  expect(write(memory)?.streaks.length).toBeGreaterThan(100)
})

test('a damaged streak, acceptance or target costs itself only', () => {
  const good = makeMemory({ streaks: [makeStreak()] })
  const mixed = { ...good, streaks: [{ key: 5 }, ...good.streaks, null], acceptances: ['x'] }
  const text = JSON.stringify({ version: 1, targets: { shop: mixed, search: {}, billing: good } })
  expect(parseStored(text)).toEqual({ targets: { shop: good, billing: good }, damaged: ['search'] })
})

test('the detector remembers a trouble whatever its length, and as many as there is room for', () => {
  const noise = (length: number) => Array.from({ length }, (_, index) => Math.sin(index).toString(36).slice(-1)).join('')
  const trouble = { name: 'shop', verdict: 'error', since: mark(1).at, message: 'no', remedy: 'mend', unread: 0, runs: 2 } as const
  const read = (troubles: DetectorMarker['troubles']) => {
    const parsed = parseBody(writeBody({ kind: 'detector', closed: false, troubles, ...common }, 'x'))?.marker
    return parsed?.kind === 'detector' ? parsed.troubles : null
  }
  expect(read([{ ...trouble, where: 'w'.repeat(9000), checkedAt: mark(1).at }])).toMatchObject([{ name: 'shop', message: 'no' }])
  const many = Array.from({ length: 900 }, (_, index) => ({
    ...trouble,
    ...{ name: `${index}-${noise(90)}`, where: null, checkedAt: mark(1).at },
  }))
  expect(read(many)?.length).toBeGreaterThan(100)
})

test('a marker that had no room for all says so, and nothing that it has lost is announced again', () => {
  const findings = Array.from({ length: 3000 }, (_, index) => named(`KEY_${index * 7919}`)).map((one, index) => ({
    ...one,
    id: `${Math.abs(Math.sin(index))}`.slice(2, 18),
  }))
  const first = advanceMemory(NO_MEMORY, withFindings(findings), mark(1))
  const told = { ...first, streaks: first.streaks.map((streak) => ({ ...streak, told: streak.id })) }
  const marker = write(told)
  if (marker === null) throw new Error('the marker is lost')
  expect(marker.cut).toBe(true)
  expect(marker.streaks.length).toBeLessThan(2000)
  const untold = ({ streaks }: TargetMemory) => streaks.filter((streak) => streak.told === null).length
  // The store knows all: of the same reading, of an older one, of a newer one.
  for (const checkedAt of [mark(1).at, mark(0).at, mark(2).at]) {
    const merged = mergeMemory(marker, { ...told, checkedAt }, NO_MEMORY)
    expect([merged.streaks.length, untold(merged)]).toEqual([3000, 0])
  }
  const after = advanceMemory(mergeMemory(marker, null, NO_MEMORY), withFindings(findings), mark(2))
  expect([after.streaks.length, untold(after), after.cut]).toEqual([3000, 0, undefined])
  // Part of what it has lost may not have been read now.
  expect(advanceMemory(marker, { ...withFindings([]), complete: false }, mark(2)).cut).toBe(true)
  // After the issue was closed all has to last anew.
  expect(untold(advanceMemory(marker, withFindings(findings), { ...mark(3), closedAt: mark(2).at }))).toBe(3000)
})
