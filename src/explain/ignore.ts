import { matchesGlob } from '../compare/glob.ts'
import type { DesiredObject, Finding, IgnoreRule, IgnoreRuleUse, Note, ObjectRef } from '../model.ts'
import { groupOf } from '../refs.ts'
import { readIgnoreAnnotation } from './ignore-annotation.ts'
import { coversPath, type MatchSides } from './ignore-match.ts'

/** What rules are applied to: one target's findings, and both sides of every object that was compared. */
export type IgnoreInput = {
  readonly target: string
  readonly findings: readonly Finding[]
  /** For the rules in their annotations. */
  readonly desired: readonly DesiredObject[]
  /** By the very `ref` that findings carry. */
  readonly sides: ReadonlyMap<ObjectRef, MatchSides>
  /** Of the config file, for all targets. */
  readonly rules: readonly IgnoreRule[]
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string
}
export type Ignored = {
  readonly findings: readonly Finding[]
  /** What became of each rule that applies to the target. */
  readonly ignoreRules: readonly IgnoreRuleUse[]
  /** Faults in annotations. */
  readonly notes: readonly Note[]
}

/**
 * Marks the findings that a rule covers. They stay in the report with the rule's reason, and make no drift. Expired rules
 * do nothing. Every rule is told with the number of findings it covers; where two cover one, the first is named with it.
 */
export function applyIgnoreRules({ target, findings, desired, sides, rules, today }: IgnoreInput): Ignored {
  const common = rules.filter((rule) => fits(rule.target, target))
  // An object that could not be read has no findings: its rules are neither used nor unused.
  const annotated = desired.filter(({ ref }) => sides.has(ref)).map((object) => ({ ref: object.ref, ...readIgnoreAnnotation(object) }))
  const own = new Map(annotated.filter((one) => one.rules.length > 0).map((one) => [one.ref, one.rules]))
  const counts = new Map<IgnoreRule, number>()
  const marked = findings.map((finding): Finding => {
    const candidates = [...common, ...(own.get(finding.object) ?? [])]
    const covering = candidates.filter((rule) => holds(rule, today) && covers(rule, finding, sides.get(finding.object) ?? {}))
    for (const rule of covering) counts.set(rule, (counts.get(rule) ?? 0) + 1)
    const [first] = covering
    if (first === undefined) return finding
    const { reason, expires, where } = first
    return { ...finding, drift: false, ignoredBy: { reason, expires, where } }
  })
  const applying = [...common, ...[...own.values()].flat()]
  return {
    findings: marked,
    ignoreRules: applying.map((rule) => describeUse(rule, counts.get(rule) ?? 0, today)),
    notes: annotated.flatMap((one) => one.notes),
  }
}

function holds(rule: IgnoreRule, today: string): boolean {
  return rule.unsupported === null && (rule.expires === null || rule.expires >= today)
}

function covers(rule: IgnoreRule, finding: Finding, sides: MatchSides): boolean {
  const { object, path, evidence } = finding
  return (
    fits(rule.kind?.toLowerCase() ?? null, object.kind.toLowerCase()) &&
    fits(rule.group, groupOf(object.apiVersion)) &&
    fits(rule.name, object.name) &&
    fits(rule.namespace, object.namespace ?? '') &&
    // `*` is any manager, not none: or a rule about who wrote would cover objects that are gone.
    (rule.manager === null || (evidence.manager !== null && matchesGlob(rule.manager, evidence.manager))) &&
    (rule.path === null || coversPath(rule.path.steps, path, sides))
  )
}

function fits(glob: string | null, text: string): boolean {
  return glob === null || matchesGlob(glob, text)
}

function describeUse(rule: IgnoreRule, matched: number, today: string): IgnoreRuleUse {
  const { where, reason, expires, unsupported } = rule
  const status = unsupported !== null ? 'unsupported' : !holds(rule, today) ? 'expired' : matched > 0 ? 'used' : 'unused'
  return { where, rule: describeRule(rule), reason, expires, matched, status, ...(unsupported === null ? {} : { detail: unsupported }) }
}

/** `Deployment.apps/shop in namespace prod, spec.replicas, written by hpa*` */
function describeRule({ kind, group, name, namespace, path, manager }: IgnoreRule): string {
  const kindText = group === null || group === '' ? (kind ?? '*') : `${kind ?? '*'}.${group}`
  const parts = [
    `${kindText}/${name ?? '*'}${namespace === null ? '' : ` in namespace ${namespace}`}`,
    ...(path === null ? [] : [path.text]),
    ...(manager === null ? [] : [`written by ${manager}`]),
  ]
  return parts.join(', ')
}
