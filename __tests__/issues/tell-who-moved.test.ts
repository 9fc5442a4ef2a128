import { expect, it } from 'vitest'
import { tellWhatBecame } from '../../src/issues/tell-who-moved.ts'
import { advanceMemory } from '../../src/memory/advance.ts'
import { fingerprint, fingerprintAt } from '../../src/memory/fingerprint.ts'
import { NO_MEMORY } from '../../src/memory/model.ts'
import { makeStreak } from '../memory/make-memory.ts'
import { IN_SYNC, OBJECTS, PLACES, readTarget } from './histories/cluster.ts'

const whoMoved = (streak: Parameters<typeof makeStreak>[0], now: string | null | undefined) =>
  tellWhatBecame(makeStreak(streak), { target: { findings: [] }, desiredNow: () => now })

it.each([
  ['Git says what it said', { desired: 'three', live: 'five' }, 'three', 'cluster'],
  ['Git says what the cluster had', { desired: 'three', live: 'five' }, 'five', 'git'],
  ['Git says a third thing', { desired: 'three', live: 'five' }, 'four', 'both'],
  ['Git is secret now', { desired: 'three', live: 'five' }, null, 'either'],
  ['Git was secret', { desired: null, live: null }, 'three', 'either'],
  ['the cluster was not remembered', { desired: 'three' }, 'five', 'either'],
  ['nothing is known of Git', { desired: 'three', live: 'five' }, undefined, 'either'],
] as const)('tells who moved where %s', (_, streak, now, who) => {
  expect(whoMoved(streak, now)).toEqual({ fact: makeStreak().fact, who })
})

it('remembers both sides, so that each of them can be told to be what Git says now', () => {
  const target = readTarget('shop', { ...IN_SYNC, values: [2, 1, 0, 1] })
  const { streaks } = advanceMemory(NO_MEMORY, target, { at: '2026-11-02T08:00:00Z', commit: null, closedAt: null })
  // The order of fields means nothing, and of a whole object only its presence counts.
  const env = fingerprint({ value: 'v1', name: 'DEBUG' })
  expect(streaks.map(({ desired, live }) => [desired, live])).toEqual([
    [fingerprint(3), fingerprint(5)],
    [fingerprint(undefined), env],
    [fingerprint(true), fingerprint(false)],
  ])
  expect(streaks.at(-1)?.fact).toBe('Service/app missing')
  const service = { ref: OBJECTS[2], object: { kind: 'Service', spec: { ports: [] } }, template: null, fromCrds: false }
  const unstable = [{ path: [{ field: 'data' }], why: 'random' as const, rendered: [] }]
  const desired = { objects: [{ ...service, unstable }], setAside: [], notes: [] }
  expect(fingerprintAt(desired, streaks.at(-1)?.key ?? '')).toBe(fingerprint(true))
  expect(fingerprintAt({ ...desired, objects: [] }, streaks.at(-1)?.key ?? '')).toBe(fingerprint(false))
  expect(PLACES[3].path).toBe('')
})

it('says of a difference that is still there why it is no drift, and not that anyone moved', () => {
  const target = readTarget('shop', { ...IN_SYNC, values: [2, 0, 0, 0] })
  const [streak] = advanceMemory(NO_MEMORY, target, { at: '2026-11-02T08:00:00Z', commit: null, closedAt: null }).streaks
  const findings = target.findings.map((finding) => ({ ...finding, drift: false, cause: 'undeployed' as const }))
  const told = tellWhatBecame(streak ?? makeStreak(), { target: { findings }, desiredNow: () => streak?.desired })
  expect(told).toEqual({ fact: 'Deployment/app: replicas 3 → 5', still: findings[0] })
})
