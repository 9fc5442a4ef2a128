import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startControlPlane } from '../../__tests__/cluster/control-plane.ts'
import { addStorageClass } from '../bind-claims.ts'
import { findCharts } from '../find-charts.ts'
import { openKube } from '../kube.ts'
import type { Options } from '../options.ts'
import { fateEdits } from './edits.ts'
import { addUpFates, describeFates } from './figures.ts'
import { type FateResult, type Helms, listWrong } from './model.ts'
import { runFates } from './run-fates.ts'

/** Every way in which a release comes to its next upgrade: by one Helm all along, or by both in turn. */
export const HISTORIES: readonly Helms[] = [
  [3, 3],
  [4, 4],
  [3, 4],
  [4, 3],
  [4, 3, 4],
]

/** Foretells and makes an upgrade of every chart after every history. @returns whether all that was foretold came true */
export async function runAllFates(options: Options, out: string, say: (line: string) => void): Promise<boolean> {
  const charts = await findCharts(options.charts, options.glob)
  const controlPlane = await startControlPlane({ withoutWebhooks: true })
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-lab-hand-'))
  const results: FateResult[] = []
  let stopped = false
  process.once('SIGINT', () => {
    stopped = true
  })
  try {
    const kube = await openKube(controlPlane.kubeconfigs.admin)
    await addStorageClass(kube)
    const trial = { ...options, only: null, more: fateEdits, controlPlane, kube, folder }
    for (const chart of charts) {
      for (const helms of HISTORIES.filter((each) => options.helms.includes(each.at(-1) ?? 3))) {
        if (stopped) return false
        const result = await runFates(chart, helms, { ...trial, seed: `${options.seed}|${helms.join('')}` })
        results.push(result)
        for (const line of describeFates(result)) say(line)
        await writeFile(join(out, 'fates.json'), JSON.stringify({ seed: options.seed, results }, null, 1))
      }
    }
    say(JSON.stringify(addUpFates(results)))
    return results.every((result) => result.failure !== null || (listWrong(result).length === 0 && result.wrongMessages.length === 0))
  } finally {
    await controlPlane.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
