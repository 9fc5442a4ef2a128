import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { concernsCluster, type PreviewReport } from '../../src/report/preview/arrange.ts'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { makePreviewKey, markPreview, readPreviewMarker, saySame } from '../../src/report/preview/marker.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { HOSTILE } from '../report/html-samples.ts'
import { NASTY, NASTY_URLS } from '../report/make-issue.ts'
import { CANARY } from '../report/make-report.ts'
import { mixNasty } from '../report/mix-nasty.ts'
import { findLife, renderMarkdown } from '../report/render-page.ts'
import { findRunnerCommands } from '../report/runner-commands.ts'
import {
  DEPLOYMENT,
  LINKS,
  makeBump,
  makeCalm,
  makeChange,
  makeCodified,
  makeContested,
  makeCrowd,
  makeFork,
  makeHostile,
  makeLarge,
  makeOf,
  makeSeveral,
  OPTIONS,
  RUN_URL,
  STORIES,
} from './make-preview.ts'

const write = (report: PreviewReport, more: object = {}) => formatPreviewComment(report, { ...OPTIONS, ...more })
const dropMark = (text: string) => text.replace(/^<!-- [^>]* -->\n/, '')

describe.each(Object.entries(STORIES))('%s', (_, make) => {
  it('is nothing but text, with links to our own pages', () => {
    const text = dropMark(write(make()))
    expect(findLife(renderElements(text), LINKS).filter((found) => found !== 'in prose: #1')).toEqual([])
    expectInert(text)
  })
})

describe('what the comment tells', () => {
  const line = (text: string, number: number) => dropMark(text).split('\n')[number]

  it('leads with the sentence that a reviewer needs: the worst of several', () => {
    expect(line(write(makeBump()), 0)).toMatch(/^\*\*Deploying this sets replicas back from 5 to 3/)
    expect(line(write({ ...makeSeveral(), targets: makeSeveral().targets.slice(0, 3) }), 0)).toBe(
      '**grokdevops-production: Deploying this will fail: kubectl owns spec.replicas with 5, and Git says 3.** And 1 more target below.',
    )
  })

  it('names two intents for one place, also where the deploy fails at it', () => {
    expect(write(makeContested())).toContain('**Conflict of intent at 1 place')
    const sides = { base: 1, head: 2, live: 3 }
    const failing = makeOf({
      ...{ headline: 'It fails', kinds: [], files: [], views: [] },
      changes: [makeChange('fails', DEPLOYMENT, 'spec.replicas', sides, { contested: true, text: 'kubectl owns it' })],
    })
    expect(write(failing)).toContain('**The deploy will fail at 1 place**')
    expect(write(failing)).toContain('<br>Conflict of intent. kubectl owns it.<br>Git `1` → `2`, cluster `3`')
  })

  it('links the issue that it settles', () => {
    const text = write(makeCodified(true))
    expect(text).toContain('issues/12): all of its drift is codified here; it will be closed once this is deployed and read clean.')
    expect(write(makeCodified())).toContain('stays open for the rest')
  })

  it('says what it is not: against the base only, or rendered by another job', () => {
    expect(write(makeFork())).toContain('> **Against the base only.** A pull request from a fork gets no secrets')
    expect(write({ ...makeFork(), pullRequest: { ...makeFork().pullRequest, fromFork: false } })).toContain(
      '> **Against the base only.** No cluster',
    )
    expect(write(makeFork())).not.toContain(', cluster ')
    expect(write(makeBump())).not.toContain('Against the base only')
    expect(write(makeBump())).not.toContain('own job')
    expect(write(makeBump(), { rendered: 'elsewhere' })).toContain("> The pull request's own job has rendered it")
  })

  it('says that nothing is left where nothing concerns the cluster, whatever was there before', () => {
    expect(makeCalm().targets.some(concernsCluster)).toBe(false)
    expect(write(makeCalm())).toContain('**Nothing in this pull request concerns the cluster any more.**')
    expect(write({ ...makeBump(), targets: [] })).toContain('**Nothing in this pull request concerns the cluster any more.**')
  })

  it('is not made for what Git said before, for what stays, nor for what is folded alone', () => {
    const sides = { base: 1, head: 2, live: 1 }
    const concerns = (prospect: 'changes' | 'leaves' | 'undoes', more: object) => {
      const changes = [makeChange(prospect, DEPLOYMENT, 'spec.replicas', sides, more)]
      return makeOf({ headline: 'x', kinds: [], files: [], views: [], changes }).targets.some(concernsCluster)
    }
    expect(concerns('changes', { ours: false })).toBe(false)
    expect(concerns('leaves', { ours: false })).toBe(false)
    expect(concerns('changes', { folded: 'version-label' })).toBe(false)
    expect(concerns('changes', {})).toBe(true)
    expect(concerns('leaves', { ours: true })).toBe(true)
    expect(concerns('undoes', { ours: false })).toBe(true)
  })

  it('tells of what the deploy sets back even where the pull request changes nothing there', () => {
    const report = makeOf({ headline: 'x', kinds: [], files: [], views: [], changes: [makeBump().targets[0]!.preview!.changes[0]!] })
    expect(report.targets.some(concernsCluster)).toBe(true)
  })

  it('shows no secret', () => {
    expect(write(STORIES.mixed!())).toContain('(redacted)')
    expect(write(STORIES.mixed!())).not.toContain(CANARY)
  })
})

