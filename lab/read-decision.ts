import { dirname } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { findHelm } from '../src/chart/find-helm.ts'
import { checkTarget } from '../src/check-target.ts'
import { openCluster } from '../src/cluster/source.ts'
import type { DecisionInput } from '../src/explain/decision-input.ts'
import { parseCommandLine } from '../src/inputs/command-line.ts'
import { toRecord } from '../src/look-back.ts'
import { startStopwatch } from '../src/stopwatch.ts'
import { listCheckArguments, listCheckEnvironment } from './check-release.ts'
import type { Release } from './release.ts'

/** What is told of a release before anything is redacted, and where its paths start from. */
export type Input = DecisionInput & { readonly workspace: string }

/** Checks a release as the tool does, up to the stage that decides, with a credential that may only read. */
export async function readDecision(release: Release, reader: string): Promise<Input> {
  const { chart, name, namespace } = release
  const command = parseCommandLine(listCheckArguments(release, reader), { cwd: dirname(chart.folder), version: packageJson.version })
  if (command.command !== 'check') throw new Error('not a check')
  const { inputs } = command
  const [target] = inputs.targets
  const { kubeconfig } = inputs
  if (target === undefined || kubeconfig.type === 'none') throw new Error('a check without a target or a cluster')
  const env = await listCheckEnvironment(release)
  const { input, source } = await checkTarget(target, {
    ...{ inputs, now: new Date(), stopwatch: startStopwatch(), progress: () => {} },
    openSource: (context) => openCluster(kubeconfig, context, namespace, { onSecret: () => {}, env }),
    getHelm: () => findHelm({ version: inputs.helmVersion, checksum: inputs.helmChecksum, env }),
  })
  const read = await source.readRelease(name, namespace)
  const record = read.outcome === 'read' ? toRecord(read, target, input.info) : null
  return { ...input, record, workspace: inputs.workspace }
}
