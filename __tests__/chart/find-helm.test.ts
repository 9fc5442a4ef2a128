import { createHash } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { arch, platform } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { findHelm, type HelmWish } from '../../src/chart/find-helm.ts'
import { HELM_CHECKSUMS } from '../../src/chart/helm-checksums.ts'
import { catchFaults, makeWorkspace, packChart, removeWorkspaces } from './support/charts.ts'

afterAll(removeWorkspaces)

const target = `${platform()}-${arch() === 'x64' ? 'amd64' : arch()}`
/** A program that answers as helm does: enough to be found, and small enough to be packed and served. */
const program = (version: string): string => `#!/bin/sh\n[ "$1" = version ] && printf %s ${version}\n`

function makePath(version: string | null): NodeJS.ProcessEnv {
  const workspace = makeWorkspace(version === null ? { other: '' } : { helm: program(version) })
  if (version !== null) chmodSync(workspace.at('helm'), 0o755)
  return { PATH: workspace.path }
}

describe.skipIf(platform() === 'win32')('findHelm on PATH', () => {
  const find = (env: NodeJS.ProcessEnv, version: string | null = null): ReturnType<typeof findHelm> =>
    findHelm({ version, checksum: null, env })

  it.each([
    ['v3.17.2', null, '3.17.2'],
    ['v4.1.4+g0f1d6b2', null, '4.1.4'],
    ['v3.17.2', '3.17.2', '3.17.2'],
    ['v3.17.2', 'v3.17.2', '3.17.2'],
    ['v4.2.0-rc.1', '4.2.0-rc.1', '4.2.0-rc.1'],
  ])('takes %s where %s is wished for', async (installed, wished, version) => {
    const env = makePath(installed)
    expect(await find(env, wished)).toEqual({ path: `${env.PATH}/helm`, version })
  })

  it.each<[string, () => NodeJS.ProcessEnv, string | null, string, RegExp]>([
    ['no helm', () => makePath(null), null, 'helm', /There is no helm on PATH/],
    ['no PATH', () => ({}), null, 'helm', /There is no helm on PATH/],
    ['an old one', () => makePath('v3.7.2'), null, 'helm', /Helm 3\.7\.2 .* is too old: 3\.8 or later/],
    ['an old wish', () => makePath(null), '3.7.2', 'helm', /Helm 3\.7\.2 .* is too old/],
    ['something else called helm', () => makePath('Emacs'), null, 'helm', /does not answer "helm version"/],
    ['a wish that is no version', () => makePath(null), 'latest', 'helm-version', /"latest" is not a Helm version/],
    ['a version with a path in it', () => makePath(null), '3.1.0/../x', 'helm-version', /is not a Helm version/],
    [
      'a version without a known checksum',
      () => makePath(null),
      '3.99.0',
      'helm-version',
      /checksum of Helm 3\.99\.0 for \S+ is not known/,
    ],
  ])('refuses %s', async (_title, env, version, where, message) => {
    const faults = await catchFaults(find(env(), version))
    expect(faults.map((fault) => fault.where)).toEqual([where])
    expect(faults[0]?.message).toMatch(message)
    expect(faults[0]?.remedy).toMatch(/helm|Helm|version/)
  })
})

