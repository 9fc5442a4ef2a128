import { type Answer, errorAnswer } from './answers.ts'
import type { Repository } from './repository.ts'

/** Where archives are: on GitHub another server, which the API sends to with all that is needed in the address. */
export const ARCHIVES = '/codeload/'

/** An archive. A token that comes with the request is one that was sent to a server that it is not meant for. */
export function answerArchive(repository: Repository, path: string, query: URLSearchParams, secret: string): Answer {
  if (secret !== '') throw new Error('A token was sent to the server of archives.')
  const bytes = repository.activity.archives.get(path.split('/').at(-1) ?? '')
  if (bytes === undefined || query.get('token') !== 'once') return errorAnswer(404, 'Not Found')
  return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body: bytes }
}
