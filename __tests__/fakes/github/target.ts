import { matchOperation, type Operation } from './contract.ts'
import type { Repository } from './repository.ts'

/** Where a request goes. */
export type Target = {
  /** The path in GitHub's description, without the query: by the repository's name, even where it was asked for by id. */
  readonly path: string
  readonly search: string
  readonly query: URLSearchParams
  /** The path as it was sent, with the query. */
  readonly shown: string
  /** What GitHub's description has for it; null for nothing. */
  readonly operation: Operation | null
  /** Where the API is: the origin, and `/api/v3` as on an own server where it was asked for there. */
  readonly base: string
  readonly graphql: boolean
  /** False for another repository than the one there is. */
  readonly known: boolean
}

/** Reads an absolute URL. GitHub takes a repository's id for its name, and its own links do so. */
export function parseTarget(repository: Repository, method: string, url: string): Target {
  const { origin, pathname, search, searchParams } = new URL(url)
  const prefix = pathname.startsWith('/api/v3/') ? '/api/v3' : ''
  const named = pathname.slice(prefix.length)
  const home = `/repos/${repository.owner}/${repository.name}`
  const path = named.replace(/^\/repositories\/(\d+)(?=\/|$)/, (all, id) => (Number(id) === repository.id ? home : all))
  const owned = /^\/repos\/[^/]+\/[^/]+/.exec(path)?.[0]
  return {
    path,
    search,
    query: searchParams,
    shown: `${pathname}${search}`,
    operation: matchOperation(method, path),
    base: `${origin}${prefix}`,
    graphql: pathname === '/graphql' || pathname === '/api/graphql',
    known: owned === undefined || owned.toLowerCase() === home.toLowerCase(),
  }
}
