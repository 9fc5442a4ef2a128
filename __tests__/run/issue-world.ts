import { expect, onTestFinished } from 'vitest'
import type { RepositoryOptions } from '../fakes/github/repository.ts'
import type { Comment, Issue } from '../fakes/github/types.ts'
import { drift, type GitHubEvent, makeWorld, type Run, type World } from './world.ts'

/** What the story's team did by hand. */
export const BY_HAND = { replicas: 5, env: [{ name: 'DEBUG', value: 'true' }] }
/** Files in the first run that sees the drift, so that a test takes one run rather than three. */
export const AT_ONCE = { 'persist-runs': '1' }

/** How a world learns that its test is over; tests that run at the same time must give their own. */
export type Ending = (end: () => Promise<void>) => void

/** A world that ends with its test, on the morning of a Monday. */
export async function startWorld(options: RepositoryOptions = {}, ending: Ending = onTestFinished): Promise<World> {
  const world = await makeWorld('2026-11-02T08:00:00Z', options)
  ending(world.close)
  return world
}

/** A world in which somebody changed the Deployment by hand. `clean` is the cluster as it was before. */
export async function startDrifted(options: RepositoryOptions = {}, ending: Ending = onTestFinished) {
  const world = await startWorld(options, ending)
  const clean = world.objects
  world.objects = drift(clean, BY_HAND, world.now())
  return { world, clean, run: runLater(world), people: world.github.people }
}

/** The same, with the drift filed as #1. */
export async function startFiled(options: RepositoryOptions = {}, ending: Ending = onTestFinished) {
  const started = await startDrifted(options, ending)
  const first = await started.run()
  expect(first.outputs['issue-number'], first.log).toBe('1')
  return { ...started, issue: () => started.people.issue(1) }
}

/** Runs the entry with persistence out of the way, an hour after the run before. */
export function runLater(world: World) {
  return (inputs: { readonly [input: string]: string } = {}, event?: GitHubEvent): Promise<Run> => {
    world.wait({ hours: 1 })
    return world.run({ ...AT_ONCE, ...inputs }, event)
  }
}

/** The event that GitHub starts a workflow with when somebody comments. */
export function tellComment(
  world: World,
  comment: Comment,
  more: { readonly action?: string; readonly pullRequest?: boolean } = {},
): GitHubEvent {
  const { id, body, issue, user } = comment
  return {
    name: 'issue_comment',
    payload: {
      action: more.action ?? 'created',
      issue: { number: issue, title: '', ...(more.pullRequest === true ? { pull_request: { url: '' } } : {}) },
      comment: { id, body, user: { login: user, type: world.github.repository.addUser(user).type } },
    },
  }
}

/** What the runner shows as warnings on the run's page. */
export function listWarnings({ log }: Run): readonly string[] {
  return [...log.matchAll(/^::warning::(.*)$/gm)].map(([, text = '']) => text)
}

/** The issues of the fake repository, oldest first. */
export function listIssues(world: World): readonly Issue[] {
  return [...world.github.repository.issues.values()]
}

/** The comments of an issue, as text. */
export function listComments(world: World, number: number): readonly string[] {
  return world.github.repository.commentsOf(number).map(({ user, body }) => `${user}: ${body}`)
}

/** A person comments on #1, ten minutes after whatever was before: nobody answers within the second. */
export function say(world: World, login: string, body: string, number = 1): Comment {
  world.wait({ minutes: 10 })
  return world.github.people.comment(login, number, body)
}
