import { UserError } from '../errors.ts'
import { type GitResult, runGit } from './git.ts'
import { MAX_BYTES, MAX_FILES, TOO_MUCH, writeFiles } from './write-files.ts'

/** A Git repository that holds a target's sources. */
export type Repository = {
  /** Its top folder, all links followed. */
  readonly top: string
  /** Absolute path that the repository lies in. */
  readonly workspace: string
  /** True when the checkout holds only the newest commits. */
  readonly shallow: boolean
}
type Entry = { readonly mode: string; readonly id: string; readonly size: number; readonly path: string }

const LINK = '120000'
const FILES = new Set(['100644', '100755', LINK])

/**
 * Writes files of a commit into a folder, byte by byte as they are stored: no filter and no attribute of the repository
 * takes part, which `git archive` and `git worktree` would let run.
 * @param paths relative to the repository, with slashes; empty for all of it
 * @returns where the symbolic links among them would lead if the repository were all there is, relative to it
 * @throws UserError when the commit cannot be read, holds too much, or holds a path that no file can have
 */
export async function extractFiles(
  repository: Repository,
  commit: string,
  paths: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  const entries = await listEntries(repository, commit, paths)
  const bytes = entries.reduce((sum, { size }) => sum + size, 0)
  if (entries.length > MAX_FILES || bytes > MAX_BYTES) throw refuse(commit, TOO_MUCH)
  const contents = await readContents(repository, commit, entries)
  const files = entries.map(({ mode, id, path }) => ({ path, isLink: mode === LINK, content: contents.get(id) ?? Buffer.alloc(0) }))
  return writeFiles(files, folder, (message) => refuse(commit, message))
}

async function listEntries(repository: Repository, commit: string, paths: readonly string[]): Promise<readonly Entry[]> {
  const below = paths.includes('') ? [] : paths
  const listed = await callGit(repository, commit, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...below])
  return listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
      // Submodules have no file here.
      return FILES.has(mode) ? [{ mode, id, size: Number(size), path }] : []
    })
}

/** Contents by object id, from `git cat-file --batch`: a header line, the bytes, a line feed. */
async function readContents(repository: Repository, commit: string, entries: readonly Entry[]): Promise<ReadonlyMap<string, Buffer>> {
  const ids = [...new Set(entries.map(({ id }) => id))]
  const contents = new Map<string, Buffer>()
  if (ids.length === 0) return contents
  const output = await callGit(repository, commit, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let at = 0
  for (const id of ids) {
    const end = output.indexOf('\n', at)
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1] ?? Number.NaN)
    if (Number.isNaN(size)) throw refuse(commit, 'is not here as a whole (a clone with a filter)')
    contents.set(id, output.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return contents
}

async function callGit({ top, workspace }: Repository, commit: string, args: readonly string[], input = ''): Promise<Buffer> {
  const result: GitResult = await runGit({ folder: top, workspace, args, input })
  if (!result.ok) throw refuse(commit, `cannot be read (${result.reason})`)
  return result.stdout
}

function refuse(commit: string, message: string): UserError {
  return new UserError({ where: `commit ${commit.slice(0, 8)}`, message: `The commit ${message}.`, remedy: 'It is left out.' })
}
