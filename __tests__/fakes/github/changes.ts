import type { Repository } from './repository.ts'
import type { Change, Comment, Issue, ReactionContent } from './types.ts'

/** What an issue begins with. */
export type NewIssue = {
  readonly title: string
  readonly body?: string | null
  readonly labels?: readonly string[]
  readonly assignees?: readonly string[]
}

/** What can be changed of an issue; what is not given stays. */
export type IssuePatch = Partial<Pick<Issue, 'title' | 'body' | 'state' | 'stateReason' | 'labels' | 'assignees' | 'locked'>>

/** Opens an issue or pull request; labels that do not exist yet are made. */
export function addIssue(repository: Repository, user: string, given: NewIssue, pullRequest = false): Issue {
  const now = repository.stamp()
  const issue: Issue = {
    number: repository.nextNumber(),
    id: repository.nextId(),
    title: given.title,
    body: given.body ?? null,
    state: 'open',
    stateReason: null,
    labels: nameLabels(repository, given.labels ?? []),
    assignees: given.assignees ?? [],
    user,
    locked: false,
    comments: 0,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    pullRequest,
  }
  repository.setIssue(issue, 'create')
  return issue
}

/** Changes an issue. What says what is there already moves nothing, `updatedAt` neither. */
export function patchIssue(repository: Repository, user: string, issue: Issue, patch: IssuePatch): Issue {
  const labels = patch.labels === undefined ? issue.labels : nameLabels(repository, patch.labels)
  const wanted: Issue = { ...issue, ...patch, ...settleState(repository, user, issue, patch), labels }
  if (JSON.stringify(wanted) === JSON.stringify(issue)) return issue
  return touch(repository, wanted, wanted.state === issue.state ? 'edit' : 'state')
}

/** Closing without a reason is `completed`, opening again is `reopened`, and a reason given alone is one for what the state is. */
function settleState(repository: Repository, user: string, issue: Issue, patch: IssuePatch): Partial<Issue> {
  const state = patch.state ?? issue.state
  if (state === 'open') {
    return { state, stateReason: issue.state === 'closed' ? 'reopened' : issue.stateReason, closedAt: null, closedBy: null }
  }
  const given = patch.stateReason ?? (issue.state === 'closed' ? issue.stateReason : 'completed')
  const stateReason = given === 'reopened' ? 'completed' : given
  if (issue.state === 'closed') return { state, stateReason }
  return { state, stateReason, closedAt: repository.stamp(), closedBy: user }
}

/** Adds a comment, which counts as a change of its issue. */
export function addComment(repository: Repository, user: string, issue: Issue, body: string): Comment {
  const { commentSkew } = repository.settings
  const times = { createdAt: repository.stamp(), updatedAt: repository.stamp(commentSkew) }
  const comment: Comment = { id: repository.nextId(), issue: issue.number, user, body, ...times, reactions: [] }
  repository.comments.set(comment.id, comment)
  touch(repository, { ...issue, comments: issue.comments + 1 }, 'edit')
  return comment
}

/** Rewrites a comment; its own `updatedAt` moves. Its issue's does not here: no source says that it must, and the harder case is safer. */
export function editComment(repository: Repository, comment: Comment, body: string): Comment {
  if (comment.body === body) return comment
  const edited: Comment = { ...comment, body, updatedAt: repository.stamp() }
  repository.comments.set(comment.id, edited)
  return edited
}

/** Takes a comment away, for ever. */
export function deleteComment(repository: Repository, comment: Comment): void {
  const issue = repository.issues.get(comment.issue)
  repository.comments.delete(comment.id)
  if (issue !== undefined) repository.setIssue({ ...issue, comments: issue.comments - 1 }, 'edit')
}

/** Adds a reaction, which moves no time; `existed` when that person reacted like that before. */
export function addReaction(repository: Repository, user: string, comment: Comment, content: ReactionContent) {
  const known = comment.reactions.find((reaction) => reaction.user === user && reaction.content === content)
  if (known !== undefined) return { reaction: known, existed: true }
  const reaction = { id: repository.nextId(), user, content, createdAt: repository.stamp() }
  repository.comments.set(comment.id, { ...comment, reactions: [...comment.reactions, reaction] })
  return { reaction, existed: false }
}

function touch(repository: Repository, issue: Issue, change: Change): Issue {
  const touched: Issue = { ...issue, updatedAt: repository.stamp() }
  repository.setIssue(touched, change)
  return touched
}

/** Labels by the names that they go by, each once. */
function nameLabels(repository: Repository, names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => repository.ensureLabel(name).name))]
}
