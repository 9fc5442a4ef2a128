import type { Decision, TargetReport } from '../model.ts'

/**
 * What is still to be decided: without the drift that people have accepted meanwhile, and without what was made for all of it.
 *
 * @returns null where nothing drifts any more, or nothing is known
 */
export function keepOpen({ decision, findings }: TargetReport): Decision | null {
  const open = new Set(findings.flatMap(({ drift, id }) => (drift ? [id] : [])))
  if (decision === undefined || open.size === 0) return null
  const { acts, ways } = decision
  const told = [...acts.flatMap((act) => act.findings), ...ways.keep.covers, ...ways.keep.leaves.map(({ finding }) => finding)]
  if (told.every((id) => open.has(id))) return decision
  const left = acts.map((act) => ({ ...act, findings: act.findings.filter((id) => open.has(id)) }))
  const covers = ways.keep.covers.filter((id) => open.has(id))
  const isWhole = covers.length === ways.keep.covers.length
  const keep = {
    ...{ summary: isWhole ? ways.keep.summary : '', patch: isWhole ? ways.keep.patch : null, covers },
    leaves: ways.keep.leaves.filter(({ finding }) => open.has(finding)),
  }
  return { ...decision, acts: left.filter((act) => act.findings.length > 0), ways: { keep, revert: { ...ways.revert, summary: '' } } }
}
