/**
 * Writes __tests__/fakes/github/openapi.json: of GitHub's own description of its REST API what the fake GitHub serves, with all
 * that it refers to, and without prose and examples.
 *
 * `npm run prune-openapi` fetches the pinned description from npm (28 MB), or takes the `api.github.com.json` whose path is given;
 * with `-- --check` it writes nothing and exits 1 when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fetchMember } from './prune-openapi/fetch-member.ts'
import { pruneDescription } from './prune-openapi/prune.ts'

const PACKAGE = '@octokit/openapi@23.0.2'
const MEMBER = 'package/generated/api.github.com.json'
const OPERATIONS = [
  'actions/download-artifact',
  'actions/list-workflow-run-artifacts',
  'actions/list-workflow-runs-for-repo',
  'issues/add-labels',
  'issues/create',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/get',
  'issues/get-comment',
  'issues/list-comments',
  'issues/list-for-repo',
  'issues/list-labels-for-repo',
  'issues/remove-label',
  'issues/update',
  'issues/update-comment',
  'pulls/list',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'repos/compare-commits-with-basehead',
  'repos/download-tarball-archive',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'repos/list-commits',
  'repos/list-deployment-statuses',
  'repos/list-deployments',
  'users/get-authenticated',
]
const root = join(import.meta.dirname, '..')
const file = join(root, '__tests__/fakes/github/openapi.json')

const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
const whole = JSON.parse(given === undefined ? fetchMember(PACKAGE, MEMBER) : readFileSync(given, 'utf8'))
const pruned = `${JSON.stringify(pruneDescription(whole, OPERATIONS), null, 1)}\n`
if (!process.argv.includes('--check')) writeFileSync(file, pruned)
else if (readFileSync(file, 'utf8') !== pruned) {
  console.error(`${relative(root, file)} is not what GitHub's description gives. Run: npm run prune-openapi`)
  process.exit(1)
}
console.log(`${relative(root, file)}: ${pruned.length} bytes, ${OPERATIONS.length} operations of ${PACKAGE}`)
