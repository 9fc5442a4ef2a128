import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { onTestFinished } from 'vitest'
import type { Target } from '../../src/model.ts'
import { makeTarget, makeWorkspace, type Workspace } from '../chart/support/charts.ts'
import { makeRepository, type TestRepository } from '../chart/support/repository.ts'

type Files = Readonly<Record<string, string>>

/** A repository on a server, with a pull request and what GitHub makes of it. `fork` is where it left `main`, which has moved on. */
export type Origin = {
  readonly repository: TestRepository
  readonly fork: string
  readonly base: string
  readonly head: string
  readonly merge: string
}

export function makeOrigin(base: Files, head: Files): Origin {
  const repository = makeRepository(base)
  const { git, commit } = repository
  const fork = git('rev-parse', 'HEAD')
  git('checkout', '-q', '-b', 'change')
  const newest = commit(head)
  git('checkout', '-q', 'main')
  const tip = commit({ 'of-others.txt': 'x' })
  git('checkout', '-q', '--detach')
  git('merge', '-q', '--no-ff', '-m', 'merge', 'change')
  const merge = git('rev-parse', 'HEAD')
  git('update-ref', 'refs/pull/7/merge', merge)
  git('checkout', '-q', 'main')
  git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  return { repository, fork, base: tip, head: newest, merge }
}

/** A workspace as actions/checkout makes it: one commit, and no credentials. `depth` 0 is the whole history. */
export function checkOut({ repository }: Origin, commit: string, { depth = 1, folder = '.' } = {}): Workspace {
  const workspace = makeWorkspace({ [`${folder}/.keep`]: '' })
  const git = gitIn(workspace.at(folder))
  git('init', '-q')
  git('fetch', '-q', ...(depth === 0 ? [] : [`--depth=${depth}`]), `file://${repository.path}`, commit, ...(depth === 0 ? ['main'] : []))
  git('checkout', '-q', '--detach', commit)
  return workspace
}

export function gitIn(folder: string): (...args: readonly string[]) => string {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' }
  return (...args) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim()
}

/**
 * Serves a repository as `/acme/shop`, with git's own server. Without one of the tokens, it is not there.
 *
 * @param ending how it learns that its test is over; tests that run at the same time must give their own
 */
export async function serveGit(
  repository: TestRepository,
  tokens: readonly string[] = ['fake-token'],
  ending: (end: () => Promise<void>) => unknown = onTestFinished,
) {
  const logins = tokens.map((token) => `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`)
  const authorizations: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const { authorization } = request.headers
    authorizations.push(authorization)
    const url = new URL(request.url ?? '', 'http://x')
    if (!logins.includes(authorization ?? '')) {
      response.writeHead(404).end()
      return
    }
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROJECT_ROOT: repository.at('.git'),
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname.replace('/acme/shop', ''),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    })
    request.pipe(child.stdin)
    buffer(child.stdout).then((bytes) => {
      const end = bytes.indexOf('\r\n\r\n')
      const head = bytes.toString('latin1', 0, end).split('\r\n')
      const status = Number(/^Status: (\d+)/.exec(head.find((line) => line.startsWith('Status:')) ?? '')?.[1] ?? 200)
      for (const line of head.filter((one) => !one.startsWith('Status:'))) response.appendHeader(...splitHeader(line))
      response.writeHead(status).end(bytes.subarray(end + 4))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending(async () => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, authorizations }
}

function splitHeader(line: string): [string, string] {
  const at = line.indexOf(':')
  return [line.slice(0, at), line.slice(at + 1).trim()]
}

export type Entry = {
  readonly name: string
  readonly text?: string
  readonly type?: 'symlink' | 'link' | 'directory' | 'fifo'
  readonly to?: string
}

/** An archive of what one wishes, be it hostile. */
export async function makeArchive(entries: readonly Entry[]): Promise<Buffer> {
  const packed = pack()
  for (const { name, text = '', type, to } of entries) {
    if (type === undefined) packed.entry({ name }, text)
    else packed.entry({ name, type, ...(to === undefined ? {} : { linkname: to }) })
  }
  packed.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of packed) chunks.push(chunk as Uint8Array)
  return gzipSync(Buffer.concat(chunks))
}

/** What GitHub's archive of a commit is. */
export function archiveCommit({ path }: TestRepository, commit: string): Buffer {
  const env = { PATH: process.env.PATH, HOME: path, GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', ['archive', '--format=tar.gz', `--prefix=acme-shop-${commit.slice(0, 7)}/`, commit], { cwd: path, env })
}

export const CHART = {
  'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  'app/values.yaml': 'replicas: 3\n',
  'app/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "{{ .Values.replicas }}"}\n',
}

export function targetIn({ at }: Pick<Workspace, 'at'>, values: readonly string[] = [], more: Partial<Target> = {}): Target {
  return makeTarget({ type: 'chart', chart: at('app'), values: values.map(at), set: ['a=b'], deployTimeValues: ['image.tag'] }, more)
}
