import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { repository } from '../e2e/story.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { runProcess } from './command.ts'

const entry = join(import.meta.dirname, '../../src/main.ts')

export type ActionOutcome = {
  readonly code: number | null
  readonly log: string
  readonly outputs: { readonly [output: string]: string }
  readonly summary: string
  /** The runner's folder for what is temporary, which is the home, too. */
  readonly temporary: string
}

/** A copy of the team's repository, to be broken by a test. */
export async function copyRepository(): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), 'plumbline-action-'))
  await cp(repository, workspace, { recursive: true })
  return workspace
}

/** What the example's workflow gives the Action, besides the kubeconfig. */
export const exampleInputs = {
  chart: 'devops/helm/grokdevops',
  release: 'grokdevops',
  namespace: 'grokdevops',
  values: 'devops/helm/values-dev.yaml',
}

/**
 * Runs the Action's entry as the runner does: inputs in the environment, outputs and the summary in files.
 *
 * @param options what else the runner says, such as the repository and the event
 */
export async function runAction(
  workspace: string,
  inputs: { readonly [input: string]: string },
  options: { readonly env?: NodeJS.ProcessEnv; readonly event?: object } = {},
): Promise<ActionOutcome> {
  const temporary = await mkdtemp(join(tmpdir(), 'plumbline-runner-'))
  const files = { GITHUB_OUTPUT: join(temporary, 'output'), GITHUB_STEP_SUMMARY: join(temporary, 'summary') }
  for (const file of Object.values(files)) await writeFile(file, '')
  const event = join(temporary, 'event.json')
  await writeFile(event, JSON.stringify(options.event ?? {}))
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const env = {
    PATH: [dirname(await getHelm(4)), dirname(process.execPath)].join(delimiter),
    HOME: temporary,
    RUNNER_TEMP: temporary,
    GITHUB_WORKSPACE: workspace,
    ...files,
    GITHUB_EVENT_PATH: event,
    ...Object.fromEntries(given),
    ...options.env,
  }
  const { code, stdout, stderr } = await runProcess(process.execPath, [entry], { cwd: workspace, env })
  return {
    code,
    log: stdout + stderr,
    outputs: parseOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    temporary,
  }
}

/** `name<<DELIMITER`, the value, `DELIMITER`. */
function parseOutputs(text: string): { readonly [output: string]: string } {
  return Object.fromEntries([...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]))
}
