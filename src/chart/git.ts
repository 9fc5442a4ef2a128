import { execFile } from 'node:child_process'
import { dirname } from 'node:path'

/** What git gave; `stdout` as bytes, since files need not be text. */
export type GitResult =
  | { readonly ok: true; readonly stdout: Buffer }
  | { readonly ok: false; readonly reason: string; readonly missing: boolean }
export type GitCall = {
  /** Where git starts to look for its repository. */
  readonly folder: string
  /** The repository is looked for no higher than this folder. */
  readonly workspace: string
  readonly args: readonly string[]
  readonly input?: string
}

/** In a repository of a million commits, those that touch one folder take a while to find. */
const TIMEOUT_MS = 60_000
const MAX_OUTPUT = 128 * 1024 * 1024

/**
 * A repository's own settings can name programs; none of the commands used here may start one, nor reach the network.
 * In a job's container the checkout belongs to another user, whom git does not trust unless told so.
 */
const SAFE = [
  '--no-pager',
  '--literal-pathspecs',
  ...['safe.directory=*', 'core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never'].flatMap((one) => ['-c', one]),
]

/**
 * Runs a reading git command without a shell, with nothing of the caller's environment or git settings.
 * @returns `missing` is true when there is no git to run
 */
export function runGit({ folder, workspace, args, input }: GitCall): Promise<GitResult> {
  return executeGit([...SAFE, ...args], { folder, env: buildGitEnvironment(workspace), timeoutMs: TIMEOUT_MS, input })
}

export type ExecuteOptions = {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  readonly input?: string | undefined
}

/** Runs git with exactly these arguments, which have to say what it must not do, in exactly this environment. */
export function executeGit(args: readonly string[], { folder, env, timeoutMs, input }: ExecuteOptions): Promise<GitResult> {
  const options = {
    cwd: folder,
    env,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT,
    encoding: 'buffer',
    windowsHide: true,
  } as const
  return new Promise((resolve) => {
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, stdout })
      resolve({ ok: false, reason: explainFailure(error, stderr.toString('utf8'), timeoutMs), missing: error.code === 'ENOENT' })
    })
    // A git that ends early closes its input: what it says about that comes with its exit code.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input ?? '')
  })
}

function explainFailure(error: Error & { code?: unknown; killed?: boolean }, stderr: string, timeoutMs: number): string {
  if (error.code === 'ENOENT') return 'git is not installed'
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'git wrote more than 128 MB and was stopped'
  if (error.killed === true) return `git did not finish within ${timeoutMs / 1000} seconds and was stopped`
  const [first = ''] = stderr.split('\n').filter((line) => /^(fatal|error):/.test(line))
  return first.replace(/^(fatal|error): /, '') || `git ended with exit code ${String(error.code)}`
}

/** Nothing of the caller's environment or of the machine's and the user's git settings. */
export function buildGitEnvironment(workspace: string): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'Path', 'SystemRoot', 'SYSTEMROOT', 'windir'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  )
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: 'C',
    GIT_CEILING_DIRECTORIES: dirname(workspace),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  }
}
