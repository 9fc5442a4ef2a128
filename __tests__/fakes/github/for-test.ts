import { onTestFinished } from 'vitest'
import { FakeGitHub } from './github.ts'
import type { RepositoryOptions } from './repository.ts'
import { type GitHubServer, serveGitHub } from './server.ts'

/** A fake GitHub for the test that runs, over HTTP. It ends with the test, which fails if the fake itself was wrong. */
export async function startGitHub(
  options: RepositoryOptions = {},
): Promise<{ readonly github: FakeGitHub; readonly server: GitHubServer }> {
  const github = new FakeGitHub(options)
  const server = await serveGitHub(github)
  onTestFinished(server.close)
  return { github, server }
}
