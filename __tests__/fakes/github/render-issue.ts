import { renderAssociation, renderUser } from './render-user.ts'
import type { Repository } from './repository.ts'
import { type Comment, type Issue, REACTIONS, type Reaction } from './types.ts'

/** An issue or pull request as GitHub shows it. `base` is where the API is, without a slash at the end. */
export function renderIssue(repository: Repository, issue: Issue, base: string) {
  const { number, pullRequest } = issue
  const home = `${base}/repos/${repository.owner}/${repository.name}`
  const url = `${home}/issues/${number}`
  const page = `https://github.com/${repository.owner}/${repository.name}/${pullRequest ? 'pull' : 'issues'}/${number}`
  const assignees = issue.assignees.map((login) => renderUser(repository, login, base))
  return {
    url,
    repository_url: home,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: `I_${issue.id}`,
    number,
    title: issue.title,
    user: renderUser(repository, issue.user, base),
    labels: issue.labels.map((name) => renderLabel(repository, name, base)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: renderAssociation(repository, issue.user),
    active_lock_reason: null,
    ...(pullRequest ? { draft: false, pull_request: renderPullRequest(`${home}/pulls/${number}`, page) } : {}),
    body: issue.body,
    closed_by: issue.closedBy === null ? null : renderUser(repository, issue.closedBy, base),
    reactions: renderReactions(`${url}/reactions`, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: issue.stateReason,
  }
}

/** A label as GitHub shows it. */
export function renderLabel(repository: Repository, name: string, base: string) {
  const label = repository.ensureLabel(name)
  return {
    id: label.id,
    node_id: `LA_${label.id}`,
    url: `${base}/repos/${repository.owner}/${repository.name}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  }
}

/** A comment as GitHub shows it. */
export function renderComment(repository: Repository, comment: Comment, base: string) {
  const home = `${base}/repos/${repository.owner}/${repository.name}`
  const url = `${home}/issues/comments/${comment.id}`
  return {
    url,
    html_url: `https://github.com/${repository.owner}/${repository.name}/issues/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${home}/issues/${comment.issue}`,
    id: comment.id,
    node_id: `IC_${comment.id}`,
    user: renderUser(repository, comment.user, base),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: renderAssociation(repository, comment.user),
    body: comment.body,
    reactions: renderReactions(`${url}/reactions`, comment.reactions),
    performed_via_github_app: null,
  }
}

/** One reaction as GitHub shows it. */
export function renderReaction(repository: Repository, reaction: Reaction, base: string) {
  return {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: renderUser(repository, reaction.user, base),
    content: reaction.content,
    created_at: reaction.createdAt,
  }
}

function renderReactions(url: string, reactions: readonly Reaction[]) {
  const counts = REACTIONS.map((content) => [content, reactions.filter((one) => one.content === content).length])
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) }
}

function renderPullRequest(url: string, page: string) {
  return { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at: null }
}
