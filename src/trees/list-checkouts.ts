import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { findRepository } from '../chart/find-commits.ts'
import type { Repository } from '../chart/git-files.ts'

/**
 * The Git repositories of a workspace: itself, or, where it is none, those right below it, as actions/checkout makes them
 * with `path`.
 * @returns none where there is no git, or where the checkout came as an archive
 */
export async function listCheckouts(workspace: string): Promise<readonly Repository[]> {
  const top = await realpath(workspace)
  const own = await findRepository(top, top)
  if (!('what' in own)) return [own]
  const entries = await readdir(top, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(top, name))
  const found = await Promise.all(folders.sort().map((folder) => findRepository(folder, top)))
  return found.flatMap((one) => ('what' in one ? [] : [one]))
}
