import { describe, expect, it } from 'vitest'
import type { Decision, Fact, ObjectRef, TargetReport } from '../../src/model.ts'
import { formatIssueBody } from '../../src/report/issue-body.ts'
import { formatMarkdown, SUMMARY_BYTES } from '../../src/report/markdown.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { nameWitness, tellDecision } from './make-decision.ts'
import { makeInput, remember } from './make-issue.ts'
import { makeDrifted, makeLarge, makeStory } from './make-report.ts'

const story = tellDecision(remember(makeDrifted().targets[0]))

function writeBody(target: TargetReport, maxChars = 60_000): string {
  return formatIssueBody(makeInput(target, { checked: null }), { maxChars })
}

/** All writers of text, with the target in a report of its own. */
function writeAll(target: TargetReport, details = true): Readonly<Record<string, string>> {
  const report = { ...makeStory(), targets: [target] }
  return {
    issue: writeBody(target),
    summary: formatMarkdown(report, { maxBytes: SUMMARY_BYTES }),
    terminal: formatTerminal(report, { color: false, width: 400, details }),
  }
}

function change(parts: Partial<Decision>): TargetReport {
  if (story.decision === undefined) throw new Error('no decision')
  return { ...story, decision: { ...story.decision, ...parts } }
}

it('writes the message of several conflicts on one line, without escapes', () => {
  const conflict = 'conflicts with "kubectl-set" using apps/v1:\n- .spec.a\n- .spec.b\nconflicts with "kubectl" using apps/v1:\n- .spec.c'
  const findings = story.findings.map((finding) =>
    finding.fate?.conflict === undefined ? finding : { ...finding, fate: { ...finding.fate, conflict } },
  )
  for (const text of Object.values(writeAll({ ...story, findings }))) {
    const plain = text.replaceAll('&#34;', '"')
    expect(plain).toContain('conflicts with "kubectl-set" using apps/v1: .spec.a, .spec.b; conflicts with "kubectl" using apps/v1: .spec.c')
  }
})

it('does not call all of it unhealthy where only a part is', () => {
  const health = {
    state: 'degraded' as const,
    objects: (['healthy', 'degraded'] as const).map((state) => ({ object: story.findings[0]?.object as ObjectRef, state, text: state })),
  }
  const circumstances = { ...(story.decision as Decision).circumstances, health }
  for (const text of Object.values(writeAll(change({ circumstances })))) expect(text).toContain('Not all of it is healthy.')
})

describe('the story', () => {
  /** What the person on call asks, and the words that answer it. */
  const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
    'what changed': ['spec.replicas', '3', '5', 'DEBUG=true'],
    'since when': ['2026-11-23 14:50:36 UTC', 'time not recorded'],
    'with which tool': ['kubectl scale', 'kubectl set'],
    'is it healthy': ['Healthy. Deployment/grokdevops: all 5 replicas are up to date and available.'],
    'what the next deploy does': ['The next deploy fails on it', 'The next deploy leaves it', 'conflict with'],
    'how to keep it': ['Set replicaCount to 5 in devops/helm/values-dev.yaml.', '+replicaCount: 5'],
    'how to revert it': ['scale deployment/grokdevops --current-replicas=5 --replicas=3', '--containers=grokdevops DEBUG-'],
    'what it restarts': ['No pod restarts.', 'Restarts 5 pods, one after the other.'],
    'whose word is needed': ['needs the word of the tech lead'],
    'how to prevent it': ['How to prevent it', '1 subject beside the deployers', 'admission policy'],
    'by when': ['Decide before the next deploy: it will fail on spec.replicas.'],
    'what could not be looked at': ['deployments on GitHub: the token may not read them'],
  }
  it.each(Object.entries(QUESTIONS))('answers in every text: %s', (_, answers) => {
    for (const [name, text] of Object.entries(writeAll(story))) {
      const plain = text.replaceAll('<wbr>', '').replaceAll('&#34;', '"').replaceAll('&#43;', '+')
      for (const answer of answers) expect(plain, name).toContain(answer)
    }
  })

  it('has what is to be copied on every page, and tells at the terminal where that is', () => {
    const { terminal = '', ...pages } = writeAll(story)
    for (const [name, text] of Object.entries(pages)) {
      for (const piece of ['ValidatingAdmissionPolicy', '--dry-run=server', 'audit.log']) expect(text, name).toContain(piece)
    }
    expect(terminal.replace(/\s+/g, ' ')).toContain('are in the report as HTML or Markdown')
  })

  it('says the advice right after the verdict, and does not say what to do in general', () => {
    for (const text of Object.values(writeAll(story))) {
      const [verdict, advice] = ['grokdevops has drifted', 'Ask first'].map((words) => text.indexOf(words))
      expect(advice! - verdict!).toBeLessThan(80)
      expect(text).not.toContain('Before you revert, ask')
    }
  })

  it('takes no more than 90 lines of 80 columns in a terminal', () => {
    const report = { ...makeStory(), targets: [story] }
    expect(formatTerminal(report, { color: false, width: 80, details: false }).split('\n').length).toBeLessThanOrEqual(90)
  })

  it('names the person whom the audit log names, and asks for nobody then', () => {
    const decision = nameWitness(story.decision!)
    for (const text of Object.values(writeAll({ ...story, decision }))) {
      expect(text.replace('@\u200b', '@')).toContain('lena@example.com (patch, 2026-11-23 14:50:36 UTC, kubectl/v1.34.5, from 10.0.0.7)')
      expect(text).not.toMatch(/No audit log was given|jq /)
    }
  })

  it('leaves out what people have accepted, and all of it once nothing is left', () => {
    const acceptance = { by: 'lena', because: 'load test', until: '2026-11-30' }
    const accept = (ids: readonly number[]): TargetReport => ({
      ...story,
      verdict: ids.length === 2 ? 'in-sync' : 'drifted',
      findings: story.findings.map((one, index) => (ids.includes(index) ? { ...one, drift: false, acceptance } : one)),
    })
    for (const text of Object.values(writeAll(accept([0])))) {
      expect(text).toContain('Take DEBUG out')
      expect(text).not.toMatch(/kubectl scale,|current-replicas|1 of 2 changes can be kept/)
    }
    for (const [name, text] of Object.entries(writeAll(accept([0, 1])))) {
      expect(text, name).not.toMatch(/Ask first|What to do next|Who and when|DEBUG-/)
    }
  })
})

