import { lstat, readdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'

/**
 * Whether a path, all links followed, lies inside a folder. `.git` counts as outside: a checkout may keep a token there.
 * @param path an existing path
 * @param folder an existing folder
 */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const [real, root] = await Promise.all([realpath(path), realpath(folder)])
  const way = relative(root, real)
  const outside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
  return !outside && !way.split(sep).includes('.git')
}

/** A symbolic link that must not be followed: it leads out of the workspace, or nowhere. */
export type BadLink = { readonly path: string; readonly leads: 'outside' | 'nowhere' }

/**
 * Finds the links below a path that lead out of the workspace. Helm follows links, and a chart with one to
 * `/proc/self/environ` renders the environment into a manifest (measured with Helm 3.17 and 4.1).
 * @param path a file or folder; itself a link or not
 */
export async function findBadLinks(path: string, workspace: string): Promise<readonly BadLink[]> {
  const status = await lstat(path)
  if (status.isSymbolicLink()) return judgeLink(path, workspace)
  if (!status.isDirectory()) return []
  const names = (await readdir(path)).filter((name) => name !== '.git').sort()
  const found = await Promise.all(names.map((name) => findBadLinks(join(path, name), workspace)))
  return found.flat()
}

async function judgeLink(path: string, workspace: string): Promise<readonly BadLink[]> {
  try {
    return (await isInside(path, workspace)) ? [] : [{ path, leads: 'outside' }]
  } catch {
    // A broken link, or one that leads to itself.
    return [{ path, leads: 'nowhere' }]
  }
}
