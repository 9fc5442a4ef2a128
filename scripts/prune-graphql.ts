/**
 * Writes __tests__/fakes/github/schema.graphql: of GitHub's own GraphQL schema what the fake GitHub serves.
 *
 * `npm run prune-graphql` fetches the pinned schema from npm, or takes the `schema.graphql` whose path is given; with `-- --check`
 * it writes nothing and exits 1 when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fetchMember } from './prune-openapi/fetch-member.ts'
import { type KeptFields, pruneSchema } from './prune-openapi/prune-graphql.ts'

const PACKAGE = '@octokit/graphql-schema@15.26.1'
const FIELDS: KeptFields = {
  Query: ['viewer', 'repository'],
  User: ['login'],
  Repository: ['pullRequests'],
  PullRequestConnection: ['totalCount', 'nodes'],
  PullRequest: ['number', 'title', 'url', 'isDraft', 'files'],
  PullRequestChangedFileConnection: ['totalCount', 'nodes'],
  PullRequestChangedFile: ['path'],
}
const root = join(import.meta.dirname, '..')
const file = join(root, '__tests__/fakes/github/schema.graphql')

const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
const pruned = pruneSchema(given === undefined ? fetchMember(PACKAGE, 'package/schema.graphql') : readFileSync(given, 'utf8'), FIELDS)
if (!process.argv.includes('--check')) writeFileSync(file, pruned)
else if (readFileSync(file, 'utf8') !== pruned) {
  console.error(`${relative(root, file)} is not what GitHub's schema gives. Run: npm run prune-graphql`)
  process.exit(1)
}
console.log(`${relative(root, file)}: ${pruned.length} bytes of ${PACKAGE}`)
