import type { Finding, Path } from '../model.ts'
import { formatPath } from '../path.ts'

/** Findings of both sides about one place of one object: the same path, or paths that lead to each other. */
export type Pair = { readonly path: Path; readonly was: readonly Finding[]; readonly will: readonly Finding[] }

/**
 * Pairs what a check of the base finds in an object with what one of the head would find. One side may see a whole list
 * element where the other sees a field of it: both are about the place of the shorter path.
 *
 * @param was of the base
 * @param will of the head
 */
export function pairFindings(was: readonly Finding[], will: readonly Finding[]): readonly Pair[] {
  const tops = new Map<string, { readonly path: Path; readonly was: Finding[]; readonly will: Finding[] }>()
  const all = [...was.map((finding) => ({ finding, side: 'was' as const })), ...will.map((finding) => ({ finding, side: 'will' as const }))]
  for (const { finding, side } of all.toSorted((a, b) => a.finding.path.length - b.finding.path.length)) {
    const { path } = finding
    const known = path
      .keys()
      .map((at) => tops.get(formatPath(path.slice(0, at))))
      .find((top) => top !== undefined)
    const top = known ?? tops.get(formatPath(path)) ?? { path, was: [], will: [] }
    if (known === undefined) tops.set(formatPath(path), top)
    top[side].push(finding)
  }
  return [...tops.values()]
}
