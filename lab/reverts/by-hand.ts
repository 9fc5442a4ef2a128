// `node lab/reverts/by-hand.ts [SEED] [HELM] [EDITS]`: tells of every way back that did not lead where it should.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startControlPlane } from '../../__tests__/cluster/control-plane.ts'
import { formatPath } from '../../src/path.ts'
import { findCharts } from '../find-charts.ts'
import { openKube } from '../kube.ts'
import { runGuards, runRound } from './round.ts'

const [seed = '1', helm = '4', edits = '60', charts = join(import.meta.dirname, '../charts'), glob = 'shop'] = process.argv.slice(2)
const controlPlane = await startControlPlane({ withoutWebhooks: true })
try {
  const kube = await openKube(controlPlane.kubeconfigs.admin)
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-reverts-'))
  for (const chart of await findCharts(charts, glob)) {
    if (process.env.GUARDS) {
      const guards = await runGuards(chart, helm === '3' ? 3 : 4, { controlPlane, kube, folder, seed, edits: Number(edits) })
      console.log(
        JSON.stringify({ chart: chart.name, helm, seed, guarded: guards.guarded, moved: guards.moved, faults: guards.faults.length }),
      )
      for (const fault of guards.faults) console.log(`FAULT ${fault}`)
      continue
    }
    const round = await runRound(chart, helm === '3' ? 3 : 4, { controlPlane, kube, folder, seed, edits: Number(edits) })
    for (const { finding, choice, faults, outcome } of round.tried) {
      const head = `${finding.object.kind}/${finding.object.name} ${formatPath(finding.path)} (${finding.change})`
      if (choice.command === undefined) console.log(`NO COMMAND ${head}: ${choice.summary}`)
      if (faults.length > 0) console.log(`FAULT ${head}\n  ${choice.command}\n  ${faults.join('\n  ')}\n  ${outcome?.stderr}`)
      if (process.env.ALL) console.log(`${head}\n  ${JSON.stringify(choice, null, 1)}`)
    }
    console.log(JSON.stringify({ chart: chart.name, helm, seed, ...round.figures }))
    const { before, after, faults } = round.upgraded
    console.log(
      `UPGRADE before ${before.code}: ${before.stderr.slice(0, 1500)}\nUPGRADE after ${after.code}: ${after.stderr.slice(0, 1500)}`,
    )
    for (const fault of faults) console.log(`FAULT ${fault}`)
    for (const { object, path } of round.left) console.log(`LEFT ${object.kind}/${object.name} ${formatPath(path)}`)
    for (const left of round.leftovers) console.log(`LEFTOVER ${left}`)
  }
} finally {
  await controlPlane.stop()
}
