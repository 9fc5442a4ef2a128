import { answer, refuse } from './answers.ts'
import type { Operations } from './context.ts'
import { renderRepository } from './render-repository.ts'
import { renderUser } from './render-user.ts'

/** The roles that GitHub had before there were more: what `permission` says, beside `role_name`. */
const LEGACY = { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read', none: 'none' } as const

/** What is asked of the repository and of people. */
export const REPOSITORY_OPERATIONS: Operations = {
  'repos/get': {
    needs: 'metadata',
    run: ({ repository, base }) => answer(200, renderRepository(repository, base)),
  },
  'repos/get-collaborator-permission-level': {
    needs: 'metadata',
    run({ repository, params, base }) {
      const login = decodeURIComponent(params.username ?? '')
      const user = repository.users.get(login.toLowerCase())
      // Apps have no role, and GitHub says so in these words.
      if (user === undefined || user.type === 'Bot') return refuse(404, `${login} is not a user`)
      const role = repository.roleOf(login)
      return answer(200, { permission: LEGACY[role], role_name: role, user: { ...renderUser(repository, login, base), role_name: role } })
    },
  },
  'users/get-authenticated': {
    needs: 'nothing',
    run({ repository, token, base }) {
      // `GITHUB_TOKEN` belongs to an installation of an app, which is nobody.
      if (token.login.endsWith('[bot]')) refuse(403, 'Resource not accessible by integration')
      const nothing = { name: null, company: null, blog: '', location: null, email: null, hireable: null, bio: null }
      const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 }
      const times = { created_at: '2020-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
      return answer(200, { ...renderUser(repository, token.login, base), ...nothing, ...counts, ...times })
    },
  },
}
