import { describe, expect, it } from 'vitest'
import type { Finding, JsonObject, ObjectRef, Report, TargetReport } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { assembleReport, assembleTarget, type TargetResult } from '../../src/report/assemble.ts'
import { formatIssueBody } from '../../src/report/issue-body.ts'
import { formatIssueTitle } from '../../src/report/issue-title.ts'
import { formatJson } from '../../src/report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from '../../src/report/markdown.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { makeDecision, nameWitness, replaceStrings, TOLD } from './make-decision.ts'
import { makeInput } from './make-issue.ts'
import { makeDrifted } from './make-report.ts'

const PASSWORD = `hunter2's "canary"`
const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ'
const encode = (text: string) => Buffer.from(text).toString('base64')
const SECRET: ObjectRef = { apiVersion: 'v1', kind: 'Secret', namespace: 'grokdevops', name: 'grokdevops' }
/** What a text may hold of them, whoever wrote it. */
const FORMS = {
  'as it is': PASSWORD,
  'as Secrets have it': encode(PASSWORD),
  'quoted for a shell': PASSWORD.replaceAll("'", `'\\''`),
  'quoted for JSON': JSON.stringify(PASSWORD).slice(1, -1),
  'known by its shape': TOKEN,
  'known by its name': 'password=another-canary-7',
}
const NEVER = [...Object.values(FORMS), 'hunter2', 'another-canary-7', encode(PASSWORD)]

const story = makeDrifted().targets[0]!
const [replicas, debug] = story.findings as [Finding, Finding]

/** A target that has a Secret beside what drifted, with `plant` for each text of what helps to decide. */
function assemble(plant: (text: string, place: string) => string, release = 'grokdevops'): TargetReport {
  const data: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'grokdevops' }, data: { password: encode(PASSWORD) } }
  const source = { type: 'manifests', path: '' } as const
  const requests = { list: 0, get: 0, discovery: 0 }
  const result: TargetResult = {
    target: {
      name: 'grokdevops',
      release,
      namespace: 'grokdevops',
      source,
      context: null,
      persistRuns: 1,
      persistMinutes: 0,
      extraKinds: [],
    },
    desired: { objects: [], setAside: [], notes: [] },
    live: { readings: [], extra: [], requests, notes: [] },
    sides: new Map([[SECRET, { desired: data, live: data }]]),
    findings: [
      { ...replicas, ...replaceStrings(TOLD[0], plant, 'replicas') },
      { ...debug, ...replaceStrings(TOLD[1], plant, 'debug') },
    ],
    ...{ delivery: 'unknown', defaulted: 0, setAside: [], notes: [], ignoreRules: [], requests },
    decision: replaceStrings(makeFull(), plant, 'decision'),
  }
  return assembleTarget(result, { paths: [] })
}

/** With a person and queries at once, so that no field is empty. */
function makeFull() {
  const decision = makeDecision([replicas.id, debug.id])
  const named = nameWitness(decision)
  return { ...decision, acts: decision.acts.map((act, index) => ({ ...act, people: named.acts[index]!.people })) }
}

function writeAll(target: TargetReport): Readonly<Record<string, string>> {
  const report: Report = assembleReport([target], new Date('2026-11-23T15:00:00Z'), '0.1.0')
  return {
    json: formatJson(report),
    summary: formatMarkdown(report, { maxBytes: SUMMARY_BYTES }),
    issue: formatIssueBody(makeInput(target)),
    'a short issue': formatIssueBody(makeInput(target), { maxChars: 2_000 }),
    title: formatIssueTitle(target),
    terminal: formatTerminal(report, { color: false, width: 200, details: true }),
  }
}

function expectHidden(place: string, secret: string): void {
  const target = assemble((text, at) => (at === place ? `${text} ${secret}` : text))
  for (const [name, text] of Object.entries(writeAll(target))) {
    const plain = text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    for (const never of NEVER) expect(plain.includes(never), `${place} in ${name}: ${never}`).toBe(false)
  }
}

const PLACES: string[] = []
assemble((text, place) => {
  PLACES.push(place)
  return text
})

describe('a secret in what helps to decide', () => {
  // `object` is where the finding is: no text of the decision.
  const places = PLACES.filter((place) => !/\.object\./.test(place))
  const isCode = (place: string) => /\.(patch|command|rbac|policy|from|to|text)$/.test(place)
  const all = Object.values(FORMS).map((form) => `it's ${form} here`)

  it('shows in no writer, in whatever text it is', () => {
    const sentences = places.filter((place) => !isCode(place))
    expect(sentences.length).toBeGreaterThan(50)
    for (const place of sentences) expectHidden(place, all.join('\n'))
  })

  it.each(Object.entries(FORMS))('shows in no writer, in whatever code it is: %s', (_, secret) => {
    const code = places.filter(isCode)
    expect(code.length).toBeGreaterThan(20)
    for (const place of code) expectHidden(place, `it's ${secret} here`)
  })

  it('takes its command, patch, query and YAML with it, but no sentence', () => {
    const { findings, decision } = assemble((text) => `${text} ${PASSWORD}`)
    expect(findings[0]!.choices!.keep).toMatchObject({ summary: expect.stringMatching(/^Set replicaCount.* \(redacted\)$/) })
    expect(
      findings.map(({ choices }) => [choices!.keep.edit, choices!.keep.patch, choices!.revert.command, choices!.revert.release]),
    ).toEqual([
      [undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ])
    expect(decision!.acts.flatMap(({ queries }) => queries)).toEqual([])
    expect(decision!.ways.keep.patch).toBeNull()
    expect(decision!.ways.revert.whole).toEqual([])
    expect(decision!.gap).toMatchObject({ rbac: null, policy: null })
    expect(decision!.gap!.steps.map(({ command }) => command)).toEqual([undefined, undefined])
    // Made of what is redacted already.
    expect(JSON.stringify(decision!.advice)).not.toContain(PASSWORD)
  })

  it('leaves everything alone where there is none', () => {
    const { findings, decision } = assemble((text) => text)
    expect(findings.map(({ meaning, fate, choices }) => ({ meaning, fate, choices }))).toEqual(TOLD)
    const { advice: _, ...told } = makeFull()
    expect({ ...decision, advice: undefined }).toEqual({ ...told, advice: undefined })
  })

  it('does not hide the name of the release, although a password may be the same', () => {
    const report = assemble((text) => (text.startsWith('kubectl') ? `${text} ${PASSWORD}` : text), `grokdevops ${PASSWORD}`)
    expect(report.findings[1]!.choices!.revert.command).toContain('DEBUG-')
  })

  it('is found in a block under a secret name in a patch, too', () => {
    const patch = '--- a/v.yaml\n+++ b/v.yaml\n@@ -1,3 +1,3 @@\n password: |\n   s3cr3t-line\n-a: 1\n+a: 2\n'
    const target = assemble((text, place) => (place.endsWith('.patch') ? patch : text))
    expect(JSON.stringify(target)).not.toContain('s3cr3t-line')
  })
})

it('finds every path of the sample', () => {
  expect(parsePath('spec.replicas')).toEqual(replicas.path)
  expect(PLACES).toContain('decision.acts[0].people[0].user')
  expect(PLACES).toContain('replicas.choices.revert.release.command')
})
