import { dirname } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { parseCommandLine } from '../../src/inputs/command-line.ts'
import type { Inputs } from '../../src/inputs/model.ts'
import type { Finding, Preview, Target } from '../../src/model.ts'
import { runPreview } from '../../src/run-preview.ts'
import { listCheckArguments, listCheckEnvironment } from '../check-release.ts'
import type { Release } from '../release.ts'

/** What is told of a pull request, and what a check of its base finds. */
export type Previewed = { readonly preview: Preview; readonly findings: readonly Finding[] }

/** Previews a pull request from one chart to another as its users do, with a credential that may only read. */
export async function previewRelease(base: Release, head: Release, reader: string): Promise<Previewed> {
  const [before, after] = [readInputs(base, reader), readInputs(head, reader)]
  const { report } = await runPreview(
    {
      pullRequest: { number: 1, url: null, base: null, head: null, fromFork: false },
      targets: [{ target: after.target, base: before.target, head: after.target, files: [] }],
      ...{ untouched: [], against: 'cluster', notes: [], folders: { base: dirname(base.chart.folder), head: dirname(head.chart.folder) } },
    },
    after.inputs,
    {
      ...{ version: packageJson.version, now: new Date(), progress: () => {}, mask: () => {}, readActivity: null },
      env: await listCheckEnvironment(head),
    },
  )
  const [target] = report.targets
  if (target?.preview === undefined) throw new Error(`no preview: ${target?.error?.message ?? 'no target'}`)
  return { preview: target.preview, findings: target.findings }
}

function readInputs(release: Release, reader: string): { readonly inputs: Inputs; readonly target: Target } {
  const args = listCheckArguments(release, reader)
  const command = parseCommandLine(args, { cwd: dirname(release.chart.folder), version: packageJson.version })
  const target = command.command === 'check' ? command.inputs.targets[0] : undefined
  if (command.command !== 'check' || target === undefined) throw new Error('not a check')
  return { inputs: command.inputs, target }
}
