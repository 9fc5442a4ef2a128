import { count } from '../count.ts'
import type { Finding, TargetReport } from '../model.ts'
import { nameObject } from './describe-finding.ts'
import { groupByObject } from './groups.ts'
import { formatFact } from './values.ts'

/**
 * One line that says what a target's state is: `grokdevops: replicas 3 -> 5, +env DEBUG (Deployment/grokdevops)`.
 *
 * @param most characters; facts that do not fit are counted instead. GitHub allows 256 for the title of an issue.
 */
export function formatTitle(target: TargetReport, arrow = '->', most = 200): string {
  const drift = target.findings.filter((finding) => finding.drift)
  if (drift.length === 0) return `${target.name}: ${describeShortly(target)}`
  const objects = groupByObject(drift)
  const where =
    objects.length === 1 && objects[0] !== undefined && drift.every(isInObject)
      ? ` (${nameObject(objects[0].object, target.namespace)})`
      : ''
  const facts = drift.map((finding) => formatFact(finding, arrow))
  // No fact is shorter than one character: of thousands, those that cannot fit are not tried.
  for (let shown = Math.min(facts.length, most); shown > 0; shown--) {
    const more = facts.length - shown
    const title = `${target.name}: ${facts.slice(0, shown).join(', ')}${more === 0 ? '' : ` and ${more} more`}${where}`
    if (title.length <= most) return title
  }
  return `${target.name}: ${count(drift.length, 'difference')}`.slice(0, most)
}

function isInObject(finding: Finding): boolean {
  return finding.change !== 'missing-object' && finding.change !== 'extra-object'
}

function describeShortly(target: TargetReport): string {
  if (target.verdict === 'incomplete') return `${target.counts.unread} of ${count(target.counts.objects, 'object')} could not be read`
  return target.verdict === 'error' ? 'could not be checked' : 'in sync'
}
