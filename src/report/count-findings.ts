import type { Counts, Finding, Verdict } from '../model.ts'

/** How many findings there are of each sort. One finding may count with several: an accepted one keeps its cause. */
export function countFindings(
  findings: readonly Finding[],
): Pick<Counts, 'drift' | 'undeployed' | 'controller' | 'admission' | 'accepted' | 'ignored'> {
  const count = (fits: (finding: Finding) => boolean) => findings.filter(fits).length
  return {
    drift: count((finding) => finding.drift),
    undeployed: count((finding) => finding.cause === 'undeployed'),
    controller: count((finding) => finding.cause === 'controller'),
    admission: count((finding) => finding.cause === 'admission'),
    accepted: count((finding) => finding.acceptance !== undefined),
    ignored: count((finding) => finding.ignoredBy !== undefined),
  }
}

/** The verdict of a target that could be read, from how much of it has drifted and how much could not be read. */
export function judgeCounts({ drift, unread }: Pick<Counts, 'drift' | 'unread'>): Verdict {
  return drift > 0 ? 'drifted' : unread > 0 ? 'incomplete' : 'in-sync'
}
