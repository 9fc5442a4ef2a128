/**
 * Writes src/compare/schema/kubernetes.json, what Kubernetes' own code knows about the built-in kinds, with the Go program
 * beside the test cluster's module. The module says which Kubernetes that is.
 *
 * `npm run schema-tables` rewrites the file; with `-- --check` it writes nothing and exits 1 when the file is out of date.
 * It needs Go. After a build of the test cluster most of it is in Go's build cache.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { hasGo } from '../__tests__/cluster/build.ts'

const root = join(import.meta.dirname, '..')
const module = join(root, '__tests__/cluster/binaries')
const file = join(root, 'src/compare/schema/kubernetes.json')
const name = relative(root, file)

if (!hasGo()) fail('Writing the schema tables needs Go 1.26 or newer on the PATH.')
const table = runGenerator()
if (!process.argv.includes('--check')) writeFileSync(file, table)
else if (readFileSync(file, 'utf8') !== table) fail(`${name} is not what the generator writes. Run: npm run schema-tables`)
console.log(`${name}: ${table.length} bytes, from Kubernetes ${JSON.parse(table).kubernetes}`)

/** What a person set for their own Go work must not take part; `-trimpath` shares the cache with the build of the test cluster. */
function runGenerator(): string {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  const { status, stdout, error } = spawnSync('go', ['run', '-mod=readonly', '-trimpath', './schema'], {
    cwd: module,
    env,
    encoding: 'utf8',
    maxBuffer: 16 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) fail(`The generator in ${relative(root, module)}/schema failed${error === undefined ? '' : `: ${error.message}`}.`)
  return stdout
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
