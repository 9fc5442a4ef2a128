import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGitEnvironment, executeGit } from '../chart/git.ts'
import type { Repository } from '../chart/git-files.ts'
import { isSafeAddress } from '../safe-address.ts'
import type { Remote } from './remote.ts'

/** A commit without its history, in a repository of its own. */
export type FetchedCommit = { readonly repository: Repository; readonly remove: () => Promise<void> }

/** As long as a checkout of a large repository takes. */
const TIMEOUT_MS = 180_000
const PASSED_ON = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO']

/**
 * Fetches one commit into an empty repository in a temporary folder. Nothing of the checkout takes part: its settings could
 * name programs (`core.sshCommand`, credential helpers, hooks), and it stays as it is. The token goes by the environment, so
 * that no list of processes shows it, and only to this server.
 *
 * @returns why it could not be had, in a sentence without its full stop, instead of the commit
 */
export async function fetchCommit(remote: Remote, commit: string): Promise<FetchedCommit | { readonly reason: string }> {
  if (!isSafeAddress(remote.serverUrl)) return { reason: `${remote.serverUrl} is no https address` }
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-fetch-')))
  const remove = () => rm(folder, { recursive: true, force: true })
  const env = buildEnvironment(folder, remote)
  const run = (args: readonly string[]) => executeGit(['--no-pager', ...args], { folder, env, timeoutMs: TIMEOUT_MS })
  const url = `${remote.serverUrl}/${remote.owner}/${remote.repo}`
  const made = await run(['init', '--quiet', '--bare', '--template=', folder])
  const options = ['--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance']
  const fetched = made.ok ? await run(['fetch', ...options, '--end-of-options', url, commit]) : made
  if (fetched.ok) return { repository: { top: folder, workspace: folder, shallow: true }, remove }
  await remove()
  return { reason: fetched.reason }
}

/**
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT
 */
function buildEnvironment(folder: string, { serverUrl, token }: Remote): NodeJS.ProcessEnv {
  const login = Buffer.from(`x-access-token:${token}`).toString('base64')
  const settings = [
    ['protocol.allow', 'never'],
    [`protocol.${serverUrl.split(':', 1)[0]}.allow`, 'always'],
    // With a redirect, the token would go along.
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['gc.auto', '0'],
    ...(token === '' ? [] : [[`http.${serverUrl}/.extraheader`, `Authorization: basic ${login}`]]),
  ]
  const passedOn = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...buildGitEnvironment(folder),
    ...Object.fromEntries(passedOn),
    // `.netrc` and the like are looked for there.
    HOME: folder,
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
}