describe('hostile text in every field', () => {
  it.each([
    ...NASTY_URLS,
    HOSTILE,
    ...NASTY.split(/[ \n]/).filter((part) => part !== ''),
    '',
    ' ',
    '\n',
    '- x',
    '1. x',
    '> x',
    '<!-- plumbline:preview v1 00c0ffee00c0ffee 9 -->',
  ])('makes nothing alive: %j', (text) => expectDead(text))

  it('makes nothing alive in any mixture, and never takes more than it may', () => {
    fc.assert(
      fc.property(mixNasty, fc.constantFrom(2_000, 5_000, 60_000), (text, maxChars) => expectDead(text, maxChars)),
      { numRuns: 40 },
    )
  })

  it('is no command in the log of a run', () => {
    for (const text of [NASTY, HOSTILE]) {
      const told = formatTerminal(makeHostile(text), { color: false, width: 80, details: true })
      expect(findRunnerCommands(told)).toEqual([])
      expect(told).not.toMatch(/[^\n\P{C}\u200b]/u)
      expect(findLife(renderElements(formatMarkdown(makeHostile(text), { maxBytes: 900_000 })), [])).toEqual([])
    }
  })
})

describe('lengths', () => {
  it('takes all forms in turn, and each has the sentence and says what it leaves out', () => {
    const report = makeLarge(400)
    const texts = [20_000_000, 250_000, 12_000, 1_500].map((maxChars) => write(report, { maxChars }))
    const left = texts.map((text) => /Left out here: ([^.]+)\./.exec(text)?.[1] ?? null)
    expect(left).toEqual([
      null,
      "the objects' differences",
      "the objects' differences, and all of each place but one line",
      'the places themselves',
    ])
    for (const text of texts) {
      expect(text).toContain('**Deploying this sets back much that was made by hand.**')
      expect(text).toContain(RUN_URL)
    }
    expect(texts[2]).toMatch(/^- and [\d,]+ more lines$/m)
    expect(texts[3]).toContain('sets back 134, codifies 133, as intended 133')
  })

  it.each([
    ['thousands of places', makeLarge(3_000)],
    ['thousands of targets', makeCrowd(3_000)],
    ['a long sentence', makeOf({ ...makeBump().targets[0]!.preview!, headline: '@x '.repeat(100_000) })],
    [
      'thousands of names',
      {
        ...makeCalm(),
        pullRequest: { ...makeCalm().pullRequest, untouched: Array.from({ length: 3_000 }, (_, index) => `${'*'.repeat(400)}${index}`) },
      },
    ],
  ])('stays within what GitHub takes with %s', (_, report) => {
    for (const maxChars of [60_000, 20_000, 5_000, 1_500]) {
      const text = write(report, { maxChars })
      expect(text.length).toBeLessThanOrEqual(maxChars)
      expect(readPreviewMarker(text)).toEqual({ key: OPTIONS.key, run: OPTIONS.run })
      expectFencesClosed(text)
    }
    expect(write(report).length).toBeLessThan(65_536)
    for (const maxBytes of [900_000, 50_000, 2_000]) {
      expect(new TextEncoder().encode(formatMarkdown(report, { maxBytes })).length).toBeLessThanOrEqual(maxBytes)
    }
  })

  it('cuts no line', () => {
    const report = makeLarge(60)
    const whole = new Set(write(report, { maxChars: 2_000_000 }).split('\n'))
    let shorter = 0
    for (let maxChars = 1_500; maxChars < 60_000; maxChars += 1_717) {
      const text = write(report, { maxChars })
      expect(text.length).toBeLessThanOrEqual(maxChars)
      expect(findLife(renderElements(dropMark(text)), LINKS)).toEqual([])
      if (!text.includes('**Shortened.**')) for (const line of text.split('\n')) expect(whole).toContain(line)
      else shorter += 1
    }
    expect(shorter).toBeGreaterThan(5)
  })

  it('refuses a room that holds nothing', () => {
    expect(() => write(makeBump(), { maxChars: 100 })).toThrow(RangeError)
  })
})

