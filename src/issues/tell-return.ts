import { isIdOfWriter } from '../explain/ids.ts'
import type { Finding } from '../model.ts'
import type { Return } from '../report/issue-comments.ts'
import type { TargetCase, TrackedIssue } from './model.ts'

/**
 * What is known of drift for which a closed issue is opened again. We close it after a reading without drift; where a
 * person closed it, only a later reading of that kind shows that the drift had gone in between.
 */
export function tellReturn(
  { target, before }: Pick<TargetCase, 'target' | 'before'>,
  { parts: { marker }, closedAt }: TrackedIssue,
): Return {
  const then = marker?.kind === 'drift' ? marker : null
  const cleanAt = before.clean?.at ?? null
  const went = then?.closed === 'clean' || (cleanAt !== null && closedAt !== null && Date.parse(cleanAt) > Date.parse(closedAt))
  const known = new Set(then?.memory.streaks.map(({ id }) => id))
  const others = target.findings.filter(({ drift, id }) => drift && !known.has(id))
  const values = others.length === 0 ? 'same' : others.every((one) => isValueUnknown(one, target.name)) ? 'unknown' : 'other'
  return { went, values }
}

/** Whether a finding's id says nothing about its value: then another id need not mean another value, nor the same one the same. */
export function isValueUnknown(finding: Finding, target: string): boolean {
  return finding.equal !== undefined && isIdOfWriter(target, finding)
}
