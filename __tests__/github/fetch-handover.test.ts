import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fetchHandover } from '../../src/github/fetch-handover.ts'
import { MOST_BYTES } from '../../src/handover/model.ts'
import { writeHandover } from '../../src/handover/write-handover.ts'
import { type Artifact, addArtifact, type Branches, setBranches } from '../fakes/github/artifacts.ts'
import { badGateway, html, primaryLimit, SILENCE } from '../fakes/github/faults.ts'
import { startGitHub } from '../fakes/github/for-test.ts'
import { BOT, type RepositoryOptions } from '../fakes/github/repository.ts'
import type { Token } from '../fakes/github/types.ts'
import { catchRefusal, HEAD, KNOWN, makeHandover } from '../handover/make-handover.ts'
import { makeZip } from '../handover/make-zip.ts'

const RUN = 4242
const FORK = { from: 'mallory/shop', branch: 'a/b&state=closed', sha: HEAD } as const
const TEXT = writeHandover(makeHandover([], { pullRequest: { number: 1, head: HEAD, base: null } }), KNOWN)

/** A storage of its own host and port, as GitHub's is. */
async function startStorage(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const seen: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', headers: request.headers })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/zip?sig=secret`, seen }
}

type Setting = {
  readonly zip?: Uint8Array
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => unknown
  readonly artifact?: Partial<Artifact>
  readonly branches?: Partial<Branches>
  readonly options?: RepositoryOptions
}

/** A pull request from a fork, number 1, whose run handed over its rendering. */
async function start({ zip = makeZip({ data: TEXT }), answer, artifact = {}, branches = {}, options = {} }: Setting = {}) {
  const { github, server } = await startGitHub(options)
  const storage = await startStorage(answer ?? ((_, response) => response.end(zip)))
  const { repository, people } = github
  setBranches(repository, people.openPullRequest('mallory', { title: 'Better values' }).number, { ...FORK, ...branches })
  addArtifact(repository, { run: RUN, location: storage.url, time: '2026-11-23T10:05:00Z', ...artifact })
  const logged: string[] = []
  const fetchFor = (event: unknown = makeEvent(), known = KNOWN) =>
    fetchHandover(
      { owner: 'acme', repo: 'shop', event },
      {
        ...{ token: 'fake-token', apiUrl: server.url, log: (message: string) => logged.push(message), wait: false },
        // GitHub's own end for what hangs is 20 s; a test does not wait that long.
        fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.any([init?.signal ?? [], AbortSignal.timeout(3_000)].flat()) }),
      },
      known,
    )
  return { github, repository, storage, fetchFor, logged }
}

/** A `workflow_run` event as GitHub sends it, as far as it is read, and a little more. */
function makeEvent(run: object = {}, more: object = {}): object {
  return {
    action: 'completed',
    repository: { id: 1, full_name: 'acme/shop' },
    workflow_run: {
      ...{ id: RUN, name: 'Render', event: 'pull_request', status: 'completed', conclusion: 'success', run_attempt: 1 },
      ...{ head_sha: HEAD, head_branch: FORK.branch, run_started_at: '2026-11-23T10:00:00Z', pull_requests: [] },
      ...{ repository: { full_name: 'acme/shop' }, head_repository: { full_name: FORK.from } },
      ...run,
    },
    ...more,
  }
}

test('fetches what a fork handed over, and finds its pull request by what GitHub says', async () => {
  const { github, fetchFor, storage } = await start()
  expect(await fetchFor()).toEqual({
    type: 'found',
    pullRequest: { number: 1, url: 'https://github.com/acme/shop/pull/1', base: 'a'.repeat(40), head: HEAD, fromFork: true },
    handover: makeHandover([], { pullRequest: { number: 1, head: HEAD, base: null } }),
    run: RUN,
  })
  expect(github.rest().map(({ operation, method, status }) => [operation, method, status])).toEqual([
    ['pulls/list', 'GET', 200],
    ['actions/list-workflow-run-artifacts', 'GET', 200],
    ['actions/download-artifact', 'GET', 302],
  ])
  // The storage is another host: it is asked once, and gets no token.
  expect(storage.seen.map(({ path }) => path)).toEqual(['/a/zip?sig=secret'])
  expect(JSON.stringify(storage.seen)).not.toMatch(/fake-token|authorization|cookie/i)
})

