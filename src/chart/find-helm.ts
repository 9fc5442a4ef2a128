import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { UserError } from '../errors.ts'
import { installHelm } from './install-helm.ts'
import { runHelm } from './run-helm.ts'

/** A helm that can be run. `version` has no `v`: `3.17.2`. */
export type Helm = { readonly path: string; readonly version: string }
export type HelmWish = {
  /** The `helm-version` input; null to take helm from PATH. */
  readonly version: string | null
  /** The `helm-checksum` input (SHA-256 of the release archive, in hex); null to use the built-in table. */
  readonly checksum: string | null
  readonly env: NodeJS.ProcessEnv
  /** Where releases are downloaded from; tests serve their own. */
  readonly baseUrl?: string
}

const VERSION = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/
/** Helm 3.8 is the first with everything used here, OCI registries among it. */
const OLDEST = [3, 8] as const

/**
 * Finds helm: the one on PATH when no version is wished for or it has that version; else the wished-for release,
 * downloaded, verified against its checksum, and kept in the tool cache.
 * @throws UserError when there is none, it is older than 3.8, or it cannot be downloaded or verified
 */
export async function findHelm(wish: HelmWish): Promise<Helm> {
  const version = wish.version === null ? null : parseVersion(wish.version)
  const onPath = await findOnPath(wish.env)
  const found = onPath === null ? null : await askVersion(onPath)
  if (version === null) {
    if (onPath === null) throw tellMissing()
    if (found === null) throw tellUnusable(onPath)
    return requireRecent({ path: onPath, version: found })
  }
  if (onPath !== null && found === version) return requireRecent({ path: onPath, version })
  requireRecent({ path: 'helm', version })
  const path = await installHelm({ version, checksum: wish.checksum, baseUrl: wish.baseUrl ?? 'https://get.helm.sh' })
  const installed = await askVersion(path)
  if (installed === null) throw tellUnusable(path)
  return { path, version: installed }
}

function parseVersion(text: string): string {
  const version = VERSION.exec(text.trim())?.[1]
  if (version !== undefined) return version
  const remedy = 'Give an exact release, such as 3.19.2 or 4.1.4, or leave the input out to use the helm on PATH.'
  throw new UserError({ message: `"${text}" is not a Helm version.`, where: 'helm-version', remedy })
}

async function findOnPath(env: NodeJS.ProcessEnv): Promise<string | null> {
  const name = process.platform === 'win32' ? 'helm.exe' : 'helm'
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const folder of folders) {
    const path = join(folder, name)
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (usable) return path
  }
  return null
}

/** Helm's version; null when the program is no helm that can say it. */
async function askVersion(path: string): Promise<string | null> {
  const result = await runHelm({ helm: path, args: ['version', '--template', '{{.Version}}'] })
  // A build from a package carries more than the release: v3.17.2+unreleased.
  return result.ok ? (/^v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)/.exec(result.stdout)?.[1] ?? null) : null
}

function requireRecent(helm: Helm): Helm {
  const [major = 0, minor = 0] = helm.version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return helm
  const remedy = 'Install a newer Helm, or name one in the input helm-version, such as 3.19.2.'
  throw new UserError({ message: `Helm ${helm.version} (${helm.path}) is too old: 3.8 or later is needed.`, where: 'helm', remedy })
}

function tellMissing(): UserError {
  const remedy = 'Install Helm 3.8 or later, or name a release in the input helm-version, such as 3.19.2, to have it downloaded.'
  return new UserError({ message: 'There is no helm on PATH, and rendering a chart needs it.', where: 'helm', remedy })
}

function tellUnusable(path: string): UserError {
  const remedy = `Try "${path} version" by hand; install Helm 3.8 or later, or name a release in the input helm-version.`
  return new UserError({ message: `${path} does not answer "helm version" as Helm does.`, where: 'helm', remedy })
}
