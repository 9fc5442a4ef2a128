import { runGit } from '../chart/git.ts'
import type { Repository } from '../chart/git-files.ts'
import { UserError } from '../errors.ts'
import type { PullRequestEvent } from '../github/read-pull-request.ts'
import { explainRefusal } from '../github/refusal.ts'
import type { Note } from '../model.ts'
import { listCheckouts } from './list-checkouts.ts'

/** The commit that a preview compares with. */
export type Base = {
  readonly commit: string
  /** The commit that is checked out; null where Git cannot tell. */
  readonly head: string | null
  /** The repository that holds the checkout; null where it is none, or where there is no git. */
  readonly checkout: Repository | null
  readonly notes: readonly Note[]
}
export type FindBaseTools = {
  readonly workspace: string
  /** Asks GitHub for the commit at which two others went apart; `findMergeBase` with its first arguments bound. */
  readonly askMergeBase: (commits: readonly [string, string]) => Promise<string>
}

type Checkout = { readonly repository: Repository; readonly id: string; readonly parents: readonly string[] }

/**
 * Finds the commit that a pull request is to be compared with: the first parent of GitHub's merge commit where that is
 * checked out, else the commit at which the pull request left its branch. The checkout needs no history for it.
 */
export async function findBase(pull: Pick<PullRequestEvent, 'base' | 'head'>, tools: FindBaseTools): Promise<Base> {
  const repositories = await listCheckouts(tools.workspace)
  const checkouts = (await Promise.all(repositories.map(readCheckout))).flatMap((one) => one ?? [])
  const merged = checkouts.find(({ parents }) => parents.length === 2 && parents[1] === pull.head.sha)
  const [base] = merged?.parents ?? []
  if (merged !== undefined && base !== undefined) {
    return { commit: base, head: merged.id, checkout: merged.repository, notes: [] }
  }
  const own = checkouts.find(({ id }) => id === pull.head.sha)
  const checkout = own ?? checkouts[0] ?? null
  const found = await findForkPoint(pull, checkout, tools)
  const other = checkout !== null && own === undefined ? [tellOther(checkout.id, pull.head.sha)] : []
  return { commit: found.commit, head: checkout?.id ?? null, checkout: checkout?.repository ?? null, notes: [...other, ...found.notes] }
}

/**
 * Finds the commit that a working copy is to be compared with: the one at which it and a revision went apart.
 *
 * @param revision as git takes it: a branch, a tag, a commit
 * @throws UserError where git does not know it
 */
export async function findNamedBase(revision: string, workspace: string): Promise<Base> {
  const [repository] = await listCheckouts(workspace)
  if (repository === undefined) {
    const remedy = 'Run it in a Git repository, on a machine with git.'
    throw new UserError({ where: '--base', message: `${workspace} lies in no Git repository.`, remedy })
  }
  const head = await readCommitId(repository, 'HEAD')
  const named = await readCommitId(repository, revision)
  if (named === null || head === null) {
    const message = `git knows no commit \`${revision}\`.`
    throw new UserError({ where: '--base', message, remedy: 'Fetch it first, or name a branch, a tag or a commit that `git log` shows.' })
  }
  const forked = await findLocally(repository, named, head)
  const apart = {
    kind: 'base',
    message: `\`${revision}\` and the working copy have no commit in common here, so they are compared as they are.`,
  }
  return { commit: forked ?? named, head, checkout: repository, notes: forked === null ? [apart] : [] }
}

async function findForkPoint(
  { base, head }: Pick<PullRequestEvent, 'base' | 'head'>,
  checkout: Checkout | null,
  tools: FindBaseTools,
): Promise<Pick<Base, 'commit' | 'notes'>> {
  const local = checkout === null ? null : await findLocally(checkout.repository, base.sha, checkout.id)
  // Where commits are cut off, a common one that is found may not be the newest.
  if (local !== null && checkout?.repository.shallow === false) return { commit: local, notes: [] }
  try {
    return { commit: await tools.askMergeBase([base.sha, checkout?.id ?? head.sha]), notes: [] }
  } catch (error) {
    if (local !== null) return { commit: local, notes: [] }
    return { commit: base.sha, notes: [tellInexact(explainRefusal(error).message)] }
  }
}

async function findLocally({ top, workspace }: Repository, one: string, other: string): Promise<string | null> {
  const result = await runGit({ folder: top, workspace, args: ['merge-base', one, other] })
  return result.ok ? readId(result.stdout) : null
}

async function readCommitId({ top, workspace }: Repository, revision: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const result = await runGit({ folder: top, workspace, args })
  return result.ok ? readId(result.stdout) : null
}

/** The parents as the commit itself names them: a shallow clone hides them from every other command. */
async function readCheckout(repository: Repository): Promise<Checkout | null> {
  const id = await readCommitId(repository, 'HEAD')
  if (id === null) return null
  const result = await runGit({ folder: repository.top, workspace: repository.workspace, args: ['cat-file', 'commit', id] })
  if (!result.ok) return null
  const [head = ''] = result.stdout.toString('utf8').split('\n\n', 1)
  return { repository, id, parents: [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, parent = '']) => parent) }
}

function readId(stdout: Buffer): string | null {
  return /^[0-9a-f]{40,64}$/m.exec(stdout.toString('utf8'))?.[0] ?? null
}

function tellOther(checkedOut: string, head: string): Note {
  const message = `The checkout is of commit ${checkedOut.slice(0, 8)}, neither the pull request's newest (${head.slice(0, 8)}) nor GitHub's merge of it: the preview is of what is checked out.`
  return { kind: 'base', message }
}

function tellInexact(why: string): Note {
  const message = `Where the pull request left its branch could not be learnt (${why}), so it is compared with the branch as it is now: changes of others may show as its own. Leave \`ref\` of actions/checkout out, or set \`fetch-depth: 0\`.`
  return { kind: 'base', message }
}
