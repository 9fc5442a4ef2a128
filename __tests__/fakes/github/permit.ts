import { refuse } from './answers.ts'
import type { Operation } from './context.ts'
import type { Repository } from './repository.ts'
import type { Token } from './types.ts'

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
  const [verb, what] = needs.split(' ') as ['read' | 'write', keyof Token['permissions']]
  const given = permissions[what] ?? 'none'
  const may = verb === 'write' ? given === 'write' : given !== 'none' || isPublic
  if (!may) refuse(403, `Resource not accessible by ${holder}`)
  if (needs === 'write issues' && settings.archived) refuse(403, 'Repository was archived so is read-only.')
}
