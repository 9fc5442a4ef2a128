import { delimiter, dirname, join } from 'node:path'
import { getHelm } from '../__tests__/tools/helm-and-kubectl.ts'
import packageJson from '../package.json' with { type: 'json' }
import { parseCommandLine } from '../src/inputs/command-line.ts'
import { formatJson } from '../src/report/json.ts'
import { run } from '../src/run.ts'
import type { Check } from './model.ts'
import type { Release } from './release.ts'
import { runProgram } from './run-program.ts'

const cli = join(import.meta.dirname, '../src/cli.ts')

/**
 * Runs the tool on a release as its users do, with a credential that may only read.
 *
 * @param spawn a process for each check, in place of a call in this one
 */
export async function checkRelease(release: Release, reader: string, spawn: boolean): Promise<Check> {
  const { folder } = release.chart
  const args = [...listCheckArguments(release, reader), '--output', 'json']
  const env = await listCheckEnvironment(release)
  const start = performance.now()
  const text = spawn ? await askProcess(args, dirname(folder), env) : await askHere(args, dirname(folder), env)
  return readReport(text, (performance.now() - start) / 1000)
}

/** How the tool is told to check a release. */
export function listCheckArguments({ chart, name, namespace }: Release, reader: string): readonly string[] {
  const values = chart.values === null ? [] : ['--values', chart.values]
  return ['check', '--chart', chart.folder, '--release', name, '--namespace', namespace, '--kubeconfig', reader, ...values]
}

/** The helm of the release and node on the PATH, and nothing of the machine's own settings. */
export async function listCheckEnvironment({ chart, helm }: Release): Promise<NodeJS.ProcessEnv> {
  return { PATH: [dirname(await getHelm(helm)), dirname(process.execPath)].join(delimiter), HOME: chart.folder, NO_COLOR: '1' }
}

async function askProcess(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout, stderr } = await runProgram(process.execPath, [cli, ...args], { cwd, env, seconds: 120 })
  if (stdout === '') throw new Error(`the tool gave no report: ${stderr}`)
  return stdout
}

/** The same way that src/cli.ts goes. */
async function askHere(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const command = parseCommandLine(args, { cwd, version: packageJson.version })
  if (command.command !== 'check') throw new Error('not a check')
  const surroundings = { version: packageJson.version, env, now: new Date(), progress: () => {}, mask: () => {}, readActivity: null }
  return formatJson((await run(command.inputs, surroundings)).report)
}

type JsonReport = {
  readonly targets: readonly (Pick<Check, 'verdict' | 'delivery' | 'findings' | 'unread' | 'notes'> & {
    readonly counts: { readonly objects: number }
    readonly error: { readonly message: string } | null
  })[]
}

function readReport(text: string, seconds: number): Check {
  const [target] = (JSON.parse(text) as JsonReport).targets
  if (target === undefined) throw new Error('a report without a target')
  const { verdict, delivery, findings, unread, notes, counts, error } = target
  return { verdict, delivery, findings, unread, notes, objects: counts.objects, error: error?.message ?? null, seconds }
}
