import { readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { isBelow } from '../is-below.ts'
import type { ChartSource, ManifestSource } from '../model.ts'
import { extractFiles, type Repository } from './git-files.ts'
import { readDependencies } from './read-dependencies.ts'

/** Where a target's sources lie in its repository, with slashes; the chart is empty when it is the repository itself. */
export type SourcePaths = { readonly main: string; readonly values: readonly string[] }

/** Links to links and libraries of libraries end somewhere. */
const MAX_ROUNDS = 6

/**
 * Puts what a target needs of one commit into a folder: its chart and values, or its manifests, and what they lead to
 * within the repository: symbolic links and `file:` dependencies.
 * @returns every path that was asked for, those included that this commit does not have
 * @throws UserError when the commit cannot be read
 */
export function extractSources(repository: Repository, commit: string, paths: SourcePaths, folder: string): Promise<readonly string[]> {
  return collectSources((wanted) => extractFiles(repository, commit, wanted, folder), paths, folder)
}

/**
 * The same from wherever a commit's files come.
 * @param extract puts files into the folder, as `extractFiles` does
 */
export async function collectSources(
  extract: (paths: readonly string[]) => Promise<readonly string[]>,
  { main, values }: SourcePaths,
  folder: string,
): Promise<readonly string[]> {
  const wanted = new Set<string>()
  let next: readonly string[] = [main, ...values]
  for (let round = 0; next.length > 0 && round < MAX_ROUNDS; round++) {
    for (const path of next) wanted.add(path)
    const links = await extract(next)
    const found = [...links, ...(await listLocalCharts(folder, main))]
    next = [...new Set(found)].filter((path) => ![...wanted].some((known) => isBelow(path, known)))
  }
  return [...wanted]
}

/** Folders of the chart's `file:` dependencies that stay in the repository; others are told of when it is rendered. */
async function listLocalCharts(folder: string, chart: string): Promise<readonly string[]> {
  const hasChart = await readFile(join(folder, chart, 'Chart.yaml')).catch(() => null)
  if (hasChart === null) return []
  const { declared } = await readDependencies(join(folder, chart))
  return declared
    .filter(({ repository }) => repository.startsWith('file://'))
    .map(({ repository }) => posix.join(chart, repository.slice('file://'.length)))
    .filter((path) => path !== '..' && !path.startsWith('../') && !path.startsWith('/'))
}

/** The same sources in another folder; values files that are not there are left out. */
export async function relocateSource(
  source: ChartSource | ManifestSource,
  { main, values }: SourcePaths,
  folder: string,
): Promise<ChartSource | ManifestSource> {
  if (source.type === 'manifests') return { type: 'manifests', path: join(folder, main) }
  const moved = values.map((path) => join(folder, path))
  const present = await Promise.all(moved.map((path) => stat(path).catch(() => null)))
  return {
    ...source,
    chart: join(folder, main),
    values: moved.filter((_path, index) => present[index] !== null),
    // What depends on them is not compared, whatever a commit has there.
    deployTimeValues: [],
  }
}
