import { dirname } from 'node:path'
import { getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { openEarlierCommits } from '../../src/chart/earlier-commits.ts'
import { renderTarget } from '../../src/chart/render.ts'
import { openCluster } from '../../src/cluster/source.ts'
import type { DecisionInput } from '../../src/explain/decision-input.ts'
import { parseCommandLine } from '../../src/inputs/command-line.ts'
import { explainLookingBack } from '../../src/look-back.ts'
import { isSecretValue } from '../../src/report/redact.ts'
import type { Release } from '../release.ts'

/** What is told of a release, before anything is redacted, and where its paths start from. */
export type Input = DecisionInput & { readonly workspace: string }

/** Checks a release with a credential that may only read, as far as the stage that decides. */
export async function readInput(release: Release, reader: string): Promise<Input> {
  const { chart, name, namespace } = release
  const values = chart.values === null ? [] : ['--values', chart.values]
  const args = ['check', '--chart', chart.folder, '--release', name, '--namespace', namespace, '--kubeconfig', reader, ...values]
  const command = parseCommandLine(args, { cwd: dirname(chart.folder), version: packageJson.version })
  if (command.command !== 'check') throw new Error('not a check')
  const { inputs } = command
  const [target] = inputs.targets
  if (target === undefined) throw new Error('no target')
  const { workspace, dependencies, redact } = inputs
  const options = {
    helm: { path: await getHelm(release.helm), version: release.helm === 3 ? 'v3.17.2' : 'v4.1.4' },
    workspace,
    dependencies,
  }
  const source = await openCluster({ type: 'default', path: reader }, target.context, namespace, { onSecret: () => {}, env: process.env })
  const { info } = source
  const reads = source.openTarget()
  const desired = await renderTarget(target, info, options)
  const wanted = desired.objects.map(({ ref }) => ref)
  const setAside = desired.setAside.map(({ object }) => object)
  const [live, schemas] = await Promise.all([
    reads.read(wanted, { release: name, namespace, extraKinds: target.extraKinds, setAside }),
    reads.readSchemas([...new Set(wanted.map(({ apiVersion }) => apiVersion).filter((version) => version.includes('lab.')))]),
  ])
  const { findSchema } = schemas
  const isSecret: DecisionInput['isSecret'] = ({ object, path, desired: git, live: now }) =>
    [git, now].some((value) => isSecretValue(object, path, value, { paths: redact }))
  const explained = await explainLookingBack(
    { target, desired: desired.objects, live, rules: inputs, findSchema, isSecret, fingerprintKey: null },
    {
      info,
      readRecord: () => reads.readRelease(name, namespace),
      readScalers: reads.readScalers,
      readSchemas: reads.readSchemas,
      openCommits: (made) => openEarlierCommits(target, info, { ...options, made }),
      progress: () => {},
      measure: (_, work) => work(),
    },
  )
  const { findings, sides, delivery } = explained
  const now = new Date().toISOString()
  return {
    target,
    desired: desired.objects,
    live,
    findings,
    sides,
    delivery,
    rules: inputs,
    findSchema,
    info,
    record: null,
    isSecret,
    now,
    workspace,
  }
}
