import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getCacheFolder } from '../cluster/build.ts'

/** Runs workflows as GitHub's runner does, without Docker in its host mode. */
const VERSION = 'v0.2.89'

/** Why act cannot be had, or null. It is built from its Go module, once. */
export function explainNoAct(): string | null {
  return existsSync(locateAct()) || spawnSync('go', ['version']).status === 0 ? null : 'act is built with Go, and there is none'
}

/** The path of act; builds it on first use. */
export async function getAct(): Promise<string> {
  const act = locateAct()
  if (!existsSync(act)) {
    const env = { ...process.env, GOBIN: join(act, '..'), GOFLAGS: '-buildvcs=false' }
    await promisify(execFile)('go', ['install', `github.com/nektos/act@${VERSION}`], { env, maxBuffer: 64e6 })
  }
  return act
}

function locateAct(): string {
  return join(getCacheFolder(), '..', 'act', VERSION, 'act')
}
