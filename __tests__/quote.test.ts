import { expect, test } from 'vitest'
import { seedRandom } from '../lab/random.ts'
import { quoteShell } from '../src/quote.ts'
import { runWords } from './explain/revert/run-words.ts'

const HOSTILE = [
  '',
  ' ',
  'plain',
  "it's",
  "'; INJECTED; '",
  '$(INJECTED)',
  '`INJECTED`',
  '$HOME and $' + '{HOME}',
  '"quoted"',
  'two\nlines',
  'ends with a line feed\n',
  '\n',
  '-rf',
  '--all',
  '=ls',
  '~',
  '~root',
  '*',
  '{a,b}',
  'a;INJECTED',
  'a&INJECTED',
  'a|INJECTED',
  '#no comment',
  '!history',
  '\\',
  '\\n',
  "\\'",
  'tab\there',
  'escape \u001b[31m and \u001b[201~INJECTED\n',
  'bell \u0007',
  '\r\nINJECTED\r',
  'delete \u007f',
  'ünïcödé ✓ \u{1f600}',
  '\u202e reversed',
]

test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s is one word, and itself', (_, text) => {
  expect(runWords(`kubectl ${quoteShell(text)} end`)).toEqual([text, 'end'])
})

test('so is any text', () => {
  const random = seedRandom('shell')
  const letters = [...'ab \'"`$(){}[]|&;<>\\!*?~#=-\n\t\r\u0001\u001b\u007fé✓']
  for (let round = 0; round < 150; round++) {
    const words = [1, 2, 3].map(() => Array.from({ length: random.int(12) }, () => random.pick(letters)).join(''))
    expect(runWords(`kubectl ${words.map(quoteShell).join(' ')}`)).toEqual(words)
  }
})

test('no control character but a line feed gets to the terminal', () => {
  for (const text of HOSTILE) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not be there
    expect(quoteShell(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  }
})

test('what needs no quotes has none', () => {
  expect(quoteShell('deployments.apps/web')).toBe('deployments.apps/web')
})
