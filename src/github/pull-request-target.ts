import type { Fault } from '../model.ts'

/**
 * Why nothing runs for the event `pull_request_target`, in whichever mode.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export const PULL_REQUEST_TARGET_REFUSED: Omit<Fault, 'where'> = {
  message:
    '`pull_request_target` runs with the secrets of this repository, and a chart that a stranger wrote must not be rendered beside them.',
  remedy:
    'Use `on: pull_request`. For pull requests from forks, docs/preview.md has two workflows of which only the second has secrets, and that one runs nothing of the pull request.',
}
