import { execFileSync } from 'node:child_process'
import { makeWorkspace, type Workspace } from './charts.ts'

/** A workspace that is a Git repository. */
export type TestRepository = Workspace & {
  readonly git: (...args: readonly string[]) => string
  /** Writes files and commits everything. Gives the commit's id. */
  readonly commit: (files: Readonly<Record<string, string>>) => string
}

let minutes = 0

export function makeRepository(files: Readonly<Record<string, string>>): TestRepository {
  const workspace = makeWorkspace()
  const git = (...args: readonly string[]) => {
    // Each commit a minute later than the one before: their order must not hang on the speed of the machine.
    const date = new Date(Date.UTC(2026, 0, 1) + minutes++ * 60_000).toISOString()
    const env = { PATH: process.env.PATH, HOME: workspace.path, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_NOSYSTEM: '1' }
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
    return execFileSync('git', [...identity, ...args], {
      cwd: workspace.path,
      env,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim()
  }
  git('init', '-q', '-b', 'main')
  const commit = (more: Readonly<Record<string, string>>) => {
    workspace.write(more)
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', 'x')
    return git('rev-parse', 'HEAD')
  }
  commit(files)
  return { ...workspace, git, commit }
}
