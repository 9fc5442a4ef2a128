import type { Cell, Requests, Sample } from './model.ts'

/** Puts the runs of each tool over each release together, in the order in which they first came. */
export function summarise(samples: readonly Sample[]): readonly Cell[] {
  const groups = Map.groupBy(samples, ({ tool, release }) => `${tool}|${release.namespace}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [summariseGroup(first, group)]
  })
}

function summariseGroup(first: Sample, group: readonly Sample[]): Cell {
  const times = group.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  const most = group.toSorted((a, b) => totalOf(b.requests) - totalOf(a.requests))[0] ?? first
  const peaks = Map.groupBy(
    group.flatMap((sample) => sample.peaks),
    ({ name }) => name,
  )
  return {
    tool: first.tool,
    release: first.release,
    runs: group.length,
    median: medianOf(times),
    fastest: times[0] ?? Number.NaN,
    slowest: times.at(-1) ?? Number.NaN,
    // The worst run counts, for requests and memory alike.
    requests: most.requests,
    peaks: [...peaks].map(([name, list]) => ({ name, bytes: Math.max(...list.map(({ bytes }) => bytes)) })),
    outcomes: group.map(({ outcome }) => outcome),
  }
}

/** All requests together. */
export function totalOf(requests: Requests): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0)
}

/** The middle one, or the mean of the two in the middle. */
function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
}
