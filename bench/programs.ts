// The programs that are measured, and which versions they are.

import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getHelm, getKubectl } from '../__tests__/tools/helm-and-kubectl.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

/** Paths of the programs, and a folder for what they keep. */
export type Programs = {
  /** Plumbline's command line, bundled as it is shipped. */
  readonly plumbline: string
  readonly helm: string
  readonly kubectl: string
  /** A home folder: kubectl keeps what it discovered there. */
  readonly home: string
}

/**
 * Finds helm and kubectl, and bundles plumbline from the current source into a temporary folder, which is gone when this
 * process ends: `dist/` may lag behind.
 * @throws Error when this machine cannot run the helm and kubectl of the tests, or bundling fails
 */
export async function findPrograms(): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const bundle = join(folder, 'dist')
  await run(process.execPath, [join(root, 'scripts/build.ts'), bundle], { maxBuffer: 64e6 })
  return {
    plumbline: join(bundle, 'cli.js'),
    helm: await getHelm(4),
    kubectl: await getKubectl(),
    home: folder,
  }
}

/** Gives the versions, for the record. */
export async function readVersions({ helm, kubectl, plumbline }: Programs): Promise<string> {
  const ask = async (path: string, ...args: string[]) => (await run(path, args)).stdout.trim()
  const client: { clientVersion: { gitVersion: string } } = JSON.parse(await ask(kubectl, 'version', '--client', '--output', 'json'))
  return [
    `plumbline ${await ask(process.execPath, plumbline, '--version')} on Node ${process.version}`,
    `helm ${await ask(helm, 'version', '--template', '{{.Version}}')}`,
    `kubectl ${client.clientVersion.gitVersion}`,
  ].join(', ')
}
