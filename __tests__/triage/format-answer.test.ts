import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import type { Streak } from '../../src/memory/model.ts'
import { chooseReaction } from '../../src/triage/choose-reaction.ts'
import { formatAnswers, isAnswer } from '../../src/triage/format-answer.ts'
import type { Answer } from '../../src/triage/model.ts'
import { parseCommands } from '../../src/triage/parse-commands.ts'
import { at, makeComment, makeStreak, replay, toId } from './make-triage.ts'

/** `npm run fuzz` runs many more. */
const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 200)
const known = [makeStreak('a1b2c3d4', at(1), 'replicas 3 → 5 (Deployment/shop)'), makeStreak('a1b2c3dd', at(1), '+env DEBUG')]

function toHtml(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
}

describe('formatAnswers', () => {
  it('says of a settled command what it said before, and where that is not known, that it is settled', () => {
    const comments = [
      makeComment('/drift accept all for 2w because x'),
      makeComment('/drift accept a1b2c3d4 for 1d because y\n/drift unaccept all', { id: 2, createdAt: at(2, '11:00:00') }),
    ]
    const first = replay({ comments, known })
    const before = formatAnswers({ answers: first.answers, known })
    const { answers } = replay({ comments, known: [], cached: first.acceptances, settled: first.settled })
    expect(answers.map(({ type }) => type)).toEqual(['settled', 'settled', 'settled'])
    const after = formatAnswers({ answers, known, previous: before.replaceAll('\n', '\r\n') })
    expect(after).toContain('withdrew the acceptance of 2 findings.\n  - `a1b2c3d')
    expect(after.match(/^- /gm)).toHaveLength(3)
    expect(after).toContain('accepted 2 findings until')
    expect(formatAnswers({ answers, known })).toContain('`/drift unaccept all`: settled when it was first read;')
    // Somebody else's entries, or another number of them, are not taken for it.
    expect(formatAnswers({ answers, known, previous: before.split('\n- ').slice(0, 2).join('\n- ') })).toContain('settled when')
  })

  it('says what was understood, what was not, and what to write', () => {
    const comments = [
      makeComment('/drift accept a1b2c3d4 until 2026-12-31 because load test, ask @kim'),
      makeComment('/drift acept all for 2w because x', { id: 2, author: 'kim', createdAt: at(2, '11:00:00') }),
      makeComment('/drift accept a1b2 for 2w because x', { id: 3, author: 'kim', createdAt: at(2, '12:00:00') }),
      makeComment('/drift accept all for 2w because x', { id: 4, author: 'eve', createdAt: at(2, '13:00:00') }),
      makeComment('/drift recheck', { id: 5, createdAt: at(2, '14:00:00') }),
      makeComment('/drift help', { id: 6, createdAt: at(2, '15:00:00') }),
    ]
    expect(formatAnswers({ answers: replay({ comments, known }).answers, known })).toMatchInlineSnapshot(`
      "<!-- plumbline answer v1 -->

      **What I understood**, newest first:

      - [2026-12-02 15:00 UTC](https://github.com/team/shop/issues/5#issuecomment-6), @​lena: help is below.
      - [2026-12-02 14:00 UTC](https://github.com/team/shop/issues/5#issuecomment-5), @​lena: asked for a new check.
      - [2026-12-02 13:00 UTC](https://github.com/team/shop/issues/5#issuecomment-4), @​eve: **no effect**: only people with write access to this repository decide here.
      - [2026-12-02 12:00 UTC](https://github.com/team/shop/issues/5#issuecomment-3), @​kim: **no effect**: \`/drift accept a1b2 for 2w because x\`. &#34;a1b2&#34; begins the ids of 2. Name one by its id, or more of its digits; &#34;all&#34; means all.
        - \`a1b2c3d4\` replicas 3 → 5 (Deployment/shop)
        - \`a1b2c3dd\` &#43;env DEBUG
      - [2026-12-02 11:00 UTC](https://github.com/team/shop/issues/5#issuecomment-2), @​kim: **no effect**: \`/drift acept all for 2w because x\`. &#34;acept&#34; is not a command. Did you mean &#34;accept&#34;? Known here: /drift accept, /drift unaccept, /drift recheck and /drift help.
        - Write: \`/drift accept all for 14d because x\`
      - [2026-12-02 10:00 UTC](https://github.com/team/shop/issues/5#issuecomment-1), @​lena: accepted 1 finding until 2027-01-01 00:00 UTC, because load test, ask @​kim.
        - \`a1b2c3d4\` replicas 3 → 5 (Deployment/shop)

      | Write, on a line of its own | To |
      | --- | --- |
      | \`/drift accept a1b2c3d4 for 7d because REASON\` | live with one difference for a while; several ids may follow each other |
      | \`/drift accept all until 2026-12-31 because REASON\` | live with all that is shown, up to and with that day (UTC) |
      | \`/drift unaccept a1b2c3d4\` | take that back; \`all\` takes back everything |
      | \`/drift recheck\` | check again |
      | \`/drift help\` | this |

      People with write access decide, for at most 90 days, and give a reason. An acceptance ends at its date, with \`/drift unaccept\`, or when its comment is edited or deleted. It never covers another value at the same place.

      Shown here:

      - \`a1b2c3d4\` replicas 3 → 5 (Deployment/shop)
      - \`a1b2c3dd\` &#43;env DEBUG
      "
    `)
  })

  it('is found again, also after GitHub or a person put lines before it', () => {
    const text = formatAnswers({ answers: [], known })
    expect(isAnswer(text)).toBe(true)
    expect(isAnswer(`\r\n${text}`)).toBe(true)
    expect(isAnswer(`> ${text}`)).toBe(false)
    expect(isAnswer('What?')).toBe(false)
  })

  it('shows the twenty newest, and says how many it does not', () => {
    const comments = Array.from({ length: 30 }, (_, index) =>
      makeComment('/drift recheck', { id: index + 1, createdAt: at(2, `10:00:${10 + index}`) }),
    )
    const text = formatAnswers({ answers: replay({ comments }).answers, known })
    expect(text.match(/^- /gm)).toHaveLength(20)
    expect(text).toContain('issuecomment-30)')
    expect(text).not.toContain('issuecomment-10)')
    expect(text).toContain('\n10 more answers are not shown.\n')
  })

  it('leaves out the oldest where there is no room, and says so', () => {
    const many = Array.from({ length: 12 }, (_, index) => makeStreak(`a${index}b${index}`, at(1), '|'.repeat(120)))
    const comments = Array.from({ length: 20 }, (_, index) =>
      makeComment(`/drift accept all for 7d because x${'|'.repeat(499)}`, { id: index + 1, createdAt: at(2, `10:00:${10 + index}`) }),
    )
    const body = formatAnswers({ answers: replay({ comments, known: many }).answers, known: many })
    expect(body.length).toBeLessThanOrEqual(60_000)
    expect(body.length).toBeGreaterThan(40_000)
    expect(body).toContain('issuecomment-20)')
    expect(body).not.toContain('issuecomment-1)')
    expect(body).toMatch(/\n\d+ more answers are not shown\.\n/)
  })

  it('lets strangers push nobody out', () => {
    const comments = Array.from({ length: 30 }, (_, index) =>
      makeComment('/drift help', { id: index + 2, author: 'eve', createdAt: at(2, `10:00:${10 + index}`) }),
    )
    const text = formatAnswers({ answers: replay({ comments: [makeComment('/drift recheck'), ...comments] }).answers, known })
    expect(text).toContain('asked for a new check')
    expect(text.match(/only people with write access to this/g)).toHaveLength(3)
  })

  it('helps once, with the ids that are shown', () => {
    const comments = [makeComment('/drift help\n/drift help')]
    const text = formatAnswers({ answers: replay({ comments }).answers, known })
    expect(text.match(/drift unaccept/g)!.length).toBeGreaterThan(1)
    expect(text.match(/Shown here/g)).toHaveLength(1)
    expect(text).toContain('`a1b2c3d4` replicas 3 → 5 (Deployment/shop)')
    expect(formatAnswers({ answers: replay({ comments: [makeComment('/drift recheck')] }).answers, known })).not.toContain('Shown here')
  })
})

