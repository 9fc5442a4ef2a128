import type { IssueDecision, TrackedIssue } from './model.ts'

/** Those that are open, the oldest first: where two runs have filed at once, it is the one that stays. */
export function listOpen(issues: readonly TrackedIssue[]): readonly TrackedIssue[] {
  return issues.filter(({ state }) => state === 'open').toSorted((a, b) => a.number - b.number)
}

/** An issue as a decision names it. */
export function refer({ number, url }: Pick<TrackedIssue, 'number' | 'url'>): NonNullable<IssueDecision['issue']> {
  return { number, url }
}
