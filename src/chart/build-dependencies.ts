import { cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '../errors.ts'
import type { Fault } from '../model.ts'
import { checkLinks, showPath } from './check-source.ts'
import { isInside } from './confine.ts'
import { type Dependency, readDependencies } from './read-dependencies.ts'
import { runHelm } from './run-helm.ts'

/** Downloads take longer than renders; an unreachable repository must still end. */
const TIMEOUT_MS = 120_000
const FILE = 'file://'

/** What becomes of dependencies that `charts/` lacks. `local`: those of the repository itself (`file:`) are built, others refused. */
export type DependencyRule = 'auto' | 'local' | 'never'
export type BuildOptions = { readonly helm: string; readonly workspace: string; readonly dependencies: DependencyRule }
/** A chart that is ready to render. `remove` deletes the copy, if one was made. */
export type ReadyChart = { readonly path: string; readonly built: readonly Dependency[]; readonly remove: () => Promise<void> }

/**
 * Makes a chart's dependencies present. Only when one is missing from `charts/`, `helm dependency build` (`update`
 * without a lock file) runs, in a copy: the workspace is never written to. With `local`, nothing is ever downloaded.
 * @param chart a chart folder or .tgz, already checked
 * @throws UserError naming what is missing, or which dependency could not be fetched and why
 */
export async function buildDependencies(chart: string, options: BuildOptions): Promise<ReadyChart> {
  const asIs: ReadyChart = { path: chart, built: [], remove: async () => undefined }
  if ((await stat(chart)).isFile()) return asIs
  const { declared, missing, locked } = await readDependencies(chart)
  if (missing.length === 0) return asIs
  if (options.dependencies === 'never') throw tellMissing(missing, showPath(chart, options.workspace))
  const remote = missing.filter((dependency) => !isLocal(dependency))
  if (options.dependencies === 'local' && remote.length > 0) throw tellRemote(remote, showPath(chart, options.workspace))
  const locals = await locateLocals(chart, declared, options.workspace)
  const root = await mkdtemp(join(tmpdir(), 'plumbline-chart-'))
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true })
  try {
    const path = await copyCharts(chart, locals, root)
    // Helm's own commands would look into the repositories of the others again, although they are there.
    if (options.dependencies === 'local' && !declared.every(isLocal)) await packMissing(path, missing, options.helm)
    else await fetchMissing(path, missing, locked, options)
    return { path, built: missing, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function fetchMissing(path: string, missing: readonly Dependency[], locked: boolean, options: BuildOptions): Promise<void> {
  const args = ['dependency', locked ? 'build' : 'update', path]
  const network = options.dependencies === 'auto'
  const result = await runHelm({ helm: options.helm, args, timeoutMs: TIMEOUT_MS, network })
  if (result.ok) return
  // Helm names the repository's URL or the chart; where it names none of them, any of the missing ones may be meant.
  const named = missing.filter(({ name, repository }) => names(result.output, repository) || names(result.output, name))
  const [first, ...rest] = (named.length > 0 ? named : missing).map((dependency) =>
    tellFailed(dependency, explain(result.output, result.reason)),
  )
  if (first !== undefined) throw new UserError(first, ...rest)
}

/** What `helm dependency build` does with a `file:` dependency: it goes into `charts/` as an archive. */
async function packMissing(path: string, missing: readonly Dependency[], helm: string): Promise<void> {
  for (const dependency of missing) {
    const folder = resolve(path, dependency.repository.slice(FILE.length))
    const result = await runHelm({ helm, args: ['package', '--destination', join(path, 'charts'), '--', folder] })
    if (!result.ok) throw new UserError(tellFailed(dependency, result.reason))
  }
}

function isLocal({ repository }: Dependency): boolean {
  return repository.startsWith(FILE)
}

function names(output: string, word: string): boolean {
  return word !== '' && output.includes(word)
}

/** For an unreachable repository, helm's last word is about its own cache; the cause stands before it. */
function explain(output: string, reason: string): string {
  const cause = /Unable to get an update from the .*? chart repository[^\n]*\n\s*([^\n]+)/.exec(output)?.[1]
  return cause ?? reason
}

/** Folders of `file://` dependencies. They have to be relative paths that stay in the workspace, without bad links. */
async function locateLocals(chart: string, declared: readonly Dependency[], workspace: string): Promise<readonly string[]> {
  const local = declared.filter(isLocal)
  const checked = await Promise.all(local.map((dependency) => locateLocal(chart, dependency, workspace)))
  const [first, ...rest] = checked.flatMap(({ faults }) => faults)
  if (first !== undefined) throw new UserError(first, ...rest)
  return checked.map(({ folder }) => folder)
}

type Located = { readonly folder: string; readonly faults: readonly Fault[] }

async function locateLocal(chart: string, dependency: Dependency, workspace: string): Promise<Located> {
  const path = dependency.repository.slice(FILE.length)
  const folder = resolve(chart, path)
  const where = 'chart'
  const title = describe(dependency)
  const remedy = 'Give a path relative to the chart that stays inside the repository, such as file://../library.'
  if (isAbsolute(path)) return { folder, faults: [{ where, message: `The dependency ${title} has an absolute path.`, remedy }] }
  const exists = await stat(folder).catch(() => null)
  if (exists === null)
    return { folder, faults: [{ where, message: `The dependency ${title} points to a folder that does not exist.`, remedy }] }
  if (!(await isInside(folder, workspace))) {
    return { folder, faults: [{ where, message: `The dependency ${title} points outside the workspace.`, remedy }] }
  }
  return { folder, faults: await checkLinks(folder, where, workspace) }
}

/** Copies the chart and its local dependencies with the same relative paths between them. Gives the chart's copy. */
async function copyCharts(chart: string, locals: readonly string[], root: string): Promise<string> {
  const common = [chart, ...locals].reduce(findCommonFolder)
  for (const folder of [chart, ...locals]) {
    // Links are followed: they were checked to stay inside the workspace, and would point nowhere from the copy.
    const skipGit = (source: string): boolean => !relative(folder, source).split(sep).includes('.git')
    await cp(folder, join(root, relative(common, folder)), { recursive: true, dereference: true, filter: skipGit })
  }
  return join(root, relative(common, chart))
}

function findCommonFolder(a: string, b: string): string {
  let folder = a
  while (relative(folder, b).startsWith('..') && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

function tellMissing(missing: readonly Dependency[], chart: string): UserError {
  return new UserError({
    where: 'chart',
    message: `${chart}/charts lacks ${missing.map(describe).join(', ')}, and dependencies is set to never.`,
    remedy: `Run "helm dependency build ${chart}" in an earlier step, commit charts/, or set dependencies to auto.`,
  })
}

function tellRemote(remote: readonly Dependency[], chart: string): UserError {
  return new UserError({
    where: 'chart',
    message: `${chart}/charts lacks ${remote.map(describe).join(', ')}, and a preview downloads nothing: a pull request must not choose what a runner fetches.`,
    remedy: `Commit charts/, or run "helm dependency build ${chart}" in a step before, in a job without secrets.`,
  })
}

function tellFailed(dependency: Dependency, reason: string): Fault {
  return {
    where: 'chart',
    message: `The dependency ${describe(dependency)} could not be fetched: ${reason}.`,
    remedy: 'Check the repository and its login, run "helm dependency build" in an earlier step, or commit charts/.',
  }
}

function describe({ name, version, repository }: Dependency): string {
  return `${name} ${version}${repository === '' ? '' : ` (${repository})`}`
}
