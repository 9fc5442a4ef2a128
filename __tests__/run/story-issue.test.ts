import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseBody } from '../../src/memory/marker.ts'
import { loadRecording } from '../fakes/load-recording.ts'
import { runLater } from './issue-world.ts'
import { makeWorld } from './world.ts'

const live = join(import.meta.dirname, '../../examples/live')
const golden = join(import.meta.dirname, 'golden/story-issue.md')

/** What the person on call asks, and what in the issue's text answers it. */
const QUESTIONS: readonly (readonly [question: string, answer: RegExp])[] = [
  ['what changed', /`spec\.replicas` `3` → `5`/],
  ['what else changed', /\*\*added\*\* `DEBUG=true`/],
  ['since when', /Drifted since: \*\*2026-11-24 09:00 UTC\*\*/],
  ['with which tool', /\*\*kubectl set\*\*.*\n.*\*\*kubectl scale\*\*/],
  ['is it healthy', /^- Healthy\. Deployment\/grokdevops: /m],
  ['what the next deploy does to the replicas', /\*\*The next deploy fails on it\*\*.*kubectl/],
  ['with which message', /conflict with &#34;kubectl&#34; with subresource &#34;scale&#34; using apps\/v1: \.spec\.replicas/],
  ['what the next deploy does to DEBUG', /\*\*The next deploy leaves it\*\*/],
  ['how to keep the replicas', /^-replicaCount: 3\n\+replicaCount: 5$/m],
  ['whether DEBUG can be kept', /No values key drives this field: .*templates\/deployment\.yaml, line \d+/],
  ['how to revert the replicas', /^kubectl .*scale deployments\.apps\/grokdevops --current-replicas=5 --replicas=3$/m],
  ['how to revert DEBUG', /^kubectl .*patch deployments\.apps\/grokdevops --type=json .*"remove"/m],
  ['what it restarts', /Restarts 5 pods/],
  ['whose word is needed', /needs the word of the tech lead/],
  ['who it was', /queries for the audit log/],
  ['how to prevent it', /How to prevent it[\s\S]*kind: ValidatingAdmissionPolicy/],
  ['by when to decide', /Decide before the next deploy/],
]

/** By the Action's own entry, from a recorded cluster and the fake GitHub: nothing of it is made up by the test. */
test('the issue of the story answers everything that a person on call asks, and stays as it is', async () => {
  const world = await makeWorld('2026-11-24T08:00:00Z')
  onTestFinished(world.close)
  world.objects = (await loadRecording(live, 'helm4-drifted')).objects
  const run = runLater(world)
  await run()
  const issue = () => world.github.people.issue(1)
  const text = () => parseBody(issue().body ?? '')?.visible ?? ''
  const first = text()
  for (const [question, answer] of QUESTIONS) expect.soft(first, question).toMatch(answer)
  await expect(first).toMatchFileSnapshot(golden)
  const again = await run()
  expect(again.writes).toEqual([])
  expect(text()).toBe(first)
})
