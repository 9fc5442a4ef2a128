import { runGit } from '../chart/git.ts'
import { extractFiles, type Repository } from '../chart/git-files.ts'
import { UserError } from '../errors.ts'
import { downloadArchive } from './download-archive.ts'
import { fetchCommit } from './fetch-commit.ts'
import type { Remote } from './remote.ts'
import { unpackFiles } from './unpack-archive.ts'

/** A commit's files, wherever they come from. */
export type CommitFiles = {
  readonly origin: 'checkout' | 'fetch' | 'archive'
  /**
   * Puts files into a folder.
   * @param paths relative to the repository, with slashes; an empty one for all of it
   * @returns where the symbolic links among them lead, relative to the repository
   * @throws UserError when they hold what they must not
   */
  readonly extract: (paths: readonly string[], folder: string) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/**
 * Finds a commit's files: in the checkout, else by `git fetch`, else as an archive from GitHub's API.
 *
 * @param checkout null where there is none
 * @param remote null outside of GitHub, where nothing is fetched
 * @throws UserError that names each way that was tried, and why it did not work
 */
export async function openCommitFiles(
  commit: string,
  { checkout, remote }: { readonly checkout: Repository | null; readonly remote: Remote | null },
): Promise<CommitFiles> {
  const absent = checkout === null ? 'there is no Git repository here' : await findAbsence(checkout, commit)
  if (checkout !== null && absent === null) return fromRepository('checkout', checkout, commit, async () => undefined)
  const tried = [`the checkout: ${absent}`]
  if (remote !== null) {
    const fetched = await fetchCommit(remote, commit)
    if (!('reason' in fetched)) return fromRepository('fetch', fetched.repository, commit, fetched.remove)
    tried.push(`git fetch: ${fetched.reason}`)
    const archive = await downloadArchive(remote, commit)
    if (!('reason' in archive)) {
      return { origin: 'archive', extract: (paths, folder) => unpackFiles(archive.file, paths, folder), close: archive.remove }
    }
    tried.push(`the archive from GitHub: ${archive.reason}`)
  }
  throw new UserError({
    where: `commit ${commit.slice(0, 8)}`,
    message: `The files that the pull request started from cannot be had. Tried were ${tried.join('; ')}.`,
    remedy: 'Give the job the permission `contents: read`, or set `fetch-depth: 0` on actions/checkout.',
  })
}

function fromRepository(origin: CommitFiles['origin'], repository: Repository, commit: string, close: CommitFiles['close']): CommitFiles {
  return { origin, extract: (paths, folder) => extractFiles(repository, commit, paths, folder), close }
}

/** Why a commit is not here with all of its files; null where it is. A clone with a filter has it, but not all files. */
async function findAbsence({ top, workspace }: Repository, commit: string): Promise<string | null> {
  const known = await runGit({ folder: top, workspace, args: ['cat-file', '-e', `${commit}^{tree}`] })
  if (!known.ok) return known.missing ? known.reason : 'it does not have the commit'
  const args = ['rev-list', '--objects', '--no-walk', '--missing=print', commit]
  const listed = await runGit({ folder: top, workspace, args })
  if (!listed.ok) return `it does not have all of the commit (${listed.reason})`
  return /^\?/m.test(listed.stdout.toString('latin1')) ? 'it does not have all files of the commit (a clone with a filter)' : null
}
