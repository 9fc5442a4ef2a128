// The control plane that `npm run cluster -- up` leaves running: one for a person, told of in a file in the cache folder.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCacheFolder } from './build.ts'
import type { RunningControlPlane } from './control-plane.ts'

const folder = join(getCacheFolder(), 'up')
const stateFile = join(folder, 'state.json')

/** Where the output of the background process goes. */
export const backgroundLog = join(folder, 'background.log')

/** The background process, and its control plane once that is ready. */
export interface Background {
  readonly pid: number
  readonly stopsAt: string
  readonly controlPlane?: RunningControlPlane
}

/** Gives the background process that is alive, if any; what a dead one left behind does not count. */
export function findBackground(): Background | undefined {
  try {
    const background: Background = JSON.parse(readFileSync(stateFile, 'utf8'))
    // The number may have gone to another program since.
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(background.pid)], { encoding: 'utf8' })
    return command.includes('cluster/cli.ts serve') ? background : undefined
  } catch {
    return undefined
  }
}

/**
 * Claims the place of the background process for this process.
 * @throws when another one has it
 */
export async function claimBackground(background: Background): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (!findBackground()) await rm(stateFile, { force: true })
  await writeFile(stateFile, JSON.stringify(background), { flag: 'wx', mode: 0o600 })
}

/** Tells the others that the control plane is ready. */
export async function announceBackground(background: Background): Promise<void> {
  const draft = `${stateFile}.${background.pid}`
  await writeFile(draft, JSON.stringify(background), { mode: 0o600 })
  await rename(draft, stateFile)
}

/** Gives the place up. */
export async function releaseBackground(): Promise<void> {
  await rm(stateFile, { force: true })
}

/** Tells whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
