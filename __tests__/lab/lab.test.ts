import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listNoise } from '../../lab/figures.ts'
import { findCharts } from '../../lab/find-charts.ts'
import { openKube } from '../../lab/kube.ts'
import { formatFinding, formatMiss } from '../../lab/report.ts'
import { runChart } from '../../lab/run-chart.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'

const charts = join(import.meta.dirname, '../../lab/charts')

describeOnCluster('the lab, on a chart with a bit of everything', (controlPlane) => {
  test.each([3, 4] as const)('Helm %i: silent when untouched, then every edit and nothing else', async (helm) => {
    const [chart] = await findCharts(charts, 'shop')
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-lab-'))
    const kube = await openKube(controlPlane.kubeconfigs.admin)
    const trial = { controlPlane, kube, folder, seed: 'ci', editsPerChart: 24, only: null, spawn: false, seconds: 100 }
    try {
      const result = await runChart(chart!, helm, trial)
      expect(result.failure).toBeNull()
      expect.soft(result.silence).toMatchObject({ verdict: 'in-sync', error: null, unread: [] })
      expect.soft(listNoise(result).map(formatFinding)).toEqual([])
      expect.soft(result.after?.error).toBeNull()
      expect.soft(result.edits.filter(({ notApplied }) => notApplied === null).length).toBeGreaterThan(20)
      expect.soft(result.score?.missed.map(formatMiss)).toEqual([])
      expect.soft(result.score?.falseAlarms.map(formatFinding)).toEqual([])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