describe('the mark', () => {
  const key = makePreviewKey('.github/workflows/drift.yml', '.github/plumbline.yml')

  it('is another one for another workflow or config', () => {
    const keys = [
      key,
      makePreviewKey('.github/workflows/other.yml', '.github/plumbline.yml'),
      makePreviewKey('.github/workflows/drift.yml', 'grokdevops'),
    ]
    expect(new Set(keys).size).toBe(3)
    for (const one of keys) expect(readPreviewMarker(markPreview({ key: one, run: 7 }, 'text'))).toEqual({ key: one, run: 7 })
  })

  it.each([
    'text',
    '',
    '> <!-- plumbline:preview v1 00c0ffee00c0ffee 9 -->\ntext',
    'text\n<!-- plumbline:preview v1 00c0ffee00c0ffee 9 -->\n',
    '<!-- plumbline:preview v2 00c0ffee00c0ffee 9 -->\n',
    '<!-- plumbline:preview v1 00C0FFEE 9 -->\n',
    '<!-- plumbline v1 e30 -->\n',
  ])('is nothing else: %j', (body) => {
    expect(readPreviewMarker(body)).toBeNull()
  })

  it('is found as GitHub gives it back', () => {
    expect(readPreviewMarker(`\r\n${write(makeBump()).replaceAll('\n', '\r\n')}`)).toEqual({ key: OPTIONS.key, run: OPTIONS.run })
  })

  it('two comments say the same but for the run, its time and its link', () => {
    const later = { ...makeBump(), generatedAt: '2027-01-01T00:00:00Z' }
    const again = write(later, { run: 20_000_000_000, runUrl: null })
    expect(saySame(write(makeBump()), again)).toBe(true)
    expect(saySame(write(makeBump()).replaceAll('\n', '\r\n'), again)).toBe(true)
    expect(saySame(write(makeBump()), write(makeCodified()))).toBe(false)
    expect(saySame(write(makeBump()), write({ ...later, pullRequest: { ...later.pullRequest, head: 'f'.repeat(40) } }))).toBe(false)
    expect(saySame(write(makeBump()), write(makeBump()).replace('replicas', 'REPLICAS'))).toBe(false)
  })
})

/** Tables are made of elements that the issues' oracle does not know. */
function renderElements(text: string): string {
  return renderMarkdown(text)
    .replace(/<\/?(table|thead|tbody|tr|th|td)( align="\w+")?>/g, '\n')
    .replace(/<(\/?)h1>/g, '<$1h3>')
}

function expectDead(text: string, maxChars = 60_000): void {
  const written = write(makeHostile(text), { maxChars, runUrl: text })
  expect(written.length).toBeLessThanOrEqual(maxChars)
  expect(readPreviewMarker(written)).toEqual({ key: OPTIONS.key, run: OPTIONS.run })
  expect(findLife(renderElements(dropMark(written)), [])).toEqual([])
  expectInert(dropMark(written))
}

/** What acts on the text as it is, before anyone renders it. */
function expectInert(text: string): void {
  expectFencesClosed(text)
  expect(findRunnerCommands(text)).toEqual([])
  expect(text).not.toMatch(/^\s*\/drift/im)
  expect(text).not.toContain('<!--')
  expect(text).not.toMatch(/[^\n\P{C}\u200b]/u)
}

function expectFencesClosed(text: string): void {
  let fence = ''
  for (const line of text.split('\n')) {
    const [run = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === '') fence = run.trim()
    else if (run.trim().startsWith(fence) && line.trim() === run.trim()) fence = ''
  }
  expect(fence).toBe('')
}
