import { type GitHubContext, isPullRequest } from '../github/context.ts'
import { explainRefusal, type Refusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import type { Note } from '../model.ts'

/** The repository's issues, to be read and written; or why they are left alone. */
export type Access =
  | { readonly open: true; readonly tracker: Tracker; readonly self: string }
  /** `speaks`: whether the run reads what the cluster should be, so that its readings count all the same. */
  | { readonly open: false; readonly note: Note; readonly speaks: boolean }

/**
 * Finds out whether issues may be written: there is a token, the run is one of the default branch (another one's chart is
 * not what the cluster should be), the repository has issues, and it is private or its owners allow that issues show
 * configuration to everyone.
 *
 * @param openTracker called where there is a token
 */
export async function findAccess(
  inputs: Pick<Inputs, 'token' | 'allowPublic'>,
  context: GitHubContext | null,
  openTracker: (context: GitHubContext) => Promise<Tracker>,
): Promise<Access> {
  const closed = (kind: string, message: string, speaks = true): Access => ({ open: false, note: { kind, message }, speaks })
  if (context === null) return closed('no-issues', 'No issue is filed: this is not a run of a GitHub workflow.')
  if (isPullRequest(context))
    return closed('no-issues', 'No issue is filed or changed: a pull request is not what the cluster should be yet.', false)
  if (inputs.token === '') {
    return closed(
      'no-token',
      'No issue can be filed: `token` is empty. Leave it out to use the job’s own token, or give one that may write issues.',
    )
  }
  const tracker = await openTracker(context)
  try {
    const [self, repository] = await Promise.all([tracker.readSelf(), tracker.readRepository()])
    if (!repository.hasIssues)
      return closed(
        'issues-disabled',
        'No issue can be filed: issues are disabled in this repository. Enable them under Settings, General, Features.',
      )
    if (repository.isPublic && !inputs.allowPublic) {
      return closed(
        'public-repository',
        'No issue is filed: the repository is public, and an issue shows configuration to everyone. Set `allow-public: true` if that is all right.',
      )
    }
    const branch = context.ref.replace(/^refs\/heads\//, '')
    if (branch !== '' && branch !== repository.defaultBranch) {
      const message = `No issue is filed or changed: this run is of \`${branch}\`, and only runs of the default branch, \`${repository.defaultBranch}\`, speak for what the cluster should be.`
      return closed('not-default-branch', message, false)
    }
    return { open: true, tracker, self }
  } catch (error) {
    return { open: false, note: noteRefusal(explainRefusal(error), 'The issues cannot be read'), speaks: true }
  }
}

/** Says why GitHub refused something, and what to do about it. */
export function noteRefusal({ kind, message }: Refusal, what: string): Note {
  switch (kind) {
    case 'unauthorized':
      return { kind: 'bad-token', message: `${what}: GitHub does not accept \`token\` (${message}). Give one that is valid.` }
    case 'forbidden':
      return {
        kind: 'no-permission',
        message: `${what}: \`token\` lacks a permission (${message}). Give the job \`permissions: issues: write\`, and \`contents: read\` with it.`,
      }
    case 'locked':
      return {
        kind: 'issue-locked',
        message: `${what}: the issue is locked (${message}). Unlock it if Plumbline is to keep it up to date.`,
      }
    case 'gone':
      return { kind: 'issue-gone', message: `${what}: it is gone, or issues are disabled in this repository (${message}).` }
    case 'not-found':
      return {
        kind: 'no-permission',
        message: `${what}: GitHub shows nothing there (${message}). The token may lack \`permissions: issues: write\`.`,
      }
    case 'limited':
      return { kind: 'rate-limited', message: `${what}: GitHub asks for a pause (${message}). The next run tries again.` }
    case 'invalid':
      return { kind: 'refused', message: `${what}: GitHub refused it (${message}).` }
    default:
      return { kind: 'github-unreachable', message: `${what}: no usable answer from GitHub (${message}). The next run tries again.` }
  }
}
