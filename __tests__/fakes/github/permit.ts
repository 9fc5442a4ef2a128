import { refuse } from './answers.ts'
import type { Operation } from './context.ts'
import type { Repository } from './repository.ts'
import type { Access, Issue, Token } from './types.ts'

/**
 * Holds a token against what an operation needs. What is public may be read with any token; a token without `metadata` does not
 * see a private repository.
 * @throws Refused with 403 or 404
 */
export function refuseUnlessPermitted(needs: Operation['needs'], { login, permissions }: Token, { settings }: Repository): void {
  if (needs === 'nothing') return
  const isPublic = settings.visibility === 'public'
  if (permissions.metadata === 'none' && !isPublic) refuse(404, 'Not Found')
  if (needs === 'metadata') return
  const holder = login.endsWith('[bot]') ? 'integration' : 'personal access token'
  const [verb, what] = needs.split(' ') as ['read' | 'write', keyof Token['permissions'] | 'comments']
  const given = grant(permissions, what)
  const may = verb === 'write' ? given === 'write' : given !== 'none' || isPublic
  if (!may) refuse(403, `Resource not accessible by ${holder}`)
  if (verb === 'write' && settings.archived) refuse(403, 'Repository was archived so is read-only.')
}

/** Comments are of issues and of pull requests: the one permission does for the one, and both for the other. */
function grant(permissions: Token['permissions'], what: keyof Token['permissions'] | 'comments'): Access {
  if (what !== 'comments') return permissions[what] ?? 'none'
  const both = [permissions.issues, permissions.pulls ?? 'none']
  return both.includes('write') ? 'write' : both.includes('read') ? 'read' : 'none'
}

/** @throws Refused with 403 where the token may write to comments of pull requests alone, and this is none */
export function refuseOtherComments({ login, permissions }: Token, { pullRequest }: Pick<Issue, 'pullRequest'>): void {
  if (pullRequest || permissions.issues === 'write') return
  refuse(403, `Resource not accessible by ${login.endsWith('[bot]') ? 'integration' : 'personal access token'}`)
}
