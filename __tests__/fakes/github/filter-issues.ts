import { NotServed } from './not-served.ts'
import type { Issue } from './types.ts'

type Query = { readonly [name: string]: unknown }

/** Filters of GitHub that this fake does not have. */
const LEFT_OUT = ['milestone', 'mentioned', 'type', 'issue_field_values']

/** Issues and pull requests as a list shows them: filtered and in order, open ones and the newest first unless asked otherwise. */
export function filterIssues(issues: readonly Issue[], query: Query): readonly Issue[] {
  const leftOut = LEFT_OUT.filter((name) => query[name] !== undefined)
  if (leftOut.length > 0) throw new NotServed(`The fake GitHub does not filter issues by ${leftOut.join(', ')}.`)
  const { state = 'open', sort = 'created', direction = 'desc' } = query
  const creator = lower(query.creator)
  const labels =
    lower(query.labels)
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '') ?? []
  const since = query.since === undefined ? null : Date.parse(String(query.since))
  const kept = issues.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (creator === null || issue.user.toLowerCase() === creator) &&
      labels.every((wanted) => issue.labels.some((name) => name.toLowerCase() === wanted)) &&
      (since === null || Date.parse(issue.updatedAt) >= since) &&
      isAssigned(issue, lower(query.assignee)),
  )
  const sign = direction === 'asc' ? 1 : -1
  return kept.sort((a, b) => sign * (compare(sortKey(a, sort), sortKey(b, sort)) || a.number - b.number))
}

function isAssigned(issue: Issue, assignee: string | null): boolean {
  if (assignee === null) return true
  if (assignee === 'none') return issue.assignees.length === 0
  return assignee === '*' ? issue.assignees.length > 0 : issue.assignees.some((login) => login.toLowerCase() === assignee)
}

function sortKey(issue: Issue, sort: unknown): string | number {
  if (sort === 'comments') return issue.comments
  return sort === 'updated' ? issue.updatedAt : issue.createdAt
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function lower(value: unknown): string | null {
  return value === undefined ? null : String(value).toLowerCase()
}
