import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Fault } from '../model.ts'
import { readMode } from './mode.ts'
import type { Inputs } from './model.ts'
import { type ActionInput, actionInputs, type Given, splitLines, splitList } from './options.ts'
import { resolveInputs } from './resolve.ts'

export type LoadOptions = {
  /** A folder that stands in for the workspace where the config file is read: in a preview, the base of the pull request. */
  readonly configFrom?: string
}

/**
 * Reads the Action's inputs as the runner hands them over, and the config file.
 *
 * @param env the environment: `INPUT_*` as @actions/core's getInput reads them, GITHUB_WORKSPACE, RUNNER_TEMP
 * @throws UserError with every fault of the inputs and of the config file
 */
export function loadActionInputs(env: NodeJS.ProcessEnv, { configFrom }: LoadOptions = {}): Inputs {
  const given = readGiven(env)
  const workspace = findActionWorkspace(env)
  const wanted = findConfigPath(env)
  const from = configFrom ?? workspace
  const request = {
    path: resolve(from, relative(workspace, resolve(workspace, wanted))),
    workspace: from,
    explicit: wanted !== actionInputs.config.default,
    confined: true,
    fromBase: configFrom !== undefined,
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

/** The folder of the checkout, as the runner names it. */
export function findActionWorkspace(env: NodeJS.ProcessEnv): string {
  return resolve(env.GITHUB_WORKSPACE ?? '.')
}

/** The config file that is wanted, as it was written; empty where none is. */
export function findConfigPath(env: NodeJS.ProcessEnv): string {
  // An empty text is how a workflow says that it wants no config file; only an input that is not there has its default.
  return env.INPUT_CONFIG === undefined ? actionInputs.config.default : getInput(env, 'config')
}

/**
 * What the Action is to do, before anything else is read: a preview takes its config file from the base of the pull request.
 *
 * @throws UserError where the mode is none, or not one for this event
 */
export function findActionMode(env: NodeJS.ProcessEnv): Inputs['mode'] {
  const faults: Fault[] = []
  const mode = readMode(readGiven(env), env.GITHUB_EVENT_NAME ?? '', (fault) => faults.push(fault))
  const [first, ...rest] = faults
  if (first !== undefined) throw new UserError(first, ...rest)
  return mode
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
