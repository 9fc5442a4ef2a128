import { lstat, readdir, readlink, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { UserError } from '../errors.ts'
import { isInside } from '../inputs/workspace.ts'

/** A file below a folder, by its path from there with slashes; `link` is where a symbolic link leads, as it is written. */
export type Listed = { readonly path: string; readonly file: string; readonly size: number; readonly link: string | null }

/** `linked`: the files and folders that links lead to, by their paths. */
export type Listing = { readonly files: ReadonlyMap<string, Listed>; readonly linked: readonly string[] }

/** As much as is ever taken out of a commit. */
const MAX_FILES = 20_000
const MAX_ROUNDS = 6

/**
 * Lists files below some paths, and what links among them lead to within the folder: helm follows links.
 *
 * @param paths absolute; those that are not there, or lie outside of the folder, give nothing
 * @throws UserError where there are too many to be a chart
 */
export async function listFiles(paths: readonly string[], folder: string): Promise<Listing> {
  const top = await realpath(folder)
  const found = new Map<string, Listed>()
  const linked = new Set<string>()
  let next = paths.map((path) => join(top, relative(folder, path)))
  for (let round = 0; next.length > 0 && round < MAX_ROUNDS; round++) {
    const before = found.size
    for (const path of next) await collect(path, top, found)
    const links = [...found.values()].slice(before).filter(({ link }) => link !== null)
    const ends = await Promise.all(links.map(({ file }) => realpath(file).catch(() => null)))
    next = [...new Set(ends)].filter((path) => path !== null && isInside(path, top)) as string[]
    for (const path of next) linked.add(relative(top, path).split(sep).join('/'))
  }
  return { files: found, linked: [...linked] }
}

async function collect(path: string, top: string, found: Map<string, Listed>): Promise<void> {
  if (!isInside(path, top)) return
  const way = relative(top, path).split(sep)
  if (way.includes('.git')) return
  const status = await lstat(path).catch(() => null)
  if (status?.isDirectory()) {
    for (const name of await readdir(path)) await collect(join(path, name), top, found)
    return
  }
  if (!status?.isFile() && !status?.isSymbolicLink()) return
  if (found.size >= MAX_FILES) throw tellTooMany()
  const link = status.isSymbolicLink() ? await readlink(path) : null
  found.set(way.join('/'), { path: way.join('/'), file: path, size: status.size, link })
}

function tellTooMany(): UserError {
  const message = `the chart and what it needs are more than ${MAX_FILES} files.`
  return new UserError({ where: 'chart', message, remedy: 'Give the folder of the chart itself.' })
}
