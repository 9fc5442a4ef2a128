import { toPattern } from '../../compare/pattern.ts'
import type { Difference, RiskArea, Severity } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import type { Bounds } from '../autoscalers.ts'
import type { Sides } from '../explain.ts'

/** A difference as the rules look at it. */
export type Subject = Difference & {
  /** The path without list keys: `spec.template.spec.containers[].image`. */
  readonly text: string
  /** Both sides of the whole object: what a rule needs that looks around. */
  readonly sides: Sides
  readonly surroundings: MeaningSurroundings
}

/** What lies outside of the object. Asked for only by the rules that need it. */
export type MeaningSurroundings = {
  /** The replica bounds of the autoscaler that is responsible for the object; null where none is known. */
  readonly findBounds: () => Bounds | null
  /** Whether a selector of this object or of a rendered Service picks pods by this label. */
  readonly isSelected: (label: string) => boolean
}

/** One row of the table. Everything that is given must fit; what is left out matches anything. */
export type MeaningRule = {
  /** What was changed, in kebab-case. It is part of the report's contract; in which direction is for the title to say. */
  readonly pattern: string
  readonly title: string
  /** The title where nobody is known to have done it by hand. */
  readonly neutral?: string
  readonly severity: Severity
  readonly area: RiskArea
  /** Why this severity: a sentence, without a capital and a full stop. */
  readonly reason: string
  /** `Kind` of Kubernetes' own groups, or `Kind.group` of others. */
  readonly kinds?: readonly string[]
  /** Over `text`. */
  readonly path?: RegExp
  readonly change?: Difference['change']
  readonly when?: (subject: Subject) => boolean
}

/** A difference with what the rules need beside it. */
export function toSubject(difference: Difference, sides: Sides, surroundings: MeaningSurroundings): Subject {
  const { object, path, change, desired, live } = difference
  return { object, path, change, desired, live, text: toPattern(path), sides, surroundings }
}

/** Whether everything that a rule gives fits. */
export function fitsRule(rule: MeaningRule, subject: Subject): boolean {
  const isObject = subject.change === 'missing-object' || subject.change === 'extra-object'
  // Without a path of its own a rule about a field must not speak for a whole object.
  if (rule.change === undefined && isObject) return false
  if (rule.change !== undefined && rule.change !== subject.change) return false
  if (rule.path !== undefined && !rule.path.test(subject.text)) return false
  if (rule.kinds !== undefined && !rule.kinds.includes(nameKind(subject))) return false
  return rule.when?.(subject) ?? true
}

/** `Service`, but `Service.serving.knative.dev`: the same word means something else in another group. */
function nameKind({ object }: Subject): string {
  const group = groupOf(object.apiVersion)
  return isOwnGroup(group) ? object.kind : `${object.kind}.${group}`
}

/**
 * Whether a group is one of Kubernetes' own or kept by its project (Gateway API, say).
 *
 * @see https://kubernetes.io/docs/reference/using-api/#api-groups
 */
export function isOwnGroup(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io')
}
