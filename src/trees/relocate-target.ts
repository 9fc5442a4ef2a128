import { realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { showPath } from '../chart/check-source.ts'
import { isInside } from '../inputs/workspace.ts'
import type { Note, Target } from '../model.ts'
import { isThere } from './is-there.ts'
import type { BaseTree } from './open-base-tree.ts'

/** A target as one side of a pull request has it. */
export type RelocatedTarget = {
  /** Null where this side has no such chart, or no such manifests. */
  readonly target: Target | null
  /** Values files that this side does not have, from the workspace. */
  readonly missingValues: readonly string[]
  readonly notes: readonly Note[]
}

/**
 * The same target in the base tree, which is given its files. Values files that the base does not have are left out and
 * noted: helm would not render without them, and that a pull request brings one is no fault of the base.
 *
 * @param workspace the target's own
 * @throws UserError where the base's files hold what they must not
 */
export async function relocateTarget(target: Target, tree: BaseTree, workspace: string): Promise<RelocatedTarget> {
  const untracked = (await tree.addSource(target.source)).map(noteUntracked)
  const move = (path: string) => findInTree(path, workspace, tree.folder)
  const { source } = target
  if (source.type === 'manifests') {
    const path = await move(source.path)
    return { target: (await isThere(path)) ? { ...target, source: { ...source, path } } : null, missingValues: [], notes: untracked }
  }
  const chart = await move(source.chart)
  if (!(await hasChart(chart))) return { target: null, missingValues: [], notes: [] }
  const moved = await Promise.all(source.values.map(move))
  const there = await Promise.all(moved.map(isThere))
  const values = moved.filter((_, index) => there[index] === true)
  const missingValues = source.values.filter((_, index) => there[index] === false).map((path) => showPath(path, workspace))
  const notes = missingValues.map((path) => ({
    kind: 'base',
    message: `The base has no values file ${path}, so it is rendered without it.`,
  }))
  return { target: { ...target, source: { ...source, chart, values } }, missingValues, notes: [...untracked, ...notes] }
}

/**
 * What the pull request itself has of a target. A values file that it does not have is for the render to refuse, as helm
 * would when it is deployed.
 *
 * @param workspace the target's own
 */
export async function findHeadTarget(target: Target, workspace: string): Promise<RelocatedTarget> {
  const { source } = target
  if (source.type === 'manifests') return { target: (await isThere(source.path)) ? target : null, missingValues: [], notes: [] }
  if (!(await hasChart(source.chart))) return { target: null, missingValues: [], notes: [] }
  const there = await Promise.all(source.values.map(isThere))
  const missingValues = source.values.filter((_, index) => there[index] === false).map((path) => showPath(path, workspace))
  return { target, missingValues, notes: [] }
}

function noteUntracked(path: string): Note {
  const message = `${path} is in no commit of this repository (an earlier step made it, or it is a submodule's), so base and pull request are both taken to have it as it is now.`
  return { kind: 'base', message }
}

/** The same path in the tree. A folder may be behind a link in the workspace; then the tree has what it leads to. */
async function findInTree(path: string, workspace: string, folder: string): Promise<string> {
  const [top, real] = await Promise.all([realpath(workspace), realpath(path).catch(() => path)])
  const ways = [relative(workspace, path), relative(top, real)].filter((way) => isInside(join(folder, way), folder))
  const found = ways.map((way) => join(folder, way))
  for (const one of found) if (await isThere(one)) return one
  return found[0] ?? path
}

/** A folder from which the chart was taken away may be left with other things in it. */
async function hasChart(path: string): Promise<boolean> {
  return path.endsWith('.tgz') ? isThere(path) : isThere(join(path, 'Chart.yaml'))
}
