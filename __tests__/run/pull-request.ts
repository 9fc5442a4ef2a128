import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Report } from '../../src/model.ts'
import { makeRepository } from '../chart/support/repository.ts'
import { repository as example } from '../e2e/story.ts'
import { setBranches } from '../fakes/github/artifacts.ts'
import { BOT, type RepositoryOptions } from '../fakes/github/repository.ts'
import type { Token } from '../fakes/github/types.ts'
import type { Edits } from '../preview/preview-example.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { archiveCommit, gitIn, serveGit } from '../trees/support.ts'
import { BY_HAND, type Ending } from './issue-world.ts'
import { describeEvent, type PullRequestEventOptions } from './pull-request-events.ts'
import { readReport } from './report-schema.ts'
import { drift, makeWorld, type Run, type World } from './world.ts'

export const VALUES = 'devops/helm/values-dev.yaml'
export const CHART = 'devops/helm/grokdevops'
export const BUMP: Edits = { [VALUES]: (text) => `${text}\nimage:\n  tag: 9.9.9\n` }
export const CODIFY: Edits = { [VALUES]: (text) => text.replace('replicaCount: 3', 'replicaCount: 5') }

/** What the example's workflow gives the job, and what GitHub leaves of it to a fork or to Dependabot. */
const JOB: Token = {
  login: BOT,
  permissions: { issues: 'write', contents: 'read', metadata: 'read', actions: 'read', deployments: 'read', pulls: 'write' },
}
const READER: Token = { login: BOT, permissions: { issues: 'read', contents: 'read', metadata: 'read', pulls: 'read' } }

/** What a pull request changes: a new text by path, a symbolic link, or null for what it removes. */
export type Change = Edits[string] | { readonly link: string }
export type Changes = { readonly [path: string]: Change }
export type Proposal = {
  readonly world: World
  /** The objects of the cluster as they were before anybody touched them. */
  readonly clean: World['objects']
  readonly number: number
  /** Pushes a pull request that changes its base like this, and checks its merge out as actions/checkout does. */
  readonly push: (changes: Changes) => Promise<{ readonly base: string; readonly head: string }>
  /** Checks one commit out into the workspace; a push does so with its merge. */
  readonly checkOut: (ref: string) => Promise<void>
  /** Runs the Action for what was pushed last, some minutes after the run before. */
  readonly preview: (inputs?: { readonly [input: string]: string }, event?: ProposalEvent) => Promise<PreviewRun>
  readonly comments: () => readonly string[]
  /** Lets GitHub have an archive of a commit. */
  readonly archive: (commit: string) => void
}
export type ProposalEvent = PullRequestEventOptions & {
  readonly name?: string
  /** The event's content, where it is no pull request's. */
  readonly payload?: object
  readonly env?: NodeJS.ProcessEnv
}
/** `reads` is what the cluster was asked. */
export type PreviewRun = Run & { readonly report: () => Report; readonly reads: readonly string[]; readonly reportDir: string }
export type ProposalOptions = RepositoryOptions & {
  readonly ending?: Ending
  /** What Git has beside the example, before the pull request. */
  readonly before?: Changes
  /** What is done in the world before there is a pull request. */
  readonly earlier?: (world: World) => Promise<void>
}

/** A pull request of lena's to the example's repository, while the cluster is as somebody left it by hand. */
export async function propose({ ending = onTestFinished, before = {}, earlier, ...options }: ProposalOptions = {}): Promise<Proposal> {
  const world = await makeWorld('2026-11-24T08:00:00Z', { tokens: { 'fake-token': JOB, 'reader-token': READER }, ...options })
  ending(world.close)
  const clean = world.objects
  world.objects = drift(clean, BY_HAND, world.now())
  const reads: string[] = []
  world.broken = (path) => {
    reads.push(path)
    return null
  }
  const origin = makeRepository({})
  await cp(example, origin.path, { recursive: true })
  await edit(origin.path, before)
  origin.commit({})
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const server = await serveGit(origin, ['fake-token', 'reader-token'], ending)
  await earlier?.(world)
  const { number } = world.github.people.openPullRequest('lena', { title: 'Change it' })
  let pushed = { base: '', head: '' }

  const push = async (changes: Changes) => {
    origin.git('checkout', '-q', '-B', 'change', 'main')
    await edit(origin.path, changes)
    const head = origin.commit({})
    // The branch has moved on since: what GitHub checks out is a merge.
    origin.git('checkout', '-q', 'main')
    const base = origin.commit({ 'of-others.txt': head })
    origin.git('checkout', '-q', '--detach')
    origin.git('merge', '-q', '--no-ff', '-m', 'merge', 'change')
    origin.git('update-ref', `refs/pull/${number}/merge`, 'HEAD')
    origin.git('checkout', '-q', 'main')
    await checkOut(`refs/pull/${number}/merge`)
    pushed = { base, head }
    return pushed
  }
  const checkOut = async (ref: string) => {
    await rm(world.workspace, { recursive: true, force: true })
    await mkdir(world.workspace)
    const git = gitIn(world.workspace)
    git('init', '-q')
    git('fetch', '-q', '--depth=1', `file://${origin.path}`, ref)
    git('checkout', '-q', '--detach', 'FETCH_HEAD')
    expect(git('rev-list', '--count', 'HEAD')).toBe('1')
  }
  const preview: Proposal['preview'] = async (inputs = {}, { env = {}, ...event } = {}) => {
    world.wait({ minutes: 10 })
    setBranches(world.github.repository, number, { sha: pushed.head, baseSha: pushed.base, from: event.from ?? 'acme/shop' })
    const asked = reads.length
    const PATH = [dirname(await getHelm(4)), dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
    const run = await world.run(inputs, {
      name: event.name ?? 'pull_request',
      payload: event.payload ?? describeEvent(number, pushed, event),
      env: { PATH, GITHUB_SERVER_URL: server.url, GITHUB_REF: `refs/pull/${number}/merge`, ...env },
    })
    const json = run.outputs['report-json'] ?? ''
    return { ...run, reads: reads.slice(asked), report: () => readReport(json), reportDir: dirname(json) }
  }
  const { repository } = world.github
  const archive = (commit: string) => void repository.activity.archives.set(commit, archiveCommit(origin, commit))
  return { world, clean, number, push, checkOut, preview, archive, comments: () => repository.commentsOf(number).map(({ body }) => body) }
}

async function edit(folder: string, changes: Changes): Promise<void> {
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path)
    if (change === null) await rm(file, { recursive: true })
    else {
      await mkdir(dirname(file), { recursive: true })
      if (typeof change === 'object') await symlink(change.link, file)
      else await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')))
    }
  }
}
