import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listComments, listIssues, startDrifted } from './issue-world.ts'
import type { World } from './world.ts'

/** Targets come from the config file alone. */
const NO_INPUTS = { chart: '', release: '', namespace: '', values: '' }

/** The story's release under several names, as if there were as many. @param broken names whose context is not there */
async function writeConfig(world: World, names: readonly string[], broken: readonly string[] = []): Promise<void> {
  const what = 'chart: devops/helm/grokdevops, values: [devops/helm/values-dev.yaml], release: grokdevops, namespace: grokdevops'
  const targets = [...names, ...broken].map((name) => `  - {name: ${name}, ${what}${broken.includes(name) ? ', context: nowhere' : ''}}\n`)
  await mkdir(join(world.workspace, '.github'), { recursive: true })
  await writeFile(join(world.workspace, '.github/plumbline.yml'), `version: 1\ntargets:\n${targets.join('')}`)
}

test.concurrent('one issue for each target, as many as there may be; one that is gone from the file is closed as not planned', async ({
  onTestFinished,
}) => {
  const { world, run, people } = await startDrifted({}, onTestFinished)
  // A name that every JavaScript object has something under.
  await writeConfig(world, ['shop', 'constructor'])
  const capped = await run({ ...NO_INPUTS, 'max-opened-issues': '1' })
  expect([capped.code, capped.outputs['issue-number'], listIssues(world).length], capped.log).toEqual([0, '1', 1])
  expect(capped.summary).toMatch(/## constructor[\s\S]*max-opened-issues.{0,8} is reached/)
  const both = await run(NO_INPUTS)
  expect([both.outputs['issue-number'], both.outputs['drift-count']]).toEqual(['1,2', '4'])
  expect(both.outputs['issue-url']).toBe('https://github.com/acme/shop/issues/1,https://github.com/acme/shop/issues/2')
  expect([people.issue(1).title, people.issue(2).title]).toEqual([
    expect.stringMatching(/^shop: /),
    expect.stringMatching(/^constructor: /),
  ])
  expect((await run(NO_INPUTS)).writes).toEqual([])
  // Targets by inputs know nothing of those in the file.
  const other = await run({ config: '', 'persist-runs': '2' })
  expect([other.code, other.writes, other.outputs['issue-number']]).toEqual([0, [], ''])
  await writeConfig(world, ['shop'])
  const removed = await run(NO_INPUTS)
  expect(people.issue(2)).toMatchObject({ state: 'closed', stateReason: 'not_planned' })
  expect(listComments(world, 2)).toEqual([expect.stringMatching(/constructor is no longer in the configuration/)])
  expect([people.issue(1).state, removed.outputs['issue-number'], listComments(world, 1)]).toEqual(['open', '1', []])
  // And back in it: the drift is still there, and is filed anew.
  await writeConfig(world, ['shop', 'constructor'])
  const again = await run(NO_INPUTS)
  expect([again.outputs['issue-number'], people.issue(2).state]).toEqual(['1,3', 'closed'])
  for (const { rest } of [capped, both, other, removed, again]) expect(rest.length).toBeLessThan(20)
})

test.concurrent('targets that cannot be checked share one issue, and do not stop the others', async ({ onTestFinished }) => {
  const { world, run, people } = await startDrifted({}, onTestFinished)
  await writeConfig(world, ['shop'], ['east', 'west'])
  const first = await run(NO_INPUTS)
  expect([first.code, first.outputs.verdict, first.outputs['issue-number'], listIssues(world).length], first.log).toEqual([
    1,
    'error',
    '1',
    2,
  ])
  expect(people.issue(2)).toMatchObject({ labels: ['drift-error'], title: expect.stringMatching(/east.*west/) })
  // One is mended: the issue says so, and stays for the other.
  await writeConfig(world, ['shop', 'east'], ['west'])
  await run({ ...NO_INPUTS, 'persist-runs': '9' })
  expect(people.issue(2)).toMatchObject({ state: 'open', title: expect.not.stringMatching(/east/) })
  expect(people.issue(2).title).toContain('west')
  // The other is removed: nobody is left to say that it is well, so it is dropped after a month.
  await writeConfig(world, ['shop', 'east'])
  await run({ ...NO_INPUTS, 'persist-runs': '9' })
  expect(people.issue(2).state).toBe('open')
  world.wait({ days: 31 })
  await run({ ...NO_INPUTS, 'persist-runs': '9' })
  expect([people.issue(2).state, people.issue(1).state]).toEqual(['closed', 'open'])
})
