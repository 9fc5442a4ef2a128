import { matchesGlob } from '../compare/glob.ts'
import type { Finding, IgnoreRule, Note, ObjectRef } from '../model.ts'
import { formatPath } from '../path.ts'

/**
 * Marks the findings that a rule covers. They stay in the report with the rule's reason, and make no drift.
 * Expired rules do nothing and are named, as are rules that match nothing.
 *
 * @param today `YYYY-MM-DD`, UTC
 */
export function applyIgnoreRules(
  target: string,
  findings: readonly Finding[],
  rules: readonly IgnoreRule[],
  today: string,
): { readonly findings: readonly Finding[]; readonly notes: readonly Note[] } {
  const ours = rules.filter((rule) => rule.target === null || matchesGlob(rule.target, target))
  const valid = ours.filter((rule) => rule.expires === null || rule.expires >= today)
  const used = new Set<IgnoreRule>()
  const marked = findings.map((finding): Finding => {
    const rule = valid.find((candidate) => covers(candidate, finding))
    if (rule === undefined) return finding
    used.add(rule)
    return { ...finding, drift: false, ignoredBy: { reason: rule.reason, expires: rule.expires } }
  })
  const notes = ours.flatMap((rule): Note[] => {
    if (!valid.includes(rule))
      return [
        {
          kind: 'ignore-rule-expired',
          message: `The ignore rule at ${rule.where} for ${describe(rule)} (${rule.reason}) expired on ${rule.expires} and does nothing any more.`,
        },
      ]
    return used.has(rule)
      ? []
      : [
          {
            kind: 'ignore-rule-unused',
            message: `The ignore rule at ${rule.where} for ${describe(rule)} (${rule.reason}) matched nothing.`,
          },
        ]
  })
  return { findings: marked, notes }
}

function covers(rule: IgnoreRule, finding: Finding): boolean {
  const object: ObjectRef = finding.object
  return (
    fits(rule.kind, object.kind) &&
    fits(rule.name, object.name) &&
    fits(rule.namespace, object.namespace ?? '') &&
    fits(rule.path, formatPath(finding.path)) &&
    fits(rule.manager, finding.evidence.manager ?? '')
  )
}

function fits(glob: string | null, text: string): boolean {
  return glob === null || matchesGlob(glob, text)
}

function describe(rule: IgnoreRule): string {
  const object = [rule.kind ?? '*', rule.name ?? '*'].join('/')
  return rule.path === null ? object : `${object} ${rule.path}`
}
