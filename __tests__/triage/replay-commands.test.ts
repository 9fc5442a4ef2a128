import { describe, expect, it } from 'vitest'
import type { AcceptanceRecord } from '../../src/memory/model.ts'
import type { IssueComment } from '../../src/triage/model.ts'
import type { ReplayInput } from '../../src/triage/replay-commands.ts'
import { at, makeComment, makeStreak, replay, tell, tellAnswers, toId } from './make-triage.ts'

const ACCEPT = '/drift accept aaaa1 for 7d because load test'
const UNTIL = '2026-12-09T10:00'
const accepted = (parts: Partial<AcceptanceRecord> = {}): AcceptanceRecord => {
  const comment = { id: 1, url: makeComment('').url }
  const until = '2026-12-09T10:00:00.000Z'
  return { ids: [toId('aaaa1')], by: 'lena', because: 'load test', at: at(2, '10:00:00'), until, comment, ...parts }
}

describe('an acceptance', () => {
  it('says who, why, since when and until when, and where it stands', () => {
    expect(replay({ comments: [makeComment(ACCEPT)] })).toMatchObject({ acceptances: [accepted()], ended: [], recheck: false })
  })

  it.each([
    ['one by its first digits', 'aaaa1 for 7d', [`aaaa1 until ${UNTIL} (1)`]],
    ['one by all its digits', `${toId('aaaa1')} for 7d`, [`aaaa1 until ${UNTIL} (1)`]],
    ['several', 'aaaa1, bbbb for 7d', [`aaaa1 bbbb1 until ${UNTIL} (1)`]],
    ['all', 'all for 7d', [`aaaa1 aaaa2 bbbb1 until ${UNTIL} (1)`]],
    ['up to and with a day', 'bbbb until 2026-12-31', ['bbbb1 until 2027-01-01T00:00 (1)']],
    ['the day of the comment', 'bbbb until 2026-12-03', ['bbbb1 until 2026-12-04T00:00 (1)']],
    ['the longest time', 'bbbb until 2027-03-02', ['bbbb1 until 2027-03-03T00:00 (1)']],
  ])('covers %s', (_, words, records) => {
    expect(tell(replay({ comments: [makeComment(`/drift accept ${words} because x`)] }).acceptances)).toEqual(records)
  })

  it('covers the only one when none is named', () => {
    const comments = [makeComment('/drift accept for 7d because x')]
    expect(tell(replay({ comments, known: [makeStreak('cccc')] }).acceptances)).toEqual([`cccc until ${UNTIL} (1)`])
    expect(replay({ comments })).toMatchObject({
      acceptances: [],
      answers: [
        {
          type: 'mistyped',
          problem: 'It names no id, and there are 3 that it could mean.',
          candidates: [{ fact: 'fact of aaaa1' }, {}, {}],
        },
      ],
    })
    expect(replay({ comments, known: [] })).toMatchObject({
      acceptances: [],
      answers: [{ type: 'mistyped', problem: 'There is no difference here that the issue showed when this was written.' }],
    })
  })

  it('covers nothing that came after the comment, unless all its digits are given', () => {
    const known = [makeStreak('aaaa1'), makeStreak('aaaa2', at(2, '10:00:01'))]
    const tellFor = (words: string) =>
      tell(replay({ known, comments: [makeComment(`/drift accept ${words} for 7d because x`)] }).acceptances)
    expect(tellFor('all')).toEqual([`aaaa1 until ${UNTIL} (1)`])
    expect(tellFor('')).toEqual([`aaaa1 until ${UNTIL} (1)`])
    expect(tellFor('aaaa')).toEqual([`aaaa1 until ${UNTIL} (1)`])
    expect(tellFor('aaaa2')).toEqual([])
    expect(tellFor(toId('aaaa2'))).toEqual([`aaaa2 until ${UNTIL} (1)`])
  })

  it.each([
    ['2026-12-01', '2026-12-01 was past when this was written.', '/drift accept bbbb for 7d because x'],
    ['2027-03-03', '2027-03-03 is more than 90 days away.', '/drift accept bbbb until 2027-03-02 because x'],
  ])('is refused until %s', (day, problem, instead) => {
    const { acceptances, answers } = replay({ comments: [makeComment(`/drift accept bbbb until ${day} because x`)] })
    expect(acceptances).toEqual([])
    expect(answers).toMatchObject([{ type: 'mistyped', problem, instead }])
  })

  it('tells ids that mean several or none, with those that may be meant, and takes the others', () => {
    const { acceptances, answers } = replay({ comments: [makeComment('/drift accept aaaa bbbb cccc for 7d because x')] })
    expect(tell(acceptances)).toEqual([`bbbb1 until ${UNTIL} (1)`])
    expect(answers).toMatchObject([
      { type: 'accepted' },
      {
        type: 'mistyped',
        problem: '"aaaa" begins the ids of 2.',
        candidates: [{ id: toId('aaaa1') }, { id: toId('aaaa2') }],
        instead: null,
      },
      {
        type: 'mistyped',
        problem: '"cccc" is the id of none of the differences here that the issue showed when this was written.',
        candidates: [{}, {}, {}],
      },
    ])
  })

  it('holds before its end, and not at it', () => {
    const comments = [makeComment(ACCEPT)]
    expect(replay({ comments, now: at(9, '09:59:59') }).acceptances).toHaveLength(1)
    const over = replay({ comments, now: at(9, '10:00:00'), cached: [accepted()] })
    expect(over).toMatchObject({ acceptances: [], ended: [{ record: accepted(), why: 'expired' }] })
    expect(tellAnswers(over.answers)).toEqual(['accepted aaaa1: expired'])
  })

  it('replaces earlier ones of the same ids, also by a shorter one', () => {
    const later = makeComment('/drift accept aaaa1 bbbb1 for 1d because y', { id: 2, author: 'kim', createdAt: at(3) })
    const comments = [makeComment('/drift accept all for 7d because x'), later]
    expect(tell(replay({ comments, now: at(3, '12:00:00') }).acceptances)).toEqual([
      `aaaa2 until ${UNTIL} (1)`,
      'aaaa1 bbbb1 until 2026-12-04T00:00 (2)',
    ])
    const over = replay({ comments, now: at(5) })
    expect(tell(over.acceptances)).toEqual([`aaaa2 until ${UNTIL} (1)`])
    expect(tellAnswers(over.answers)).toEqual(['accepted aaaa1 aaaa2 bbbb1: partly', 'accepted aaaa1 bbbb1: expired'])
  })

  it('stays for what is gone, which may come back, and does not cover another value', () => {
    const { acceptances, ended, answers } = replay({
      comments: [makeComment(ACCEPT)],
      cached: [accepted()],
      known: [makeStreak('aaaa9', at(3))],
    })
    expect(acceptances).toEqual([accepted()])
    expect(ended).toEqual([])
    expect(tellAnswers(answers)).toEqual(['accepted aaaa1 (gone): in-force'])
  })

  it('without an id stays for the only one there was', () => {
    const comments = [makeComment('/drift accept for 7d because load test')]
    const known = [makeStreak('cccc', at(3)), makeStreak('dddd', at(3))]
    expect(replay({ comments, known, cached: [accepted()] }).acceptances).toEqual([accepted()])
  })

  it('of all keeps what it covered before', () => {
    const comments = [makeComment('/drift accept all for 7d because load test')]
    const cached = [accepted({ ids: [toId('dddd')] })]
    expect(tell(replay({ comments, cached }).acceptances)).toEqual([`aaaa1 aaaa2 bbbb1 dddd until ${UNTIL} (1)`])
    expect(tell(replay({ comments, cached: [accepted({ ids: [toId('dddd')], because: 'another' })] }).acceptances)).toEqual([
      `aaaa1 aaaa2 bbbb1 until ${UNTIL} (1)`,
    ])
  })
})