test('fetches for a branch of this repository, whatever the case of its name', async () => {
  const { fetchFor } = await start({ branches: { from: 'acme/shop', branch: 'dependabot/npm/x' } })
  const event = makeEvent({
    head_branch: 'dependabot/npm/x',
    head_repository: { full_name: 'acme/shop' },
    repository: { full_name: 'Acme/Shop' },
  })
  expect(await fetchFor(event)).toMatchObject({ type: 'found', pullRequest: { number: 1, fromFork: false } })
})

test.each<readonly [string, object, string]>([
  ['a push', { event: 'push' }, 'The run that this one follows was made by push, not by a pull request.'],
  ['the trigger that is refused', { event: 'pull_request_target' }, 'was made by pull_request_target, not by a pull request.'],
  ['a run that failed', { conclusion: 'failure' }, 'The run that renders the pull request ended with failure: its own log says why.'],
  ['a run that was cancelled', { conclusion: 'cancelled' }, 'ended with cancelled'],
  ['a run that goes on', { conclusion: null }, 'The run that renders the pull request has not finished.'],
])('has nothing to do after %s, and asks GitHub nothing', async (_, run, why) => {
  const { github, fetchFor } = await start()
  expect(await fetchFor(makeEvent(run))).toEqual({ type: 'nothing', why: expect.stringContaining(why) })
  expect(github.requests).toEqual([])
})

test.each<readonly [string, unknown]>([
  ['nothing', null],
  ['a text', 'workflow_run'],
  ['another event', { action: 'opened', pull_request: {} }],
  ['no id', makeEvent({ id: undefined })],
  ['an id that is a path', makeEvent({ id: '../../1' })],
  ['an id beyond all', makeEvent({ id: 2 ** 60 })],
  ['a commit that is none', makeEvent({ head_sha: 'main' })],
  ['an event in words', makeEvent({ event: 'pull_request\n::error::x' })],
  ['a conclusion that is an object', makeEvent({ conclusion: { toString: 'success' } })],
  ['a repository that is a path', makeEvent({ head_repository: { full_name: '../../x' } })],
  ['a branch that is a list', makeEvent({ head_branch: ['main'] })],
  ['a time that is none', makeEvent({ run_started_at: 'yesterday' })],
  ['__proto__', JSON.parse('{"__proto__":{"workflow_run":{}}}')],
  ['another repository', makeEvent({}, { repository: { full_name: 'mallory/shop' } })],
  ['a run of another repository', makeEvent({ repository: { full_name: 'mallory/shop' } })],
])('refuses an event with %s', async (_, event) => {
  const { github, fetchFor } = await start()
  expect(await catchRefusal(() => fetchFor(event))).toMatch(/^workflow_run: The event is .*\. Run this from a workflow `on: workflow_run`/)
  expect(github.requests).toEqual([])
})

test('has nothing to do when the pull request moved on, was closed or lost its branch', async () => {
  const { github, fetchFor, storage } = await start({ branches: { sha: 'c'.repeat(40) } })
  const nothing = (why: string) => ({ type: 'nothing', why })
  expect(await fetchFor()).toEqual(nothing('The pull request has newer commits; the run for them will preview it.'))
  github.people.close('mallory', 1)
  expect(await fetchFor()).toEqual(nothing('No pull request of this branch is open any more.'))
  expect(await fetchFor(makeEvent({ head_branch: 'another' }))).toEqual(nothing('No pull request of this branch is open any more.'))
  expect(await fetchFor(makeEvent({ head_repository: null }))).toEqual(nothing('The branch of the pull request is gone.'))
  expect(storage.seen).toEqual([])
})

