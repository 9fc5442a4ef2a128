import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { collectSources, type SourcePaths } from '../chart/commit-sources.ts'
import type { Target } from '../model.ts'
import { addUntracked } from './add-untracked.ts'
import { type CommitFiles, openCommitFiles } from './commit-files.ts'
import type { Base } from './find-base.ts'
import type { Remote } from './remote.ts'

/** A folder that stands in for the workspace, with files of the base at the same relative paths. */
export type BaseTree = {
  /** Its real path. */
  readonly folder: string
  readonly commit: string
  /** Where the commit's files come from. */
  readonly origin: CommitFiles['origin']
  /** The folder of the checkout, from the workspace's; empty where they are one. Paths in the repository start from it. */
  readonly prefix: string
  /** Puts files or folders into the tree, and what links among them lead to. @param paths from the workspace, or absolute in it */
  readonly addFiles: (paths: readonly string[]) => Promise<void>
  /**
   * Puts what a target needs into the tree: what the base has of it, and what no commit has.
   * @returns the paths that no commit has, from the workspace: both sides use them as they are now
   * @throws UserError where the base holds what it must not
   */
  readonly addSource: (source: Target['source']) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}
export type BaseTreeOptions = { readonly workspace: string; readonly remote: Remote | null }

/**
 * Opens the base of a pull request: its files, in a temporary folder that fills up as targets ask for theirs. The workspace
 * is never written to. It has to be closed, and serves all targets.
 *
 * @throws UserError where the files of the commit cannot be had
 */
export async function openBaseTree({ commit, checkout }: Base, options: BaseTreeOptions): Promise<BaseTree> {
  const workspace = await realpath(options.workspace)
  const files = await openCommitFiles(commit, { checkout, remote: options.remote })
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-base-')))
  const top = checkout?.top ?? workspace
  const prefix = relative(workspace, top).split(sep).join('/')
  const root = join(folder, prefix)
  await mkdir(root, { recursive: true })
  const inTurn = takeTurns()
  const add = (paths: SourcePaths) => collectSources((wanted) => files.extract(wanted, root), paths, root)
  const place = (path: string) => toRepositoryPaths(path, { workspace: options.workspace, top })
  return {
    ...{ folder, commit, origin: files.origin, prefix },
    addFiles: (paths) =>
      inTurn(async () => {
        const found = (await Promise.all(paths.map((path) => place(resolve(options.workspace, path))))).flat()
        const [main, ...values] = found
        if (main !== undefined) await add({ main, values })
      }),
    addSource: (source) =>
      inTurn(async () => {
        const mains = await place(source.type === 'chart' ? source.chart : source.path)
        const values = source.type === 'chart' ? (await Promise.all(source.values.map(place))).flat() : []
        for (const main of mains) await add({ main, values })
        return checkout === null ? [] : addUntracked(source, { workspace: options.workspace, folder, checkout })
      }),
    close: async () => {
      await files.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A path of the workspace as the repository has it: as it is written, and with links followed, where that is another one. */
async function toRepositoryPaths(path: string, { workspace, top }: { readonly workspace: string; readonly top: string }) {
  const real = await realpath(path).catch(() => null)
  const written = join(await realpath(workspace), relative(workspace, path))
  const ways = [written, ...(real === null ? [] : [real])].map((one) => relative(top, one).split(sep).join('/'))
  return [...new Set(ways)].filter((way) => way !== '..' && !way.startsWith('../') && !way.startsWith('/'))
}

/** Two targets may want the same file, and neither may read it half written. */
function takeTurns(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
}
