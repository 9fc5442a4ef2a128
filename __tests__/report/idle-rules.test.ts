import { describe, expect, test } from 'vitest'
import type { IgnoreRuleUse, TargetReport } from '../../src/model.ts'
import { noteIdleRules } from '../../src/report/idle-rules.ts'
import { makeInSync } from './make-report.ts'

const rule: IgnoreRuleUse = { where: 'rules.yml:9:5', rule: 'Service/*', reason: 'theirs', expires: null, matched: 0, status: 'unused' }
const used: IgnoreRuleUse = { ...rule, matched: 2, status: 'used' }

function listNotes(targets: readonly (readonly IgnoreRuleUse[])[], more: Partial<TargetReport> = {}): readonly (readonly string[])[] {
  const [inSync] = makeInSync().targets
  const reports = targets.map((ignoreRules) => ({ ...inSync!, ...more, ignoreRules }))
  return noteIdleRules(reports).map(({ notes }) => notes.map((note) => `${note.kind}: ${note.message}`))
}

describe('noteIdleRules', () => {
  test.each<[name: string, rule: IgnoreRuleUse, note: string]>([
    ['unused', rule, 'ignore-rule-unused: The ignore rule at rules.yml:9:5 for Service/* (theirs) matched nothing.'],
    [
      'expired',
      { ...rule, status: 'expired', expires: '2026-01-31' },
      'ignore-rule-expired: The ignore rule at rules.yml:9:5 for Service/* (theirs) expired on 2026-01-31 and does nothing any more.',
    ],
    [
      'unsupported',
      { ...rule, status: 'unsupported', detail: 'Write it otherwise.' },
      'ignore-rule-unsupported: The ignore rule at rules.yml:9:5 for Service/* (theirs) does nothing. Write it otherwise.',
    ],
  ])('names what is %s', (_, idle, note) => {
    expect(listNotes([[idle]])).toEqual([[note]])
  })

  test('does not name what is used, in whichever target', () => {
    expect(listNotes([[used]])).toEqual([[]])
    expect(listNotes([[rule], [used]])).toEqual([[], []])
  })

  test('names a rule once, though it idles in every target', () => {
    expect(listNotes([[], [rule], [rule]]).map((notes) => notes.length)).toEqual([0, 1, 0])
  })

  test('tells rules of one place apart', () => {
    expect(listNotes([[rule, { ...used, rule: 'Pod/*' }]])[0]).toHaveLength(1)
  })

  test('does not claim too much where something could not be read', () => {
    expect(listNotes([[rule]], { complete: false })[0]?.[0]).toMatch(/matched nothing in what could be read\.$/)
  })

  test('leaves the notes that were there', () => {
    const note = { kind: 'deprecated', message: 'x' }
    expect(listNotes([[rule]], { notes: [note] })[0]).toEqual(['deprecated: x', expect.stringMatching(/^ignore-rule-unused/)])
  })
})