describe('the text of an issue with a decision', () => {
  const { circumstances } = story.decision!

  it('is the same as long as nothing happens', () => {
    const fact: Fact = { kind: 'restarts', text: 'Restarted 7 times.', time: '2026-11-23T15:00:00Z', steady: false }
    const later = change({ circumstances: { ...circumstances, facts: [fact, ...circumstances.facts.filter(({ steady }) => steady)] } })
    expect(writeBody(later)).toBe(writeBody(story))
    const report = { ...makeStory(), targets: [later] }
    expect(formatMarkdown(report, { maxBytes: SUMMARY_BYTES })).toContain('Restarted 7 times.')
    const happened = change({ circumstances: { ...circumstances, facts: [{ ...fact, steady: true }, ...circumstances.facts] } })
    expect(writeBody(happened)).not.toBe(writeBody(story))
  })

  it('leaves out first what can be got elsewhere, and says what', () => {
    const yaml = `kind: Role\n${'# long\n'.repeat(800)}`
    const gap = { ...story.decision!.gap!, rbac: yaml, policy: yaml }
    const lines = (text: string) => Array.from({ length: 600 }, (_, index) => `key${index}: ${text}\n`).join('')
    const long = { ...change({ gap }), views: story.views.map((view) => ({ ...view, desired: lines('a'), live: lines('b') })) }
    const forms = [writeBody(long)]
    // Each has one character less than the one before would take.
    for (let form = 1; form < 4; form++) forms.push(writeBody(long, forms[form - 1]!.length - 1))
    const has = forms.map((text) => [
      text.includes('desired (Git)'),
      text.includes('kind: Role'),
      text.includes('+replicaCount'),
      text.includes('DEBUG-'),
    ])
    expect(has).toEqual([
      [true, true, true, true],
      [false, true, true, true],
      [false, false, true, true],
      [false, false, false, true],
    ])
    expect(forms.map((text) => text.includes('**Shortened.**'))).toEqual([false, true, true, true])
    expect(forms[3]).toContain('the patches. The whole report is')
    const short = writeBody(long, 2_000)
    expect(short).toContain('Decide before the next deploy')
    expect(short).toContain('blocks the next deploy')
  })

  it('folds the ways of many findings, and stays within any limit', () => {
    const target = remember(makeLarge(12).targets[0])
    const told = story.findings[1]!
    const findings = target.findings.map((finding) => ({ ...finding, meaning: told.meaning!, fate: told.fate!, choices: told.choices! }))
    const many = { ...target, findings, views: [], decision: { ...story.decision!, acts: [] } }
    const text = writeBody(many)
    expect(text.match(/<summary>The command<\/summary>/g)).toHaveLength(12)
    for (const maxChars of [1_500, 3_000, 10_000, 20_000]) expect(writeBody(many, maxChars).length).toBeLessThanOrEqual(maxChars)
  })

  it('shows no code that it would have to alter', () => {
    const [replicas, debug] = story.findings
    const revert = { ...debug!.choices!.revert, command: 'kubectl annotate x a="@octocat \u202e"' }
    const text = writeBody({ ...story, findings: [replicas!, { ...debug!, choices: { ...debug!.choices!, revert } }] })
    expect(text).not.toContain('kubectl annotate')
    expect(text).toContain('characters that would have to be altered: it is in `report.json`')
  })
})
