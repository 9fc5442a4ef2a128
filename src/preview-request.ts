import { UserError } from './errors.ts'
import type { Inputs } from './inputs/model.ts'
import type { Note, PullRequest, Target } from './model.ts'
import type { PreviewRequest, TargetSides } from './run-preview.ts'
import { listChangedFiles } from './trees/list-changed-files.ts'
import type { BaseTree } from './trees/open-base-tree.ts'
import { findHeadTarget, relocateTarget } from './trees/relocate-target.ts'

/** What a preview is made from. */
export type PreparedPreview = {
  readonly inputs: Inputs
  readonly request: PreviewRequest
  /** Who renders the pull request: this run, or the one before it, without secrets. */
  readonly rendered: 'here' | 'elsewhere'
  /** The number of the run that renders it; null where there is none. */
  readonly run: number | null
  /** Whether the token may write a comment: one of a run without secrets may not. */
  readonly mayComment: boolean
  /** Removes the base's files. */
  readonly close: () => Promise<void>
}

/** What is previewed of a working copy or a checkout: both sides of every target that differs between them. */
export async function buildRequest(
  pullRequest: PullRequest,
  inputs: Inputs,
  tree: BaseTree,
  notes: readonly Note[],
): Promise<PreviewRequest> {
  const { workspace } = inputs
  const sides = await Promise.all(inputs.targets.map((target) => findSides(target, inputs, tree)))
  const isTouched = ({ touched, failed }: Located) => touched || failed !== undefined || inputs.previewAll
  return {
    pullRequest,
    targets: sides.filter(isTouched),
    untouched: sides.filter((one) => !isTouched(one)).map(({ target }) => target.name),
    folders: { base: tree.folder, head: workspace },
    against: findAgainst(inputs),
    notes: [...notes, ...sides.flatMap((one) => one.notes)],
  }
}

/** Without a credential or a saved state, the base is all that there is to compare with. */
export function findAgainst({ kubeconfig, live }: Inputs): PreviewRequest['against'] {
  return kubeconfig.type === 'none' && live === null ? 'base' : 'cluster'
}

type Located = TargetSides & { readonly touched: boolean; readonly notes: readonly Note[] }

async function findSides(target: Target, { workspace }: Inputs, tree: BaseTree): Promise<Located> {
  try {
    const [before, after] = await Promise.all([relocateTarget(target, tree, workspace), findHeadTarget(target, workspace)])
    const changed = await listChangedFiles(
      { target: before.target, folder: tree.folder },
      { target: after.target, folder: workspace },
      tree.prefix,
    )
    return { target, base: before.target, head: after.target, ...changed, notes: [...before.notes, ...after.notes] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // One target's sources must not stop the others.
    return { target, base: null, head: null, files: [], touched: true, notes: [], failed: error }
  }
}

/** Removes the base's files where something goes wrong; else that is for the caller to do. */
export async function orClose<Value>(tree: BaseTree, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    await tree.close()
    throw error
  }
}
