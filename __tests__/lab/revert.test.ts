import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCharts } from '../../lab/find-charts.ts'
import { openKube } from '../../lab/kube.ts'
import { runGuards, runRound } from '../../lab/reverts/round.ts'
import type { Options } from '../../lab/reverts/staged.ts'
import type { Tried } from '../../lab/reverts/try-reverts.ts'
import { formatPath } from '../../src/path.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'

const charts = join(import.meta.dirname, '../../lab/charts')

/** One round takes less than a minute on a machine of its own. */
const PATIENCE = 400_000

describeOnCluster('the way back, on a chart with a bit of everything', () => {
  // The chart has objects that no namespace keeps apart from those of other tests.
  let controlPlane: ControlPlane
  beforeAll(async () => {
    controlPlane = await startControlPlane({ withoutWebhooks: true })
  })
  afterAll(() => controlPlane.stop())

  const onChart = async <Result>(work: (chart: Awaited<ReturnType<typeof findCharts>>[number], options: Options) => Promise<Result>) => {
    const [chart] = await findCharts(charts, 'shop')
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-reverts-'))
    try {
      const kube = await openKube(controlPlane.kubeconfigs.admin)
      return await work(chart!, { controlPlane, kube, folder, seed: 'ci', edits: 60 })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  test.each([3, 4] as const)(
    'Helm %i: every command puts back its place and nothing else, and a later deploy may change it',
    async (helm) => {
      const { tried, upgraded, left, figures } = await onChart((chart, options) => runRound(chart, helm, options))
      expect.soft(tried.filter(({ faults }) => faults.length > 0).map(tell)).toEqual([])
      expect.soft(figures.findings).toBeGreaterThan(50)
      expect.soft(figures.withCommand! / figures.findings!).toBeGreaterThanOrEqual(0.9)
      expect.soft(figures.guarded).toBe(figures.withCommand)
      const without = tried.filter(({ choice }) => choice.command === undefined)
      expect.soft(left.map(({ id }) => id).toSorted()).toEqual(without.map(({ finding }) => finding.id).toSorted())
      expect.soft(without.map(({ choice }) => choice.summary).filter((why) => !WITHOUT.test(why))).toEqual([])
      // A release that is applied on the server refuses until the fields are released; the other way there is nothing to release.
      expect.soft(upgraded.before.stderr).toMatch(helm === 4 ? /conflicts? with \\?"plumbline-revert/ : /^((?!conflict).)*$/s)
      expect.soft(upgraded.releases > 10).toBe(helm === 4)
      expect.soft({ code: upgraded.after.code, stderr: upgraded.after.stderr }).toMatchObject({ code: 0 })
      expect.soft(upgraded.fields).toBeGreaterThan(8)
      expect.soft(upgraded.faults).toEqual([])
    },
    PATIENCE,
  )

  test(
    'every guard refuses once its place has moved again, and nothing changes',
    async () => {
      const { guarded, moved, faults } = await onChart((chart, options) => runGuards(chart, 4, { ...options, seed: 'guards', edits: 40 }))
      expect.soft(faults).toEqual([])
      expect.soft(moved).toBeGreaterThan(25)
      expect.soft(moved / guarded).toBeGreaterThan(0.9)
    },
    PATIENCE,
  )
})

/** The reasons for which there may be no command. */
const WITHOUT = /cannot be set back in place|secret or too long|does not settle|cannot stand in a command/

function tell({ finding, choice, faults }: Tried): string {
  return `${finding.object.kind}/${finding.object.name} ${formatPath(finding.path)}: ${faults.join('; ')}\n${choice.command}`
}