test('does not believe what the artifact says of itself', async () => {
  const { repository, github, fetchFor } = await start({
    zip: makeZip({ data: TEXT.replace('"number":1', '"number":2') }),
  })
  // Number 2 is there, open, and of somebody else.
  setBranches(repository, github.people.openPullRequest('alice', { title: 'Innocent' }).number, { sha: HEAD })
  expect(await catchRefusal(fetchFor)).toContain('It says that it is of pull request 2; GitHub says that the run was for 1.')
  const other = await start({ zip: makeZip({ data: TEXT.replace(HEAD, 'd'.repeat(40)) }) })
  expect(await catchRefusal(other.fetchFor)).toContain(
    `It says that it is of commit ${'d'.repeat(40)}; GitHub says that the run was for ${HEAD}.`,
  )
})

test('of one branch that is proposed to two, the artifact tells which, and no other', async () => {
  const { repository, github, fetchFor } = await start()
  setBranches(repository, github.people.openPullRequest('mallory', { title: 'Backport' }).number, { ...FORK, base: 'release' })
  expect(await fetchFor()).toMatchObject({ type: 'found', pullRequest: { number: 1 } })
})

test('there has to be one artifact that counts', async () => {
  const { repository, fetchFor, storage } = await start({ artifact: { expired: true } })
  const refusal = () => catchRefusal(fetchFor)
  expect(await refusal()).toBe('artifact plumbline-preview: It has expired. Run the workflow that renders the pull request again.')
  repository.activity.artifacts.length = 0
  addArtifact(repository, { run: RUN, location: storage.url, name: 'plumbline-preview-2' })
  addArtifact(repository, { run: RUN + 1, location: storage.url })
  expect(await refusal()).toMatch(/The run has no artifact of this name\. Let the job .* upload it with actions\/upload-artifact/)
  addArtifact(repository, { run: RUN, location: storage.url, time: '2026-11-23T10:05:00Z' })
  addArtifact(repository, { run: RUN, location: storage.url, time: '2026-11-23T10:06:00Z' })
  expect(await refusal()).toContain('The run has 2 artifacts of this name, so it cannot be told which one counts.')
  expect(storage.seen).toEqual([])
  // Both are of earlier attempts once it was run again: the newest is taken, and that of the attempt itself before it.
  const again = makeEvent({ run_started_at: '2026-11-23T11:00:00Z', run_attempt: 2 })
  expect(await fetchFor(again)).toMatchObject({ type: 'found' })
  addArtifact(repository, { run: RUN, location: storage.url.replace('/a/', '/b/'), time: '2026-11-23T11:05:00Z' })
  expect(await fetchFor(again)).toMatchObject({ type: 'found' })
  expect(storage.seen.map(({ path }) => path.slice(0, 3))).toEqual(['/a/', '/b/'])
})

test('is not downloaded when GitHub says that it is too large', async () => {
  const { fetchFor, storage } = await start({ artifact: { size: 100 * 2 ** 20 } })
  expect(await catchRefusal(fetchFor)).toContain('It has 100 MB; at most 20 MB are read.')
  expect(storage.seen).toEqual([])
})

test('a download without end is broken off', async () => {
  let sent = 0
  const chunk = Buffer.alloc(2 ** 20)
  const { fetchFor } = await start({
    answer: (_, response) => {
      const send = () => {
        sent += chunk.length
        if (!response.destroyed) response.write(chunk, send)
      }
      send()
    },
  })
  expect(await catchRefusal(fetchFor)).toMatch(/The storage at 127\.0\.0\.1:\d+ sends more than 20 MB\./)
  expect(sent).toBeLessThan(2 * MOST_BYTES)
})

