import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDetectorBody, formatDetectorTitle } from '../../src/report/detector-issue.ts'
import { formatIssueBody } from '../../src/report/issue-body.ts'
import { formatChangeComment, formatClosingComment, formatReopenComment } from '../../src/report/issue-comments.ts'
import { formatIssueTitle } from '../../src/report/issue-title.ts'
import { writeHostile, writeSamples } from './issue-texts.ts'
import {
  BODIES,
  LINKS,
  makeChange,
  makeClosing,
  makeDetector,
  makeHostileDetector,
  makeHostileIssue,
  NASTY,
  NASTY_URLS,
} from './make-issue.ts'
import { CANARY } from './make-report.ts'
import { mixNasty } from './mix-nasty.ts'
import { findLife, renderMarkdown } from './render-page.ts'
import { findRunnerCommands } from './runner-commands.ts'

/** Read these files when they change: they are what people get by mail. `vitest -u` writes them again. */
const SAMPLES = writeSamples()

describe.each(Object.entries(SAMPLES))('%s', (name, text) => {
  it('reads well', async () => {
    await expect(text).toMatchFileSnapshot(`golden/issue/${name}.md`)
  })
  it('is nothing but text, and shows no secret', () => {
    const links = name.startsWith('hostile') ? [] : LINKS
    const life = findLife(renderMarkdown(text), links)
    expect(life).toEqual(name === 'comment-duplicate' ? ['in prose: #1'] : [])
    expectInert(text)
    expect(text).not.toContain(CANARY)
    expect(text.length).toBeLessThanOrEqual(60_000)
  })
})

it('has titles that tell the facts, in plain text', async () => {
  const titles = Object.entries(BODIES).map(([name, { input }]) => `${name}: ${formatIssueTitle(input.target)}`)
  const detectors = [makeDetector(), makeHostileDetector()].map((input) => `detector: ${formatDetectorTitle(input)}`)
  const text = [...titles, ...detectors].join('\n')
  await expect(`${text}\n`).toMatchFileSnapshot('golden/issue/titles.txt')
  for (const title of text.split('\n')) expectTitle(title.replace(/^[\w-]+: /, ''))
})

describe('the oracle of this file', () => {
  it.each([
    ['@octocat', 'in prose: @o'],
    ['fixes #1', 'in prose: #1'],
    ['<img src=x>', '<img>'],
    ['<script>', '<script>'],
    ['</details>', '</details> closes <undefined>'],
    ['[l](https://evil.example)', 'link to https://evil.example'],
    ['www.evil.example', 'link to http://www.evil.example'],
    ['me@evil.example', 'link to mailto:me@evil.example'],
    ['<code onclick="x">a</code>', '<code onclick>'],
    ['- [ ] task', '<input>'],
    ['# h', '<h1>'],
    ['<!-- x -->', 'no element'],
  ])('sees life in %s', (text, found) => {
    expect(findLife(renderMarkdown(text), LINKS).join()).toContain(found)
  })
})

describe('hostile text in every field of every writer', () => {
  it.each([...NASTY_URLS, ...NASTY.split(/[ \n]/).filter((part) => part !== ''), '', ' ', '\n', '@octocat', '- x', '1. x', '> x', '+ x'])(
    'makes nothing alive: %j',
    (text) => expectDead(text),
  )

  it('makes nothing alive in any mixture, and never takes more than it may', () => {
    fc.assert(
      fc.property(mixNasty, fc.constantFrom(2_000, 5_000, 60_000), (text, maxChars) => expectDead(text, maxChars)),
      { numRuns: 60 },
    )
  })
})

