import type { Hands } from '../deliver/carry-out.ts'
import { type CommentNews, keepComment } from '../deliver/keep-comment.ts'
import type { GitHubContext } from '../github/context.ts'
import { explainRefusal, type Refusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import type { Note } from '../model.ts'
import { concernsCluster, type PreviewReport } from '../report/preview/arrange.ts'
import { formatPreviewComment, type PreviewCommentOptions } from '../report/preview/comment.ts'
import { noteRefusal } from './access.ts'

export type CommentTools = {
  readonly context: GitHubContext | null
  readonly openTracker: (context: GitHubContext) => Promise<Tracker>
  readonly sleep: Hands['sleep']
}
/** What became of the comment, and what is to be told loudly. A comment that cannot be written fails no run. */
export type KeptComment = { readonly news: CommentNews | null; readonly notes: readonly Note[] }

/**
 * Keeps the one comment on the report's pull request that tells what it will do. Whatever GitHub refuses is a note.
 *
 * @param options of the text. Its `run` must grow from push to push: where one run renders and another one comments, it is
 *   the one that renders
 */
export async function keepPreviewComment(
  report: PreviewReport,
  options: PreviewCommentOptions,
  inputs: Pick<Inputs, 'token' | 'allowPublic' | 'dryRun'>,
  { context, openTracker, sleep }: CommentTools,
): Promise<KeptComment> {
  const leave = (kind: string, message: string): KeptComment => ({ news: null, notes: [{ kind, message }] })
  if (context === null) return leave('no-comment', 'No comment is written: this is not a run of a GitHub workflow.')
  if (inputs.token === '') {
    return leave(
      'no-token',
      'No comment can be written: `token` is empty. Leave it out to use the job’s own token, or give one that may write to pull requests.',
    )
  }
  const { number, fromFork } = report.pullRequest
  if (number === null) return leave('no-comment', 'No comment is written: a working copy is no pull request.')
  try {
    const tracker = await openTracker(context)
    const [self, { isPublic }] = await Promise.all([tracker.readSelf(), tracker.readRepository()])
    if (isPublic && !inputs.allowPublic && showsCluster(report)) {
      return leave(
        'public-repository',
        'No comment is written: the repository is public, and the comment would show to everyone what the cluster has. Set `allow-public: true` if that is all right. The job summary, which is as public as the repository, has all of it as it does for a check.',
      )
    }
    const text = formatPreviewComment(report, options)
    const wanted = { number, key: options.key, run: options.run, text, nothing: !report.targets.some(concernsCluster) }
    const news = await keepComment(wanted, { tracker, self, sleep }, inputs.dryRun)
    return { news, notes: [] }
  } catch (error) {
    return { news: null, notes: [noteCommentRefusal(explainRefusal(error), number, fromFork)] }
  }
}

/** Whether anything in it comes from a cluster. What went wrong may name one, too. */
function showsCluster({ targets }: PreviewReport): boolean {
  return targets.some(({ preview, error, unread, findings }) => {
    return error !== null || preview?.against !== 'base' || unread.length + findings.length > 0
  })
}

/** Says why GitHub refused the comment, and what to do about it. */
function noteCommentRefusal(refusal: Refusal, number: number, fromFork: boolean): Note {
  const what = `The comment on pull request ${number} could not be written`
  const { kind, message } = refusal
  switch (kind) {
    case 'forbidden':
      return { kind: 'no-permission', message: `${what}: \`token\` lacks a permission (${message}). ${fromFork ? FORK : GRANT}` }
    case 'not-found':
    case 'gone':
      return { kind: 'no-permission', message: `${what}: GitHub shows no such pull request (${message}). ${fromFork ? FORK : GRANT}` }
    case 'locked':
      return {
        kind: 'comment-locked',
        message: `${what}: its conversation is locked (${message}). Unlock it if Plumbline is to comment there. The job summary has everything.`,
      }
    default:
      return noteRefusal(refusal, what)
  }
}

const GRANT =
  'Give the job `permissions: pull-requests: write`, and `contents: read` with it. Pull requests of Dependabot get a token that may only read, whatever the job says. The job summary has everything.'
const FORK =
  'Pull requests from a fork get a token that may only read, whatever the job says: `docs/preview.md` shows how a second workflow comments on them. The job summary has everything.'
