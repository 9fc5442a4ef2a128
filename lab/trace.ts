// `npm run trace -- CHARTS_DIR`: finds for places that a known values key drives which key that is, and scores the answers.

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { getHelm } from '../__tests__/tools/helm-and-kubectl.ts'
import { findCharts } from './find-charts.ts'
import { type TraceScore, traceChart } from './trace-chart.ts'
import { loadBundledCluster } from './trace-cluster.ts'

const usage = `npm run trace -- CHARTS_DIR [options]

  CHARTS_DIR       a folder of chart folders; NAME.values.yaml beside NAME is used for it
  --charts GLOB    only charts whose folder name fits (default: *)
  --places N       for each chart (default: 20)
  --seed TEXT      other places (default: 1)
  --helm 3|4       default: 4
  --verbose        every place, not only those that were not found
  --out FILE       figures and places as JSON`

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      charts: { type: 'string', default: '*' },
      places: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      helm: { type: 'string', default: '4' },
      verbose: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  })
  const [folder] = positionals
  if (folder === undefined) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const helm = { path: await getHelm(values.helm === '3' ? 3 : 4), version: values.helm === '3' ? '3.17.2' : '4.1.4' }
  const scores: TraceScore[] = []
  const cluster = loadBundledCluster()
  for (const chart of await findCharts(resolve(folder), values.charts)) {
    const score = await traceChart(chart, { cluster, helm, seed: values.seed, places: Number(values.places) })
    scores.push(score)
    process.stdout.write(`${describe(score)}\n`)
    for (const one of score.places) if (values.verbose || one.outcome !== 'right') process.stdout.write(`  ${one.outcome} ${one.text}\n`)
  }
  const sum = (outcome: string) => scores.reduce((all, { places }) => all + places.filter((one) => one.outcome === outcome).length, 0)
  const all = scores.reduce((total, { places }) => total + places.length, 0)
  process.stdout.write(`all: ${sum('right')} of ${all} right, ${sum('wrong')} wrong, ${sum('missed')} not found\n`)
  if (values.out !== undefined) await writeFile(resolve(values.out), JSON.stringify(scores, null, 1))
  return sum('wrong') > 0 || sum('right') < all * 0.9 ? 1 : 0
}

function describe({ chart, places, failure, seconds, renders }: TraceScore): string {
  if (failure !== null) return `${chart}: ${failure}`
  const count = (outcome: string) => places.filter((one) => one.outcome === outcome).length
  const share = places.length === 0 ? '' : ` (${Math.round((count('right') / places.length) * 100)} %)`
  return `${chart}: ${count('right')} of ${places.length} right${share}, ${count('wrong')} wrong, ${count('missed')} not found; ${seconds.toFixed(0)} s, ${(renders / Math.max(1, places.length)).toFixed(1)} renders each`
}
