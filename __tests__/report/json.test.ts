import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { formatJson } from '../../src/report/json.ts'
import * as previews from '../preview/make-preview.ts'
import {
  makeDrifted,
  makeHostile,
  makeIncomplete,
  makeInSync,
  makeLarge,
  makeMixed,
  makeSecret,
  makeSeveral,
  makeStory,
} from './make-report.ts'
import { findRunnerCommands } from './runner-commands.ts'

// ajv-formats is CommonJS: its function is the default export's `default` for TypeScript and the default export for Node.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8'))
const validate = addFormats(
  new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }),
).compile(schema)

// biome-ignore lint/suspicious/noExplicitAny: the tests below break reports on purpose
type Loose = any

describe('formatJson', () => {
  it.each(
    Object.entries({
      makeDrifted,
      makeStory,
      makeInSync,
      makeIncomplete,
      makeSeveral,
      makeMixed,
      makeSecret,
      makeLarge: () => makeLarge(50),
    }),
  )('the report of %s fits the schema', (_, make) => {
    expect(validate(JSON.parse(formatJson(make()))), JSON.stringify(validate.errors, null, 2)).toBe(true)
  })

  it.each(Object.entries(previews.STORIES))('the preview of %s fits the schema, and has no view', (_, make) => {
    const report = JSON.parse(formatJson(make()))
    expect(validate(report), JSON.stringify(validate.errors, null, 2)).toBe(true)
    expect(report.pullRequest.number).toBe(41)
    expect(JSON.stringify(report)).not.toContain('"views"')
    for (const target of report.targets) if (target.error === null) expect(target.preview.counts).toBeDefined()
  })

  it('a preview of no target fits it, too', () => {
    expect(validate(JSON.parse(formatJson({ ...previews.makeBump(), targets: [] })))).toBe(true)
  })

  it('has paths of a preview as text, and absent sides as null', () => {
    const [target] = JSON.parse(formatJson(previews.makeContested())).targets
    expect(target.preview.changes[1]).toMatchObject({
      ...{ prospect: 'undoes', path: 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]', contested: true },
      ...{ base: null, head: { name: 'DEBUG', value: 'false' }, live: { name: 'DEBUG', value: 'true' } },
    })
    expect(target.findings.map(({ id }: Loose) => id)).toContain(target.preview.changes[1].finding)
  })

  it('refuses a time that is none, as the hostile report has it, and nothing else about that report', () => {
    expect(validate(JSON.parse(formatJson(makeHostile())))).toBe(false)
    const places = [...new Set(validate.errors?.map((error) => error.instancePath.replace('/targets/0', '')))]
    expect(places.toSorted()).toEqual([
      '/decision/acts/0/from',
      '/decision/acts/0/people/0/time',
      '/decision/acts/0/to',
      '/decision/acts/1/people/0/time',
      '/decision/circumstances/facts/0/time',
      '/decision/circumstances/facts/2/time',
      '/findings/0/evidence/time',
    ])
  })

  it('is what the design promises', () => {
    const { targets, ...head } = JSON.parse(formatJson(makeDrifted()))
    expect(head).toEqual({
      schemaVersion: '1',
      generatedAt: '2026-11-23T15:00:00Z',
      tool: { name: 'plumbline', version: '0.1.0' },
      verdict: 'drifted',
    })
    expect(targets[0].findings[1]).toMatchObject({
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'grokdevops', name: 'grokdevops' },
      path: 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]',
      change: 'added',
      desired: null,
      live: { name: 'DEBUG', value: 'true' },
      cause: 'manual',
      drift: true,
      evidence: { manager: 'kubectl-set', operation: 'Update', subresource: null, time: '2026-11-23T14:50:36Z' },
    })
    expect(targets[0]).not.toHaveProperty('views')
  })

  it('keeps every digit of a large integer', () => {
    const report = makeDrifted()
    const [target] = report.targets
    const [finding] = target!.findings
    const large = {
      ...report,
      targets: [{ ...target!, findings: [{ ...finding!, desired: { limit: 12345678901234567890n }, live: -9007199254740993n }] }],
    }
    expect(formatJson(large)).toMatch(/"limit": 12345678901234567890\n[\s\S]*"live": -9007199254740993,/)
  })

  it('shows a secret on neither side', () => {
    const text = formatJson(makeSecret())
    expect(text).not.toContain('hunter2')
    expect(JSON.parse(text).targets[0].findings[0]).toMatchObject({ desired: { redacted: true }, live: { redacted: true }, equal: false })
  })

  it('can be written anywhere, and says the same', () => {
    const report = makeHostile()
    const text = formatJson(report)
    expect(findRunnerCommands(text)).toEqual([])
    expect(text).not.toMatch(/[^\n\P{C}]/u)
    expect(JSON.parse(text).targets[0].name).toBe(report.targets[0]!.name)
  })
})

