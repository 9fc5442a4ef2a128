/** Events of pull requests as GitHub sends them, as far as they are read. The repository is `acme/shop`. */

export type PullRequestEventOptions = {
  readonly action?: string
  /** Whose repository the branch is in, and who pushed. */
  readonly from?: string
  readonly sender?: string
}

/** `pull_request` */
export function describeEvent(
  number: number,
  { base, head }: { readonly base: string; readonly head: string },
  { action = 'synchronize', from = 'acme/shop', sender = 'lena' }: PullRequestEventOptions = {},
): object {
  const ends = {
    base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
    head: { sha: head, ref: `change-${number}`, repo: { full_name: from } },
  }
  const pull_request = { number, html_url: `https://github.com/acme/shop/pull/${number}`, user: { login: sender }, ...ends }
  return { action, number, pull_request, sender: { login: sender } }
}

/** `workflow_run`, for the run `id` that a pull request from a fork had. */
export function describeRun(id: number, number: number, head: string, from: string, more: object = {}): object {
  const run = {
    ...{ id, name: 'Drift', event: 'pull_request', conclusion: 'success', head_sha: head, head_branch: `change-${number}` },
    ...{ pull_requests: [], repository: { full_name: 'acme/shop' }, head_repository: { full_name: from } },
    ...{ actor: { login: from.split('/')[0] } },
  }
  return { action: 'completed', repository: { full_name: 'acme/shop' }, workflow_run: { ...run, ...more } }
}