describe('a comment', () => {
  it.each([
    ['edited', { updatedAt: at(2, '11:00:00') }, 'comment-edited', ['edited']],
    ['edited until nothing is left', { body: 'never mind', updatedAt: at(2, '11:00:00') }, 'comment-edited', ['edited']],
    ['without write access', { author: 'eve' }, 'no-write-access', ['no-write-access']],
    ['of our own', { author: 'github-actions' }, 'not-said', []],
    ['of a bot', { author: 'renovate[bot]' }, 'not-said', []],
    ['of an app', { author: 'lena', isBot: true }, 'not-said', []],
  ] as const)('that is %s accepts nothing, and ends what it did', (_, parts, why, answers) => {
    const result = replay({ comments: [makeComment(ACCEPT, parts)], cached: [accepted()] })
    expect(result).toMatchObject({ acceptances: [], ended: [{ record: accepted(), why }], recheck: false })
    expect(tellAnswers(result.answers)).toEqual([...answers])
  })

  it('that is deleted ends what it did', () => {
    expect(replay({ cached: [accepted()] })).toMatchObject({
      acceptances: [],
      ended: [{ record: accepted(), why: 'comment-deleted' }],
      answers: [],
    })
  })

  it('that GitHub dates a second late is as it was written', () => {
    const { createdAt } = makeComment(ACCEPT)
    const updatedAt = new Date(Date.parse(createdAt) + 1000).toISOString()
    expect(replay({ comments: [makeComment(ACCEPT, { updatedAt })] }).acceptances).toEqual([accepted()])
  })

  it('without commands gets no answer, edited or not', () => {
    const comments = [
      makeComment('Who did this?'),
      makeComment('> /drift help', { id: 2, updatedAt: at(3) }),
      makeComment('Me', { author: 'eve' }),
    ]
    expect(replay({ comments }).answers).toEqual([])
  })

  it('that is mistyped is told what to write, or all the ids', () => {
    const comments = [makeComment('/drift acept all for 7d because x\n/drift accept that for 7d because x')]
    expect(replay({ comments }).answers).toMatchObject([
      { type: 'mistyped', instead: '/drift accept all for 7d because x', candidates: [] },
      { type: 'mistyped', instead: null, candidates: [{ id: toId('aaaa1') }, {}, {}] },
    ])
  })

  it('counts in the order of writing, whatever the order of the list', () => {
    const first = makeComment(ACCEPT, { id: 7 })
    const second = makeComment('/drift unaccept all', { id: 8 })
    for (const comments of [
      [first, second],
      [second, first],
    ])
      expect(replay({ comments }).acceptances).toEqual([])
    expect(
      replay({
        comments: [
          { ...first, id: 8 },
          { ...second, id: 7 },
        ],
      }).acceptances,
    ).toHaveLength(1)
  })
})