describe('the text of an issue', () => {
  const inputs = Object.values(BODIES).map(({ input }) => input)

  it('never takes more than it may, says what it left out, and cuts no line', () => {
    const lines = new Map(inputs.map((input) => [input, new Set(formatIssueBody(input, { maxChars: 200_000 }).split('\n'))]))
    let shortened = 0
    fc.assert(
      fc.property(fc.constantFrom(...inputs), fc.integer({ min: 1_500, max: 62_000 }), (input, maxChars) => {
        const text = formatIssueBody(input, { maxChars })
        expect(text.length).toBeLessThanOrEqual(maxChars)
        expect(findLife(renderMarkdown(text), LINKS)).toEqual([])
        expectFencesClosed(text)
        const whole = text.includes('**Shortened.** Left out here: ')
        shortened += whole ? 1 : 0
        if (!whole) for (const line of text.split('\n')) expect(lines.get(input)).toContain(line)
      }),
      { numRuns: 60 },
    )
    expect(shortened).toBeGreaterThan(10)
  })

  it('takes all four forms in turn, and each has the verdict', () => {
    const { input } = BODIES['large-counts']!
    const lengths = [2_000_000, 200_000, 20_000, 2_000].map((maxChars) => formatIssueBody(input, { maxChars }))
    const left = lengths.map((text) => /Left out here: ([^,.]+)/.exec(text)?.[1] ?? null)
    expect(left).toEqual([null, "the objects' differences as YAML", 'values', 'the differences themselves'])
    for (const text of lengths) expect(text).toContain('grokdevops has drifted: 400 changes were made by hand.')
  })

  it('is the same for the same cluster but for one line', () => {
    for (const input of inputs.filter(({ checked, target }) => checked !== null && target.findings.length <= 60)) {
      const later = {
        ...input,
        target: { ...input.target, requests: { list: 9, get: 9, discovery: 9 } },
        checked: { at: '2027-01-01T00:00:00Z', commit: 'other', runUrl: null },
      }
      const [before, after] = [input, later].map((one) => formatIssueBody(one, { maxChars: 2_000_000 }).split('\n'))
      const changed = before!.filter((line, index) => line !== after![index])
      expect(before).toHaveLength(after!.length)
      expect(changed.filter((line) => !line.startsWith('- Last checked: '))).toEqual([])
      const [one, other] = [input, later].map((each) => formatIssueBody({ ...each, checked: null }, { maxChars: 2_000_000 }))
      expect(one).toBe(other)
      for (const maxChars of [2_000, 20_000]) {
        const [short, same] = [input, later].map((each) => formatIssueBody({ ...each, checked: null }, { maxChars }))
        expect(short).toBe(same)
      }
      expect(one).not.toContain('Last checked')
    }
  })

  it('says nothing of a failure that is worded anew each time', () => {
    const text = SAMPLES.partly!
    expect(text).toContain('the server did not answer in time')
    expect(text).not.toContain('10013')
    expect(text).toContain('secrets is forbidden')
  })

  it('refuses a room that holds nothing', () => {
    expect(() => formatIssueBody(inputs[0]!, { maxChars: 100 })).toThrow(RangeError)
    expect(() => formatDetectorBody(makeDetector(), { maxChars: 100 })).toThrow(RangeError)
  })
})

describe('the issue of a detector that is dead', () => {
  it('shrinks to names, and says so', () => {
    const [trouble] = makeDetector().troubles
    const troubles = Array.from({ length: 3_000 }, (_, index) => ({ ...trouble!, name: `target-${index}` }))
    for (const maxChars of [60_000, 2_000, 1_500]) {
      const text = formatDetectorBody({ ...makeDetector(), troubles }, { maxChars })
      expect(text.length).toBeLessThanOrEqual(maxChars)
      expect(text).toMatch(/3,000 targets cannot be checked[\s\S]*and [\d,]+ more targets[\s\S]*Shortened/)
    }
    expect(formatDetectorTitle({ troubles })).toMatch(/^Plumbline cannot check target-0, .* and 2980 more$/)
  })
})

describe('a comment', () => {
  it('stays within 60,000 characters, and counts what there is no room for', () => {
    const { target } = BODIES['large-list']!.input
    const many = Array.from({ length: 10 }, () => target.findings).flat()
    const facts = many.map((_, index) => `Deployment/app: key${index} ${'é'.repeat(150)}`)
    const change = { ...makeChange(), came: many, went: facts, changed: many.map((finding) => ({ before: 'x', finding, isKnown: true })) }
    const texts = [
      formatChangeComment(change),
      formatReopenComment({ back: many, closedAt: null, went: true, values: 'same' }),
      formatClosingComment({ ...makeClosing(), moved: facts.map((fact) => ({ fact, who: 'git' as const })) }),
    ]
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(60_000)
      expect(text.length).toBeGreaterThan(30_000)
      expect(text).toMatch(/^- and [\d,]+ more$/m)
    }
  })
})

/** Fences as CommonMark 4.5 has them: one that stays open takes all that follows for code. */
function expectFencesClosed(text: string): void {
  let fence = ''
  for (const line of text.split('\n')) {
    const [run = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === '') fence = run.trim()
    else if (run.trim().startsWith(fence) && line.trim() === run.trim()) fence = ''
  }
  expect(fence).toBe('')
}

function expectDead(text: string, maxChars = 60_000): void {
  for (const [name, written] of Object.entries(writeHostile(text, maxChars))) {
    expect(findLife(renderMarkdown(written), []), name).toEqual([])
    expectInert(written)
    expect(written.length, name).toBeLessThanOrEqual(name === 'body' || name === 'detector' ? maxChars : 60_000)
  }
  expectTitle(formatIssueTitle(makeHostileIssue(text).target))
  expectTitle(formatDetectorTitle(makeHostileDetector(text)))
}

/** What acts on the text as it is, before anyone renders it. */
function expectInert(text: string): void {
  expectFencesClosed(text)
  expect(findRunnerCommands(text)).toEqual([])
  expect(text).not.toMatch(/^\s*\/drift/im)
  expect(text).not.toContain('<!--')
  expect(text).not.toMatch(/[^\n\P{C}\u200b]/u)
  expect(text.endsWith('\n')).toBe(true)
}

function expectTitle(title: string): void {
  expect(title.length).toBeLessThanOrEqual(256)
  expect(title.trim()).not.toBe('')
  expect(title).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/|www\.|`|[^\P{C}\u200b]/u)
  expect(findRunnerCommands(title)).toEqual([])
}
