import { join, resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { UserError } from '../errors.ts'
import type { Fault } from '../model.ts'
import type { Inputs } from './model.ts'
import { actionInputs, type Given, splitList } from './options.ts'
import { applyRule, parseChoice, type Tell } from './parse.ts'
import { resolveInputs } from './resolve.ts'
import { apiVersion, kubeVersion, revision } from './rules.ts'
import { findWorkspace } from './workspace.ts'

export type OutputFormat = (typeof FORMATS)[number]
/** What the command line asks for. `text` is to be printed as it is. */
export type CommandLine =
  | { readonly command: 'check'; readonly inputs: Inputs; readonly output: { readonly format: OutputFormat; readonly file: string | null } }
  | PreviewCommand
  | RoleCommand
  | { readonly command: 'demo'; readonly folder: string | null }
  | { readonly command: 'help' | 'version'; readonly text: string }

/** What a change will do, seen from a working copy. `inputs` are those of a check, with mode `preview`. */
export type PreviewCommand = {
  readonly command: 'preview'
  readonly inputs: Inputs
  /** What the working copy is compared with: a revision as git takes it. */
  readonly base: string
  readonly output: { readonly format: OutputFormat; readonly file: string | null }
}

/** The least rights of a reader. `assumed` stands in for a cluster: what it serves follows from a version. */
export type RoleCommand = {
  readonly command: 'rbac'
  readonly inputs: Inputs
  readonly optional: boolean
  readonly assumed: { readonly kubeVersion: string; readonly apiVersions: readonly string[] } | null
  readonly file: string | null
}

/** What the command line needs from its surroundings. */
export type CommandLineOptions = { readonly cwd: string; readonly version: string }

const FORMATS = ['terminal', 'json', 'markdown', 'html'] as const
const EXAMPLES = `
Examples:
  $ plumbline check --chart deploy/shop --release shop -n shop -f deploy/values-prod.yaml
  $ plumbline check --config .github/plumbline.yml --output html --out report.html
  $ plumbline check --chart deploy/shop --release shop -n shop --live saved.yaml

Exit codes: 0 in sync, 2 drifted, 3 something could not be read, 1 an error.
It only ever reads: get and list are all that its credential needs.
`

const RBAC_EXAMPLES = `
Examples:
  $ plumbline rbac --chart deploy/shop --release shop -n shop -f deploy/values-prod.yaml | kubectl apply -f -
  $ plumbline rbac --chart deploy/shop --release shop -n shop --kube-version 1.34

It renders the chart and asks the cluster what it serves; with --kube-version it asks none.
`

const PREVIEW_EXAMPLES = `
Examples:
  $ plumbline preview --base main --chart deploy/shop --release shop -n shop -f deploy/values-prod.yaml
  $ plumbline preview --base origin/main --config .github/plumbline.yml --all

It compares the files as they are now with those of the commit at which they and --base went apart.
Exit codes: 0, and 1 for an error. Missing chart dependencies are not downloaded.
`

/** Flags of `check`, `preview` and `rbac` that are read as the Action's input of the same name. */
const TEXTS = [
  ['--chart <dir>', 'the chart to compare with the cluster: a folder or a packaged .tgz'],
  ['--manifests <path>', 'rendered YAML in place of a chart: a file or a folder'],
  ['--release <name>', 'the name of the Helm release'],
  ['-n, --namespace <name>', 'the namespace of the release'],
  ['--kubeconfig <file>', 'default: as kubectl does, KUBECONFIG or ~/.kube/config'],
  ['--kube-context <name>', 'default: the current context'],
  ['--live <file>', 'a saved live state in place of a cluster (kubectl get ... -o yaml --show-managed-fields)'],
  ['--audit-log <path>', 'audit log of the API server, a file or a folder of files: names who made a change'],
  ['--kube-version <version>', 'with --live: the Kubernetes version to render for'],
  ['--helm-version <version>', 'download this Helm unless the one on PATH is it (default: the one on PATH)'],
  ['--helm-checksum <sha256>', 'for a --helm-version whose checksum is not built in'],
  ['--dependencies <when>', 'auto: fetch missing chart dependencies, in a copy; never: refuse (default: auto)'],
] as const
const LISTS = [
  ['-f, --values <file>', 'values file, may be repeated; later ones win'],
  ['--set <key=value>', 'as for helm, may be repeated'],
  ['--deploy-time-values <key>', 'a value that the pipeline sets when it deploys, such as image.tag; may be repeated'],
  ['--api-versions <api>', 'with --live: group/version/Kind that the cluster serves, may be repeated'],
] as const

/**
 * Reads the command line. Relative paths start from the current folder; those in a config file from its repository.
 *
 * @throws {UserError} with all faults at once
 */
export function parseCommandLine(args: readonly string[], { cwd, version }: CommandLineOptions): CommandLine {
  let parsed: CommandLine | null = null
  let printed = ''
  const program = new Command('plumbline')
    .description('Finds what was changed in a cluster behind Git’s back, with nothing but read access, and explains it.')
    .version(version, '-V, --version')
    .showHelpAfterError(false)
  const keep = (text: string) => {
    printed += text
  }
  const check = program.command('check').description('compare what a chart renders with what is live').addHelpText('after', EXAMPLES)
  const rbac = program
    .command('rbac')
    .description('print the least rights with which a chart can be checked, as YAML for kubectl apply')
    .addHelpText('after', RBAC_EXAMPLES)
  const preview = program
    .command('preview')
    .description('say what a change of chart or values will do to the cluster as it is')
    .addHelpText('after', PREVIEW_EXAMPLES)
  for (const command of [check, preview, rbac]) {
    for (const [flags, description] of TEXTS) command.option(flags, description)
    for (const [flags, description] of LISTS) command.option(flags, description, collect)
    command.option('--config <file>', 'config file with one or many targets (default: .github/plumbline.yml when no chart is named)')
  }
  for (const command of [check, preview]) {
    command
      .option('-o, --output <format>', `how to write the report: ${FORMATS.join(', ')}`, 'terminal')
      .option('--out <file>', 'write the report into a file instead of to standard output')
  }
  check.action((flags: Flags) => {
    parsed = readCheck(flags, cwd)
  })
  preview
    .requiredOption('--base <revision>', 'what to compare with: a branch, tag or commit')
    .option('--all', 'every target of the config file, be it touched or not')
    .action((flags: Flags) => {
      parsed = readPreview(flags, cwd)
    })
  rbac
    .option('--optional', 'add the rights by which a report says more about drift: pods, events, autoscalers, roles')
    .option('--out <file>', 'write it into a file instead of to standard output')
    .action((flags: Flags) => {
      parsed = readRole(flags, cwd)
    })
  program
    .command('demo')
    .description('see it find drift in a recorded cluster')
    .option('--report-dir <dir>', 'where the report files are written (default: the current folder)')
    .action((flags: { readonly reportDir?: string }) => {
      parsed = { command: 'demo', folder: flags.reportDir === undefined ? null : resolve(cwd, flags.reportDir) }
    })
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ writeOut: keep, writeErr: () => {} })
  try {
    program.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') {
      return { command: error.code === 'commander.version' ? 'version' : 'help', text: printed }
    }
    if (error.code === 'commander.help') return { command: 'help', text: program.helpInformation() + EXAMPLES }
    throw new UserError(
      explainUsage(
        error,
        program.commands.find((command) => command.name() === args[0]),
      ),
    )
  }
  return parsed ?? { command: 'help', text: program.helpInformation() + EXAMPLES }
}

