import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, expect, test, vi } from 'vitest'
import { makeWorkspace, removeWorkspaces } from '../chart/support/charts.ts'
import { addArtifact } from '../fakes/github/artifacts.ts'
import { makeZip } from '../handover/make-zip.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { type Ending, listWarnings } from './issue-world.ts'
import { BUMP, propose } from './pull-request.ts'
import { describeRun } from './pull-request-events.ts'
import { serveStorage } from './storage.ts'

afterAll(removeWorkspaces)
// Several programs at once, each several times: a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 })

/** What a fork's run has: no secret, and a token that may only read. */
const NO_SECRETS = { kubeconfig: '', token: 'reader-token' }
const FORK = { from: 'mallory/shop', sender: 'mallory' }
const RENDERED_BY = 900

/** The pull request of a stranger, whose run without secrets has ended. */
async function proposeFromFork(ending: Ending) {
  const proposal = await propose({ ending })
  const { world, preview, push, checkOut } = proposal
  const commits = await push(BUMP)
  const run = await preview(NO_SECRETS, { ...FORK, env: { GITHUB_RUN_ID: String(RENDERED_BY) } })
  const file = join(run.reportDir, 'preview.json')
  const storage = await serveStorage(ending)
  addArtifact(world.github.repository, { run: RENDERED_BY, location: storage.location, time: world.github.repository.stamp() })
  // What `preview-of-forks.yml` does, with the default branch checked out.
  await checkOut('main')
  const follow = (more: object = {}, env: NodeJS.ProcessEnv = {}) =>
    preview({}, { name: 'workflow_run', from: FORK.from, payload: describeRun(RENDERED_BY, 1, commits.head, FORK.from, more), env })
  return { ...proposal, commits, run, file, storage, follow }
}

test.concurrent.for([
  ['a fork', FORK, 'forks and from Dependabot'],
  ['Dependabot', { sender: 'dependabot[bot]' }, 'forks and from Dependabot'],
] as const)('%s gets its preview against the base, and hands over what it renders', async ([, event, words], { onTestFinished }) => {
  const { push, preview, comments } = await propose({ ending: onTestFinished })
  const { base, head } = await push(BUMP)
  const run = await preview(NO_SECRETS, event)
  expect([run.code, run.writes, run.reads, comments(), listWarnings(run)], run.log).toEqual([0, [], [], [], []])
  expect(run.outputs).toMatchObject({ verdict: 'incomplete', 'has-drift': 'false', 'drift-count': '0' })
  expect(run.summary).toContain(words)
  expect(run.summary).toContain('Against the base only')
  expect(run.summary).toContain('No comment is written')
  const report = run.report()
  expect(report).toMatchObject({
    pullRequest: { number: 1, fromFork: 'from' in event, base, head },
    targets: [{ complete: false, preview: { against: 'base', counts: { changes: 1, fails: 0, leaves: 0 } } }],
  })
  const file = join(run.reportDir, 'preview.json')
  const { pullRequest, targets } = JSON.parse(readFileSync(file, 'utf8'))
  expect([pullRequest, targets.map(({ name }: { name: string }) => name)]).toEqual([{ number: 1, head, base }, ['grokdevops']])
  expect(run.log).toContain(`What the pull request renders is in ${file}`)
})

test.concurrent('what a fork hands over is compared with the cluster, and told in a comment', async ({ onTestFinished }) => {
  const { file, storage, follow, comments } = await proposeFromFork(onTestFinished)
  // As actions/upload-artifact packs it.
  storage.put(zipSync({ 'preview.json': readFileSync(file) }))
  const run = await follow()
  expect([run.code, run.writes, listWarnings(run)], run.log).toEqual([0, ['POST /repos/acme/shop/issues/1/comments'], []])
  expect(comments()[0]).toContain('**Deploying this will fail on replicas of Deployment/grokdevops, and leaves 1 difference as it is.**')
  expect(comments()[0]).toContain('cluster `DEBUG=true`')
  expect(comments()[0]).toContain('it is as true as that job')
  expect(run.report()).toMatchObject({
    verdict: 'drifted',
    pullRequest: { number: 1, fromFork: true },
    targets: [{ preview: { against: 'cluster', counts: { fails: 1, leaves: 1, changes: 1 } } }],
  })
  expect(existsSync(join(run.reportDir, 'preview.json'))).toBe(false)
  expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual([undefined])
  const again = await follow()
  expect([again.code, again.writes], again.log).toEqual([0, []])
  // Runs of which there is nothing to tell.
  for (const [more, why] of [
    [{ event: 'push' }, 'made by push'],
    [{ conclusion: 'failure' }, 'ended with failure'],
    [{ head_sha: 'c'.repeat(40) }, 'has newer commits'],
    [{ head_branch: 'gone' }, 'No pull request of this branch is open any more'],
  ] as const) {
    const none = await follow(more)
    expect([none.code, none.writes, none.reads], none.log).toEqual([0, [], []])
    expect(none.summary).toContain(why)
  }
  expect(storage.seen).toHaveLength(2)
})

