import { tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { Fault } from '../model.ts'
import type { Inputs } from './model.ts'
import { type ActionInput, actionInputs, type Given, splitLines, splitList } from './options.ts'
import { resolveInputs } from './resolve.ts'

/**
 * Reads the Action's inputs as the runner hands them over, and the config file.
 *
 * @param env the environment: `INPUT_*` as @actions/core's getInput reads them, GITHUB_WORKSPACE, RUNNER_TEMP
 * @throws UserError with every fault of the inputs and of the config file
 */
export function loadActionInputs(env: NodeJS.ProcessEnv): Inputs {
  const given = readGiven(env)
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  const config = getInput(env, 'config')
  // An empty text is how a workflow says that it wants no config file; only an input that is not there has its default.
  const wanted = env.INPUT_CONFIG === undefined ? actionInputs.config.default : config
  const request = {
    path: resolve(workspace, wanted),
    workspace,
    explicit: wanted !== actionInputs.config.default,
    confined: true,
    input: 'config',
  }
  const place = {
    workspace,
    base: workspace,
    reportDir: join(env.RUNNER_TEMP || tmpdir(), 'plumbline'),
    event: env.GITHUB_EVENT_NAME ?? '',
    config: wanted === '' ? null : request,
  }
  return resolveInputs(given, place, checkEnvironment(env))
}

/**
 * The rule of @actions/core's getInput, for any environment rather than the process's own (main.ts takes the kubeconfig out of
 * that one). https://github.com/actions/toolkit/blob/main/packages/core/src/core.ts
 */
export function getInput(env: NodeJS.ProcessEnv, name: string): string {
  return (env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim()
}

function readGiven(env: NodeJS.ProcessEnv): Given {
  const read = (Object.keys(actionInputs) as ActionInput[])
    .map((name) => ({ name, type: actionInputs[name].type, text: getInput(env, name) }))
    .filter(({ text }) => text !== '')
  const texts = read.filter(({ type }) => type === 'text').map(({ name, text }) => [name, text] as const)
  const lists = read
    .filter(({ type }) => type !== 'text')
    .map(({ name, type, text }) => [name, type === 'list' ? splitList(text) : splitLines(text)] as const)
    // `values: ","` gives nothing.
    .filter(([, items]) => items.length > 0)
  return { source: 'action', texts: Object.fromEntries(texts), lists: Object.fromEntries(lists) }
}

function checkEnvironment(env: NodeJS.ProcessEnv): Fault[] {
  if (isAbsolute(env.GITHUB_WORKSPACE ?? '')) return []
  const remedy = 'Run Plumbline as a step of a GitHub workflow, or use the command line: `plumbline check --help`.'
  return [{ message: 'is not set to the folder of the repository.', where: 'GITHUB_WORKSPACE', remedy }]
}
