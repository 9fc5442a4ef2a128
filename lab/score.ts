// Compares what was told with what was done.

import type { Check, Expectation, Miss, Record, Reported, Score } from './model.ts'
import { canonize, isWithin } from './places.ts'
import { isSame } from './refs.ts'

/**
 * Scores one run of the tool after a round of acts.
 *
 * Found is an edit of which every expectation is met: drift, at its object, at one of its paths, under its manager. What is
 * told as drift and explained by no edit is a false alarm. An edit that a later act undid neither counts nor accuses.
 *
 * @param edits what must be found
 * @param quiet acts that must not be told as drift; what they expect must be shown all the same
 */
export function scoreRound({ findings }: Pick<Check, 'findings'>, edits: readonly Record[], quiet: readonly Record[] = []): Score {
  const applied = edits.filter(({ notApplied }) => notApplied === null)
  const drift = findings.filter((finding) => finding.drift)
  const shown = findings.filter((finding) => !finding.drift)
  const misses = [
    ...applied.flatMap((record) => judge(record, drift, findings)),
    ...quiet.filter(({ notApplied }) => notApplied === null).flatMap((record) => judge(record, shown, findings)),
  ]
  const missed = new Set(misses.map(({ record }) => record))
  return {
    found: applied.filter((record) => !missed.has(record)),
    missed: misses,
    falseAlarms: drift.filter((finding) => !edits.some((record) => explains(record, finding))),
  }
}

function judge(record: Record, told: readonly Reported[], findings: readonly Reported[]): readonly Miss[] {
  const ours = told.filter(({ object }) => isSame(object, record.object))
  const said = findings.filter(({ object }) => isSame(object, record.object))
  return record.expected.flatMap((expectation) => {
    const exact = ours.filter((finding) => isAt(finding, expectation))
    const parts = ours.filter((finding) => !isAt(finding, expectation) && isBelow(finding, expectation))
    const there = exact.length > 0 || (expectation.below === 'one' && parts.length > 1) ? exact : parts
    if (there.length === 1 && there.some(({ evidence }) => expectation.manager === null || evidence.manager === expectation.manager))
      return []
    return [{ record, expectation, why: explainMiss(there, parts, expectation), said }]
  })
}

function explainMiss(places: readonly Reported[], parts: readonly Reported[], { manager }: Expectation): string {
  const [there] = places
  if (places.length > 1) return `told ${places.length} times`
  if (there !== undefined) return `told under ${String(there.evidence.manager)}, written by ${String(manager)}`
  return parts.length > 1 ? `told in ${parts.length} pieces` : 'not told there'
}

function isAt({ path }: Reported, { accept }: Expectation): boolean {
  return accept.includes(canonize(path))
}

function isBelow({ path }: Reported, { accept, below }: Expectation): boolean {
  const told = canonize(path)
  return below !== 'nothing' && accept.some((place) => place !== '' && isWithin(told, place))
}

/** What was told in pieces is one miss, not as many false alarms. */
function explains(record: Record, finding: Reported): boolean {
  if (!isSame(record.object, finding.object)) return false
  const told = canonize(finding.path)
  return (
    record.expected.some((each) => isAt(finding, each) || isBelow(finding, each)) || record.tolerated.some((place) => isWithin(told, place))
  )
}
