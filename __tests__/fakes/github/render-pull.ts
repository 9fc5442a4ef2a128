import { renderIssue } from './render-issue.ts'
import { renderRepository } from './render-repository.ts'
import { renderUser } from './render-user.ts'
import type { Repository } from './repository.ts'
import type { Issue } from './types.ts'

/** A pull request as GitHub lists it; it has to have its branches. */
export function renderPull(repository: Repository, issue: Issue, base: string) {
  const branches = repository.activity.branches.get(issue.number)!
  const home = `${base}/repos/${repository.owner}/${repository.name}`
  const url = `${home}/pulls/${issue.number}`
  const { assignee, user, labels, body, author_association, html_url, title, number, state, locked, milestone, ...shown } = renderIssue(
    repository,
    issue,
    base,
  )
  const places = {
    comments_url: shown.comments_url,
    commits_url: `${url}/commits`,
    issue_url: shown.url,
    review_comment_url: `${home}/pulls/comments{/number}`,
    review_comments_url: `${url}/comments`,
    statuses_url: `${home}/statuses/${branches.sha}`,
  }
  const links = Object.entries({ ...places, html_url, self_url: url }).map(([name, href]) => [name.replace(/_url$/, ''), { href }])
  return {
    ...{ id: issue.id, node_id: `PR_${issue.id}`, url, html_url, number, state, locked, title, user, labels, body, assignee, milestone },
    ...{ diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch`, ...places, _links: Object.fromEntries(links) },
    ...{ created_at: shown.created_at, updated_at: shown.updated_at, closed_at: shown.closed_at, merged_at: null },
    ...{ merge_commit_sha: null, author_association, auto_merge: null, draft: false },
    head: renderEnd(repository, branches.from, branches.branch, branches.sha, base),
    base: renderEnd(repository, `${repository.owner}/${repository.name}`, branches.base, branches.baseSha, base),
  }
}

function renderEnd(repository: Repository, fullName: string, ref: string, sha: string, base: string) {
  const [owner = '', name = ''] = fullName.split('/')
  const user = renderUser(repository, owner, base)
  const repo = { ...renderRepository(repository, base), name, full_name: fullName, owner: user, has_downloads: true }
  return { label: `${owner}:${ref}`, ref, sha, user, repo }
}