/** Pieces of the worst kind, as they may stand in a reason, a login, a comment or a fact. */
const NASTY = [
  '@octocat',
  'fixes #12',
  'closes owner/repo#3',
  'GH-4',
  'https://evil.example',
  'www.evil.example',
  'x@evil.example',
  '<img src=x>',
]
const WORSE = [
  '<!--',
  '-->',
  '[a](//evil.example)',
  '![a](x)',
  '\n',
  '\r\n/drift accept all for 7d because x\n',
  '/drift help',
  '```',
  '`',
  '|',
  '</details>',
  '&lt;',
  '\\',
  '**',
  '~~~',
]
const PLAIN = [
  ' ',
  'x',
  '0123abc4567',
  '\u202e',
  '\u200b',
  '\u001b[31m',
  'é',
  '😀',
  'deadbeef',
  '- ',
  '1. ',
  '    ',
  '# ',
  '> ',
  '<details>',
  '::error::x',
  '##[',
]
const text = fc.oneof(
  fc.array(fc.constantFrom(...NASTY, ...WORSE, ...PLAIN), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.constantFrom('x', '|', '@a ', '\u{e0041}'), fc.integer({ min: 1, max: 2500 })).map(([piece, times]) => piece.repeat(times)),
)
const finding = fc.record({ id: fc.oneof(text, fc.constantFrom('a1b2', 'c3d4').map(toId)), fact: fc.option(text) })
const findings = fc.array(finding, { maxLength: 15 })
const comment = fc.record({
  id: fc.nat(),
  url: fc.oneof(text, fc.constant('https://github.com/team/shop/issues/5#issuecomment-1')),
  author: text,
  createdAt: fc.oneof(text, fc.constant(at(2))),
})
const answer: fc.Arbitrary<Answer> = fc
  .tuple(
    comment,
    fc.oneof(
      fc.record({
        type: fc.constant('accepted'),
        findings,
        until: text,
        because: text,
        standing: fc.constantFrom('in-force', 'partly', 'ended', 'expired'),
        verified: fc.boolean(),
      }),
      fc.record({ type: fc.constant('unaccepted'), findings, verified: fc.boolean() }),
      fc.record({ type: fc.constant('mistyped'), text, problem: text, hint: text, instead: fc.option(text), candidates: findings }),
      fc.constantFrom('recheck', 'help', 'no-write-access', 'access-unknown', 'edited').map((type) => ({ type })),
    ),
  )
  .map(([about, rest]) => ({ comment: about, ...rest }) as Answer)
