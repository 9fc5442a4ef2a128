import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStorageClass } from '../../lab/bind-claims.ts'
import { fateEdits } from '../../lab/fate/edits.ts'
import { addUpFates, describeFates, describeWrong } from '../../lab/fate/figures.ts'
import { type FateResult, type Helms, listWrong } from '../../lab/fate/model.ts'
import { runFates } from '../../lab/fate/run-fates.ts'
import { findCharts } from '../../lab/find-charts.ts'
import { openKube } from '../../lab/kube.ts'
import { type RunningControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'

const charts = join(import.meta.dirname, '../../lab/charts')
/** By one Helm all along, from one to the other, and to and fro; custom resources and definitions are in both charts. */
const ROUNDS: readonly { readonly name: string; readonly helms: Helms }[] = [
  { name: 'shop', helms: [3, 3] },
  { name: 'stock', helms: [4, 4] },
  { name: 'stock', helms: [3, 4] },
  { name: 'shop', helms: [4, 3] },
  { name: 'stock', helms: [4, 3, 4] },
]

// The charts bring definitions and cluster-wide objects of fixed names: no other test may have them at the same time.
describeOnCluster('the fate of edits at the next deploy, foretold and then tried', () => {
  let controlPlane: RunningControlPlane & { readonly stop: () => Promise<void> }
  let folder: string
  const results: FateResult[] = []

  beforeAll(async () => {
    controlPlane = await startControlPlane({ withoutWebhooks: true })
    folder = await mkdtemp(join(tmpdir(), 'plumbline-fate-'))
  })
  afterAll(async () => {
    await controlPlane?.stop()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  test.each(ROUNDS)('$name, by helm $helms', { timeout: 300_000 }, async ({ name, helms }) => {
    const kube = await openKube(controlPlane.kubeconfigs.admin)
    await addStorageClass(kube)
    const [chart] = await findCharts(charts, name)
    const trial = { controlPlane, kube, folder, seed: `fate ${helms.join('')}`, editsPerChart: 32, only: null, spawn: false, seconds: 100 }
    const result = await runFates(chart!, helms, { ...trial, more: fateEdits })
    results.push(result)
    expect(result.failure).toBeNull()
    expect(listWrong(result).map(describeWrong)).toEqual([])
    expect(result.wrongMessages).toEqual([])
    // What was refused had to be set back as a whole: that must stay the exception.
    expect(result.judged.length).toBeGreaterThan(result.unjudged * 2)
  })

  test('enough edits took hold, and each fate is among them', () => {
    const figures = addUpFates(results)
    process.stdout.write(`${results.flatMap(describeFates).join('\n')}\n${JSON.stringify(figures)}\n`)
    expect(figures).toMatchObject({ upgrades: ROUNDS.length, failures: 0, right: figures.judged, wrongMessages: 0 })
    expect(figures.edits).toBeGreaterThanOrEqual(120)
    expect(figures.judged).toBeGreaterThanOrEqual(120)
    expect(figures.reverted).toBeGreaterThanOrEqual(25)
    expect(figures.kept).toBeGreaterThanOrEqual(30)
    expect(figures.blocks).toBeGreaterThanOrEqual(20)
    // Objects about which Helm 4 said what was foretold, word by word.
    expect(figures.rightMessages).toBeGreaterThanOrEqual(8)
  })
})
