import type { OctokitOptions } from './open-octokit.ts'
import { refuseAnswer } from './refusal.ts'

/**
 * Asks GitHub at which commit two others went apart. For a checkout without its history.
 *
 * @param place the repository that a pull request is to be merged into; it has the commits of its forks too
 * @throws what Octokit throws; RefusalError for an answer that is none
 * @see https://docs.github.com/rest/commits/commits#compare-two-commits
 */
export async function findMergeBase(
  { owner, repo }: { readonly owner: string; readonly repo: string },
  options: OctokitOptions,
  [base, head]: readonly [string, string],
): Promise<string> {
  const { openOctokit } = await import('./open-octokit.ts')
  const { octokit } = openOctokit({ ...options, wait: false })
  // One commit and its files is all that is wanted of what may be thousands.
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}`, per_page: 1 })
  const found = /^[0-9a-f]{40}$/.exec(data.merge_base_commit?.sha ?? '')?.[0]
  if (found === undefined) throw refuseAnswer()
  return found
}