describe.skipIf(platform() === 'win32')('findHelm by download', () => {
  let archive: Buffer
  let checksum = ''
  let server: Server
  let answer: RequestListener
  let requests: (string | undefined)[] = []
  let baseUrl = ''
  beforeAll(async () => {
    const workspace = makeWorkspace({ [`${target}/helm`]: program('v3.99.0') })
    chmodSync(workspace.at(`${target}/helm`), 0o755)
    packChart(workspace, target, 'helm.tar.gz')
    archive = readFileSync(workspace.at('helm.tar.gz'))
    checksum = createHash('sha256').update(archive).digest('hex')
    server = createServer((request, response) => {
      requests.push(request.url)
      answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    // The tool cache waits 10 to 20 seconds before it tries again; this is its own switch for tests.
    vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS', 0)
    vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS', 0)
  })
  afterAll(() => {
    server.close()
    vi.unstubAllGlobals()
  })
  beforeEach(() => {
    requests = []
    answer = (_request, response) => response.end(archive)
    vi.stubEnv('RUNNER_TOOL_CACHE', makeWorkspace().path)
    vi.stubEnv('RUNNER_TEMP', makeWorkspace().path)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })
  const find = (wish: Partial<HelmWish> = {}): ReturnType<typeof findHelm> =>
    findHelm({ version: '3.99.0', checksum, env: makePath('v3.17.2'), baseUrl, ...wish })

  it('downloads, verifies, keeps and finds it again', async () => {
    const first = await find()
    expect(first).toEqual({ path: expect.stringContaining(process.env.RUNNER_TOOL_CACHE ?? 'none'), version: '3.99.0' })
    expect(await find()).toEqual(first)
    expect(requests).toEqual([`/helm-v3.99.0-${target}.tar.gz`])
  })

  it('writes nothing to stdout, where the report belongs', async () => {
    const write = vi.spyOn(process.stdout, 'write')
    await find()
    expect(write).not.toHaveBeenCalled()
  })

  it('never takes a kept one for another checksum', async () => {
    await find()
    const faults = await catchFaults(find({ checksum: 'a'.repeat(64) }))
    expect(faults[0]?.message).toContain(`its SHA-256 is ${checksum}, not ${'a'.repeat(64)}`)
  })

  it('uses the folders of the user when there is no runner', async () => {
    const cache = makeWorkspace().path
    vi.stubEnv('RUNNER_TOOL_CACHE', undefined)
    vi.stubEnv('RUNNER_TEMP', undefined)
    vi.stubEnv('XDG_CACHE_HOME', cache)
    expect((await find()).path.startsWith(`${cache}/plumbline/tools/helm/3.99.0/`)).toBe(true)
  })

  it.each<[string, RequestListener | null, Partial<HelmWish>, string, RegExp, number]>([
    [
      'another archive',
      (_request, response) => response.end('not helm'),
      {},
      'helm-version',
      /is not the expected archive: .* Nothing was unpacked\.$/,
      1,
    ],
    ['a wrong built-in checksum', null, { version: '3.17.3', checksum: null }, 'helm-version', /is not the expected archive/, 1],
    [
      'a version that does not exist',
      (_request, response) => response.writeHead(404).end(),
      {},
      'helm-version',
      /the server answered 404/,
      1,
    ],
    ['a server in trouble', (_request, response) => response.writeHead(503).end(), {}, 'helm-version', /the server answered 503/, 3],
    [
      'a download that breaks off',
      (_request, response) => response.writeHead(200, { 'content-length': '9999' }).write('half', () => response.destroy()),
      {},
      'helm-version',
      /could not be downloaded/,
      3,
    ],
    [
      'a server that is not there',
      null,
      { baseUrl: 'http://127.0.0.1:1' },
      'helm-version',
      /could not be downloaded from .*ECONNREFUSED/,
      0,
    ],
    [
      'what is no archive, though its checksum is right',
      (_request, response) => response.end('x'),
      { checksum: createHash('sha256').update('x').digest('hex') },
      'helm-version',
      /could not be unpacked/,
      1,
    ],
    ['a checksum that is none', null, { checksum: 'abc' }, 'helm-checksum', /not a SHA-256 checksum/, 0],
  ])('refuses %s', async (_title, listener, wish, where, message, count) => {
    if (listener !== null) answer = listener
    const faults = await catchFaults(find(wish))
    expect(faults.map((fault) => fault.where)).toEqual([where])
    expect(faults[0]?.message).toMatch(message)
    expect(faults[0]?.remedy).not.toBe('')
    expect(requests).toHaveLength(count)
  })
})

describe('HELM_CHECKSUMS', () => {
  it('holds whole checksums, none of them twice', () => {
    const all = Object.values(HELM_CHECKSUMS).flatMap((platforms) => Object.values(platforms))
    expect(all.every((checksum) => /^[0-9a-f]{64}$/.test(checksum))).toBe(true)
    expect(new Set(all).size).toBe(all.length)
    expect(Object.keys(HELM_CHECKSUMS)).toEqual(expect.arrayContaining(['3.17.2', '3.19.2', '4.1.4']))
  })
})
