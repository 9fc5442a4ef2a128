import type { GitHubContext } from '../github/context.ts'

/** The repository on GitHub that a commit can be had from. */
export type Remote = {
  readonly owner: string
  readonly repo: string
  /** `https://github.com`. */
  readonly serverUrl: string
  readonly apiUrl: string
  /** Empty where there is none: a public repository can be read without. */
  readonly token: string
}

/**
 * The repository that a run belongs to. Its address comes from the runner, never from the checkout's own git settings.
 */
export function readRemote({ owner, repo, apiUrl }: GitHubContext, token: string, env: NodeJS.ProcessEnv): Remote {
  return { owner, repo, apiUrl, token, serverUrl: (env.GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, '') }
}
