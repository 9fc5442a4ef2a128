import { relative, resolve, sep } from 'node:path'
import { readMode } from './mode.ts'
import type { FailOn, Inputs, KubeconfigSource, Place } from './model.ts'
import { type ActionInput, actionInputs, type Given, type ListOption, nameOption, splitList, type TextOption } from './options.ts'
import { applyRule, parseBoolean, parseChoice, parseInteger, type Tell } from './parse.ts'
import { apiVersion, fingerprintKey, helmVersion, kubeVersion, labelName, login, type Rule, sha256 } from './rules.ts'
import { isInside } from './workspace.ts'

/** What concerns the whole run rather than a target. */
export type Settings = Omit<
  Inputs,
  | 'workspace'
  | 'targets'
  | 'configFile'
  | 'kubeconfig'
  | 'ignore'
  | 'controllers'
  | 'deployers'
  | 'deployerUsers'
  | 'breakGlassGroup'
  | 'redact'
  | 'notes'
>

/**
 * Checks everything that concerns the whole run.
 *
 * @param place where relative paths start, and where reports go unless something else is said
 */
export function readSettings(given: Given, place: Omit<Place, 'config'>, tell: Tell): Settings {
  const { base, reportDir, event } = place
  const name = (option: TextOption | ListOption) => nameOption(given, option)
  const text = (option: TextOption & ActionInput) => given.texts[option] ?? actionInputs[option].default
  const optional = (option: TextOption, rule: Rule) => {
    const value = given.texts[option]
    return value === undefined ? null : applyRule(value, rule, name(option), tell)
  }
  const list = (option: ListOption, rule: Rule) => readList(given, option).map((value) => applyRule(value, rule, name(option), tell))
  const path = (option: TextOption) => {
    const value = given.texts[option]
    return value === undefined ? null : resolve(base, value)
  }
  const mode = readMode(given, event, tell)
  const version = optional('helm-version', helmVersion)
  const checksum = optional('helm-checksum', sha256)
  if (checksum !== null && version === null) {
    const remedy = `Add \`${name('helm-version')}\`, the version that the checksum belongs to.`
    tell({ message: 'is given without a version: the helm on PATH is not downloaded.', where: name('helm-checksum'), remedy })
  }
  return {
    mode,
    live: path('live'),
    ...readVersions(given, list, optional, tell),
    helmVersion: version === null ? null : version.replace(/^v?/, 'v'),
    helmChecksum: checksum === null ? null : checksum.replace(/^sha256:/, '').toLowerCase(),
    dependencies: readDependencies(text('dependencies'), mode, name('dependencies'), tell),
    token: text('token'),
    failOn: readFailOn(given, tell),
    reportDir: path('report-dir') ?? reportDir,
    dryRun: parseBoolean(text('dry-run'), name('dry-run'), tell),
    previewAll: parseBoolean(text('preview-all'), name('preview-all'), tell),
    labels: list('labels', labelName),
    assignees: readAssignees(list('assignees', login), name('assignees'), tell),
    maxOpenedIssues: parseInteger(text('max-opened-issues'), -1, 10_000, name('max-opened-issues'), tell),
    state: readState(text('state'), base, name('state'), tell),
    allowPublic: parseBoolean(text('allow-public'), name('allow-public'), tell),
    fingerprintKey: optional('fingerprint-key', fingerprintKey),
    auditLog: readAuditLog(given, place, tell),
  }
}

/**
 * The Action takes the text of a kubeconfig and nothing else; on the command line a person's own is used, as kubectl would.
 * Its content is checked where it is used.
 *
 * @param base the folder that relative paths start from
 */
