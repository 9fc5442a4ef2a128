import { renderUser } from './render-user.ts'
import type { Repository } from './repository.ts'

/** What GitHub offers below a repository, `NAME_url` with the path there. */
const PLACES = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
}
const COUNTS = ['forks', 'forks_count', 'stargazers_count', 'watchers', 'watchers_count', 'network_count', 'subscribers_count', 'size']

/** The repository as GitHub shows it. */
export function renderRepository(repository: Repository, base: string) {
  const { owner, name, settings } = repository
  const fullName = `${owner}/${name}`
  const url = `${base}/repos/${fullName}`
  const page = `https://github.com/${fullName}`
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open').length
  const since = '2026-01-01T00:00:00Z'
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name,
    full_name: fullName,
    owner: renderUser(repository, owner, base),
    private: settings.visibility === 'private',
    visibility: settings.visibility,
    html_url: page,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(PLACES).map(([place, path]) => [`${place}_url`, `${url}${path}`])),
    ...Object.fromEntries(COUNTS.map((count) => [count, 0])),
    clone_url: `${page}.git`,
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: settings.defaultBranch,
    has_issues: settings.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: settings.archived,
    disabled: false,
    open_issues: open,
    open_issues_count: open,
    pushed_at: since,
    created_at: since,
    updated_at: since,
  }
}