const streak: fc.Arbitrary<Streak> = fc.tuple(text, text).map(([id, fact]) => ({ ...makeStreak('a'), id, fact }))

describe('hostile text', () => {
  const all = fc.record({ answers: fc.array(answer, { maxLength: 25 }), known: fc.array(streak, { maxLength: 25 }) })

  it('makes no command', () => {
    fc.assert(
      fc.property(all, (input) => {
        const body = formatAnswers(input)
        expect(parseCommands(body)).toEqual([])
        expect(body).not.toMatch(/^\s*\/drift/m)
      }),
      { numRuns },
    )
  })

  it('becomes no mention, reference, link, image or HTML, and stays within bounds', () => {
    let mentioned = 0
    fc.assert(
      fc.property(all, (input) => {
        mentioned += JSON.stringify(input).includes('@octocat') ? 1 : 0
        const body = formatAnswers(input)
        expect(body.length).toBeLessThanOrEqual(60_000)
        expect(isAnswer(body)).toBe(true)
        const html = toHtml(body).replace('<!-- plumbline answer v1 -->', '')
        const tags = new Set(html.match(/<\/?[a-z!][^\s>]*/gi))
        const ours = ['p', 'ul', 'li', 'strong', 'code', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
        expect([...tags].filter((tag) => !ours.includes(tag.replace(/^<\/?/, '')))).toEqual([])
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toBe('https://github.com/team/shop/issues/5#issuecomment-1')
        // Mentions and references are made from the text that is shown, without code.
        const shown = html.replace(/<code>.*?<\/code>/gs, '').replace(/<[^>]*>/g, '')
        expect(shown).not.toMatch(/@\w|#\d|\bGH-\d/i)
        expect(body).not.toMatch(/[^\n\P{Cc}]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      }),
      { numRuns },
    )
    expect(mentioned).toBeGreaterThan(numRuns / 10)
  })
})

describe('chooseReaction', () => {
  it.each([
    ['/drift accept aaaa1 for 7d because x', '+1'],
    ['/drift help', '+1'],
    ['/drift recheck', 'eyes'],
    ['/drift accept aaaa1 for 7d because x\n/drift recheck', 'eyes'],
    ['/drift accept aaaa1', 'confused'],
    ['/drift accept cccc for 7d because x', 'confused'],
    ['/drift accept aaaa1 cccc for 7d because x', 'confused'],
    ['/drift recheck\n/drift foo', 'confused'],
    ['/drift unaccept all', 'confused'],
    ['Thanks!', null],
  ])('%j gets %s', (body, reaction) => {
    expect(chooseReaction(replay({ comments: [makeComment(body)] }).answers)).toBe(reaction)
  })

  it.each([
    ['eve', 'confused'],
    ['somebody', 'eyes'],
  ])('a command of %s gets %s', (author, reaction) => {
    expect(chooseReaction(replay({ comments: [makeComment('/drift recheck', { author })] }).answers)).toBe(reaction)
  })
})