export function readKubeconfig(given: Given, base: string, mode: Inputs['mode'], tell: Tell): KubeconfigSource {
  const text = given.texts.kubeconfig
  const where = nameOption(given, 'kubeconfig')
  if (given.texts.live !== undefined) {
    if (text !== undefined)
      tell({
        message: `is given together with \`${nameOption(given, 'live')}\`.`,
        where,
        remedy: 'Keep one: the cluster, or its saved state.',
      })
    return { type: 'none' }
  }
  if (given.source === 'command-line') return { type: 'default', path: text === undefined ? null : resolve(base, text) }
  // Comments can be answered without a cluster, and only a recheck needs one. A preview of a fork gets no secrets, so the base
  // stands in for the cluster there.
  if (text === undefined && mode !== 'check') return { type: 'none' }
  if (text === undefined) {
    tell({
      message: 'is empty.',
      where,
      remedy:
        'Give the text of a read-only kubeconfig from a secret. If you do, the secret is not available here: its name is misspelt, it belongs to an environment that this job does not name, or the run comes from a fork or from Dependabot, which get no secrets.',
    })
    return { type: 'inline', text: '' }
  }
  // Never quoted: if it is a credential, the log must not show it.
  if (!text.includes('\n') && !text.startsWith('{')) {
    tell({
      message: 'is a single line, so it is not a kubeconfig but perhaps a path or base64.',
      where,
      remedy: 'Give the text of the file itself, as `kubectl config view --minify --flatten --raw` prints it.',
    })
  }
  return { type: 'inline', text }
}

/**
 * In a workflow it stays inside the workspace as all files do; on the command line it is where a person's logs are. Whether
 * it is there is for its reader to say: without it the report stands.
 */
function readAuditLog(given: Given, { base, workspace }: Pick<Place, 'base' | 'workspace'>, tell: Tell): string | null {
  const text = given.texts['audit-log']
  if (text === undefined) return null
  const path = resolve(base, text)
  const isOurs = isInside(path, workspace) && !relative(workspace, path).split(sep).includes('.git')
  if (given.source === 'action' && !isOurs) {
    tell({
      message: `\`${text}\` lies outside the workspace (or inside .git).`,
      where: 'audit-log',
      remedy: 'Put the log into a folder of the workspace in a step before, and name that.',
    })
  }
  return path
}

/** The list as it was given, or its default. */
export function readList(given: Given, option: ListOption): readonly string[] {
  return given.lists[option] ?? (option === 'api-versions' ? [] : splitList(actionInputs[option].default))
}

/** A pull request that adds a dependency would choose what the runner downloads, and from where. */
function readDependencies(text: string, mode: Inputs['mode'], where: string, tell: Tell): Inputs['dependencies'] {
  const rule = parseChoice(text, ['auto', 'never'], where, tell)
  return rule === 'auto' && mode === 'preview' ? 'local' : rule
}

function readVersions(
  given: Given,
  list: (option: ListOption, rule: Rule) => string[],
  optional: (option: TextOption, rule: Rule) => string | null,
  tell: Tell,
): Pick<Inputs, 'kubeVersion' | 'apiVersions'> {
  const versions = { kubeVersion: optional('kube-version', kubeVersion), apiVersions: list('api-versions', apiVersion) }
  if (given.texts.live === undefined) {
    const remedy = 'Remove it: the cluster is asked for its own. It is for use with `--live`.'
    if (versions.kubeVersion !== null) tell({ message: 'has no effect with a cluster.', where: nameOption(given, 'kube-version'), remedy })
    if (versions.apiVersions.length > 0)
      tell({ message: 'has no effect with a cluster.', where: nameOption(given, 'api-versions'), remedy })
  }
  return versions
}

function readFailOn(given: Given, tell: Tell): readonly FailOn[] {
  const where = nameOption(given, 'fail-on')
  const words = readList(given, 'fail-on').map((word) => parseChoice(word, ['never', 'drift', 'incomplete'], where, tell))
  const unique = [...new Set(words)]
  // A wrong word reads as `never`; then it is the wrong word that needs telling.
  const written = readList(given, 'fail-on').includes('never')
  if (written && unique.length > 1) {
    tell({ message: '`never` stands beside other words.', where, remedy: 'Write `never` alone, or `drift`, or `drift, incomplete`.' })
  }
  return unique
}

function readAssignees(assignees: string[], where: string, tell: Tell): string[] {
  // https://docs.github.com/en/rest/issues/assignees: up to 10.
  if (assignees.length > 10) tell({ message: `names ${assignees.length} people.`, where, remedy: 'GitHub allows at most 10 on an issue.' })
  return assignees
}

function readState(text: string, base: string, where: string, tell: Tell): Inputs['state'] {
  if (text === 'cache') return { type: 'cache' }
  const path = /^file:(.+)$/.exec(text)?.[1]
  if (path !== undefined) return { type: 'file', path: resolve(base, path.trim()) }
  tell({
    message: `\`${text}\` is not a known value.`,
    where,
    remedy: 'Write `cache`, or `file:` and a path, for example `file:.plumbline/state.json`.',
  })
  return { type: 'cache' }
}