describe('the schema', () => {
  const findings = (report: Loose) => report.targets[0].findings
  it.each<[string, (report: Loose) => void]>([
    [
      'a verdict nobody knows',
      (report) => {
        report.verdict = 'fine'
      },
    ],
    [
      'another version',
      (report) => {
        report.schemaVersion = '2'
      },
    ],
    [
      'a missing count',
      (report) => {
        delete report.targets[0].counts.unread
      },
    ],
    [
      'a count below zero',
      (report) => {
        report.targets[0].counts.drift = -1
      },
    ],
    [
      'no targets',
      (report) => {
        report.targets = []
      },
    ],
    [
      'a missing field',
      (report) => {
        delete findings(report)[0].because
      },
    ],
    [
      'an operation nobody knows',
      (report) => {
        findings(report)[0].evidence.operation = 'Patch'
      },
    ],
    [
      'a time that is none',
      (report) => {
        report.generatedAt = 'today'
      },
    ],
    [
      'a time not in UTC',
      (report) => {
        report.generatedAt = '2026-11-23T15:00:00+01:00'
      },
    ],
    [
      'drift by a controller',
      (report) => {
        findings(report)[0].cause = 'controller'
      },
    ],
    [
      'drift that is ignored',
      (report) => {
        findings(report)[0].ignoredBy = { reason: 'x', expires: null }
      },
    ],
    [
      'a used rule that covers nothing',
      (report) => {
        report.targets[0].ignoreRules = [{ where: 'x', rule: 'x', reason: 'x', expires: null, matched: 0, status: 'used' }]
      },
    ],
    [
      'an expired rule that covers something',
      (report) => {
        report.targets[0].ignoreRules = [{ where: 'x', rule: 'x', reason: 'x', expires: '2026-01-01', matched: 1, status: 'expired' }]
      },
    ],
    [
      'a rule without reason',
      (report) => {
        report.targets[0].ignoreRules = [{ where: 'x', rule: 'x', reason: '', expires: null, matched: 0, status: 'unused' }]
      },
    ],
    [
      'an in-sync target with drift',
      (report) => {
        report.targets[0].verdict = 'in-sync'
      },
    ],
    [
      'a drifted target without',
      (report) => {
        report.targets[0].findings = []
      },
    ],
    [
      'an incomplete target that is complete',
      (report) => {
        report.targets[0].verdict = 'incomplete'
      },
    ],
    [
      'an error without a fault',
      (report) => {
        report.targets[0].verdict = 'error'
      },
    ],
    [
      'a redacted side without "equal"',
      (report) => {
        findings(report)[0].live = { redacted: true }
      },
    ],
    [
      'an addition with a desired side',
      (report) => {
        findings(report)[1].desired = 1
      },
    ],
    [
      'a path that is a list',
      (report) => {
        findings(report)[0].path = ['spec']
      },
    ],
    [
      'no path for a changed field',
      (report) => {
        findings(report)[0].path = ''
      },
    ],
    [
      'a decision without advice',
      (report) => {
        delete report.targets[0].decision.advice
      },
    ],
    [
      'a lean nobody knows',
      (report) => {
        report.targets[0].decision.advice.lean = 'wait'
      },
    ],
    [
      'an act of no finding',
      (report) => {
        report.targets[0].decision.acts[0].findings = []
      },
    ],
    [
      'a fact of a kind nobody knows',
      (report) => {
        report.targets[0].decision.circumstances.facts[0].kind = 'rumour'
      },
    ],
    [
      'an area nobody knows',
      (report) => {
        findings(report)[0].meaning.area = 'luck'
      },
    ],
    [
      'a cost that is no text',
      (report) => {
        findings(report)[0].choices.revert.costs = [1]
      },
    ],
    [
      'a patch that is none',
      (report) => {
        report.targets[0].decision.ways.keep.patch = {}
      },
    ],
  ])('refuses %s', (_, spoil) => {
    const report = JSON.parse(formatJson(makeStory()))
    expect(validate(report)).toBe(true)
    spoil(report)
    expect(validate(report)).toBe(false)
  })

  it.each<[string, (report: Loose) => void]>([
    [
      'a prospect nobody knows',
      (report) => {
        report.targets[0].preview.changes[0].prospect = 'explodes'
      },
    ],
    [
      'a path of a preview that is a list',
      (report) => {
        report.targets[0].preview.changes[0].path = []
      },
    ],
    [
      'a count that is missing',
      (report) => {
        delete report.targets[0].preview.counts.fails
      },
    ],
    [
      'a pull request without a number',
      (report) => {
        delete report.pullRequest.number
      },
    ],
    [
      'no targets outside of a preview',
      (report) => {
        delete report.pullRequest
        report.targets = []
      },
    ],
  ])('refuses in a preview %s', (_, spoil) => {
    const report = JSON.parse(formatJson(previews.makeBump()))
    expect(validate(report)).toBe(true)
    spoil(report)
    expect(validate(report)).toBe(false)
  })

  it('allows fields that a later version adds', () => {
    const report = JSON.parse(formatJson(makeDrifted()))
    report.later = report.targets[0].later = findings(report)[0].later = { x: 1 }
    expect(validate(report)).toBe(true)
  })
})
