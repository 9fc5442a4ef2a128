// What the project says of its speed and thrift, and whether the figures of a run bear it out.

import { KINDS } from './install.ts'
import type { Cell, Claim, ToolName } from './model.ts'
import { totalOf } from './summarise.ts'

/** The size for which most is claimed. */
const SIZE = 1000
const PAGE = 500
const MEGABYTE = 1e6

/**
 * Judges every claim.
 * @param cells the figures of one run
 * @param edited the objects (`Kind/name`) that were edited by hand, sorted
 */
export function judgeClaims(cells: readonly Cell[], edited: readonly string[]): readonly Claim[] {
  const find = (tool: ToolName, objects: number, isEdited = false) =>
    cells.find((cell) => cell.tool === tool && cell.release.objects === objects && cell.release.edited === isEdited)
  const own = cells.filter(({ tool }) => tool === 'plumbline')
  const at = find('plumbline', SIZE)
  return [
    judgeSpeed(at, find('kubectl-8', SIZE), 20, 'client-side `kubectl diff` at concurrency 8'),
    judgeSpeed(at, find('kubectl-server-side', SIZE), 2, '`kubectl diff --server-side`'),
    judgeRequests(own),
    judgeMemory(at),
    judgeSilence(own.filter(({ release }) => !release.edited)),
    ...own.filter(({ release }) => release.edited).map((cell) => judgeDrift(cell, find('plumbline', cell.release.objects), edited)),
    judgeGrowth(find('plumbline', 40), at, find('plumbline', 5000)),
  ]
}

function judgeSpeed(own: Cell | undefined, other: Cell | undefined, times: number, whom: string): Claim {
  const says = `At ${SIZE} objects, at least ${times} times as fast as ${whom}`
  if (own === undefined || other === undefined) return notMeasured(says)
  const ratio = other.median / own.median
  return { says, measured: `${ratio.toFixed(1)} times`, holds: ratio >= times }
}

/** A LIST for each kind and started 500 objects of it, and 4 more: discovery, and what it takes to judge a difference. */
function judgeRequests(own: readonly Cell[]): Claim {
  const says = 'At most one LIST for each kind and namespace (one more for each further 500 objects), and 4 requests more'
  if (own.length === 0) return notMeasured(says)
  const judged = own.map(({ requests, release }) => {
    const limit = KINDS * Math.max(1, Math.ceil(release.objects / KINDS / PAGE)) + 4
    return { text: `${totalOf(requests)} of ${limit}`, holds: totalOf(requests) <= limit && onlyReads(Object.keys(requests)) }
  })
  return { says, measured: judged.map(({ text }) => text).join(', '), holds: judged.every(({ holds }) => holds) }
}

function onlyReads(verbs: readonly string[]): boolean {
  return verbs.every((verb) => ['discovery', 'get', 'list'].includes(verb))
}

function judgeMemory(own: Cell | undefined): Claim {
  const says = `At ${SIZE} objects, the Node process stays below 300 MB`
  const bytes = own?.peaks.find(({ name }) => name === 'node')?.bytes
  if (bytes === undefined) return notMeasured(says)
  return { says, measured: `${(bytes / MEGABYTE).toFixed(0)} MB`, holds: bytes < 300 * MEGABYTE }
}

function judgeSilence(clean: readonly Cell[]): Claim {
  const says = 'Every untouched release is in sync, read completely, with no finding, in every run'
  const outcomes = clean.flatMap((cell) => cell.outcomes)
  const wrong = outcomes.filter(({ inSync }) => !inSync)
  const measured = wrong[0] === undefined ? `${outcomes.length} of ${outcomes.length} runs` : `${wrong.length} runs say: ${wrong[0].text}`
  return { says, measured, holds: outcomes.length > 0 && wrong.length === 0 }
}

/** Half as long again is more than the record of the last deploy takes to read, and less than a walk gone wrong. */
function judgeDrift(cell: Cell, clean: Cell | undefined, edited: readonly string[]): Claim {
  const says = `${edited.length} edits by hand among ${cell.release.objects} objects are found, nothing else is, and it takes no longer (at most 1.5 times)`
  if (clean === undefined) return notMeasured(says)
  const ratio = cell.median / clean.median
  const exact = cell.outcomes.every(({ drifted }) => drifted.join() === edited.join())
  const found = exact ? 'exactly these' : `instead ${cell.outcomes[0]?.drifted.join(', ') || 'nothing'}`
  return { says, measured: `${found}, ${ratio.toFixed(2)} times as long`, holds: exact && ratio <= 1.5 }
}

/** Time that a further object takes, among many and among few. Were it quadratic, the ratio would be above 5. */
function judgeGrowth(few: Cell | undefined, some: Cell | undefined, many: Cell | undefined): Claim {
  const says = 'Time grows linearly to 5000 objects: a further object costs at most 1.5 times what it costs up to 1000'
  if (few === undefined || some === undefined || many === undefined) return notMeasured(says)
  const first = costOfOne(few, some)
  const then = costOfOne(some, many)
  const measured = `${first.toFixed(2)} ms an object up to ${some.release.objects}, then ${then.toFixed(2)} ms: ${(then / first).toFixed(2)} times`
  return { says, measured, holds: then <= 1.5 * first }
}

/** Milliseconds for one object more, beyond start-up. */
export function costOfOne(small: Cell, large: Cell): number {
  return (large.median - small.median) / (large.release.objects - small.release.objects)
}

function notMeasured(says: string): Claim {
  return { says, measured: 'not measured in this run', holds: null }
}
