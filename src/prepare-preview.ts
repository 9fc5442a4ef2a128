import type { GitHubContext } from './github/context.ts'
import { fetchHandover } from './github/fetch-handover.ts'
import { findMergeBase } from './github/find-merge-base.ts'
import type { OctokitOptions } from './github/open-octokit.ts'
import { readPullRequest } from './github/read-pull-request.ts'
import type { Nothing } from './github/read-workflow-run.ts'
import type { Handover } from './handover/model.ts'
import { findActionWorkspace, getInput, loadActionInputs } from './inputs/action.ts'
import type { Inputs } from './inputs/model.ts'
import type { Note, PullRequest } from './model.ts'
import { buildRequest, findAgainst, orClose, type PreparedPreview } from './preview-request.ts'
import type { PreviewRequest } from './run-preview.ts'
import { findBase } from './trees/find-base.ts'
import { listCheckouts } from './trees/list-checkouts.ts'
import { loadPreviewInputs } from './trees/load-preview-inputs.ts'
import { openBaseTree } from './trees/open-base-tree.ts'
import { relocateTarget } from './trees/relocate-target.ts'
import { readRemote } from './trees/remote.ts'

/**
 * Prepares the preview of the pull request that a workflow's event is about. The head is what is checked out, or, after a run
 * that had no secrets, what that run handed over.
 *
 * @param env with the Action's inputs
 * @throws UserError with every fault
 */
export async function preparePreview(
  env: NodeJS.ProcessEnv,
  context: GitHubContext,
  log: (line: string) => void,
): Promise<PreparedPreview | Nothing> {
  const options = { token: getInput(env, 'token'), apiUrl: context.apiUrl, log }
  return context.eventName === 'workflow_run' ? prepareHandedOver(env, context, options) : prepareCheckedOut(env, context, options)
}

async function prepareCheckedOut(
  env: NodeJS.ProcessEnv,
  context: GitHubContext,
  options: OctokitOptions,
): Promise<PreparedPreview | Nothing> {
  const pull = readPullRequest(context)
  if (pull.closed) return { type: 'nothing', why: 'The pull request is closed: there is nothing to preview.' }
  const workspace = findActionWorkspace(env)
  const base = await findBase(pull, { workspace, askMergeBase: (commits) => findMergeBase(context, options, commits) })
  const tree = await openBaseTree(base, { workspace, remote: readRemote(context, options.token, env) })
  return orClose(tree, async () => {
    const inputs = await loadPreviewInputs(env, tree)
    const { number, url, fromFork } = pull
    const pullRequest = { number, url, base: base.commit, head: pull.head.sha, fromFork }
    const notes = [...base.notes, ...noteNoCluster(inputs, pull.hasSecrets)]
    const request = await buildRequest(pullRequest, inputs, tree, notes)
    return { inputs, request, rendered: 'here', run: context.runId, mayComment: pull.hasSecrets, close: tree.close }
  })
}

/** Without a cluster it is a smaller preview; whether it has to be says what to do about it. */
function noteNoCluster(inputs: Inputs, hasSecrets: boolean): readonly Note[] {
  if (findAgainst(inputs) === 'cluster') return []
  const message = hasSecrets
    ? 'No cluster is read, since `kubeconfig` is empty: this is the pull request against its base alone. Give a kubeconfig of a reader to have the preview.'
    : 'No cluster is read, since GitHub gives pull requests from forks and from Dependabot no secrets: this is the pull request against its base alone. docs/preview.md has the workflow that does the rest.'
  return [{ kind: 'no-cluster', message }]
}

async function prepareHandedOver(
  env: NodeJS.ProcessEnv,
  context: GitHubContext,
  options: OctokitOptions,
): Promise<PreparedPreview | Nothing> {
  // Of the default branch: whose targets they are must be known before anything of a stranger is read. The base that the
  // stranger names has no say in it: a commit of the branch from before a redaction was set must not undo it.
  const inputs = loadActionInputs(env)
  const fetched = await fetchHandover(context, options, inputs.targets)
  if (fetched.type === 'nothing') return fetched
  const { pullRequest, handover } = fetched
  const { workspace } = inputs
  const agreed = await agreeOnBase(pullRequest, handover, context, options)
  const [checkout = null] = await listCheckouts(workspace)
  const tree = await openBaseTree(
    { commit: agreed.commit, head: null, checkout, notes: [] },
    { workspace, remote: readRemote(context, options.token, env) },
  )
  return orClose(tree, async () => {
    const handed = new Map(handover.targets.map(({ name, head }) => [name, head]))
    const sides = await Promise.all(
      inputs.targets
        .filter(({ name }) => handed.has(name))
        .map(async (target) => {
          const { target: base, notes } = await relocateTarget(target, tree, workspace)
          const desired = handed.get(target.name) ?? null
          return { target, base, head: desired === null ? null : { desired }, files: [], notes }
        }),
    )
    const request: PreviewRequest = {
      pullRequest: { ...pullRequest, base: agreed.commit },
      targets: sides,
      // Whether it touches the others, only its own run says: nobody is told that it does not.
      untouched: [],
      folders: { base: tree.folder, head: workspace },
      against: findAgainst(inputs),
      notes: [HANDED_OVER, ...noteLeftOut(inputs, handed), ...agreed.notes, ...sides.flatMap((one) => one.notes)],
    }
    return { inputs, request, rendered: 'elsewhere', run: fetched.run, mayComment: true, close: tree.close }
  })
}

function noteLeftOut({ targets }: Inputs, handed: ReadonlyMap<string, unknown>): readonly Note[] {
  const left = targets.map(({ name }) => name).filter((name) => !handed.has(name))
  return left.length === 0 ? [] : [{ kind: 'handed-over', message: `Not handed over, and so not previewed: ${left.join(', ')}.` }]
}

const HANDED_OVER: Note = {
  kind: 'handed-over',
  message:
    'What the pull request renders is what its own run without secrets handed over: the word of whoever wrote the pull request. What the base and the cluster say was read here.',
}

/**
 * The rendering was made of a merge with some commit of the base branch: with another one, what was merged since would look
 * like the pull request's. What the run says of it counts if GitHub finds it in the branch.
 */
async function agreeOnBase(
  { base, head }: PullRequest,
  { pullRequest: claimed }: Handover,
  context: GitHubContext,
  options: OctokitOptions,
): Promise<{ readonly commit: string; readonly notes: readonly Note[] }> {
  const known = base ?? head ?? ''
  const { base: named } = claimed
  const isOfBranch = async (commit: string) => (await findMergeBase(context, options, [known, commit]).catch(() => null)) === commit
  if (named !== null && (named === known || (await isOfBranch(named)))) return { commit: named, notes: [] }
  const message =
    'Which commit of the base branch the pull request was rendered with is not known, so what was merged since may look like its own.'
  return { commit: known, notes: [{ kind: 'base', message }] }
}
