import fc from 'fast-check'
import { parse, postprocess, preprocess } from 'micromark'
import { describe, expect, it } from 'vitest'
import { findCommandLines } from '../../src/triage/find-command-lines.ts'

const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 2000)

describe('where a command may stand', () => {
  it.each([
    ['alone', '/drift help', 1],
    ['after text', 'Hi\n/drift help', 1],
    ['before text', '/drift help\nthanks', 1],
    ['with old Mac line ends', 'a\r/drift help\rb', 1],
    ['with Windows line ends', 'a\r\n/drift help\r\nb', 1],
    ['after three spaces', '   /drift help', 1],
    ['after four spaces', '    /drift help', 0],
    ['after a tab', '\t/drift help', 0],
    ['within a line', 'please /drift help', 0],
    ['in a list', '- /drift help', 0],
    ['as another word', '/drifting\n/drift-check\n/drift/x\n/drift_x\n/drifté', 0],
    ['in a quote', '> /drift help', 0],
    ['after a quote', '> /drift accept all\n\n/drift help', 1],
    ['right after a quote', '> /drift accept all\n/drift help', 1],
    ['in a fence', '```\n/drift help\n```', 0],
    ['in a fence of tildes', '~~~ sh\n/drift help\n~~~', 0],
    ['after a fence', '```\n/drift accept\n```\n/drift help', 1],
    ['in a fence with a shorter one in it', '````\n```\n/drift help\n````', 0],
    ['in a fence with a close that is indented too much', '```\n    ```\n/drift help\n', 0],
    ['in a fence that never ends', '```\nx\n\n/drift help', 0],
    ['after a fence that is none', '```x`\n/drift help', 1],
    ['in the fence of a list item', '- ```\n  /drift help\n  ```', 0],
    ['after a list item with an open fence', '- ```\n  x\n/drift help', 1],
    ['in a fence that starts where a list item ends', '- ```\n```\n/drift help\n```', 0],
    ['after a fence in a quote', '> ```\n/drift help', 1],
    ['in a comment', '<!--\n/drift help\n-->', 0],
    ['in a comment that never ends', '<!-- x\n\n/drift help', 0],
    ['in a comment that starts within text', 'x <!--\n/drift help\n--> y', 0],
    ['after a comment', '<!-- /drift accept -->\n/drift help', 1],
    ['after the start of a comment that the paragraph ends', 'x <!-- y\n\n/drift help', 1],
    ['in pre', '<pre>\n/drift help\n</pre>', 0],
    ['in a quote of HTML', '<blockquote>\n\n/drift help\n\n</blockquote>', 0],
    ['after code on one line', '<code>x</code>\n/drift help', 1],
  ])('%s', (_, text, count) => {
    expect(findCommandLines(text)).toEqual(Array(count).fill('/drift help'))
  })
})

/** Numbers of the lines that a Markdown parser takes for code or for a comment. */
function listShownLines(text: string): Set<number> {
  const lines = new Set<number>()
  for (const [kind, token, context] of postprocess(
    parse()
      .document()
      .write(preprocess()(text, 'utf8', true)),
  )) {
    const isCode = token.type === 'codeFenced' || token.type === 'codeIndented'
    const isHtml =
      (token.type === 'htmlFlow' || token.type === 'htmlText') && /^<(!--|pre|code)/.test(context.sliceSerialize(token).trimStart())
    if (kind !== 'enter' || (!isCode && !isHtml)) continue
    // A command within a line of the token; the last line of a comment in a text may hold more than it.
    const last = token.type === 'htmlText' && token.end.column > 1 ? token.end.line - 1 : token.end.line
    for (let line = token.start.line + 1; line <= last; line++) lines.add(line)
  }
  return lines
}

const LINES = [
  '',
  'x',
  '```',
  '````',
  '~~~',
  '```sh',
  '<!--',
  '-->',
  'x <!-- y',
  'x --> y',
  '<pre>',
  'x </pre>',
  '> x',
  '> ```',
  '<!-- x -->',
]
const INDENTS = ['', ' ', '   ', '    ']

// Not an end of HTML without a start, and not both of these at once: a fence that is indented less than its list item asks for,
// or more. Either needs a whole parser.
it.each([
  ['indented fences', ['  ```', '   ````', '    ```', '  x']],
  ['lists', ['- ```', '1. ~~~', '- x', '* ```sh']],
])('never takes a line for a command that a Markdown parser shows as code or hides, with %s', (_, more) => {
  let shown = 0
  const commands = fc.constantFrom(...INDENTS).map((indent) => `${indent}/drift`)
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...LINES, ...more), commands), { maxLength: 10 }), (parts) => {
      const numbered = parts.map((part, index) => (part.endsWith('/drift') ? `${part} ${index + 1}` : part)).join('\n')
      const hidden = listShownLines(numbered)
      shown += parts.filter((part, index) => part.endsWith('/drift') && hidden.has(index + 1)).length
      const found = findCommandLines(numbered).map((line) => Number(line.split(' ')[1]))
      expect(found.filter((line) => hidden.has(line))).toEqual([])
    }),
    // The same texts each time, unless more are asked for: CI must not fail for what a change did not do.
    { numRuns },
  )
  expect(shown).toBeGreaterThan(numRuns / 10)
})

it('finds every command among plain lines', () => {
  const plain = fc.constantFrom('', 'x', '> /drift', '- /drift', '    /drift', 'a `b` c', '<details>', '/drift', '   /drift')
  fc.assert(
    fc.property(fc.array(plain), (parts) => {
      expect(findCommandLines(parts.join('\n'))).toHaveLength(parts.filter((part) => /^ {0,3}\/drift/.test(part)).length)
    }),
    { numRuns },
  )
})

it('takes no line of a comment for a command that goes on through a quote', () => {
  expect(findCommandLines('> x\nx <!-- y\n> x\n/drift help\nx --> y')).toEqual([])
})