test.each<readonly [string, string, RegExp]>([
  ['http on another machine', 'http://storage.example/zip?sig=secret', /GitHub refers to a place that is not reached by https\./],
  ['a file', 'file:///etc/passwd', /not reached by https\./],
  ['a path', '/zip', /not reached by https\./],
  ['a place that is not there', 'http://127.0.0.1:1/zip?sig=secret', /It could not be downloaded from 127\.0\.0\.1:1 \(.+\)\./],
])('is not downloaded from %s', async (_, location, words) => {
  const { fetchFor } = await start({ artifact: { location } })
  const told = await catchRefusal(fetchFor)
  expect(told).toMatch(words)
  expect(told).not.toContain('secret')
})

test.each<readonly [string, Setting['answer'], RegExp]>([
  ['leads on', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /The storage at .* answers 302\./],
  ['refuses', (_, response) => response.writeHead(403).end('<Error>sig=secret</Error>'), /The storage at .* answers 403\./],
  ['breaks off', (request) => request.socket.destroy(), /It could not be downloaded from .* \(UND_ERR_SOCKET\)\./],
  ['breaks off in the middle', (request, response) => response.write('PK', () => request.socket.destroy()), /It could not be downloaded/],
  ['never answers', () => {}, /It could not be downloaded from .* \(it took too long\)\./],
  ['has something else', (_, response) => response.end('<html>'), /It is no whole zip file/],
])('is told when the storage %s', async (_, answer, words) => {
  const { fetchFor } = await start({ ...(answer === undefined ? {} : { answer }) })
  const told = await catchRefusal(fetchFor)
  expect(told).toMatch(words)
  expect(told).not.toContain('secret')
})

test('tokens that may not, and a GitHub that fails, are told with the permission that is missing', async () => {
  const token = (more: object): Token => ({ login: BOT, permissions: { issues: 'write', contents: 'read', metadata: 'read', ...more } })
  const told = async (more: object) => catchRefusal((await start({ options: { tokens: { 'fake-token': token(more) } } })).fetchFor)
  expect(await told({ actions: 'read' })).toContain('Give the job the permission `pull-requests: read`.')
  expect(await told({ pulls: 'read' })).toContain('Give the job the permission `actions: read`.')
  for (const fault of [badGateway(false), html(200), SILENCE, primaryLimit(3600)]) {
    for (const path of [/\/pulls$/, /\/artifacts$/, /\/zip$/]) {
      const { github, fetchFor } = await start()
      github.faults.add({ path, fault })
      expect(await catchRefusal(fetchFor)).toMatch(/^(pull requests|artifacts) on GitHub: They could not be read: /)
    }
  }
}, 60_000)

test.each([
  ['zip slip', makeZip({ name: '../../.github/plumbline.yml' }), 'leads out of the folder'],
  ['a symbolic link', makeZip({ data: '/proc/self/environ', method: 0, attributes: 0o120777 << 16 }), 'is a symbolic link'],
  ['100 MB', makeZip({ data: new Uint8Array(100 * 2 ** 20) }), 'preview.json has 100 MB; at most 20 MB are read.'],
  ['a wrong name', makeZip({ name: 'preview.yaml' }), 'It holds "preview.yaml"'],
  ['a program beside it', makeZip({ data: TEXT }, { name: 'x.sh' }), 'It holds 2 files'],
  ['a YAML bomb', makeZip({ data: 'a: &a [x]\nb: [*a, *a]\n' }), 'It is not JSON. Nothing else is read, YAML least of all.'],
  [
    'a target of its own',
    makeZip({ data: TEXT.replace('"shop"', '"other"') }),
    'the target "other", which the configuration does not know',
  ],
])('refuses a hostile artifact, and writes nothing: %s', async (_, zip, words) => {
  const back = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'handover-'))
  onTestFinished(() => {
    process.chdir(back)
    rmSync(folder, { recursive: true })
  })
  const { fetchFor } = await start({ zip })
  process.chdir(folder)
  expect(await catchRefusal(fetchFor)).toContain(words)
  expect(readdirSync(folder)).toEqual([])
})
