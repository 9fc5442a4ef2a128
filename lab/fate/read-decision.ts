import { delimiter, dirname } from 'node:path'
import { getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { openEarlierCommits } from '../../src/chart/earlier-commits.ts'
import { findHelm } from '../../src/chart/find-helm.ts'
import { renderTarget } from '../../src/chart/render.ts'
import { openCluster } from '../../src/cluster/source.ts'
import { findBuiltInSchema } from '../../src/compare/schema/built-in.ts'
import type { DecisionInput } from '../../src/explain/decision-input.ts'
import { parseCommandLine } from '../../src/inputs/command-line.ts'
import { explainLookingBack, toRecord } from '../../src/look-back.ts'
import { isSecretValue } from '../../src/report/redact.ts'
import type { Release } from '../release.ts'

/** Reads and judges a release as a check does, up to what decisions are made from, with a credential that may only read. */
export async function readDecision({ chart, name, namespace, helm: major }: Release, reader: string): Promise<DecisionInput> {
  const values = chart.values === null ? [] : ['--values', chart.values]
  const args = ['check', '--chart', chart.folder, '--release', name, '--namespace', namespace, '--kubeconfig', reader, ...values]
  const env = { PATH: [dirname(await getHelm(major)), dirname(process.execPath)].join(delimiter), HOME: chart.folder }
  const command = parseCommandLine(args, { cwd: dirname(chart.folder), version: packageJson.version })
  if (command.command !== 'check') throw new Error('not a check')
  const { inputs } = command
  const target = inputs.targets[0]
  if (target === undefined || inputs.kubeconfig.type === 'none') throw new Error('a check without a target')
  const source = await openCluster(inputs.kubeconfig, null, namespace, { onSecret: () => {}, env })
  const reads = source.openTarget()
  const helm = await findHelm({ version: inputs.helmVersion, checksum: inputs.helmChecksum, env })
  const options = { helm, workspace: inputs.workspace, dependencies: inputs.dependencies }
  const desired = await renderTarget(target, source.info, options)
  const refs = desired.objects.map(({ ref }) => ref)
  const custom = [...new Set(refs.filter((ref) => findBuiltInSchema(ref) === null).map(({ apiVersion }) => apiVersion))]
  const setAside = desired.setAside.map(({ object }) => object)
  const [live, { findSchema }, read] = await Promise.all([
    reads.read(refs, { release: name, namespace, extraKinds: target.extraKinds, setAside }),
    reads.readSchemas(custom),
    reads.readRelease(name, namespace),
  ])
  const isSecret: Parameters<typeof explainLookingBack>[0]['isSecret'] = ({ object, path, desired: wanted, live: is }, sides) =>
    [wanted, is].some((value) => isSecretValue(object, path, value, { paths: inputs.redact }, sides))
  const { findings, sides, delivery } = await explainLookingBack(
    { target, desired: desired.objects, live, rules: inputs, findSchema, isSecret },
    {
      info: source.info,
      readRecord: async () => read,
      readScalers: reads.readScalers,
      readSchemas: reads.readSchemas,
      openCommits: (made) => openEarlierCommits(target, source.info, { ...options, made }),
      progress: () => {},
      measure: (_, work) => work(),
    },
  )
  return {
    ...{ target, desired: desired.objects, live, findings, sides, delivery, rules: inputs, findSchema, info: source.info },
    record: read.outcome === 'read' ? toRecord(read, target, source.info) : null,
    isSecret: (finding) => isSecret(finding, sides.get(finding.object) ?? {}),
    now: new Date().toISOString(),
  }
}
