import type { IgnoreRuleUse, Note, TargetReport } from '../model.ts'

/**
 * Names the ignore rules that did nothing in the whole run: expired, without equivalent here, or matching nothing in any
 * target. A rule for one of many targets is no idle rule, and none is named twice: its note goes to the first target that
 * it applies to.
 */
export function noteIdleRules(targets: readonly TargetReport[]): readonly TargetReport[] {
  const used = new Set(targets.flatMap(({ ignoreRules }) => ignoreRules.filter(({ status }) => status === 'used').map(identifyRule)))
  const isPartial = targets.some((target) => !target.complete)
  const named = new Set<string>()
  return targets.map((target) => {
    const notes = target.ignoreRules.flatMap((rule): Note[] => {
      const identity = identifyRule(rule)
      if (used.has(identity) || named.has(identity)) return []
      named.add(identity)
      return [describeIdle(rule, isPartial)]
    })
    return notes.length === 0 ? target : { ...target, notes: [...target.notes, ...notes] }
  })
}

function identifyRule({ where, rule }: IgnoreRuleUse): string {
  return JSON.stringify([where, rule])
}

function describeIdle({ where, rule, reason, expires, status, detail }: IgnoreRuleUse, isPartial: boolean): Note {
  const name = `The ignore rule at ${where} for ${rule} (${reason})`
  if (status === 'unsupported') return { kind: 'ignore-rule-unsupported', message: `${name} does nothing. ${detail ?? ''}`.trim() }
  if (status === 'expired') return { kind: 'ignore-rule-expired', message: `${name} expired on ${expires} and does nothing any more.` }
  return { kind: 'ignore-rule-unused', message: `${name} matched nothing${isPartial ? ' in what could be read' : ''}.` }
}