type Flags = { readonly [flag: string]: string | readonly string[] | boolean | undefined }

function readCheck(flags: Flags, cwd: string): CommandLine {
  const faults: Fault[] = []
  const format = parseChoice(String(flags.output), FORMATS, '--output', (fault) => faults.push(fault))
  const inputs = resolveFlags(readGiven(flags), cwd, faults)
  const { out } = flags
  return { command: 'check', inputs, output: { format, file: typeof out === 'string' ? resolve(cwd, out) : null } }
}

function readPreview(flags: Flags, cwd: string): PreviewCommand {
  const faults: Fault[] = []
  const format = parseChoice(String(flags.output), FORMATS, '--output', (fault) => faults.push(fault))
  const base = applyRule(String(flags.base).trim(), revision, '--base', (fault) => faults.push(fault))
  const given = readGiven(flags)
  const inputs = resolveFlags({ ...given, texts: { ...given.texts, mode: 'preview' } }, cwd, faults)
  const output = { format, file: typeof flags.out === 'string' ? resolve(cwd, flags.out) : null }
  return { command: 'preview', inputs: { ...inputs, previewAll: flags.all === true }, base, output }
}

/** With a version and no saved state, no cluster is asked what it serves. */
function readRole(flags: Flags, cwd: string): RoleCommand {
  const faults: Fault[] = []
  const { texts, lists, source } = readGiven(flags)
  const { 'kube-version': version, ...otherTexts } = texts
  const { 'api-versions': apis = [], ...otherLists } = lists
  const isAssumed = version !== undefined && texts.live === undefined
  const tell: Tell = (fault) => faults.push(fault)
  const assumed = isAssumed
    ? {
        kubeVersion: applyRule(version, kubeVersion, '--kube-version', tell).replace(/^v?/, 'v'),
        apiVersions: apis.map((one) => applyRule(one, apiVersion, '--api-versions', tell)),
      }
    : null
  const inputs = resolveFlags(isAssumed ? { source, texts: otherTexts, lists: otherLists } : { source, texts, lists }, cwd, faults)
  const { out } = flags
  return { command: 'rbac', inputs, optional: flags.optional === true, assumed, file: typeof out === 'string' ? resolve(cwd, out) : null }
}

