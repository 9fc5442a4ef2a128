// Starts one control plane for all cluster tests of a vitest run. PLUMBLINE_CLUSTER says how much they matter:
//   required  the run fails without it (CI)
//   off       it is not started
//   unset     it is started where that is possible; otherwise one line tells what is left out

import type { TestProject } from 'vitest/node'
import { explainMissing } from './binaries.ts'
import { startControlPlane } from './control-plane.ts'
// Types what is provided.
import type {} from './on-cluster.ts'

/**
 * Provides `controlPlane` to the tests of a project.
 * @returns the teardown, where there is something to tear down
 * @throws when the control plane is required and cannot be had, and whenever it should start and does not
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const unavailable = process.env.PLUMBLINE_CLUSTER === 'off' ? 'PLUMBLINE_CLUSTER=off' : await explainMissing()
  if (unavailable !== undefined) {
    if (process.env.PLUMBLINE_CLUSTER === 'required') throw new Error(`PLUMBLINE_CLUSTER=required, but: ${unavailable}`)
    say(`cluster ring left out: ${unavailable}`)
    project.provide('controlPlane', { unavailable })
    return undefined
  }
  const started = Date.now()
  const { stop, ...controlPlane } = await startControlPlane({ log: say })
  say(`control plane ready in ${((Date.now() - started) / 1000).toFixed(1)} s: ${controlPlane.serverUrl}`)
  project.provide('controlPlane', controlPlane)
  return stop
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