describe('unaccept', () => {
  const all = makeComment('/drift accept all for 7d because load test')
  const unaccept = (words: string, parts = {}) =>
    makeComment(`/drift unaccept ${words}`, { id: 2, author: 'kim', createdAt: at(2, '12:00:00'), ...parts })

  it('ends what somebody else accepted earlier', () => {
    const cached = [accepted({ ids: [toId('aaaa1'), toId('aaaa2'), toId('bbbb1')] })]
    const result = replay({ comments: [all, unaccept('aaaa1')], cached })
    expect(tell(result.acceptances)).toEqual([`aaaa2 bbbb1 until ${UNTIL} (1)`])
    expect(result.ended).toEqual([{ record: accepted(), why: 'withdrawn' }])
    expect(tellAnswers(result.answers)).toEqual(['accepted aaaa1 aaaa2 bbbb1: partly', 'unaccepted aaaa1'])
  })

  it('of all ends everything, and nothing that is accepted later', () => {
    const again = makeComment('/drift accept aaaa1 for 1d because again', { id: 3, createdAt: at(2, '13:00:00') })
    expect(tell(replay({ comments: [all, unaccept('all'), again] }).acceptances)).toEqual(['aaaa1 until 2026-12-03T13:00 (3)'])
  })

  it('without an id ends the only one', () => {
    expect(replay({ comments: [makeComment(ACCEPT), unaccept('')] }).acceptances).toEqual([])
    const several = replay({ comments: [all, unaccept('')] })
    expect(several.acceptances).toHaveLength(1)
    expect(several.answers[1]).toMatchObject({ type: 'mistyped', problem: 'It names no id, and there are 3 that it could mean.' })
  })

  it('of what is not accepted says so', () => {
    const { answers } = replay({ comments: [makeComment(ACCEPT), unaccept('bbbb1')] })
    expect(answers[1]).toMatchObject({
      problem: '"bbbb1" is the id of none of the differences that were accepted when this was written.',
      instead: `/drift unaccept ${toId('aaaa1')}`,
    })
    expect(replay({ comments: [unaccept('all')] }).answers).toMatchObject([{ problem: 'There is no acceptance here that this could end.' }])
  })

  it('of what has expired by then does nothing', () => {
    const { answers } = replay({ comments: [makeComment(ACCEPT), unaccept('all', { createdAt: at(10) })], now: at(11) })
    expect(tellAnswers(answers)).toEqual(['accepted aaaa1: expired', 'mistyped'])
  })

  it.each([
    ['edited', { updatedAt: at(3) }],
    ['without write access', { author: 'eve' }],
  ])('that is %s ends nothing', (_, parts) => {
    expect(replay({ comments: [all, unaccept('all', parts)] }).acceptances).toHaveLength(1)
  })
})

