import { count } from '../count.ts'
import type { IgnoreRuleUse, TargetReport } from '../model.ts'
import { formatUtc } from './describe-time.ts'

/** What stands behind a verdict, as all writers tell it. Plain text. */

/** What stands behind the verdict, as rows of a label and its text: how much was compared, with which requests, when. */
export function describeScope(target: TargetReport, generatedAt: string): readonly (readonly [string, string])[] {
  const { requests } = target
  const reads = [
    requests.list > 0 ? count(requests.list, 'list') : '',
    requests.get > 0 ? count(requests.get, 'get') : '',
    requests.discovery > 0 ? `${requests.discovery} for discovery` : '',
  ].filter((part) => part !== '')
  const rows: readonly (readonly [string, string])[] = [
    ...describeComparison(target),
    ['requests', reads.length === 0 ? '' : `${reads.join(', ')}; nothing was written`],
    ['checked', formatUtc(generatedAt)],
  ]
  return rows.filter(([, text]) => text !== '')
}

/** The rows of `describeScope` that stay the same as long as the cluster and Git do. */
export function describeComparison({ counts, ignoreRules }: TargetReport): readonly (readonly [string, string])[] {
  const rows: readonly (readonly [string, string])[] = [
    ['compared', `${counts.compared} of ${count(counts.objects, 'rendered object')}, value by value`],
    [
      'defaults',
      counts.defaulted === 0 ? '' : `${count(counts.defaulted, 'value')} that only the cluster has, and that Kubernetes sets by itself`,
    ],
    ...ignoreRules.filter(({ status }) => status === 'used').map((rule): readonly [string, string] => ['ignored', describeUse(rule)]),
  ]
  return rows.filter(([, text]) => text !== '')
}

/** Used rules only: those that do nothing are notes. */
function describeUse({ where, rule, reason, expires, matched }: IgnoreRuleUse): string {
  const end = expires === null ? '' : `, until ${expires}`
  return `${count(matched, 'difference')} by the rule at ${where} for ${rule}${end}: ${reason}`
}
