import type { Finding } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import type { Chart } from '../find-charts.ts'
import { readDecision } from '../read-decision.ts'
import { waitUntilQuiet } from '../settle.ts'
import { listChanges, takeSnapshot } from './snapshot.ts'
import { type Options, stage } from './staged.ts'
import { type Guarded, tryGuards } from './try-guards.ts'
import { type Tried, tryReverts } from './try-reverts.ts'
import { tryUpgrade, type Upgraded } from './try-upgrade.ts'

export type Round = {
  readonly tried: readonly Tried[]
  readonly upgraded: Upgraded
  /** Drift that is still told though its way back was taken. */
  readonly left: readonly Finding[]
  /** What is not as before the edits though nothing tells it. */
  readonly leftovers: readonly string[]
  readonly figures: { readonly [name: string]: number }
}

/** Takes every way back, looks at what is left, and deploys other values for what was set back. */
export async function runRound(chart: Chart, helm: 3 | 4, options: Options): Promise<Round> {
  const { kube, controlPlane, folder } = options
  return stage(chart, helm, options, async ({ release, site, pristine, edits }) => {
    const read = async () => {
      await waitUntilQuiet(kube, site.refs, { quiet: 500, most: 3000 })
      return readDecision(release, controlPlane.kubeconfigs.reader)
    }
    const first = await tryReverts(await read(), site, pristine)
    const between = await read()
    const second = await tryReverts(between, site, pristine)
    const end = await read()
    // Of two fields that only go together, the second is back already, and its command refuses.
    const isBack = ({ finding }: Tried) => !between.findings.some((one) => one.id === finding.id)
    const settled = first.map((one) => (one.outcome !== null && one.outcome.code !== 0 && isBack(one) ? { ...one, faults: [] } : one))
    const again = second.filter(({ choice }) => choice.command !== undefined)
    const leftovers = listChanges(pristine, await takeSnapshot(site.refs, kube))
    const left = end.findings.filter(({ drift }) => drift)
    const tried = [...settled, ...again]
    const upgraded = await tryUpgrade(end, tried, release, site, folder)
    const withCommand = first.filter(({ choice }) => choice.command !== undefined)
    const isRefused = ({ outcome }: Tried) => outcome !== null && outcome.code !== 0
    const figures = {
      edits,
      findings: first.length,
      withCommand: withCommand.length,
      guarded: withCommand.filter(({ choice }) => choice.guard !== undefined).length,
      // Another command had set it back along with its own, or had moved it in its list.
      refused: settled.filter(isRefused).length,
      again: again.length,
      faults: settled.filter(({ faults }) => faults.length > 0).length + again.filter(isRefused).length,
      left: left.length,
      fields: upgraded.fields,
      releases: upgraded.releases,
    }
    const tell = ({ object, path, before, after }: (typeof leftovers)[number]) =>
      `${object} ${formatPath(path)} was ${JSON.stringify(before)} is ${JSON.stringify(after)}`
    return { tried, upgraded, left, leftovers: leftovers.map(tell), figures }
  })
}

/** Moves every place again before its way back is taken. */
export async function runGuards(chart: Chart, helm: 3 | 4, options: Options): Promise<Guarded> {
  return stage(chart, helm, options, async ({ release, site, pristine }) =>
    tryGuards(await readDecision(release, options.controlPlane.kubeconfigs.reader), site, pristine),
  )
}
