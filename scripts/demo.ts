/**
 * Runs `plumbline demo` from the sources, with the helm that comes as a dev dependency on PATH where its platform is
 * supported, so that a fresh clone needs nothing installed. Elsewhere helm comes from PATH or a checksummed download.
 */
import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { devToolsSupported, getHelm } from '../__tests__/tools/helm-and-kubectl.ts'

const cli = join(import.meta.dirname, '../src/cli.ts')
const path = devToolsSupported() ? [dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter) : process.env.PATH
const { status } = spawnSync(process.execPath, [cli, 'demo'], { stdio: 'inherit', env: { ...process.env, PATH: path } })
process.exitCode = status ?? 1
