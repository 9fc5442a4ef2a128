import { renderCommit } from './render-activity.ts'
import type { Repository } from './repository.ts'

/** What GitHub says of two commits; only where they went apart matters here. */
export function renderComparison(repository: Repository, basehead: string, mergeBase: string, base: string) {
  const [from = ''] = basehead.split('...')
  const time = repository.stamp()
  const commit = (sha: string) => renderCommit(repository, { sha, message: 'Change', time, files: [] }, base)
  const page = `https://github.com/${repository.owner}/${repository.name}/compare/${basehead}`
  return {
    ...{ url: `${base}/repos/${repository.owner}/${repository.name}/compare/${basehead}`, html_url: page, permalink_url: page },
    ...{ diff_url: `${page}.diff`, patch_url: `${page}.patch`, base_commit: commit(from), merge_base_commit: commit(mergeBase) },
    ...{ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 0, commits: [], files: [] },
  }
}
