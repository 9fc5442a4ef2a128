import { cp, mkdir } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { borrowDependencies } from '../chart/borrow-dependencies.ts'
import { showPath } from '../chart/check-source.ts'
import { runGit } from '../chart/git.ts'
import type { Repository } from '../chart/git-files.ts'
import { readDependencies } from '../chart/read-dependencies.ts'
import type { ChartSource, Target } from '../model.ts'
import { isThere } from './is-there.ts'

/** `folder` stands in for the workspace. */
export type Sides = { readonly workspace: string; readonly folder: string; readonly checkout: Repository }

/**
 * Puts into the base tree what no commit of this repository has, since both sides need it: what an earlier step of the job
 * made, such as decrypted values files, what lies in a submodule, and dependencies that base and pull request declare word
 * for word alike.
 *
 * @returns the paths that were taken over, from the workspace, without the dependencies
 */
export async function addUntracked(source: Target['source'], sides: Sides): Promise<readonly string[]> {
  const taken: string[] = []
  for (const path of source.type === 'chart' ? [source.chart, ...source.values] : [source.path]) {
    const copy = toBase(path, sides)
    if (!(await isThere(path)) || (await isThere(copy)) || (await isTracked(path, sides))) continue
    await mkdir(dirname(copy), { recursive: true })
    await cp(path, copy, { recursive: true, verbatimSymlinks: true, filter: (from) => basename(from) !== '.git' })
    taken.push(showPath(path, sides.workspace))
  }
  if (source.type === 'chart') await addDependencies(source, sides)
  return taken
}

async function addDependencies(source: ChartSource, sides: Sides): Promise<void> {
  const chart = toBase(source.chart, sides)
  if (!(await isThere(join(chart, 'Chart.yaml'))) || !(await isThere(join(source.chart, 'Chart.yaml')))) return
  const { missing } = await readDependencies(chart)
  if (missing.length === 0) return
  const tracked = await listTracked(join(source.chart, 'charts'), sides)
  await borrowDependencies(chart, missing, source.chart, (entry) => !tracked.includes(entry))
}

function toBase(path: string, { workspace, folder }: Sides): string {
  return join(folder, relative(workspace, path))
}

async function isTracked(path: string, sides: Sides): Promise<boolean> {
  // A submodule is listed as a commit.
  return /^(?!160000 )./m.test(await listTree(path, [], sides))
}

/** Names in a folder of which the commit that is checked out has at least something. */
async function listTracked(path: string, sides: Sides): Promise<readonly string[]> {
  const way = toRepository(path, sides)
  const listed = await listTree(`${path}/`, ['--name-only', '-z'], sides)
  return listed.split('\0').map((name) => relative(way, name).split(sep)[0] ?? '')
}

async function listTree(path: string, options: readonly string[], sides: Sides): Promise<string> {
  const { top, workspace } = sides.checkout
  const way = toRepository(path, sides) + (path.endsWith('/') ? '/' : '')
  const args = ['ls-tree', '--full-tree', ...options, 'HEAD', '--', way]
  const result = await runGit({ folder: top, workspace, args })
  return result.ok ? result.stdout.toString('utf8') : ''
}

function toRepository(path: string, { workspace, checkout }: Sides): string {
  return relative(checkout.top, join(checkout.workspace, relative(workspace, path)))
    .split(sep)
    .join('/')
}
