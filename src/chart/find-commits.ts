import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { runGit } from './git.ts'
import type { Repository } from './git-files.ts'

/** A commit that touched a target's chart or values. */
export type Commit = {
  readonly id: string
  /** RFC 3339, UTC. */
  readonly time: string
}
/** Why Git cannot say what was rendered earlier, or not all of it, and what to do about it. */
export type Gap = { readonly what: string; readonly remedy: string }
/** How far the history is looked through: the number of commits that touch the sources. */
const MAX_COMMITS = 20

/** What a checkout without its history lacks. */
export const SHALLOW: Gap = {
  what: 'the checkout holds only the newest commits',
  remedy: 'Set `fetch-depth: 0` on actions/checkout (`git fetch --unshallow` elsewhere).',
}

/**
 * Finds the repository that a folder lies in.
 * @param workspace the repository is looked for no higher than this
 */
export async function findRepository(folder: string, workspace: string): Promise<Repository | Gap> {
  const args = ['rev-parse', '--show-toplevel', '--is-shallow-repository']
  const result = await runGit({ folder, workspace, args })
  if (!result.ok) {
    if (result.missing) return { what: 'git is not installed', remedy: 'Install git.' }
    if (/not a git repository/.test(result.reason)) {
      return { what: 'the sources lie in no Git repository', remedy: 'Check out the repository that holds them.' }
    }
    return { what: `git cannot read the repository (${result.reason})`, remedy: 'Run `git log` there to see why.' }
  }
  const [top = '', shallow] = result.stdout.toString('utf8').split('\n')
  return { top: await realpath(top), workspace, shallow: shallow === 'true' }
}

/**
 * The newest commits that touched any of some paths, by `rev-list`, since `log` follows settings of the repository that
 * may start programs.
 * @param from the commit to begin with
 * @param wanted relative to the repository; empty for all of it
 * @returns `cut` is true when there are older ones
 */
export async function listCommits(
  { top, workspace }: Repository,
  from: string,
  wanted: readonly string[],
): Promise<{ readonly commits: readonly Commit[]; readonly cut: boolean } | Gap> {
  const paths = wanted.includes('') ? [] : wanted
  const args = ['rev-list', '--timestamp', `--max-count=${MAX_COMMITS + 1}`, from, '--', ...paths]
  const result = await runGit({ folder: top, workspace, args })
  if (!result.ok) return { what: `git cannot list the commits (${result.reason})`, remedy: 'Run `git log` there to see why.' }
  const commits = [...result.stdout.toString('utf8').matchAll(/^(\d+) ([0-9a-f]+)$/gm)].map(([, time, id = '']) => ({
    id,
    time: new Date(Number(time) * 1000).toISOString().replace('.000Z', 'Z'),
  }))
  return { commits: commits.slice(0, MAX_COMMITS), cut: commits.length > MAX_COMMITS }
}

/**
 * The commit that is checked out where a target's sources lie.
 *
 * @param path a folder or a file
 * @returns null where there is no repository, or no git
 */
export async function readHead(path: string, workspace: string): Promise<string | null> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const result = await runGit({ folder: isFolder ? path : dirname(path), workspace, args: ['rev-parse', '--verify', 'HEAD'] })
  return result.ok ? (/^[0-9a-f]{40,64}$/m.exec(result.stdout.toString('utf8'))?.[0] ?? null) : null
}
