import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, GraphQLError, graphqlSync } from 'graphql'
import { type Answer, answer, errorAnswer, Refused } from './answers.ts'
import { refuseUnlessPermitted } from './permit.ts'
import type { Repository } from './repository.ts'
import type { Issue, Token } from './types.ts'

/** GitHub's own schema, as far as it is served; `npm run prune-graphql` writes it. */
const schema = buildSchema(readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8'))

type Pulls = { readonly first?: number; readonly states?: readonly string[] }

/**
 * Answers a query by the rules of GraphQL: what the schema does not have is an error with status 200, as is what the token
 * may not see.
 */
export function answerGraphql(body: string | null, token: Token, repository: Repository): Answer {
  let asked: { readonly query?: unknown; readonly variables?: { readonly [name: string]: unknown } }
  try {
    asked = JSON.parse(body ?? '')
  } catch {
    return errorAnswer(400, 'Problems parsing JSON')
  }
  const { data, errors } = graphqlSync({
    schema,
    source: String(asked.query),
    variableValues: asked.variables ?? {},
    rootValue: { viewer: () => ({ login: token.login }), repository: (named: Named) => resolveRepository(named, token, repository) },
  })
  if (errors === undefined) return answer(200, { data })
  return answer(200, { data: data ?? null, errors: errors.map((error) => ({ type: error.extensions.type ?? 'FAKE', ...error.toJSON() })) })
}

type Named = { readonly owner: string; readonly name: string }

function resolveRepository({ owner, name }: Named, token: Token, repository: Repository) {
  const isThis = `${owner}/${name}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase()
  if (!isThis) throw refused('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
  return { pullRequests: (wanted: Pulls) => resolvePulls(wanted, token, repository) }
}

function resolvePulls({ first = 0, states = [] }: Pulls, token: Token, repository: Repository) {
  if (!permits(token, repository)) throw refused('FORBIDDEN', 'Resource not accessible by integration')
  const all = [...repository.issues.values()].filter((one) => one.pullRequest && states.includes(one.state.toUpperCase()))
  const sorted = all.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  return { totalCount: all.length, nodes: sorted.slice(0, first).map((pull) => renderPull(pull, repository)) }
}

function renderPull({ number, title }: Issue, repository: Repository) {
  const files = repository.activity.pullFiles.get(number) ?? []
  return {
    ...{ number, title, url: `https://github.com/${repository.owner}/${repository.name}/pull/${number}` },
    isDraft: repository.activity.drafts.has(number),
    files: ({ first = 0 }: { readonly first?: number }) => ({
      totalCount: files.length,
      nodes: files.slice(0, first).map((path) => ({ path })),
    }),
  }
}

function permits(token: Token, repository: Repository): boolean {
  try {
    refuseUnlessPermitted('read pulls', token, repository)
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
