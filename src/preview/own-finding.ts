import type { Finding, Json, ObjectRef, Path } from '../model.ts'

/** What the pull request itself does to a place that no check finds anything at, in the form that redaction takes. */
export function makeOwnFinding(
  object: ObjectRef,
  path: Path,
  { head, live }: { readonly head: Json | undefined; readonly live: Json | undefined },
): Finding {
  return {
    ...{ object, path, change: live === undefined ? 'removed' : 'changed', desired: head, live, id: '', cause: 'undeployed' },
    ...{ confidence: 'likely', drift: false, because: '', pattern: 'other', severity: 'low' },
    evidence: { manager: null, operation: null, subresource: null, time: null },
  }
}
