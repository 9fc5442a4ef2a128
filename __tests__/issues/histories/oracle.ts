import { idOf, isRead, listDrift, PLACES, type TargetState } from './cluster.ts'

/** How often in a row, and since when (milliseconds), a place was seen to drift. */
export type Count = { readonly runs: number; readonly since: number }
/** By target and place: what the readings that were kept have seen. */
export type Counts = ReadonlyMap<string, Count>

/**
 * Counts a reading: what was seen goes on, what was read and not seen is over, what was not read stays as it was. This is the
 * test's own notion of persistence; it shares nothing with the code under test.
 */
export function countReading(counts: Counts, target: string, state: TargetState, at: number): Counts {
  const next = new Map(counts)
  const trouble = counts.get(`${target} trouble`)
  if (!isTroubled(state)) next.delete(`${target} trouble`)
  else next.set(`${target} trouble`, { runs: (trouble?.runs ?? 0) + 1, since: trouble?.since ?? at })
  if (state.broken) return next
  const drift = listDrift(state)
  for (const place of PLACES.keys()) {
    const key = `${target} ${place}`
    const known = counts.get(key)
    if (drift.includes(place)) next.set(key, { runs: (known?.runs ?? 0) + 1, since: known?.since ?? at })
    else if (isRead(state, place)) next.delete(key)
  }
  return next
}

export type Persistence = { readonly runs: number; readonly minutes: number; readonly countable: boolean; readonly blank: boolean }

/** Places of a target that have lasted: in enough readings over enough time or, where nothing can be counted, by the write's age. */
export function listLasting(
  counts: Counts,
  target: string,
  state: TargetState,
  at: number,
  { runs, minutes, countable, blank }: Persistence,
): readonly number[] {
  return listDrift(state).filter((place) => {
    const count = counts.get(`${target} ${place}`)
    if (count !== undefined && count.runs >= runs && at - count.since >= minutes * 60_000) return true
    const written = state.written[place] ?? at
    const least = blank ? 7 * 24 * 60 : 60
    return (blank || !countable) && PLACES[place]?.timed === true && at - written >= Math.max(minutes, least) * 60_000
  })
}

/** Whether a target could not be read, or not in full, for long enough: a part of it, for a day. */
export function hasTroubled(counts: Counts, target: string, state: TargetState, at: number, { runs, minutes }: Persistence): boolean {
  const count = counts.get(`${target} trouble`)
  const least = state.broken ? minutes : Math.max(minutes, 24 * 60)
  return isTroubled(state) && count !== undefined && count.runs >= runs && at - count.since >= least * 60_000
}

export function isTroubled({ broken, unread }: TargetState): boolean {
  return broken || unread.length > 0
}

/** A command in a comment, as the test wrote it. `ids` are whole ids, or all there were. */
export type Said = {
  readonly comment: number
  readonly issue: number
  readonly target: string
  readonly author: string
  readonly at: number
  readonly type: 'accept' | 'unaccept'
  readonly ids: 'all' | readonly string[]
  /** Milliseconds; for an acceptance. */
  readonly until: number
  edited: boolean
}

/** What the test knows of people's decisions. */
export type People = {
  readonly said: readonly Said[]
  readonly isThere: (comment: number) => boolean
  readonly mayWrite: (login: string) => boolean
  /** When the value with this id was first read, in milliseconds. */
  readonly firstSeen: (id: string) => number
}

/** Whether a finding may be hidden now: somebody who may write has accepted this very value until later, and nobody ended it. */
export function mayBeAccepted(id: string, target: string, now: number, people: People): boolean {
  const valid = people.said.filter(
    (one) => one.target === target && !one.edited && people.isThere(one.comment) && people.mayWrite(one.author),
  )
  const covers = ({ ids, at }: Said) => (ids === 'all' ? people.firstSeen(id) <= at : ids.includes(id))
  return valid.some(
    (accept) =>
      accept.type === 'accept' &&
      accept.until > now &&
      covers(accept) &&
      !valid.some((later) => later.type === 'unaccept' && later.issue === accept.issue && later.comment > accept.comment && covers(later)),
  )
}

export function idsOf(target: string, state: TargetState): readonly string[] {
  return listDrift(state).map((place) => idOf(target, state, place))
}
