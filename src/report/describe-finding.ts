import type { Evidence, Finding, ObjectRef } from '../model.ts'

/** Objects, writers and causes as all writers tell them. Plain text: each writer makes it safe for its own medium. */

export const NOT_A_PERSON = 'These are tools, not people: the name of a person comes only from an audit log.'
export const NEXT_STEP =
  'Before you revert, ask who made the change and why: it may be a fix that is holding production up. Then decide. To keep it, put it into the chart or the values, commit and deploy; to drop it, set the cluster back to what Git says.'

/** `Deployment/web`, with the namespace when it is not the target's own. */
export function nameObject(object: ObjectRef, namespace?: string): string {
  const place = object.namespace === null || object.namespace === namespace ? '' : ` in namespace ${object.namespace}`
  return `${object.kind}/${object.name}${place}`
}

/** `kubectl (scale)`, or that no tool is recorded. */
export function nameWriter(evidence: Evidence): string {
  if (evidence.manager === null) return 'no writer recorded'
  return evidence.subresource === null || evidence.subresource === '' ? evidence.manager : `${evidence.manager} (${evidence.subresource})`
}

/** Why the cause was given, as the explain stage's clause; with the confidence unless that is certain. */
export function describeCause(finding: Finding): string {
  return finding.confidence === 'certain' ? finding.because : `${finding.confidence}: ${finding.because}`
}

/** Why a finding is no drift although it is shown, as a sentence; null for drift. */
export function describeSilence(finding: Finding): string | null {
  const { acceptance, ignoredBy } = finding
  if (acceptance !== undefined) return `Accepted by ${acceptance.by} until ${acceptance.until}: ${acceptance.because}`
  if (ignoredBy !== undefined) return `Ignored${ignoredBy.expires === null ? '' : ` until ${ignoredBy.expires}`}: ${ignoredBy.reason}`
  return null
}