test.concurrent('a hostile artifact is refused with a reason: nothing is written, read or started for it', async ({ onTestFinished }) => {
  const { file, storage, follow, comments, world, commits } = await proposeFromFork(onTestFinished)
  const text = readFileSync(file, 'utf8')
  const edit = (from: string, to: string) => {
    expect(text).toContain(from)
    return zipSync({ 'preview.json': strToU8(text.replace(from, to)) })
  }
  const cases: readonly (readonly [name: string, zip: Uint8Array, why: string])[] = [
    ['zip slip', makeZip({ name: '../../.github/plumbline.yml', data: text }), 'leads out of the folder'],
    ['a symbolic link', makeZip({ data: '/proc/self/environ', method: 0, attributes: 0o120777 << 16 }), 'is a symbolic link'],
    ['100 MB', makeZip({ data: new Uint8Array(100 * 2 ** 20) }), 'has 100 MB; at most 20 MB are read'],
    ['100 MB that say they are 10 bytes', makeZip({ data: new Uint8Array(100 * 2 ** 20), size: 10 }), 'has more than the 10 bytes'],
    ['a YAML bomb', zipSync({ 'preview.json': strToU8(YAML_BOMB) }), 'It is not JSON'],
    ['two files', zipSync({ 'preview.json': strToU8(text), 'x.sh': strToU8('#!/bin/sh\n') }), 'It holds 2 files'],
    ['a wrong name', zipSync({ 'preview.yaml': strToU8(text) }), 'It holds "preview.yaml"'],
    ['another pull request', edit('"number":1', '"number":2'), 'GitHub says that the run was for 1'],
    ['another commit', edit(commits.head, 'd'.repeat(40)), 'GitHub says that the run was for'],
    ['a target of its own', edit('"name":"grokdevops","', '"name":"other","'), 'which the configuration does not know'],
    ['no zip', strToU8('<html>'), 'It is no whole zip file'],
  ]
  const before = await readdir(world.workspace, { recursive: true })
  const { env, folder, calls } = await watchHelm()
  for (const [name, zip, why] of cases) {
    storage.put(zip)
    const run = await follow({}, env)
    expect([run.code, run.writes, run.reads, run.outputs.verdict], name + run.log).toEqual([1, [], [], 'error'])
    expect(run.log, name).toContain(why)
    expect(run.log, name).toMatch(/^::error::/m)
    expect(run.log, name).not.toContain('rendering with helm')
    expect(await readdir(world.workspace, { recursive: true }), name).toEqual(before)
    expect((await readdir(run.temporary, { recursive: true })).toSorted(), name).toEqual(['event.json', 'output', 'summary'])
    expect([calls(), await readdir(folder)], name).toEqual([[], []])
  }
  expect([comments(), storage.seen.length]).toEqual([[], cases.length])
  // The watch sees what there is to see.
  storage.put(zipSync({ 'preview.json': strToU8(text) }))
  const good = await follow({}, env)
  expect([good.code, comments().length, calls().length > 1, await readdir(folder)], good.log).toEqual([0, 1, true, []])
})

/** An environment whose helm keeps a list of its calls, and whose temporary folder is empty at first. */
async function watchHelm() {
  const [place, folder] = [makeWorkspace(), makeWorkspace().path]
  const list = place.at('calls')
  place.write({ calls: '', 'bin/helm': `#!/bin/sh\necho "$@" >> '${list}'\nexec '${await getHelm(4)}' "$@"\n` })
  chmodSync(place.at('bin/helm'), 0o755)
  const PATH = [place.at('bin'), dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  return { env: { PATH, TMPDIR: folder }, folder, calls: () => readFileSync(list, 'utf8').split('\n').slice(0, -1) }
}

const YAML_BOMB = `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(10)}]`).join('\n')}\n`
