import { describe, expect, it } from 'vitest'
import type { TrackedIssue } from '../../src/issues/model.ts'
import { keyOf } from '../../src/memory/advance.ts'
import type { DriftMarker } from '../../src/memory/marker.ts'
import { parseBody, writeBody } from '../../src/memory/marker.ts'
import type { Finding, TargetReport } from '../../src/model.ts'
import { matchIssues } from '../../src/preview/match-issues.ts'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { makeMemory, makeStreak } from '../memory/make-memory.ts'
import { DEPLOYMENT, ISSUE_URL, makeBump, makeChange, makeCodified, OPTIONS } from './make-preview.ts'

const codifying = () => target(makeCodified())
const target = ({ targets }: { readonly targets: readonly TargetReport[] }): TargetReport => {
  const [one] = targets
  if (one?.preview === undefined) throw new Error('no preview')
  const { issues: _, ...preview } = one.preview
  return { ...one, preview }
}
const [SCALED, DEBUGGED] = target(makeBump()).findings as readonly [Finding, Finding]

/** An issue as it is read from GitHub, from a text that was written as ours are. */
function makeIssue(findings: readonly Finding[], more: Partial<TrackedIssue> = {}, marker: Partial<DriftMarker> = {}): TrackedIssue {
  const streaks = findings.map((finding) => makeStreak({ key: keyOf(finding), id: finding.id }))
  const body = writeBody(
    {
      ...{ kind: 'drift', target: 'grokdevops', config: null, memory: makeMemory({ streaks }), labels: [], title: 'x', digest: 'x' },
      ...{ visible: 'x', writtenAt: '2026-11-01T06:17:00Z', closed: null, ...marker },
    },
    'visible',
  )
  const parts = parseBody(body)
  if (parts === null) throw new Error('not ours')
  return {
    ...{
      number: 12,
      url: ISSUE_URL,
      state: 'open',
      reason: null,
      closedAt: null,
      title: 'x',
      locked: false,
      labels: [],
      comments: 0,
      parts,
    },
    ...more,
  }
}

describe('the issue that a pull request settles', () => {
  const match = (one: TargetReport, ...issues: readonly TrackedIssue[]) => matchIssues(one, issues).preview?.issues

  it('is settled in part where some of the drift stays', () => {
    expect(match(codifying(), makeIssue([SCALED, DEBUGGED]))).toEqual([{ number: 12, url: ISSUE_URL, whole: false }])
    // What came after the issue was last written keeps it open all the same.
    expect(match(codifying(), makeIssue([SCALED]))).toEqual([{ number: 12, url: ISSUE_URL, whole: false }])
  })

  it('is settled as a whole where nothing of it is left, what is gone already included', () => {
    const whole = { ...codifying(), findings: [SCALED] }
    expect(match(whole, makeIssue([SCALED]))).toEqual([{ number: 12, url: ISSUE_URL, whole: true }])
    expect(match(whole, makeIssue([SCALED, DEBUGGED]))).toEqual([{ number: 12, url: ISSUE_URL, whole: true }])
    expect(match({ ...whole, complete: false }, makeIssue([SCALED]))).toEqual([{ number: 12, url: ISSUE_URL, whole: false }])
  })

  it('stays open for what is accepted, and not for what a rule ignores', () => {
    const accepted = { ...DEBUGGED, drift: false, acceptance: { by: 'lena', because: 'x', until: '2026-12-01' } }
    const ignored = { ...DEBUGGED, drift: false, ignoredBy: { reason: 'x', expires: null, where: 'x' } }
    expect(match({ ...codifying(), findings: [SCALED, accepted] }, makeIssue([SCALED]))).toMatchObject([{ whole: false }])
    expect(match({ ...codifying(), findings: [SCALED, ignored] }, makeIssue([SCALED]))).toMatchObject([{ whole: true }])
  })

  it('is found by place where the value has changed since', () => {
    expect(match(codifying(), makeIssue([{ ...SCALED, id: 'with-another-value' }]))).toMatchObject([{ number: 12 }])
  })

  it('is not settled by a part of a finding', () => {
    const one = codifying()
    const changes = [
      ...(one.preview?.changes ?? []),
      makeChange('undoes', DEPLOYMENT, 'spec.replicas', { base: 1, head: 1, live: 2 }, { finding: SCALED.id }),
    ]
    expect(match({ ...one, preview: { ...one.preview!, changes } }, makeIssue([SCALED]))).toEqual([])
  })

  it('is found where its state was damaged or cut', () => {
    const damaged = makeIssue([DEBUGGED])
    expect(match(codifying(), { ...damaged, parts: { ...damaged.parts, marker: null } })).toMatchObject([{ number: 12 }])
    const cut = makeMemory({ streaks: [], cut: true })
    expect(match(codifying(), makeIssue([], {}, { memory: cut }))).toMatchObject([{ number: 12 }])
  })

  it('is none that is closed, of another target, or about other drift', () => {
    expect(match(codifying(), makeIssue([SCALED], { state: 'closed' }))).toEqual([])
    expect(match(codifying(), makeIssue([SCALED], {}, { target: 'other' }))).toEqual([])
    expect(match(codifying(), makeIssue([DEBUGGED]))).toEqual([])
    expect(match(codifying())).toEqual([])
    expect(match(target(makeBump()), makeIssue([SCALED, DEBUGGED]))).toEqual([])
  })

  it('is the oldest where there are two', () => {
    expect(match(codifying(), makeIssue([SCALED], { number: 14 }), makeIssue([SCALED]))).toMatchObject([{ number: 12 }])
  })

  it('is linked by the comment', () => {
    const report = makeBump()
    const text = formatPreviewComment({ ...report, targets: [matchIssues(codifying(), [makeIssue([SCALED])])] }, OPTIONS)
    expect(text).toContain(`[#12](${ISSUE_URL}): a part of its drift is codified here`)
  })

  it('changes nothing of a target without a preview', () => {
    const { preview: _, ...bare } = codifying()
    expect(matchIssues(bare, [makeIssue([SCALED])])).toBe(bare)
  })
})