function resolveFlags(given: Given, cwd: string, faults: readonly Fault[]): Inputs {
  const config = given.texts.config
  const anchor = given.texts.chart ?? given.texts.manifests ?? config
  const workspace = findWorkspace(resolve(cwd, anchor ?? '.'), cwd)
  const named = given.texts.chart !== undefined || given.texts.manifests !== undefined
  const path = config === undefined ? join(workspace, actionInputs.config.default) : resolve(cwd, config)
  const request = { path, workspace, explicit: config !== undefined, confined: false, fromBase: false, input: '--config' }
  const place = { workspace, base: cwd, reportDir: cwd, event: '', config: named && config === undefined ? null : request }
  return resolveInputs(given, place, faults)
}

/** Flags that say nothing about a target or a run. */
const NO_INPUTS: readonly string[] = ['output', 'out', 'base']

/** Commander names flags in camel case; inputs are written with dashes. */
function readGiven(flags: Flags): Given {
  const texts: { [name: string]: string } = {}
  const lists: { [name: string]: readonly string[] } = {}
  for (const [flag, value] of Object.entries(flags)) {
    const name = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (NO_INPUTS.includes(name)) continue
    if (typeof value === 'string' && value.trim() !== '') texts[name] = value.trim()
    if (Array.isArray(value) && value.length > 0) lists[name] = name === 'set' ? value : value.flatMap(splitList)
  }
  return { source: 'command-line', texts, lists }
}

/** Without a first value, since help would show it as a default. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

/** Commander's messages are good; they only need our shape: `error: unknown option '--realease' (Did you mean --release?)`. */
function explainUsage(error: CommanderError, command: Command | undefined): Fault {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\n/g, ' ')
    .replace(/\.?$/, '.')
  return { message, where: null, remedy: `See \`${['plumbline', command?.name(), '--help'].filter(Boolean).join(' ')}\`.` }
}
