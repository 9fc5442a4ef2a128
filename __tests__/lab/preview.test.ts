import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStorageClass } from '../../lab/bind-claims.ts'
import { findCharts } from '../../lab/find-charts.ts'
import { openKube } from '../../lab/kube.ts'
import { addUpPreviews, describePreview, describeWrong, listWrong } from '../../lab/preview/figures.ts'
import type { Helms, PreviewResult } from '../../lab/preview/model.ts'
import { runPreviews } from '../../lab/preview/run-previews.ts'
import { type RunningControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'

const charts = join(import.meta.dirname, '../../lab/charts')
/** By one Helm all along, and by both in turn. `behind`: what Git has beyond the cluster before the pull request. */
const ROUNDS: readonly { readonly name: string; readonly helms: Helms; readonly behind: number }[] = [
  { name: 'shop', helms: [3, 3], behind: 0 },
  { name: 'stock', helms: [4, 4], behind: 0 },
  { name: 'shop', helms: [4, 4], behind: 7 },
  { name: 'stock', helms: [3, 4], behind: 7 },
  { name: 'stock', helms: [4, 3, 3], behind: 0 },
]

// The charts bring definitions and cluster-wide objects of fixed names: no other test may have them at the same time.
describeOnCluster('what a pull request will do, told and then tried', () => {
  let controlPlane: RunningControlPlane & { readonly stop: () => Promise<void> }
  let folder: string
  const results: PreviewResult[] = []

  beforeAll(async () => {
    controlPlane = await startControlPlane({ withoutWebhooks: true })
    folder = await mkdtemp(join(tmpdir(), 'plumbline-preview-'))
  })
  afterAll(async () => {
    await controlPlane?.stop()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  test.each(ROUNDS)('$name, by helm $helms', { timeout: 300_000 }, async ({ name, helms, behind }) => {
    const kube = await openKube(controlPlane.kubeconfigs.admin)
    await addStorageClass(kube)
    const [chart] = await findCharts(charts, name)
    const trial = {
      controlPlane,
      kube,
      folder,
      seed: `preview ${helms.join('')}`,
      editsPerChart: 0,
      only: null,
      spawn: false,
      seconds: 100,
    }
    const result = await runPreviews(chart!, helms, { hand: 30, apart: 22, anywhere: 8, immutable: 2, behind }, trial)
    results.push(result)
    expect(result.failure).toBeNull()
    expect([...listWrong(result), ...result.untold].map((one) => describeWrong(one))).toEqual([])
    // What was refused had to be made anew as a whole: that must stay the exception.
    expect(result.judged.length).toBeGreaterThan(result.unjudged * 3)
  })

  test('enough changes were judged, and each prospect is among them', () => {
    const figures = addUpPreviews(results)
    process.stdout.write(`${results.flatMap(describePreview).join('\n')}\n${JSON.stringify(figures)}\n`)
    expect(figures).toMatchObject({ deploys: ROUNDS.length, right: figures.judged, untold: 0 })
    expect(figures.byHand).toBeGreaterThanOrEqual(100)
    expect(figures.inGit).toBeGreaterThanOrEqual(150)
    expect(figures.judged).toBeGreaterThanOrEqual(200)
    expect(figures.contested).toBeGreaterThanOrEqual(15)
    expect(figures.changes).toBeGreaterThanOrEqual(60)
    expect(figures.codifies).toBeGreaterThanOrEqual(25)
    expect(figures.leaves).toBeGreaterThanOrEqual(25)
    expect(figures.undoes).toBeGreaterThanOrEqual(20)
    expect(figures.fails).toBeGreaterThanOrEqual(20)
    expect(figures.creates).toBeGreaterThanOrEqual(10)
    expect(figures.deletes).toBeGreaterThanOrEqual(1)
    expect(figures['no-op']).toBeGreaterThanOrEqual(1)
  })
})
