import { type Marker, writeBody } from '../memory/marker.ts'
import type { IssueState, IssueStep, TrackedIssue } from './model.ts'

/** Comments on an issue and closes it with its text as it stands: only the marker is written anew. */
export function closeWith(issue: TrackedIssue, comment: string, marker: Marker, state: Exclude<IssueState, 'open'>): readonly IssueStep[] {
  const { number, locked, parts } = issue
  return [
    // GitHub refuses comments on a locked issue.
    ...(locked ? [] : [{ type: 'comment' as const, number, body: comment }]),
    { type: 'edit', number, body: writeBody(marker, parts.visible, parts), state },
  ]
}
