import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCommand } from '../../src/triage/format-command.ts'
import type { Command } from '../../src/triage/model.ts'
import { parseCommands } from '../../src/triage/parse-commands.ts'

const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 500)

function parseOne(text: string): Command {
  const commands = parseCommands(text)
  expect(commands).toHaveLength(1)
  return commands[0]!
}

describe('what is understood, each with its best form', () => {
  const A = '/drift accept all for 7d because load test'
  it.each([
    [A, A],
    ['/drift accept a1b2c3d for 7d because load test', '/drift accept a1b2c3d for 7d because load test'],
    ['/drift accept 0123456789abcdef for 7d because x', '/drift accept 0123456789abcdef for 7d because x'],
    ['/drift accept for 7d because load test', '/drift accept for 7d because load test'],
    // Case, spaces and endings, as keyboards and copying leave them
    ['/Drift Accept All For 7D Because load test', A],
    ['/DRIFT ACCEPT ALL FOR 7D BECAUSE load test', A],
    ['/drift  accept   all  for  7d  because  load test', A],
    ['/drift\taccept all for 7d because load test', A],
    ['   /drift accept all for 7d because load test   ', A],
    ['/drift\u00a0accept all\u00a0for 7\u00a0d because load test', A],
    ['\ufeff/drift accept all for 7d because load test', A],
    ['/drift accept a1b2c3\u200bd for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept all for 7d because load test\r\n', A],
    ['/drift: accept all for 7d because load test', A],
    ['/drift accept: all for 7d because load test', A],
    // Ids
    ['/drift accept A1B2C3D for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept a1b2, c3d4,e5f6 for 7d because x', '/drift accept a1b2 c3d4 e5f6 for 7d because x'],
    ['/drift accept a1b2; c3d4 & e5f6 for 7d because x', '/drift accept a1b2 c3d4 e5f6 for 7d because x'],
    ['/drift accept findings a1b2 and c3d4, for 7d, because x', '/drift accept a1b2 c3d4 for 7d because x'],
    ['/drift accept `a1b2c3d` for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept #a1b2c3d for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept “a1b2c3d” for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept a1b2c3d… for 7d because x', '/drift accept a1b2c3d for 7d because x'],
    ['/drift accept a1b2 A1B2 a1b2 for 7d because x', '/drift accept a1b2 for 7d because x'],
    ['/drift accept all findings for 7d because load test', A],
    // Ends
    ['/drift accept all for 12h because x', '/drift accept all for 12h because x'],
    ['/drift accept all for 12 hours because x', '/drift accept all for 12h because x'],
    ['/drift accept all for 48 hrs because x', '/drift accept all for 2d because x'],
    ['/drift accept all for 1 day because x', '/drift accept all for 1d because x'],
    ['/drift accept all for a day because x', '/drift accept all for 1d because x'],
    ['/drift accept all for one week because load test', A],
    ['/drift accept all for 7 days because load test', A],
    ['/drift accept all for7d because load test', A],
    ['/drift accept all for 2w because x', '/drift accept all for 14d because x'],
    ['/drift accept all for 2 weeks because x', '/drift accept all for 14d because x'],
    ['/drift accept all for 90d because x', '/drift accept all for 90d because x'],
    ['/drift accept all until 2026-12-31 because x', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all till 2026-12-31 because x', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all until 2026-12-31. because x', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all until 2026–12–31 because x', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all until 2026/12/31 because x', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all until 2027-1-5 because x', '/drift accept all until 2027-01-05 because x'],
    ['/drift accept all until 2028-02-29 because x', '/drift accept all until 2028-02-29 because x'],
    // Reasons
    ['/drift accept all for 7d — because load test', A],
    ['/drift accept all for 7d, because: load test', A],
    ['/drift accept all for 7d - reason: load test', A],
    ['/drift accept all for 7d Reason load test', A],
    ['/drift accept all for 7d because “load test”', A],
    ['/drift accept all for 7d because "load test".', A],
    ['/drift accept all for 7d because it’s “hot” – until 2027', '/drift accept all for 7d because it’s “hot” – until 2027'],
    ['/drift accept all for 7d because for now, because it must', '/drift accept all for 7d because for now, because it must'],
    ['/drift accept all for 7d because 🔥', null],
    [`/drift accept all for 7d because ${'é'.repeat(600)}`, `/drift accept all for 7d because ${'é'.repeat(500)}…`],
    // The others
    ['/drift unaccept', '/drift unaccept'],
    ['/drift unaccept all', '/drift unaccept all'],
    ['/drift un-accept a1b2c3d.', '/drift unaccept a1b2c3d'],
    ['/drift Unaccept a1b2, c3d4 because it is over', '/drift unaccept a1b2 c3d4'],
    ['/drift recheck', '/drift recheck'],
    ['/drift Re-check!', '/drift recheck'],
    ['/drift recheck please', '/drift recheck'],
    ['/drift help', '/drift help'],
    ['/drift', '/drift help'],
    ['/drift ?', '/drift help'],
    ['/drift.', '/drift help'],
  ])('%j', (text, best) => {
    const command = parseOne(text)
    if (best === null) expect(command).toMatchObject({ type: 'mistyped', problem: 'It gives no reason.' })
    else expect(command.type === 'mistyped' ? command : formatCommand(command)).toEqual(best)
  })
})

describe('what is mistyped, with the line to write instead', () => {
  it.each([
    ['/drift acept all for 7d because x', '"acept" is not a command.', '/drift accept all for 7d because x'],
    ['/drift aceptp a1b2 for 7d because x', '"aceptp" is not a command.', '/drift accept a1b2 for 7d because x'],
    ['/drift unacept a1b2', '"unacept" is not a command.', '/drift unaccept a1b2'],
    ['/drift rechek', '"rechek" is not a command.', '/drift recheck'],
    ['/drift hepl', '"hepl" is not a command.', '/drift help'],
    ['/drift snooze all for 2w because x', '"snooze" is not a command.', '/drift accept all for 14d because x'],
    ['/drift revoke a1b2', '"revoke" is not a command.', '/drift unaccept a1b2'],
    ['/drift keep all', '"keep" is not a command.', '/drift accept all for 7d because REASON'],
    ['/drift frobnicate', '"frobnicate" is not a command.', '/drift help'],
    ['/drift is back', '"is" is not a command.', '/drift help'],
    ['/drift accept', 'It does not say until when.', '/drift accept for 7d because REASON'],
    ['/drift accept all because x', 'It does not say until when.', '/drift accept all for 7d because x'],
    ['/drift accept all 2w because x', 'It does not say until when.', '/drift accept all for 14d because x'],
    ['/drift accept all 2 weeks because x', 'It does not say until when.', '/drift accept all for 14d because x'],
    ['/drift accept a1b2 2026-12-31 because x', 'It does not say until when.', '/drift accept a1b2 until 2026-12-31 because x'],
    ['/drift accept all because x y until 2026-12-31', 'It does not say until when.', '/drift accept all until 2026-12-31 because x y'],
    ['/drift accept all because x y for 2 weeks', 'It does not say until when.', '/drift accept all for 14d because x y'],
    ['/drift accept all for because x', 'Nothing follows "for".', '/drift accept all for 7d because x'],
    ['/drift accept all until because x', 'Nothing follows "until".', null],
    ['/drift accept all for 0d because x', 'It would end at once.', '/drift accept all for 7d because x'],
    ['/drift accept all for 91d because x', '"for 91d" is longer than 90 days.', '/drift accept all for 90d because x'],
    ['/drift accept all for 13 weeks because x', '"for 13 weeks" is longer than 90 days.', '/drift accept all for 90d because x'],
    ['/drift accept all for 999999w because x', '"for 999999w" is longer than 90 days.', '/drift accept all for 90d because x'],
    ['/drift accept all for 30m because x', '"for 30m" is not understood.', null],
    ['/drift accept all for 1.5w because x', '"for 1.5w" is not understood.', null],
    ['/drift accept all for 7 because x', '"for 7" is not understood.', '/drift accept all for 7d because x'],
    ['/drift accept all for 2 months because x', '"for 2 months" is not understood.', '/drift accept all for 60d because x'],
    ['/drift accept all for ever because x', '"for ever" is not understood.', '/drift accept all for 90d because x'],
    ['/drift accept all for 2026-12-31 because x', '"for 2026-12-31" is not understood.', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept all until 7d because x', '"until 7d" is not understood.', '/drift accept all for 7d because x'],
    ['/drift accept all until tomorrow because x', '"until tomorrow" is not understood.', '/drift accept all for 1d because x'],
    ['/drift accept all until friday because x', '"until friday" is not understood.', null],
    [
      '/drift accept all until 31.12.2026 because x',
      '"until 31.12.2026" is not understood.',
      '/drift accept all until 2026-12-31 because x',
    ],
    [
      '/drift accept all until 12/31/2026 because x',
      '"until 12/31/2026" is not understood.',
      '/drift accept all until 2026-12-31 because x',
    ],
    [
      '/drift accept all until 31/12/2026 because x',
      '"until 31/12/2026" is not understood.',
      '/drift accept all until 2026-12-31 because x',
    ],
    ['/drift accept all until 01/02/2027 because x', '"until 01/02/2027" is not understood.', null],
    [
      '/drift accept all until Dec 31, 2026 because x',
      '"until dec 31 2026" is not understood.',
      '/drift accept all until 2026-12-31 because x',
    ],
    ['/drift accept all until 31 December because x', '"until 31 december" is not understood.', null],
    [
      '/drift accept all until 2026-12-31T18:00Z because x',
      '"until 2026-12-31t18:00z" is not understood.',
      '/drift accept all until 2026-12-31 because x',
    ],
    ['/drift accept all until 2026-02-30 because x', '"until 2026-02-30" is not understood.', null],
    ['/drift accept all for 7d until 2026-12-31 because x', '"for 7d until 2026-12-31" is not understood.', null],
    ['/drift accept all for 7d', 'It gives no reason.', '/drift accept all for 7d because REASON'],
    ['/drift accept all for 7d because', 'It gives no reason.', '/drift accept all for 7d because REASON'],
    ['/drift accept all for 7d because ...', 'It gives no reason.', '/drift accept all for 7d because REASON'],
    ['/drift accept all for 7d because REASON', 'It gives no reason.', '/drift accept all for 7d because REASON'],
    ['/drift accept all for 7d load test', '"because" is missing before the reason.', '/drift accept all for 7d because load test'],
    ['/drift accept all for 7 days Load Test', '"because" is missing before the reason.', '/drift accept all for 7d because Load Test'],
    ['/drift accept all for 7d becuase Load test', '"becuase" is not understood.', '/drift accept all for 7d because Load test'],
    ['/drift accept all fro 7d because x', '"fro" is not understood.', '/drift accept all for 7d because x'],
    ['/drift accept all untill 2026-12-31 becasue x', '"untill" is not understood.', '/drift accept all until 2026-12-31 because x'],
    ['/drift accept al for 7d because x', '"al" is not an id.', '/drift accept all for 7d because x'],
    ['/drift accept al fro 7d becuase x', null, '/drift accept all for 7d because x'],
    ['/drift accept a1b for 7d because x', '"a1b" is too short for an id.', null],
    ['/drift accept replicas for 7d because x', '"replicas" is not an id.', null],
    ['/drift accept 0123456789abcdef0 for 7d because x', '"0123456789abcdef0" is not an id.', null],
    ['/drift accept all a1b2 for 7d because x', 'It names "all" and some besides.', '/drift accept all for 7d because x'],
    ['/drift unaccept alll', '"alll" is not an id.', '/drift unaccept all'],
    ['/drift unaccept it', '"it" is not an id.', null],
  ])('%j', (text, problem, instead) => {
    const command = parseOne(text)
    expect(command).toMatchObject({ type: 'mistyped', instead, ...(problem === null ? {} : { problem }) })
    expect(command).toHaveProperty('hint', expect.stringMatching(/./))
  })
})

it('reads no line that is longer than any command', () => {
  expect(parseOne(`/drift accept ${'a1b2 '.repeat(500)}for 7d because x`)).toMatchObject({
    type: 'mistyped',
    problem: 'The line is longer than 2,000 characters.',
    instead: null,
  })
})

it('reads several commands in one comment, and no more than twenty', () => {
  const comment =
    'Looked at it with Kim.\r\n\r\n/drift accept a1b2 for 7d because x\r\n/drift recheck\r\nThanks!\r\n/drift unaccept c3d4\r\n'
  expect(parseCommands(comment).map((command) => command.type)).toEqual(['accept', 'recheck', 'unaccept'])
  expect(parseCommands('/drift help\n'.repeat(1000))).toHaveLength(20)
})

/** Lines that are nearly commands. */
const WORDS = ['accept', 'unaccept', 'Acept', 'all', 'al', 'a1b2', 'a1b', 'FEED', 'for', 'fro', 'four', '7d', '7', 'days', '2 weeks']
const MORE = [
  'until',
  'untill',
  '2026-12-31',
  '2026-13-01',
  'tomorrow',
  'because',
  'becuase',
  'reason:',
  'REASON',
  'load test',
  ',',
  '—',
  '“x”',
]
const nearCommands = fc.array(fc.constantFrom(...WORDS, ...MORE, '\u00a0', '@kim', '<b>', 'İ'), { maxLength: 12 })

it('proposes only lines that are understood, or that want nothing but a reason', () => {
  let proposed = 0
  fc.assert(
    fc.property(nearCommands, (words) => {
      const command = parseOne(`/drift ${words.join(' ')}`)
      if (command.type !== 'mistyped' || command.instead === null) return
      proposed++
      const better = parseOne(command.instead.replace(/\bREASON$/, 'of a test'))
      expect(better.type, command.instead).not.toBe('mistyped')
    }),
    { numRuns },
  )
  expect(proposed).toBeGreaterThan(numRuns / 20)
})

it('reads its own best form as the same command', () => {
  const which = fc.constantFrom('', 'all', 'A1B2', 'feed, a1b2', 'findings a1b2 & c3d4')
  const end = fc.constantFrom('for 7d', 'For a week,', 'until 2026-12-31', 'till 2026/12/31.', 'for 13 hours', 'for 90 days —')
  const reason = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `because x${text}`)
  fc.assert(
    fc.property(which, end, reason, (...parts) => {
      const { text: _, ...command } = parseOne(`/drift accept ${parts.join(' ').replace(/[\r\n]/g, ' ')}`)
      if (command.type === 'mistyped') throw new Error(command.problem)
      const { text: __, ...again } = parseOne(formatCommand({ ...command, text: '' }))
      expect(again).toEqual(command)
    }),
    { numRuns },
  )
})

it('throws on no text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      parseCommands(text)
      parseCommands(`/drift accept ${text}`)
      parseCommands(`/drift ${text}`)
    }),
    { numRuns },
  )
})

it.each([
  ['spaces', '/drift accept', ' '],
  ['dots', '/drift accept', '.'],
  ['comments', '', '<!--\n'],
  ['fences', '', '```\n~~~\n'],
  ['quotes', '/drift accept "', '“'],
  ['commands', '', '/drift accept all for\n'],
])('takes no longer for 60,000 characters of %s', (_, start, piece) => {
  const started = performance.now()
  parseCommands(start + piece.repeat(60_000 / piece.length))
  expect(performance.now() - started).toBeLessThan(1000)
})
