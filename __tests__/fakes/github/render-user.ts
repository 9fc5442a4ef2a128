import type { Repository } from './repository.ts'

/** A user as GitHub shows one within other things; a login that nobody knows is `ghost`, as after an account was deleted. */
export function renderUser(repository: Repository, login: string, base: string) {
  const user = repository.users.get(login.toLowerCase()) ?? { login: 'ghost', id: 10137, type: 'User' as const }
  const url = `${base}/users/${encodeURIComponent(user.login)}`
  const page = user.type === 'Bot' ? `apps/${user.login.replace('[bot]', '')}` : user.login
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${user.id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** How GitHub says what an author is to the repository. */
export function renderAssociation(repository: Repository, login: string): 'OWNER' | 'COLLABORATOR' | 'NONE' {
  if (login.toLowerCase() === repository.owner.toLowerCase()) return 'OWNER'
  return (repository.collaborators.get(login.toLowerCase()) ?? 'none') === 'none' ? 'NONE' : 'COLLABORATOR'
}