describe('when access cannot be asked', () => {
  const mayWrite = () => 'unknown' as const

  it('what was in force stays so, and nothing is new', () => {
    const comments = [makeComment('/drift accept all for 7d because load test'), makeComment('/drift recheck', { id: 2 })]
    const kept = replay({ comments, mayWrite, cached: [accepted()] })
    expect(kept).toMatchObject({ acceptances: [accepted()], ended: [], recheck: false })
    expect(tellAnswers(kept.answers)).toEqual(['accepted aaaa1: in-force unverified', 'access-unknown'])
    const none = replay({ comments, mayWrite })
    expect(none.acceptances).toEqual([])
    expect(tellAnswers(none.answers)).toEqual(['access-unknown', 'access-unknown'])
  })

  it('still ends what is over, edited or deleted', () => {
    const cached = [accepted()]
    expect(replay({ comments: [makeComment(ACCEPT)], mayWrite, cached, now: at(10) }).ended).toMatchObject([{ why: 'expired' }])
    expect(replay({ comments: [makeComment(ACCEPT, { updatedAt: at(3) })], mayWrite, cached }).ended).toMatchObject([
      { why: 'comment-edited' },
    ])
    expect(replay({ mayWrite, cached }).ended).toMatchObject([{ why: 'comment-deleted' }])
  })

  it('what was withdrawn or replaced does not come back', () => {
    const unaccept = makeComment('/drift unaccept aaaa1', { id: 2, author: 'someone' })
    expect(replay({ comments: [makeComment(ACCEPT), unaccept] }).acceptances).toEqual([])
    const shorter = makeComment('/drift accept aaaa1 for 1h because y', { id: 2, author: 'someone' })
    expect(replay({ comments: [makeComment(ACCEPT), shorter] }).acceptances).toEqual([])
  })

  it('what was not withdrawn yet stays', () => {
    const unaccept = makeComment('/drift unaccept aaaa1', { id: 2, author: 'someone' })
    const { acceptances, answers } = replay({ comments: [makeComment(ACCEPT), unaccept], cached: [accepted()] })
    expect(acceptances).toEqual([accepted()])
    expect(tellAnswers(answers)).toEqual(['accepted aaaa1: in-force', 'access-unknown'])
  })
})

describe('recheck', () => {
  const comments = [makeComment('/drift recheck')]
  it.each([
    ['before any reading that is known of', undefined, true],
    ['before a first reading', null, true],
    ['after the last reading', at(2, '09:00:00'), true],
    ['before the last reading', at(2, '11:00:00'), false],
  ])('that was written %s', (_, checkedAt, recheck) => {
    expect(replay({ comments, ...(checkedAt === undefined ? {} : { checkedAt }) }).recheck).toBe(recheck)
  })

  it('of somebody without write access is none', () => {
    expect(replay({ comments: [makeComment('/drift recheck', { author: 'eve' })] }).recheck).toBe(false)
  })
})

