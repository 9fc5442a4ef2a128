import { describe, expect, it, test } from 'vitest'
import { breakCommands, escapeMarkdown, showControls, showControlsPerLine, toCode, toFence, toLogText } from '../../src/report/sanitize.ts'
import { joinRandomly, seedRandom } from './random.ts'
import { findRunnerCommands } from './runner-commands.ts'

const HOSTILE = [
  '::',
  ':',
  '##[',
  '#',
  '[',
  ']',
  'set-output name=a',
  'error',
  ' ',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u001b[31m',
  '`',
  '@',
  'octocat',
  'x',
]

describe('showControls', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['user\u202etxt.exe', 'user\\u202etxt.exe'],
    ['a\u200bb\u2066c\ufeff', 'a\\u200bb\\u2066c\\ufeff'],
    ['\u{e0041}', '\\ue0041'],
    ['\ud800', '\\ud800'],
    ['grüße 👍 日本', 'grüße 👍 日本'],
  ])('%j', (text, shown) => {
    expect(showControls(text)).toBe(shown)
  })

  it('keeps lines where asked to', () => {
    expect(showControlsPerLine('a\r\n\tb\rc\n')).toBe('a\n  b\\rc\n')
  })
})

describe('breakCommands', () => {
  it.each([
    '::set-output name=drift::false',
    '   ::add-mask::e',
    '\u3000::error::x',
    'text ##[add-mask]e',
    '####[error]x',
    'a\r\t::stop-commands::z',
    '\v\f::notice::x',
  ])('the oracle sees a command in %j, and none after', (text) => {
    expect(findRunnerCommands(text)).toHaveLength(1)
    expect(findRunnerCommands(breakCommands(text))).toEqual([])
  })

  it('leaves other text alone', () => {
    const text = 'std::string a::b\n[::1]:80 ## [x]\n: ::\n'
    expect(breakCommands(text)).toBe(text)
  })

  it('lets no command through in any mixture', () => {
    const random = seedRandom(11)
    let commands = 0
    for (let round = 0; round < 20_000; round++) {
      const text = joinRandomly(random, HOSTILE, 12)
      commands += findRunnerCommands(text).length
      expect(findRunnerCommands(breakCommands(text)), JSON.stringify(text)).toEqual([])
      expect(findRunnerCommands(toLogText(text)), JSON.stringify(text)).toEqual([])
    }
    expect(commands).toBeGreaterThan(500)
  })
})

describe('escapeMarkdown', () => {
  it.each([
    '**b**',
    '_i_',
    '`c`',
    '[l](https://x.y)',
    '![i](https://x.y)',
    '<img src=x>',
    '<!-- plumbline -->',
    '| cell |',
    '~~s~~',
    '$math$',
    ':tada:',
    'https://evil.example',
    '- item',
    '1. item',
    '# h',
    '> q',
    '\\*',
  ])('leaves no structure in %s', (text) => {
    const escaped = escapeMarkdown(text)
    expect(escaped).not.toMatch(/[`*_[\]|\\~$<>]|^[-+#>=]|^\d+\.|:(?!\d)\S/)
    expect(decode(escaped)).toBe(text)
  })

  it.each(['@octocat', 'fixes #12', 'owner/repo#3', 'GH-4', '0123abc4567', 'a@b.example'])('breaks the reference in %s', (text) => {
    const plain = decode(escapeMarkdown(text))
    expect(plain).not.toMatch(/@\w|#\d|GH-\d|\b[0-9a-f]{7,40}\b/)
    expect(plain.replaceAll('\u200b', '')).toBe(text)
  })

  it('keeps sentences readable', () => {
    expect(escapeMarkdown("2 changes were made by hand, at 14:50 (UTC): it's done.")).toBe(
      "2 changes were made by hand, at 14:50 (UTC): it's done.",
    )
  })
})

describe('toCode', () => {
  it.each([
    ['spec.replicas', '`spec.replicas`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a`b', '<code>a&#96;b</code>'],
    ['', '<code></code>'],
    ['@octocat', '`@\u200boctocat`'],
    ['registry/image@sha256:abc', '`registry/image@sha256:abc`'],
    ['a\nb', '<code>a&#92;nb</code>'],
  ])('%j', (text, code) => {
    expect(toCode(text)).toBe(code)
  })

  it('lets a long path wrap, and copies as it is', () => {
    const code = toCode('spec.template.spec.containers[name=a].env[name=B]', true)
    expect(code).toBe('<code>spec<wbr>.template<wbr>.spec<wbr>.containers<wbr>&#91;name=a&#93;<wbr>.env<wbr>&#91;name=B&#93;</code>')
  })
})

describe('toFence', () => {
  it('cannot be closed from inside', () => {
    const random = seedRandom(13)
    for (let round = 0; round < 5000; round++) {
      const [open = '', ...rest] = toFence(joinRandomly(random, HOSTILE, 12), 'diff').split('\n')
      const fence = /^`+/.exec(open)?.[0] ?? ''
      const close = rest.findIndex((line) => /^ {0,3}`{3,}\s*$/.test(line) && line.trim().length >= fence.length)
      expect(close).toBe(rest.length - 1)
    }
  })

  it('breaks mentions, and leaves digests alone', () => {
    expect(toFence('hi @octocat\nimage@sha256:0\n', 'text')).toBe('```text\nhi @\u200boctocat\nimage@sha256:0\n```')
  })
})

function decode(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
}

test('nothing of a text can be taken for a commit, however long it is', () => {
  const text = `30d0123abc4567${'a1'.repeat(13)}`
  for (let length = 7; length <= 40; length++)
    expect(escapeMarkdown(text.slice(0, length))).not.toMatch(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/)
})
