import type { Stored } from '../deliver/store.ts'
import type { Tracker } from '../github/tracker.ts'
import type { TrackedIssue } from '../issues/model.ts'
import { listOpen } from '../issues/tracked.ts'
import { mergeMemory } from '../memory/merge.ts'
import { MOST_SKEW_MS, NO_MEMORY, type TargetMemory } from '../memory/model.ts'
import type { StoredMemory } from '../memory/stored.ts'
import type { Note, TargetReport } from '../model.ts'
import { type Heard, keepCached, loseCached, readAcceptances } from './read-acceptances.ts'

/** What is remembered of one target, from every witness there is. */
export type Recalled = {
  readonly memory: TargetMemory
  /** Its issues, as far as they were read. */
  readonly issues: readonly TrackedIssue[]
  readonly heard: Omit<Heard, 'comments' | 'notes'>
  readonly comments: Heard['comments']
  readonly notes: readonly Note[]
}
export type Issues = { readonly tracker: Tracker; readonly self: string; readonly all: readonly TrackedIssue[] }

/**
 * Brings together what the issue, the store and people's comments say about a target.
 *
 * @param issues null where GitHub could not be read or may not be used
 */
export async function recallTarget(target: TargetReport, stored: Stored, issues: Issues | null, now: string): Promise<Recalled> {
  const kept = stored.state === 'usable' ? believe(findStored(stored.targets, target.name), now) : null
  if (issues === null) {
    const memory = kept ?? NO_MEMORY
    return { memory, issues: [], heard: keepCached(memory.acceptances, now), comments: [], notes: [] }
  }
  const own = (await findOwn(target, kept, issues)).map((issue) => withoutFuture(issue, now))
  const current = chooseCurrent(own)
  const memory = mergeMemory(current === null ? null : readMarker(current), kept, NO_MEMORY)
  const unheard = { memory, issues: own, comments: [], notes: [] }
  // With drift, its issue was looked for: if there is none, its comments are gone with it, and what it told is told nowhere.
  if (current === null && target.findings.some(({ drift }) => drift)) {
    const streaks = memory.streaks.map((streak) => ({ ...streak, told: null, shownAt: null }))
    return { ...unheard, memory: { ...memory, streaks, cut: undefined }, heard: loseCached(memory.acceptances) }
  }
  if (current === null || !isWorthReading(current, memory, target)) return { ...unheard, heard: keepCached(memory.acceptances, now) }
  const { comments, notes, ...heard } = await readAcceptances(issues.tracker, issues.self, current.number, memory, now)
  return { memory, issues: own, heard, comments, notes }
}

/** A target may be called `constructor`. */
function findStored(targets: StoredMemory, name: string): TargetMemory | null {
  return Object.hasOwn(targets, name) ? (targets[name] ?? null) : null
}

/** What a reading in the future remembers is of a wrong clock or of somebody's hand: believed, it would silence every run until then. */
function believe(memory: TargetMemory | null, now: string): TargetMemory | null {
  const ahead = Date.parse(memory?.checkedAt ?? now) - Date.parse(now)
  return ahead > MOST_SKEW_MS ? null : memory
}

function withoutFuture(issue: TrackedIssue, now: string): TrackedIssue {
  const { marker } = issue.parts
  if (marker?.kind !== 'drift' || believe(marker.memory, now) !== null) return issue
  return { ...issue, parts: { ...issue.parts, marker: null } }
}

/** The target's issues among those that were listed, and the one that the store knows although the list does not show it. */
async function findOwn(
  { name, findings }: TargetReport,
  kept: TargetMemory | null,
  { tracker, self, all }: Issues,
): Promise<readonly TrackedIssue[]> {
  const own = all.filter((issue) => isAbout(issue, name))
  const known = kept?.issue ?? null
  // Only with drift does it matter: was it closed, or does the list lag?
  const isNeeded = known !== null && own.every(({ number }) => number !== known) && findings.some(({ drift }) => drift)
  if (!isNeeded) return own
  const issue = await tracker.readIssue(self, known)
  return issue !== null && isAbout(issue, name) ? [...own, issue] : own
}

export function isAbout({ parts: { identity } }: TrackedIssue, target: string): boolean {
  return identity.kind === 'drift' && identity.target === target
}

/** The streaks of a closed issue are over: they say what it was about, not how long something lasts. */
function readMarker({ state, parts: { marker } }: TrackedIssue): TargetMemory | null {
  if (marker?.kind !== 'drift') return null
  return state === 'open' ? marker.memory : { ...marker.memory, streaks: [], cut: undefined }
}

/** The open issue; else the one that was closed last. */
function chooseCurrent(issues: readonly TrackedIssue[]): TrackedIssue | null {
  const open = listOpen(issues)
  const closed = issues.filter(({ state }) => state === 'closed').toSorted((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1))
  return open[0] ?? closed[0] ?? null
}

/** Comments cost a request: on a closed issue they matter only where they have accepted what is there now. */
function isWorthReading({ state, comments }: TrackedIssue, memory: TargetMemory, { findings }: TargetReport): boolean {
  if (comments === 0 && memory.acceptances.length === 0) return false
  const accepted = new Set(memory.acceptances.flatMap(({ ids }) => ids))
  return state === 'open' || findings.some(({ id }) => accepted.has(id))
}
