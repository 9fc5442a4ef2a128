import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { errorAnswer } from '../fakes/github/answers.ts'
import { listComments, listIssues, listWarnings, runLater, say, startFiled, startWorld } from './issue-world.ts'
import { drift } from './world.ts'

/** What an issue claims about who moved and what came back has to be so, and it must not change with every run. */

const CHART = 'devops/helm/grokdevops'

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  await writeFile(path, after)
}

test.concurrent('closed by an ignore rule: the difference is still there, and the proof says why it counts no more', async ({
  onTestFinished,
}) => {
  const { world, run, issue } = await startFiled({}, onTestFinished)
  await mkdir(`${world.workspace}/.github`, { recursive: true })
  await writeFile(
    `${world.workspace}/.github/plumbline.yml`,
    'version: 1\nignore:\n  - kind: Deployment\n    path: spec.replicas\n    reason: load test\n  - kind: Deployment\n    path: spec.template\n    reason: debugging\n',
  )
  await run()
  const proof = listComments(world, 1).at(-1) ?? ''
  expect(issue().state, proof).toBe('closed')
  expect(proof).toContain('no longer drifts, though 2 differences are still there.')
  expect(proof).toContain('replicas 3 → 5: still there, now covered by the ignore rule at `.github/plumbline.yml:3:5`: load test')
  expect(proof).not.toContain('set back')
})

test.concurrent('an object that was deleted and restored by hand: the cluster moved', async ({ onTestFinished }) => {
  const world = await startWorld({}, onTestFinished)
  const clean = world.objects
  const run = runLater(world)
  const gone = ['Deployment', 'ConfigMap', 'Service']
  world.objects = clean.filter(({ kind }) => !gone.includes(String(kind)))
  await run()
  world.objects = clean
  await run()
  const proof = listComments(world, 1).at(-1)
  for (const kind of gone) expect(proof).toContain(`- ${kind}/grokdevops missing: the cluster was set back to what Git says`)
})

test.concurrent('Git that takes over what was done by hand moved alone; with a third value it did not', async ({ onTestFinished }) => {
  for (const [value, claim] of [
    [5, 'Git was changed to what the cluster has'],
    [4, 'Git was changed, to something else than the cluster had'],
  ] as const) {
    const world = await startWorld({}, onTestFinished)
    const clean = world.objects
    const run = runLater(world)
    world.objects = drift(clean, { replicas: 5 }, world.now())
    await run()
    await edit(`${world.workspace}/devops/helm/values-dev.yaml`, (text) => text.replace(/replicaCount: \d+/, `replicaCount: ${value}`))
    world.objects = drift(clean, { replicas: value }, world.now())
    await run()
    expect(listComments(world, 1).at(-1)).toContain(`- Deployment/grokdevops: replicas 3 → 5: ${claim}`)
  }
})

test.concurrent('another value at the same place is not called the same drift', async ({ onTestFinished }) => {
  const { world, clean, run, issue } = await startFiled({}, onTestFinished)
  world.objects = clean
  await run()
  world.objects = drift(clean, { replicas: 0 }, world.now())
  const back = await run()
  expect([issue().state, listIssues(world).length]).toEqual(['open', 1])
  expect(listComments(world, 1).at(-1)).toContain(
    '**Drift is back at the same place, but it is not the same drift.** This issue was closed on',
  )
  expect(back.summary).not.toContain('the same drift is back')
})

test.concurrent('a secret value that may only have been written again is not said to have changed; with a key, it is known', async ({
  onTestFinished,
}) => {
  const password = { name: 'DB_PASSWORD', value: 'sesame' }
  for (const key of ['', 'k'.repeat(40)]) {
    const world = await startWorld({}, onTestFinished)
    const clean = world.objects
    const later = runLater(world)
    const run = () => later({ 'fingerprint-key': key })
    world.objects = drift(clean, { replicas: 3, env: [password] }, world.now())
    await run()
    world.objects = drift(clean, { replicas: 3, env: [password, { name: 'DEBUG', value: '1' }] }, world.now())
    await run()
    const comment = listComments(world, 1).at(-1) ?? ''
    if (key === '') expect(comment).toMatch(/1 was written again\.[\s\S]*whether the value changed is not known[\s\S]*DB&#95;PASSWORD/)
    else expect(comment).not.toMatch(/again|PASSWORD/)
    expect(comment).not.toContain('changed again')
    if (key === '') continue
    world.objects = drift(
      clean,
      {
        replicas: 3,
        env: [
          { ...password, value: 'other' },
          { name: 'DEBUG', value: '1' },
        ],
      },
      world.now(),
    )
    await run()
    expect(listComments(world, 1).at(-1)).toContain('1 changed again')
  }
})

test.concurrent('a test that the chart names anew with every render does not change the issue', async ({ onTestFinished }) => {
  const { world, run, issue } = await startFiled({}, onTestFinished)
  await edit(`${world.workspace}/${CHART}/templates/tests/connection.yaml`, (text) =>
    text.replace(/^( {2}name: ).*$/m, '$1 conn-{{ randAlphaNum 5 | lower }}'),
  )
  await run()
  expect(issue().body).toContain('set aside: 2 of kind Pod: a Helm test')
  const again = await run()
  expect([again.outputs.verdict, again.writes]).toEqual(['drifted', []])
  expect(again.summary).toMatch(/Pod\/conn-\w{5}, Pod\/conn-\w{5}/)
})

test.concurrent('an error that names another port each time does not change the issue about it', async ({ onTestFinished }) => {
  const server = createServer((socket) => {
    socket.once('data', () => socket.resetAndDestroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const world = await startWorld({}, onTestFinished)
  const run = runLater(world)
  const dependency = `\ndependencies:\n  - {name: redis, version: 1.0.0, repository: 'http://127.0.0.1:${address.port}/charts'}\n`
  await edit(`${world.workspace}/${CHART}/Chart.yaml`, (text) => text + dependency)
  const first = await run()
  expect(listIssues(world)[0]?.body, first.log).toContain(`127.0.0.1:…-&#62;127.0.0.1:${address.port}`)
  expect((await run()).writes).toEqual([])
})

test.concurrent('many targets that GitHub refuses alike give one warning, which names them', async ({ onTestFinished }) => {
  const { world, run } = await startFiled({}, onTestFinished)
  const names = Array.from({ length: 12 }, (_, index) => `t${index}`)
  const target = `chart: ${CHART}, values: [devops/helm/values-dev.yaml], release: grokdevops, namespace: grokdevops`
  await mkdir(`${world.workspace}/.github`, { recursive: true })
  const lines = names.map((name) => `  - {name: ${name}, ${target}}\n`)
  await writeFile(`${world.workspace}/.github/plumbline.yml`, `version: 1\ntargets:\n${lines.join('')}`)
  const fault = { commits: false, gives: () => errorAnswer(422, 'Validation Failed') }
  world.github.faults.add({ method: 'POST', path: /\/issues$/, times: Number.POSITIVE_INFINITY, fault })
  const refused = await run({ 'max-opened-issues': '-1', chart: '', release: '', namespace: '', values: '' })
  const warnings = listWarnings(refused).filter((text) => text.includes('Validation Failed'))
  expect(warnings).toEqual([expect.stringContaining(`The issues of ${names.join(', ')} could not be brought up to date`)])
})

test.concurrent('an issue that a person closed over drift that lasts says that it is still there', async ({ onTestFinished }) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  say(world, 'lena', 'Closing this.')
  people.close('lena', 1, 'completed')
  await run()
  expect(listComments(world, 1).at(-1)).toContain('**The same drift is still there.** This issue was closed on')
})
