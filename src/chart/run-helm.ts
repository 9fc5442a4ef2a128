import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanHelmMessage, listHelmWarnings } from './clean-helm-message.ts'

/** What helm gave. A failure's `reason` is helm's own message, cleaned for display. */
export type HelmResult =
  | { readonly ok: true; readonly stdout: string; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly output: string }
export type HelmCall = {
  /** Path of the executable. */
  readonly helm: string
  readonly args: readonly string[]
  readonly timeoutMs?: number
  /** True only for `dependency build` and `update`: proxies, certificates and registry logins are then passed on. */
  readonly network?: boolean
}

const TIMEOUT_MS = 60_000
const MAX_OUTPUT = 64 * 1024 * 1024
/** Address space, of which a large chart takes a quarter. One loop in a template would otherwise take all that the machine has. */
const MAX_MEMORY_KB = 4 * 1024 * 1024

/**
 * Runs helm, whose arguments no shell reads, within bounds of time, output and memory, and in an environment of its own: an empty home, no plugins, no kubeconfig, and none of the
 * caller's variables, since a chart could otherwise carry a token into what it renders.
 */
export async function runHelm(call: HelmCall): Promise<HelmResult> {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-helm-'))
  try {
    await mkdir(join(home, 'plugins'))
    return await execute(call, buildEnvironment(home, call.network ?? false))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function execute(call: HelmCall, env: NodeJS.ProcessEnv): Promise<HelmResult> {
  const timeout = call.timeoutMs ?? TIMEOUT_MS
  const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT, encoding: 'utf8', windowsHide: true } as const
  return new Promise((resolve) => {
    execFile(...boundMemory(call), options, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, stdout, warnings: listHelmWarnings(stderr) })
      resolve({ ok: false, reason: explainFailure(error, stderr, timeout), output: `${stdout}\n${stderr}` })
    })
  })
}

/** Linux alone has a bound that a process hands on; the shell sets it and becomes helm, and reads none of the arguments. */
function boundMemory({ helm, args }: HelmCall): [program: string, args: string[]] {
  if (process.platform !== 'linux' || !existsSync(helm)) return [helm, [...args]]
  return ['/bin/sh', ['-c', `ulimit -v ${MAX_MEMORY_KB} && exec "$@"`, 'sh', helm, ...args]]
}

function explainFailure(error: Error & { code?: unknown; killed?: boolean }, stderr: string, timeout: number): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'helm wrote more than 64 MB and was stopped'
  if (error.killed === true) return `helm did not finish within ${timeout / 1000} seconds and was stopped`
  // Go's own last words, followed by pages of stacks.
  if (/^(?:fatal error: )?(?:runtime: out of memory|runtime: cannot allocate memory)/m.test(stderr)) {
    return `helm took more than ${MAX_MEMORY_KB / 1024 / 1024} GB of memory and was stopped`
  }
  // Not started at all (missing, not executable, arguments too long): there is nothing from helm itself.
  if (typeof error.code === 'string') return `helm could not be started (${error.code})`
  return cleanHelmMessage(stderr) || `helm ended with exit code ${String(error.code)} and no message`
}

/** Nothing is inherited but what is listed here. */
function buildEnvironment(home: string, network: boolean): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...inherit(['PATH', 'Path', 'SystemRoot', 'SYSTEMROOT', 'windir']),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TEMP: home,
    TMP: home,
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    HELM_PLUGINS: join(home, 'plugins'),
    KUBECONFIG: process.platform === 'win32' ? 'NUL' : '/dev/null',
  }
  return network ? { ...env, ...findNetworkSettings() } : env
}

function findNetworkSettings(): NodeJS.ProcessEnv {
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']
  // Logins and added repositories of an earlier step (`helm registry login`, `helm repo add`), where helm keeps them.
  const config = process.env.HELM_CONFIG_HOME ?? join(findConfigFolder(), 'helm')
  return {
    HELM_REGISTRY_CONFIG: join(config, 'registry', 'config.json'),
    HELM_REPOSITORY_CONFIG: join(config, 'repositories.yaml'),
    DOCKER_CONFIG: join(homedir(), '.docker'),
    ...inherit([...proxies, 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HELM_REGISTRY_CONFIG', 'HELM_REPOSITORY_CONFIG', 'DOCKER_CONFIG']),
  }
}

/** https://helm.sh/docs/helm/helm/ (the table of default folders) */
function findConfigFolder(): string {
  if (process.env.XDG_CONFIG_HOME !== undefined) return process.env.XDG_CONFIG_HOME
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Preferences')
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming')
  return join(homedir(), '.config')
}

function inherit(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
