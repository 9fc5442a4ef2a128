import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyAcceptances } from '../../src/memory/apply-acceptances.ts'
import type { AcceptanceRecord } from '../../src/memory/model.ts'
import type { TargetReport } from '../../src/model.ts'
import { makeDrifted, makeMixed, makeSeveral } from '../report/make-report.ts'

const NOW = '2026-12-03T00:00:00Z'
const drifted = makeDrifted().targets[0]!
const [REPLICAS = '', DEBUG = ''] = drifted.findings.map(({ id }) => id)

function makeRecord(ids: readonly string[], parts: Partial<AcceptanceRecord> = {}): AcceptanceRecord {
  const comment = { id: 1, url: 'https://github.com/team/shop/issues/5#issuecomment-1' }
  return { ids, by: 'lena', because: 'load test', at: '2026-12-01T00:00:00Z', until: '2026-12-08T00:00:00.000Z', comment, ...parts }
}

describe('applyAcceptances', () => {
  it('marks what is accepted with who, why, until when and where, and leaves the rest', () => {
    const result = applyAcceptances(drifted, [makeRecord([DEBUG])], NOW)
    const { by, because, until, comment } = makeRecord([])
    expect(result.findings).toEqual([
      drifted.findings[0],
      { ...drifted.findings[1], drift: false, acceptance: { by, because, until, url: comment.url } },
    ])
    expect(result).toMatchObject({ verdict: 'drifted', complete: true, counts: { drift: 1, accepted: 1 } })
  })

  it('judges anew when all is accepted', () => {
    const all = [makeRecord([REPLICAS]), makeRecord([DEBUG])]
    expect(applyAcceptances(drifted, all, NOW)).toMatchObject({ verdict: 'in-sync', counts: { drift: 0, accepted: 2 } })
    const partly = { ...drifted, complete: false, counts: { ...drifted.counts, unread: 1 } }
    expect(applyAcceptances(partly, all, NOW)).toMatchObject({ verdict: 'incomplete', complete: false, counts: { drift: 0, unread: 1 } })
  })

  it.each([
    ['before its end', '2026-12-07T23:59:59.999Z', 1],
    ['at its end', '2026-12-08T00:00:00.000Z', 0],
    ['at its end, in another zone', '2026-12-08T01:00:00+01:00', 0],
  ])('covers %s', (_, now, accepted) => {
    expect(applyAcceptances(drifted, [makeRecord([DEBUG])], now).counts.accepted).toBe(accepted)
  })

  it('takes the newest of several', () => {
    const records = [makeRecord([DEBUG], { by: 'kim', at: '2026-12-02T00:00:00Z' }), makeRecord([DEBUG])]
    expect(applyAcceptances(drifted, records, NOW).findings[1]?.acceptance?.by).toBe('kim')
  })

  it('leaves what is no drift as it is, ignored or not', () => {
    const [mixed] = makeMixed().targets
    const others = mixed!.findings.filter(({ drift }) => !drift)
    expect(others.some(({ ignoredBy }) => ignoredBy !== undefined)).toBe(true)
    const result = applyAcceptances(mixed!, [makeRecord(others.map(({ id }) => id))], NOW)
    expect(result.findings).toEqual(mixed!.findings)
    expect(result.counts).toEqual({ ...mixed!.counts, ...result.counts })
  })

  it('leaves a target alone that could not be checked', () => {
    const failed = makeSeveral().targets.find(({ verdict }) => verdict === 'error')!
    expect(applyAcceptances(failed, [makeRecord([DEBUG])], NOW)).toBe(failed)
  })

  it('changes nothing without records', () => {
    expect(applyAcceptances(drifted, [], NOW)).toEqual(drifted)
  })
})

describe('whatever is accepted', () => {
  const targets = [...makeDrifted().targets, ...makeMixed().targets, ...makeSeveral().targets]
  const ids = [...new Set(targets.flatMap(({ findings }) => findings.map(({ id }) => id))), 'feed', '']
  const target = fc.constantFrom(...targets).chain((one) =>
    // Other values at the same places have other ids.
    fc.array(fc.constantFrom(...ids), { minLength: one.findings.length, maxLength: one.findings.length }).map(
      (others): TargetReport => ({
        ...one,
        findings: one.findings.map((finding, index) => ({ ...finding, id: others[index]! })),
      }),
    ),
  )
  const day = fc.integer({ min: 1, max: 30 }).map((date) => `2026-12-${String(date).padStart(2, '0')}T00:00:00Z`)
  const record = fc.record({ ids: fc.array(fc.constantFrom(...ids)), at: day, until: day }).map((parts) => makeRecord(parts.ids, parts))

  it('hides no other id and nothing after its end, drops no finding, and is the same when done twice', () => {
    let hidden = 0
    fc.assert(
      fc.property(target, fc.array(record, { maxLength: 4 }), day, (before, records, now) => {
        const after = applyAcceptances(before, records, now)
        expect(after.findings.map(({ id }) => id)).toEqual(before.findings.map(({ id }) => id))
        for (const [index, finding] of after.findings.entries()) {
          const was = before.findings[index]!
          if (was.drift && !finding.drift) {
            hidden++
            expect(records.some(({ ids: covered, until }) => covered.includes(finding.id) && until > now)).toBe(true)
            expect(finding.acceptance).toBeDefined()
          } else expect(finding).toBe(was)
        }
        expect(after.counts.drift).toBe(after.findings.filter(({ drift }) => drift).length)
        expect(after.verdict === 'drifted').toBe(after.counts.drift > 0)
        expect(applyAcceptances(after, records, now)).toEqual(after)
      }),
    )
    expect(hidden).toBeGreaterThan(10)
  })
})
