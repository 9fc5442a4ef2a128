import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDetectorTitle } from '../../src/report/detector-issue.ts'
import { formatIssueTitle } from '../../src/report/issue-title.ts'
import { writeHostile, writeSamples } from './issue-texts.ts'
import { BODIES, LINKS, makeDetector, makeHostileDetector, makeHostileIssue, NASTY, NASTY_URLS } from './make-issue.ts'
import { CANARY } from './make-report.ts'
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
    const pieces = [
      ...NASTY.split(/(?=[^\w])|(?<=[^\w])/),
      'a',
      '/drift',
      'x'.repeat(300),
      '\u2028',
      '😀',
      '&',
      '*',
      '_',
      '$',
      '"',
      "'",
      '=',
    ]
    const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(hostile, fc.constantFrom(2_000, 5_000, 60_000), (text, maxChars) => expectDead(text, maxChars)),
      { numRuns: 150 },
    )
  })
})

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
