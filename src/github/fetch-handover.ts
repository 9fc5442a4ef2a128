import { UserError } from '../errors.ts'
import type { Handover, KnownTarget } from '../handover/model.ts'
import { parseHandover } from '../handover/parse-handover.ts'
import { refuseHandover } from '../handover/refuse-handover.ts'
import type { PullRequest } from '../model.ts'
import type { GitHubContext } from './context.ts'
import { explainAbsence, type Source } from './explain-absence.ts'
import type { OctokitOptions } from './open-octokit.ts'
import { type Nothing, readWorkflowRun } from './read-workflow-run.ts'

/** What a run handed over, for the pull request that GitHub says it was for. */
export type FetchedHandover =
  | Nothing
  | {
      readonly type: 'found'
      readonly pullRequest: PullRequest
      readonly handover: Handover
      /** The number of the run that rendered it. */
      readonly run: number
    }

/**
 * Fetches what the run that a `workflow_run` event follows handed over: at most three REST requests, and one to the storage.
 *
 * Which pull request it is for is asked of GitHub. What the artifact says of itself has to agree; where one branch is proposed
 * to several, it tells which of those it is about, and no other.
 *
 * @param context the repository and the event
 * @param known the targets of the configuration, read from trusted code
 * @throws UserError when GitHub does not give it, or when it is refused; then nothing of it was used
 */
export async function fetchHandover(
  context: Pick<GitHubContext, 'owner' | 'repo' | 'event'>,
  options: OctokitOptions,
  known: readonly KnownTarget[],
): Promise<FetchedHandover> {
  const run = readWorkflowRun(context.event, context)
  if ('type' in run) return run
  // Most of the code of a GitHub client and of a zip reader; no other run needs both.
  const [{ openOctokit }, { findPullRequests }, { downloadArtifact }, { unzipHandover }] = await Promise.all([
    import('./open-octokit.ts'),
    import('./find-pull-requests.ts'),
    import('./download-artifact.ts'),
    import('../handover/unzip-handover.ts'),
  ])
  const { octokit } = openOctokit(options)
  const pulls = await ask('pull requests', () => findPullRequests(octokit, context, run))
  if ('type' in pulls) return pulls
  const zip = await ask('artifacts', () => downloadArtifact(octokit, context, run, options.fetch ?? fetch))
  const handover = parseHandover(await unzipHandover(zip), known)
  const { number, head } = handover.pullRequest
  const pullRequest = pulls.find((pull) => pull.number === number)
  if (pullRequest === undefined) {
    const named = pulls.map((pull) => pull.number).join(' or ')
    throw refuseHandover(`It says that it is of pull request ${number}; GitHub says that the run was for ${named}.`)
  }
  if (head !== run.headSha) throw refuseHandover(`It says that it is of commit ${head}; GitHub says that the run was for ${run.headSha}.`)
  return { type: 'found', pullRequest, handover, run: run.id }
}

async function ask<Value>(source: Source, question: () => Promise<Value>): Promise<Value> {
  try {
    return await question()
  } catch (error) {
    if (error instanceof UserError) throw error
    const { source: where, why, remedy } = explainAbsence(source, error)
    throw new UserError({ message: `They could not be read: ${why}.`, where, remedy })
  }
}
