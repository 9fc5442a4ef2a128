import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../errors.ts'
import { type GitResult, runGit } from './git.ts'

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
/** A chart is a few hundred files; beyond this it is something else that an old commit would fill the disk with. */
const MAX_FILES = 20_000
const MAX_BYTES = 64 * 1024 * 1024

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
  if (entries.length > MAX_FILES || bytes > MAX_BYTES) throw refuse(commit, `holds more than ${MAX_FILES} files or 64 MB`)
  const contents = await readContents(repository, commit, entries)
  const links: string[] = []
  // Links come last, so that no file is ever written through one.
  for (const entry of entries.toSorted((a, b) => Number(a.mode === LINK) - Number(b.mode === LINK))) {
    const content = contents.get(entry.id) ?? Buffer.alloc(0)
    await writeEntry(entry, content, folder, commit).catch((error: NodeJS.ErrnoException) => {
      // A name that is too long, a file where a folder should be: trees are not checked for what a file system can hold.
      throw error instanceof UserError ? error : refuse(commit, `holds a file that cannot be written (${error.code ?? error.name})`)
    })
    if (entry.mode === LINK) links.push(posix.resolve('/', posix.dirname(entry.path), content.toString('utf8')))
  }
  return links.map((path) => path.slice(1))
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

async function writeEntry({ mode, path }: Entry, content: Buffer, folder: string, commit: string): Promise<void> {
  if (!path.split('/').every(isPlainName)) throw refuse(commit, 'holds a path that no file can have')
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  if ((await realpath(dirname(file))) !== dirname(file)) throw refuse(commit, 'holds a file behind a symbolic link')
  // Written before: a path of one round may be wanted again in the next.
  if (mode === LINK) await symlink(content.toString('utf8'), file).catch(ignoreExisting)
  else await writeFile(file, content, { flag: 'wx' }).catch(ignoreExisting)
}

/** Trees are not checked when they are fetched; `.git` in any spelling is what a checkout never writes. */
function isPlainName(name: string): boolean {
  if (process.platform === 'win32' && /[\\:]/.test(name)) return false
  return name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git'
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function callGit({ top, workspace }: Repository, commit: string, args: readonly string[], input = ''): Promise<Buffer> {
  const result: GitResult = await runGit({ folder: top, workspace, args, input })
  if (!result.ok) throw refuse(commit, `cannot be read (${result.reason})`)
  return result.stdout
}

function refuse(commit: string, message: string): UserError {
  return new UserError({ where: `commit ${commit.slice(0, 8)}`, message: `The commit ${message}.`, remedy: 'It is left out.' })
}
