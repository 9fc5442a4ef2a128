import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, sep } from 'node:path'

/**
 * The folder that files of a check on the command line must stay in: the root of the git repository around the anchor;
 * without one the current folder if the anchor lies in it, else the anchor's own folder.
 *
 * @param anchor the chart, the manifests or the config file, absolute; it need not exist
 * @param cwd absolute
 */
export function findWorkspace(anchor: string, cwd: string): string {
  return findGitRoot(anchor) ?? (isInside(anchor, cwd) ? cwd : isFolder(anchor) ? anchor : dirname(anchor))
}

/** True when the path is the folder or lies below it. Both are absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** `.git` is a file in a worktree or a submodule. */
function findGitRoot(path: string): string | null {
  if (existsSync(`${path}/.git`)) return path
  const parent = dirname(path)
  return parent === path ? null : findGitRoot(parent)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
