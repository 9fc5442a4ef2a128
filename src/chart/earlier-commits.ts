import { copyFile, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { UserError } from '../errors.ts'
import type { ClusterInfo, Target } from '../model.ts'
import { buildDependencies, type ReadyChart } from './build-dependencies.ts'
import { extractSources, type SourcePaths } from './commit-sources.ts'
import { type Commit, findRepository, type Gap, listCommits, SHALLOW } from './find-commits.ts'
import type { Repository } from './git-files.ts'
import type { RenderOptions } from './render.ts'
import { type RenderedCommit, renderCommit } from './render-commit.ts'

export type EarlierCommits = {
  /** Newest first; the newest is what is checked out, apart from changes that are not committed. */
  readonly commits: readonly Commit[]
  /** True when there are older commits than those. */
  readonly cut: boolean
  readonly gap: Gap | null
  /**
   * @param withoutSet leaves out the target's own `set`, of which a repository has no history
   * @throws UserError when the commit does not render
   */
  readonly render: (commit: Commit, options: { readonly withoutSet: boolean }) => Promise<RenderedCommit>
  readonly close: () => Promise<void>
}

/**
 * Finds the commits that touched a target's chart or values, or what these need. Nothing is rendered yet.
 * @param made how the release was last deployed
 * @param from the commit to begin with; what is checked out unless given
 */
export async function openEarlierCommits(
  target: Target,
  cluster: ClusterInfo,
  options: RenderOptions & { readonly made: 'install' | 'upgrade'; readonly from?: string },
): Promise<EarlierCommits> {
  const { source } = target
  const files = source.type === 'chart' ? [source.chart, ...source.values] : [source.path]
  const [main = '', ...values] = await Promise.all(files.map((file) => realpath(file)))
  const workspace = await realpath(options.workspace)
  const folder = (await stat(main)).isDirectory() ? main : dirname(main)
  const repository = await findRepository(folder, workspace)
  if ('what' in repository) return nothing(repository)
  const paths = { main: toPath(main, repository), values: values.map((path) => toPath(path, repository)) }
  if (values.some((path) => isOutside(path, repository.top))) {
    return nothing({ what: 'values lie outside the repository of the chart', remedy: 'Keep them in one repository.' })
  }
  const { from = 'HEAD' } = options
  const head = await extractHead(repository, from, paths)
  if ('what' in head) return nothing(head)
  const listed = await listCommits(repository, from, head.wanted)
  if ('what' in listed) return nothing(listed)
  let ready: Promise<ReadyChart> | null = null
  const getReadyChart = async (): Promise<string> => {
    ready ??= buildDependencies(main, { helm: options.helm?.path ?? 'helm', workspace, dependencies: options.dependencies })
    return (await ready).path
  }
  const addUntracked = (to: string) => copyFiles(head.untracked, repository.top, to)
  const { helm, made } = options
  return {
    commits: listed.commits,
    cut: listed.cut,
    gap: repository.shallow ? SHALLOW : null,
    render: ({ id }, { withoutSet }) => {
      const asked = withoutSet && source.type === 'chart' ? { ...target, source: { ...source, set: [] } } : target
      return renderCommit(id, { repository, paths, target: asked, cluster, helm, made, addUntracked, getReadyChart })
    },
    close: async () => (await ready?.catch(() => null))?.remove(),
  }
}

function nothing(gap: Gap): EarlierCommits {
  const render = () => Promise.reject(new Error('there is no commit to render'))
  return { commits: [], cut: false, gap, render, close: async () => undefined }
}

type Head = { readonly wanted: readonly string[]; readonly untracked: readonly string[] }

/** What the sources need beside themselves, as the newest commit has it, and which of them Git does not have at all. */
async function extractHead(repository: Repository, from: string, paths: SourcePaths): Promise<Head | Gap> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-head-')))
  try {
    const wanted = await extractSources(repository, from, paths, folder)
    const isThere = async (path: string) => (await stat(join(folder, path)).catch(() => null)) !== null
    if (!(await isThere(paths.main))) return { what: 'Git has no commit with these sources', remedy: 'Commit them.' }
    const there = await Promise.all(paths.values.map(isThere))
    return { wanted, untracked: paths.values.filter((_path, index) => there[index] === false) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { what: error.faults[0]?.message.replace(/\.$/, '') ?? '', remedy: 'Run `git log` there to see why.' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function copyFiles(paths: readonly string[], from: string, to: string): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
  }
}

function toPath(file: string, { top }: Repository): string {
  return relative(top, file).replaceAll(sep, '/')
}

function isOutside(file: string, top: string): boolean {
  return relative(top, file).split(sep)[0] === '..'
}
