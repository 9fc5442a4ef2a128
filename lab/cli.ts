// `npm run lab -- CHARTS_DIR`: charts on a real control plane, changed by hand, and what is told about it scored.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startControlPlane } from '../__tests__/cluster/control-plane.ts'
import { addStorageClass } from './bind-claims.ts'
import { runAllFates } from './fate/run-all.ts'
import { addUp, hasFailed, listNoise } from './figures.ts'
import { findCharts } from './find-charts.ts'
import { openKube } from './kube.ts'
import type { ChartResult } from './model.ts'
import { type Options, readOptions, usage } from './options.ts'
import { formatReport } from './report.ts'
import { runChart } from './run-chart.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = readOptions(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
    return 2
  }
  const out = options.out ?? (await mkdtemp(join(tmpdir(), 'plumbline-lab-')))
  await mkdir(out, { recursive: true })
  if (options.fates) return (await runAllFates(options, out, say)) ? 0 : 1
  const results = await runAll(options, out)
  for (const helm of options.helms) say(JSON.stringify(addUp(results, helm)))
  say(`report: ${join(out, 'report.md')}`)
  return hasFailed(results) ? 1 : 0
}

/** Ends early, with what there is, on Ctrl-C; the control plane ends in either case. */
async function runAll(options: Options, out: string): Promise<readonly ChartResult[]> {
  const charts = await findCharts(options.charts, options.glob)
  if (charts.length === 0) throw new Error(`There is no chart in ${options.charts} that fits ${options.glob}.`)
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopped = true
      say('stopping after this chart')
    })
  }
  const controlPlane = await startControlPlane({ withoutWebhooks: true })
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-lab-hand-'))
  const results: ChartResult[] = []
  try {
    const kube = await openKube(controlPlane.kubeconfigs.admin)
    await addStorageClass(kube)
    const trial = { ...options, controlPlane, kube, folder }
    for (const [place, chart] of charts.entries()) {
      for (const helm of options.helms) {
        if (stopped) return results
        const result = await runChart(chart, helm, trial)
        results.push(result)
        say(`${place + 1}/${charts.length} ${describe(result)}`)
        await writeFile(join(out, 'report.md'), formatReport(results, options.seed))
        await writeFile(join(out, 'report.json'), JSON.stringify({ seed: options.seed, results }, null, 1))
      }
    }
    return results
  } finally {
    await controlPlane.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function describe(result: ChartResult): string {
  const { chart, helm, failure, silence, score, edits, parts } = result
  const times = Object.entries(parts)
    .map(([part, seconds]) => `${part} ${seconds.toFixed(0)}`)
    .join(', ')
  const head = `${chart} helm ${helm} (${times}):`
  if (failure !== null) return `${head} FAILED ${failure.slice(0, 200)}`
  const noise = listNoise(result).length
  const error = [silence, result.after].find((check) => check?.error)?.error ?? null
  const silent =
    silence === null ? '' : ` ${silence.objects} objects, ${error !== null ? 'ERROR' : noise === 0 ? 'silent' : `NOISE ${noise}`};`
  const applied = edits.filter(({ notApplied }) => notApplied === null).length
  const scored =
    score === null
      ? ''
      : ` ${score.found.length}/${applied} edits found, ${score.falseAlarms.length} false alarms, ${edits.length - applied} not applied`
  return `${head}${silent}${scored}${error === null ? '' : ` ERROR ${error.slice(0, 200)}`}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
