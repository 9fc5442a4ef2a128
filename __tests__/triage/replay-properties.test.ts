import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AcceptanceRecord, Settled, Streak } from '../../src/memory/model.ts'
import type { IssueComment, WriteAccess } from '../../src/triage/model.ts'
import { parseCommands } from '../../src/triage/parse-commands.ts'
import { listCommanders, type ReplayInput, replayCommands } from '../../src/triage/replay-commands.ts'
import { makeComment, makeStreak } from './make-triage.ts'

/** `npm run fuzz` runs many more. */
const numRuns = Number(process.env.PLUMBLINE_FUZZ_RUNS ?? 1000)

/** Few ids that begin alike, few people and few hours, so that things meet. */
const IDS = ['aaaa1', 'aaaa2', 'aaaa12', 'bbbb1', 'bbbb', 'cccc']
const hour = fc.integer({ min: 0, max: 60 })
const toTime = (hours: number) => new Date(Date.UTC(2026, 11, 1, hours)).toISOString()
const ids = fc.constantFrom('', 'all', 'aaaa', 'aaaa1', 'bbbb', 'cccc', 'aaaa1, bbbb1', ...IDS.map((id) => id.padEnd(16, '0')))
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(ids, fc.constantFrom('1h', '5h', '1d', '2d'), fc.constantFrom('x', 'y'))
      .map(([id, end, why]) => `/drift accept ${id} for ${end} because ${why}`),
  },
  { weight: 1, arbitrary: fc.constant('/drift accept all until 2026-12-02 because x') },
  { weight: 2, arbitrary: ids.map((id) => `/drift unaccept ${id}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/drift recheck', '/drift help', '/drift acept all', 'Who was it?', '> /drift accept all for 1d because x'),
  },
)
const comment = fc
  .record({
    body: fc.array(command, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
    author: fc.constantFrom('lena', 'lena', 'kim', 'eve', 'app[bot]', 'our-app[bot]'),
    hours: hour,
    edited: fc.constantFrom(false, false, false, true),
  })
  .map(({ hours, edited, ...parts }) => ({ ...parts, createdAt: toTime(hours), updatedAt: toTime(hours + (edited ? 1 : 0)) }))
const comments = fc
  .array(comment, { maxLength: 6 })
  .map((list) => list.map(({ body, ...parts }, index) => makeComment(body, { ...parts, id: index + 1 })))
const streaks = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...IDS), hours: hour }), { selector: ({ id }) => id })
  .map((list) => list.map(({ id, hours }) => makeStreak(id, toTime(hours))))
const access = fc.record({
  lena: fc.constantFrom('yes', 'yes', 'no', 'unknown'),
  kim: fc.constantFrom('yes', 'unknown'),
  eve: fc.constant('no'),
})

type Access = Readonly<Record<string, string>>
type Moment = { readonly known: readonly Streak[]; readonly access: Access; readonly now: number }
const moment: fc.Arbitrary<Moment> = fc.record({ known: streaks, access, now: hour })

function run(
  all: readonly IssueComment[],
  { known, access: of, now }: Moment,
  cached: readonly AcceptanceRecord[],
  more: Partial<ReplayInput> = {},
) {
  // A run sees what is written by then.
  const written = all.filter(({ createdAt }) => createdAt <= toTime(now))
  const mayWrite = (login: string) => (of[login] ?? 'no') as WriteAccess
  return replayCommands({ comments: written, known, cached, mayWrite, now: toTime(now), self: 'our-app[bot]', ...more })
}

/** Runs one after the other, each with what the one before gave. */
function runAll(all: readonly IssueComment[], moments: readonly Moment[]) {
  const inOrder = moments.toSorted((a, b) => a.now - b.now)
  let cached: readonly AcceptanceRecord[] = []
  let settled: Settled | null = null
  return inOrder.map((one) => {
    const before = { cached, settled }
    const result = run(all, one, cached, { settled })
    cached = result.acceptances
    settled = result.settled
    return { moment: one, ...before, result }
  })
}

const history = fc.tuple(comments, fc.array(moment, { minLength: 1, maxLength: 5 }))

test('an acceptance covers only what its comment named in full, or what was shown by then', () => {
  let covered = 0
  fc.assert(
    fc.property(history, ([all, moments]) => {
      const seen: Streak[] = []
      for (const { moment: one, result } of runAll(all, moments)) {
        seen.push(...one.known)
        for (const record of result.acceptances) {
          for (const id of record.ids) {
            covered++
            const source = all.find(({ id: number }) => number === record.comment.id)
            const wasShown = seen.some((streak) => streak.id === id && (streak.shownAt ?? '9') <= record.at)
            expect(wasShown || source?.body.includes(id), `${id} in ${source?.body}`).toBe(true)
          }
        }
      }
    }),
    { numRuns },
  )
  expect(covered).toBeGreaterThan(numRuns / 8)
})

test('a command is granted something once at most: whatever changes later, nothing that was refused or ended comes alive', () => {
  let refused = 0
  fc.assert(
    fc.property(history, ([all, moments]) => {
      const rounds = runAll(all, moments)
      for (const [index, { cached, settled, result }] of rounds.entries()) {
        const before = new Set(cached.flatMap((record) => record.ids.map((id) => `${record.comment.id} ${id}`)))
        for (const { comment: source, ids } of result.acceptances) {
          const isNew = settled === null || source.id > settled.upTo || settled.waiting.includes(source.id)
          for (const id of ids) expect(isNew || before.has(`${source.id} ${id}`), `${source.id} ${id}`).toBe(true)
        }
        // Nor does a command that takes back: what stood at its own run stands until its end, a newer comment, or one that waited.
        if (index === 0 || all.some(({ id }) => id > (settled?.upTo ?? 0) || settled?.waiting.includes(id))) continue
        refused++
        expect(result.ended.filter(({ why }) => why === 'withdrawn')).toEqual([])
      }
    }),
    { numRuns },
  )
  expect(refused).toBeGreaterThan(numRuns / 20)
})

test('each acceptance stands in an unedited comment of a person who is not known to lack access, holds at the time, and covers an id once', () => {
  fc.assert(
    fc.property(history, ([all, moments]) => {
      for (const { moment: one, cached, result } of runAll(all, moments)) {
        for (const { comment: source, by, because, until } of result.acceptances) {
          const written = all.find(({ id }) => id === source.id)
          expect(written).toMatchObject({ author: by, updatedAt: written?.createdAt })
          expect(parseCommands(written?.body ?? '')).toContainEqual(expect.objectContaining({ type: 'accept', because }))
          expect(until > toTime(one.now)).toBe(true)
          expect(by.endsWith('[bot]')).toBe(false)
          expect(one.access[by]).not.toBe('no')
          if (one.access[by] === 'unknown') expect(cached.map((record) => record.comment.id)).toContain(source.id)
        }
        const accepted = result.acceptances.flatMap((record) => record.ids)
        expect(new Set(accepted).size).toBe(accepted.length)
      }
    }),
    { numRuns },
  )
})

test('comments that do not count change nothing, as if they were not there', () => {
  let dropped = 0
  fc.assert(
    fc.property(comments, moment, (all, one) => {
      const counts = all.filter(
        ({ author, createdAt, updatedAt }) => createdAt === updatedAt && !author.endsWith('[bot]') && one.access[author] !== 'no',
      )
      dropped += all.length - counts.length
      const { acceptances, recheck } = run(all, one, [])
      expect({ acceptances, recheck }).toEqual({ acceptances: run(counts, one, []).acceptances, recheck: run(counts, one, []).recheck })
    }),
    { numRuns },
  )
  expect(dropped).toBeGreaterThan(numRuns / 4)
})

test('without access known, nothing is accepted that was not', () => {
  fc.assert(
    fc.property(history, ([all, moments]) => {
      const last = runAll(all, moments).at(-1)!
      const asked = { ...last.moment, access: { lena: 'unknown', kim: 'unknown', eve: 'unknown' } }
      const before = new Set(
        last.result.acceptances.flatMap((record) => record.ids.map((id) => `${record.comment.id} ${id} ${record.until}`)),
      )
      const { acceptances } = run(all, asked, last.result.acceptances, { settled: last.result.settled })
      for (const record of acceptances) for (const id of record.ids) expect(before).toContain(`${record.comment.id} ${id} ${record.until}`)
    }),
    { numRuns },
  )
})

/** Whether an acceptance is over or was replaced: of a settled command that is remembered nowhere. */
function hasLost(before: readonly AcceptanceRecord[], after: readonly AcceptanceRecord[]): boolean {
  const list = (records: readonly AcceptanceRecord[]) => records.flatMap(({ ids, comment: { id } }) => ids.map((one) => `${id} ${one}`))
  const now = new Set(list(after))
  return list(before).some((one) => !now.has(one))
}

test('a replay with its own result changes nothing', () => {
  let compared = 0
  fc.assert(
    fc.property(history, ([all, moments]) => {
      for (const { moment: one, cached, settled, result } of runAll(all, moments)) {
        const settledToo = run(all, one, result.acceptances, { settled: result.settled })
        expect({ ...settledToo, answers: [] }).toEqual({ ...result, ended: [], answers: [] })
        const again = run(all, one, result.acceptances, { settled })
        expect({ ...again, answers: [] }).toEqual({ ...result, ended: [], answers: [] })
        // What is over, and is gone or has come back since, is remembered nowhere: there an answer may forget it.
        if (Object.values(one.access).includes('unknown') || (settled !== null && hasLost(cached, result.acceptances))) continue
        const isShown = (id: string, by: string) => one.known.some((streak) => streak.id === id && (streak.shownAt ?? '9') <= by)
        if (
          result.answers.every(
            (answer) => !('findings' in answer) || answer.findings.every(({ id }) => isShown(id, answer.comment.createdAt)),
          )
        ) {
          compared++
          expect(again.answers).toEqual(result.answers)
        }
      }
    }),
    { numRuns },
  )
  expect(compared).toBeGreaterThan(numRuns / 2)
})

test('whatever was in force is so still, or is told as ended, and never both', () => {
  let ended = 0
  fc.assert(
    fc.property(history, ([all, moments]) => {
      for (const { cached, result } of runAll(all, moments)) {
        const was = cached.flatMap((record) => record.ids).toSorted()
        const is = new Set(result.acceptances.flatMap((record) => record.ids))
        const over = result.ended.flatMap((one) => one.record.ids)
        ended += over.length
        expect(result.ended.map(({ why }) => why)).not.toContain('comment-deleted')
        expect([...was.filter((id) => is.has(id)), ...over].toSorted()).toEqual(was)
      }
    }),
    { numRuns },
  )
  expect(ended).toBeGreaterThan(numRuns / 40)
})

test('the order of the list, and of what is known, means nothing', () => {
  fc.assert(
    fc.property(history, fc.integer(), ([all, moments], seed) => {
      const { moment: one, cached, settled, result } = runAll(all, moments).at(-1)!
      const turn = <T>(list: readonly T[]) => list.toSorted((a, b) => Math.sin(seed + list.indexOf(a)) - Math.sin(seed + list.indexOf(b)))
      const other = run(turn(all), { ...one, known: turn(one.known) }, turn(cached), { settled })
      expect(other.acceptances).toEqual(result.acceptances)
      expect(other.recheck).toBe(result.recheck)
      expect(other.answers.map(({ type }) => type)).toEqual(result.answers.map(({ type }) => type))
    }),
    { numRuns },
  )
})

test('nobody is asked about who commands nothing', () => {
  fc.assert(
    fc.property(comments, moment, (all, one) => {
      const asked = new Set<string>()
      const mayWrite = (login: string): WriteAccess => {
        asked.add(login)
        return 'yes'
      }
      const written = all.filter(({ createdAt }) => createdAt <= toTime(one.now))
      run(all, one, [], { mayWrite })
      expect([...asked].toSorted()).toEqual([...listCommanders({ comments: written, self: 'our-app[bot]' })].toSorted())
    }),
    { numRuns },
  )
})
