import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SIGNALS } from '../../../src/explain/advice/signals.ts'
import { advise } from '../../../src/explain/advise.ts'
import type { Finding, HealthState, Witness } from '../../../src/model.ts'
import {
  act,
  claim,
  DEPLOYED,
  debug,
  deleted,
  extra,
  fewer,
  foreign,
  HELM_BEFORE,
  HELM_SINCE,
  image,
  label,
  laptop,
  MOVED,
  makeTarget,
  more,
  NO_SCALER,
  PULL,
  probe,
  QUIET,
  RUN_AROUND,
  rights,
  SCALER,
  SCENARIOS,
  SINCE,
  secret,
  selector,
  timeless,
  toNothing,
  unknown,
  withFate,
} from './scenarios.ts'

for (const [name, target, lean, confidence, headline] of SCENARIOS) {
  test(name, () => {
    expect(advise(target)).toMatchObject({ lean, confidence, headline })
  })
}

test('every signal of the table is met by a scenario', () => {
  const met = new Set(SCENARIOS.flatMap((one) => advise(one[1]).reasons))
  const named = advise(makeTarget([more], 'healthy', [], { acts: [act([WITNESS])] })).reasons
  const told = [...met, ...named]
  const silent = SIGNALS.filter(({ id, reason }) => id !== 'many' && !told.includes(reason(NO_SCENE)))
  expect(silent.map(({ id }) => id)).toEqual([])
  expect(told).toContain('There are 5 changes, which are not one small act.')
})
const WITNESS: Witness = {
  ...{ user: 'jane', impersonatedBy: null, userAgent: 'kubectl', sources: [], time: '2026-11-23T14:50:36Z', verb: 'patch' },
  confidence: 'certain',
}
const NO_SCENE = { drift: [], since: null } as never

describe('the deadline', () => {
  test.each<readonly [string, readonly Finding[], string | null]>([
    [
      'a deploy that fails',
      [withFate(more, 'blocks-deploy'), withFate(debug, 'kept')],
      'Decide before the next deploy: it will fail on spec.replicas.',
    ],
    ['a deploy that may fail', [withFate(more, 'blocks-deploy', 'likely')], 'Decide before the next deploy: it may fail on spec.replicas.'],
    [
      'a deploy that takes it back',
      [withFate(more, 'reverted')],
      'Decide before the next deploy: it will silently take back 2 more replicas.',
    ],
    [
      'a deploy that takes a part back',
      [withFate(more, 'reverted'), withFate(debug, 'kept')],
      'Decide before the next deploy: it will silently take back 2 more replicas, and leave the rest.',
    ],
    ['a deploy that leaves it', [withFate(debug, 'kept')], null],
    ['a fate that nobody knows', [withFate(more, 'unknown')], null],
    ['an object that blocks', [withFate(deleted, 'blocks-deploy')], 'Decide before the next deploy: it will fail on Service/web.'],
  ])('%s', (_, findings, deadline) => {
    expect(advise(makeTarget(findings, 'healthy')).deadline).toBe(deadline)
  })
})

test('what is accepted is no drift any more, and the advice is about the rest', () => {
  const kept = { ...more, drift: false, acceptance: { by: 'jane', because: 'load test', until: '2026-12-01' } }
  expect(advise(makeTarget([kept, debug], 'healthy', QUIET)).headline).toBe(
    `Healthy, debug output ${SINCE}, no deploy since: likely a hotfix.`,
  )
  expect(advise(makeTarget([kept], 'healthy', QUIET))).toEqual({
    ...{ lean: 'keep', confidence: 'certain', headline: 'There is no drift to decide about.' },
    ...{ reasons: [], deadline: null, wouldChange: [], approvals: [] },
  })
})

test('what is not known is said to be what would tell', () => {
  const absences = [{ source: 'pods', why: 'they may not be read', remedy: '' }]
  const { wouldChange } = advise(makeTarget([rights], 'progressing', [], { absences }))
  expect(wouldChange.slice(1)).toEqual([
    'The audit log, which can tell whose account it was.',
    'The end of what is under way.',
    'What could not be looked at: pods.',
  ])
})

test('approvals name security and data where they are concerned', () => {
  const { approvals } = advise(makeTarget([rights, claim], 'healthy'))
  expect(approvals.slice(0, 2)).toEqual([
    'Either way needs the word of whoever answers for security.',
    'Either way needs the word of whoever answers for the data.',
  ])
  expect(approvals).toContain('A forced sync, or a deploy outside of the pipeline, needs the word of the tech lead.')
})

test('whatever comes together: one sentence, no order, nothing that contradicts itself, and the same every time', () => {
  const findings = [
    more,
    fewer,
    toNothing,
    timeless,
    debug,
    image,
    foreign,
    rights,
    secret,
    deleted,
    label,
    selector,
    claim,
    probe,
    laptop,
    unknown,
    extra,
  ]
  const facts = [NO_SCALER, SCALER, ...HELM_BEFORE, ...HELM_SINCE, RUN_AROUND, DEPLOYED, PULL, MOVED]
  const states = fc.constantFrom<HealthState>('healthy', 'progressing', 'degraded', 'unknown')
  fc.assert(
    fc.property(fc.subarray(findings, { minLength: 1 }), states, fc.subarray(facts), (drift, state, told) => {
      const target = makeTarget(drift, state, told)
      const advice = advise(target)
      const { headline, reasons, lean } = advice
      expect(advise(structuredClone(target))).toEqual(advice)
      expect(headline).toMatch(/^[A-Z0-9][^.]*\.$/)
      for (const text of [headline, ...reasons, ...advice.wouldChange, ...advice.approvals]) {
        expect(text).toMatch(/\.$/)
        expect(text).not.toMatch(/\b(must|should|ago|hours?|minutes?|kubectl|helm upgrade)\b/i)
      }
      expect(new Set(reasons).size).toBe(reasons.length)
      expect(headline.includes('no deploy since')).toBe(reasons.some((one) => one.startsWith('Nothing was deployed since')))
      if (headline.includes('no autoscaler')) expect(reasons.join()).not.toContain('An autoscaler scales it')
      if (/likely a change that does harm/.test(headline)) expect(lean).not.toBe('keep')
      if (state === 'degraded') expect(headline).toMatch(/^Degraded, /)
      if (state === 'degraded') expect(reasons.join()).not.toContain('it is well')
      if (drift.includes(rights) || drift.includes(foreign)) {
        expect(lean).not.toBe('keep')
        expect(headline).toContain('weakening of security')
      }
    }),
  )
})
