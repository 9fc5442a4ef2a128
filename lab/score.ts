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

function judge(record: Record, drift: readonly Reported[], findings: readonly Reported[]): readonly Miss[] {
  const ours = drift.filter(({ object }) => isSame(object, record.object))
  const said = findings.filter(({ object }) => isSame(object, record.object))
  return record.expected.flatMap((expectation) => {
    const there = ours.filter((finding) => isAt(finding, expectation))
    if (there.some((finding) => fitsManager(finding, expectation))) return []
    const [first] = there
    const why =
      first === undefined
        ? 'nothing told there as it should be'
        : `told under ${String(first.evidence.manager)}, written by ${String(expectation.manager)}`
    return [{ record, expectation, why, said }]
  })
}

function fitsManager({ evidence }: Reported, { manager }: Expectation): boolean {
  return manager === null || evidence.manager === manager
}

function isAt({ path }: Reported, { accept, isRemoval }: Expectation): boolean {
  const told = canonize(path)
  // What was removed may be told part by part.
  return accept.includes(told) || (isRemoval && accept.some((place) => place !== '' && isWithin(told, place)))
}

function explains(record: Record, finding: Reported): boolean {
  if (!isSame(record.object, finding.object)) return false
  const told = canonize(finding.path)
  return record.expected.some((expectation) => isAt(finding, expectation)) || record.tolerated.some((place) => isWithin(told, place))
}
