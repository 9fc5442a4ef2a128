import type { Inputs } from './inputs/model.ts'
import type { Report } from './model.ts'
import { buildRequest } from './preview-request.ts'
import type { Surroundings } from './run.ts'
import { runPreview } from './run-preview.ts'
import { findNamedBase } from './trees/find-base.ts'
import { openBaseTree } from './trees/open-base-tree.ts'

/**
 * Previews what a working copy will do, compared with the commit at which it and a revision went apart.
 *
 * @param revision as git takes it
 * @throws UserError where git does not know it, or where its files cannot be had
 */
export async function previewWorkingCopy(inputs: Inputs, revision: string, surroundings: Surroundings): Promise<Report> {
  const base = await findNamedBase(revision, inputs.workspace)
  const tree = await openBaseTree(base, { workspace: inputs.workspace, remote: null })
  try {
    const pullRequest = { number: null, url: null, base: base.commit, head: base.head, fromFork: false }
    const request = await buildRequest(pullRequest, inputs, tree, base.notes)
    return (await runPreview(request, inputs, surroundings)).report
  } finally {
    await tree.close()
  }
}
