/**
 * Writes __tests__/fakes/github/openapi.json: of GitHub's own description of its REST API what the fake GitHub serves, with all
 * that it refers to, and without prose and examples.
 *
 * `npm run prune-openapi` fetches the pinned description from npm (28 MB), or takes the `api.github.com.json` whose path is given;
 * with `-- --check` it writes nothing and exits 1 when the file is out of date.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pruneDescription } from './prune-openapi/prune.ts'

const PACKAGE = '@octokit/openapi@23.0.2'
const MEMBER = 'package/generated/api.github.com.json'
const OPERATIONS = [
  'issues/add-labels',
  'issues/create',
  'issues/create-comment',
  'issues/get',
  'issues/get-comment',
  'issues/list-comments',
  'issues/list-for-repo',
  'issues/list-labels-for-repo',
  'issues/remove-label',
  'issues/update',
  'issues/update-comment',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'users/get-authenticated',
]
const root = join(import.meta.dirname, '..')
const file = join(root, '__tests__/fakes/github/openapi.json')

const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
const whole = JSON.parse(given === undefined ? fetchDescription() : readFileSync(given, 'utf8'))
const pruned = `${JSON.stringify(pruneDescription(whole, OPERATIONS), null, 1)}\n`
if (!process.argv.includes('--check')) writeFileSync(file, pruned)
else if (readFileSync(file, 'utf8') !== pruned) {
  console.error(`${relative(root, file)} is not what GitHub's description gives. Run: npm run prune-openapi`)
  process.exit(1)
}
console.log(`${relative(root, file)}: ${pruned.length} bytes, ${OPERATIONS.length} operations of ${PACKAGE}`)

/** The description's text. npm checks the archive against the registry's checksum. */
function fetchDescription(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
  try {
    const archive = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { encoding: 'utf8' }).trim()
    return execFileSync('tar', ['-xzOf', join(folder, archive), MEMBER], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
