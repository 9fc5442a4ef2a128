import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { arch, homedir, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UserError } from '../errors.ts'
import { HELM_CHECKSUMS } from './helm-checksums.ts'

type Wish = { readonly version: string; readonly checksum: string | null; readonly baseUrl: string }

const ARCHITECTURES: { readonly [name: string]: string } = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: '386',
  ppc64: 'ppc64le',
  s390x: 's390x',
}

/**
 * Downloads one Helm release into the tool cache, or finds it there. The archive's SHA-256 is verified before anything
 * is unpacked.
 * @returns the path of the executable
 * @throws UserError when no checksum is known, the download fails, or the archive is another one than expected
 */
export async function installHelm({ version, checksum, baseUrl }: Wish): Promise<string> {
  const os = platform() === 'win32' ? 'windows' : platform()
  const target = `${os}-${ARCHITECTURES[arch()] ?? arch()}`
  const expected = chooseChecksum(version, target, checksum)
  setCacheFolders()
  return speakOnStderr(async () => {
    // Loaded only here: most runs find helm on PATH and need none of it.
    const tools = await import('@actions/tool-cache')
    const executable = join(target, os === 'windows' ? 'helm.exe' : 'helm')
    // The checksum is part of the key, so that one archive can never stand in for another.
    const architecture = `${arch()}-${expected.slice(0, 12)}`
    const cached = tools.find('helm', version, architecture)
    if (cached !== '') return join(cached, executable)
    const url = `${baseUrl}/helm-v${version}-${target}.${os === 'windows' ? 'zip' : 'tar.gz'}`
    const archive = await tools.downloadTool(url).catch((error: unknown) => {
      throw tellFailedDownload(url, error)
    })
    const folder = `${archive}-unpacked`
    try {
      await verifyChecksum(archive, expected, url)
      await unpack(() => (os === 'windows' ? tools.extractZip(archive, folder) : tools.extractTar(archive, folder)), url)
      return join(await tools.cacheDir(folder, 'helm', version, architecture), executable)
    } finally {
      await rm(archive, { force: true })
      await rm(folder, { recursive: true, force: true })
    }
  })
}

function chooseChecksum(version: string, target: string, given: string | null): string {
  if (given !== null) {
    const checksum = given
      .trim()
      .toLowerCase()
      .replace(/^sha256:/, '')
    if (/^[0-9a-f]{64}$/.test(checksum)) return checksum
    const remedy = 'Give the SHA-256 of the release archive: 64 hexadecimal digits.'
    throw new UserError({ message: 'The value is not a SHA-256 checksum.', where: 'helm-checksum', remedy })
  }
  const known = HELM_CHECKSUMS[version]?.[target]
  if (known !== undefined) return known
  throw new UserError({
    message: `The checksum of Helm ${version} for ${target} is not known here, so the download could not be verified.`,
    where: 'helm-version',
    remedy: `Give it in the input helm-checksum (the releases page of Helm lists it), or choose a version such as 3.19.2 or 4.1.4.`,
  })
}

async function verifyChecksum(archive: string, expected: string, url: string): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(archive), hash)
  const actual = hash.digest('hex')
  if (actual === expected) return
  throw new UserError({
    message: `What ${url} gave is not the expected archive: its SHA-256 is ${actual}, not ${expected}. Nothing was unpacked.`,
    where: 'helm-version',
    remedy: 'Check the input helm-checksum if you set it; else something between here and the server changes downloads.',
  })
}

async function unpack(extract: () => Promise<string>, url: string): Promise<void> {
  await extract().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const remedy = 'Check that helm-checksum is the one of the archive itself, and that there is room on the disk.'
    throw new UserError({ message: `The archive from ${url} could not be unpacked: ${reason}.`, where: 'helm-version', remedy })
  })
}

function tellFailedDownload(url: string, error: unknown): UserError {
  const status = typeof error === 'object' && error !== null && 'httpStatusCode' in error ? Number(error.httpStatusCode) : null
  const reason = status === null ? (error instanceof Error ? error.message : String(error)) : `the server answered ${status}`
  const remedy =
    status === 404
      ? 'Check that this version exists for this platform.'
      : 'Check that this machine may reach the server, or install helm in an earlier step and leave helm-version out.'
  return new UserError({ message: `Helm could not be downloaded from ${url}: ${reason}.`, where: 'helm-version', remedy })
}

/** A runner sets both; on the command line the user's cache folder and the system's temporary folder serve. */
function setCacheFolders(): void {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  process.env.RUNNER_TOOL_CACHE ||= join(cache, 'plumbline', 'tools')
  process.env.RUNNER_TEMP ||= tmpdir()
}

/** The tool cache tells its steps on stdout, where nothing but the report belongs. Its debug lines are for runners in debug mode. */
async function speakOnStderr<T>(work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write
  const divert = (text: string | Uint8Array): boolean => {
    const wanted = process.env.RUNNER_DEBUG === '1' || !String(text).startsWith('::debug::')
    return wanted ? process.stderr.write(text) : true
  }
  process.stdout.write = divert as typeof write
  try {
    return await work()
  } finally {
    process.stdout.write = write
  }
}