describe('a command that an earlier run has judged', () => {
  const [a1, a2, b1] = [makeStreak('aaaa1'), makeStreak('aaaa2'), makeStreak('bbbb1')]
  const accept = (words: string) => makeComment(`/drift accept ${words} for 30d because load test`)
  const unaccept = makeComment('/drift unaccept', { id: 2, createdAt: at(2, '12:00:00') })
  /** Runs one after the other, each with what the one before remembered. */
  function runOn(comments: readonly IssueComment[], ...rounds: readonly Partial<ReplayInput>[]) {
    let memory: Pick<ReplayInput, 'cached' | 'settled'> = { cached: [], settled: null }
    return rounds.map((round) => {
      const result = replay({ comments, ...memory, ...round })
      memory = { cached: result.acceptances, settled: result.settled }
      return result
    })
  }

  it.each([
    ['an only one, once the other is gone', accept(''), { known: [a1, b1] }, { known: [b1] }],
    ['first digits of two, once one is gone', accept('aaaa'), { known: [a1, a2] }, { known: [a2] }],
    ['a full id, once there is such a difference', accept(toId('cccc')), {}, { known: [makeStreak('cccc')] }],
    ['all, once the author may write', accept('all'), { mayWrite: () => 'no' as const }, {}],
  ])('and refused stays so: %s', (_, comment, first, later) => {
    const [refused, next, last] = runOn([comment], first, later, later)
    for (const one of [refused, next, last]) expect(one?.acceptances).toEqual([])
    expect(next?.answers).toMatchObject([{ type: 'settled', text: comment.body }])
  })

  it('and refused stays so where it would take back', () => {
    const [first, next] = runOn([accept('all'), unaccept], { known: [a1, b1] }, { known: [b1] })
    expect(first?.answers[1]).toMatchObject({ type: 'mistyped', problem: 'It names no id, and there are 2 that it could mean.' })
    expect(next).toMatchObject({ acceptances: first?.acceptances, ended: [] })
    // With the comment of one acceptance deleted, the other is the only one.
    const other = makeComment('/drift accept bbbb1 for 30d because y', { id: 0 })
    const [both, one] = runOn([accept('aaaa1'), unaccept], { comments: [other, accept('aaaa1'), unaccept] }, {})
    expect([both?.acceptances.length, tell(one?.acceptances ?? [])]).toEqual([2, ['aaaa1 until 2027-01-01T10:00 (1)']])
  })

  it('keeps what it was granted, and what ended does not return', () => {
    const [, gone, back] = runOn([accept('all')], { known: [a1] }, { known: [] }, { known: [a1, b1] })
    for (const one of [gone, back]) expect(tell(one?.acceptances ?? [])).toEqual(['aaaa1 until 2027-01-01T10:00 (1)'])
    const mayWrite = () => 'no' as const
    const [, left, rejoined] = runOn([accept('all')], {}, { mayWrite }, {})
    expect([left?.acceptances, rejoined?.acceptances]).toEqual([[], []])
  })

  it('waits where its author could not be asked about, and the others do not', () => {
    const comments = [{ ...accept('aaaa1'), author: 'someone' }, makeComment('/drift accept for 7d because x', { id: 2 })]
    const [unknown, known, later] = runOn(comments, {}, { mayWrite: () => 'yes' }, { known: [b1] })
    expect(unknown?.settled).toEqual({ upTo: 2, waiting: [1] })
    for (const one of [known, later]) expect(tell(one?.acceptances ?? [])).toEqual(['aaaa1 until 2027-01-01T10:00 (1)'])
    expect(known?.settled).toEqual({ upTo: 2, waiting: [] })
    // What was withdrawn while it waited never holds.
    const withdrawn = [comments[0]!, makeComment('/drift unaccept all', { id: 2, createdAt: at(2, '12:00:00') })]
    for (const one of runOn(withdrawn, {}, { mayWrite: () => 'yes' }, {})) expect(one.acceptances).toEqual([])
  })

  it('is judged anew where what was remembered is lost, and covers only what it names in full', () => {
    const later = { known: [makeStreak('aaaa1', at(4))], now: at(5) }
    expect(replay({ comments: [accept('all')], ...later }).acceptances).toEqual([])
    expect(replay({ comments: [accept(toId('aaaa1'))], ...later }).acceptances).toHaveLength(1)
  })
})

it('all covers nothing that the text of the issue did not show yet, whenever it was first read', () => {
  const unshown = { ...makeStreak('bbbb1'), shownAt: null }
  const raced = makeStreak('aaaa2', at(2, '10:00:40'))
  const comments = [makeComment('/drift accept all for 7d because x', { createdAt: at(2, '10:00:30') })]
  expect(tell(replay({ comments, known: [makeStreak('aaaa1'), raced, unshown] }).acceptances)).toEqual(['aaaa1 until 2026-12-09T10:00 (1)'])
})
