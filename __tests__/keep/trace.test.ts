import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findCharts } from '../../lab/find-charts.ts'
import { traceChart } from '../../lab/trace-chart.ts'
import { loadBundledCluster } from '../../lab/trace-cluster.ts'
import { devToolsSupported, getHelm } from '../tools/helm-and-kubectl.ts'

const root = join(import.meta.dirname, '../..')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-trace-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(devToolsSupported())('the keys of our own charts', () => {
  it('are found for nine places of ten, and none is wrong', { timeout: 600_000 }, async () => {
    cpSync(join(root, 'examples/grokdevops/devops/helm/grokdevops'), join(folder, 'grokdevops'), { recursive: true })
    cpSync(join(root, 'examples/grokdevops/devops/helm/values-dev.yaml'), join(folder, 'grokdevops.values.yaml'))
    cpSync(join(root, 'lab/charts/shop'), join(folder, 'shop'), { recursive: true })
    const helm = { path: await getHelm(4), version: '4.1.4' }
    const places = []
    for (const chart of await findCharts(folder, '*')) {
      const score = await traceChart(chart, { cluster: loadBundledCluster(), helm, seed: 'ci', places: 12 })
      expect(score.failure).toBeNull()
      places.push(...score.places)
    }
    const right = places.filter(({ outcome }) => outcome === 'right')
    expect(places.filter(({ outcome }) => outcome === 'wrong')).toEqual([])
    expect(places.length).toBeGreaterThanOrEqual(12)
    expect(right.length, JSON.stringify(places.filter(({ outcome }) => outcome !== 'right'))).toBeGreaterThanOrEqual(places.length * 0.9)
  })
})
