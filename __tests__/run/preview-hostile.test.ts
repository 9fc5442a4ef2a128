import { type AddressInfo, createServer } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { removeWorkspaces } from '../chart/support/charts.ts'
import type { Ending } from './issue-world.ts'
import { BUMP, CHART, propose } from './pull-request.ts'

afterAll(removeWorkspaces)
// Several programs at once, each several times: a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 })

const SECRET = 'the-token-of-the-job'
const TEMPLATE = `${CHART}/templates/mine.yaml`

/** A port of this machine that counts who connects. */
async function listen(ending: Ending) {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending(async () => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => connections }
}

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\ndata:\n  a: ${data}\n`

test.concurrent('a chart gets at nothing beyond the repository: no file of the machine, no variable, no network', async ({
  onTestFinished,
}) => {
  const { push, preview, comments } = await propose({ ending: onTestFinished })
  const port = await listen(onTestFinished)
  const env = { MY_SECRET: SECRET }

  await push({
    ...BUMP,
    [TEMPLATE]: () => configMap('{{ .Files.Get "files/env" | b64enc }}'),
    [`${CHART}/files/env`]: { link: '/proc/self/environ' },
  })
  const linked = await preview({}, { env })
  expect([linked.code, linked.outputs.verdict], linked.log).toEqual([1, 'error'])
  expect(comments()[0]).toMatch(/With this pull request: .*files.*env is a symbolic link that leads out of the workspace/)

  await push({ ...BUMP, [TEMPLATE]: () => configMap('{{ env "MY_SECRET" | default "nothing" | quote }}') })
  const read = await preview({}, { env })
  expect([read.code, comments()[0]], read.log).toEqual([1, expect.stringMatching(/function &#34;env&#34; not defined/)])

  const schema = JSON.stringify({ $schema: 'https://json-schema.org/draft-07/schema#', allOf: [{ $ref: `${port.url}/schema.json` }] })
  await push({ ...BUMP, [`${CHART}/values.schema.json`]: () => schema })
  const unchecked = await preview({}, { env })
  expect([unchecked.code, unchecked.report().targets[0]?.notes.map(({ kind }) => kind)], unchecked.log).toEqual([0, ['schema-not-checked']])
  expect(unchecked.summary).toMatch(/With this pull request: .*the values were not checked against the schema/)
  expect(comments()[0]).toContain('Deploying this will fail on replicas')

  const dependency = `dependencies:\n  - {name: mine, version: 1.0.0, repository: "${port.url}"}\n`
  await push({ ...BUMP, [`${CHART}/Chart.yaml`]: (text) => `${text}\n${dependency}` })
  const remote = await preview({ dependencies: 'auto' }, { env })
  expect([remote.code, remote.outputs.verdict], remote.log).toEqual([1, 'error'])
  expect(comments()[0]).toMatch(/With this pull request: .*charts lacks mine 1\.0\.0.*, and a preview downloads nothing/)

  await push({ ...BUMP, [TEMPLATE]: () => configMap(`{{ getHostByName "localhost" | quote }}`) })
  const resolved = await preview({}, { env })
  // Helm looks no names up where it only renders.
  expect([resolved.code, comments()[0]], resolved.log).toEqual([0, expect.stringMatching(/^\+ {2}a: ""$/m)])

  expect(port.count()).toBe(0)
  const texts = [linked, read, unchecked, remote, resolved].flatMap(({ log, summary }) => [log, summary])
  for (const secret of [SECRET, Buffer.from(SECRET).toString('base64')]) expect([...texts, ...comments()].join('\n')).not.toContain(secret)
})

test.concurrent('a chart that never stops writing is stopped', async ({ onTestFinished }) => {
  const { push, preview, comments } = await propose({ ending: onTestFinished })
  await push({ ...BUMP, [TEMPLATE]: () => `${configMap('b')}# {{ repeat 100000000 "x" }}\n` })
  const large = await preview()
  expect([large.code, large.report().targets], large.log).toMatchObject([1, [{ verdict: 'error' }]])
  expect(comments()[0]).toMatch(/With this pull request: .*helm wrote more than 64 MB and was stopped/)
})

test.concurrent('a chart that never ends is stopped', async ({ onTestFinished }) => {
  const { push, preview, comments } = await propose({ ending: onTestFinished })
  const loops = 5
  await push({ ...BUMP, [TEMPLATE]: () => configMap(`"${'{{ range until 10000 }}'.repeat(loops)}${'{{ end }}'.repeat(loops)}"`) })
  const began = performance.now()
  const endless = await preview()
  expect([endless.code, endless.report().targets], endless.log).toMatchObject([1, [{ verdict: 'error' }]])
  expect(comments()[0]).toMatch(/With this pull request: .*helm did not finish within 60 seconds and was stopped/)
  expect(performance.now() - began).toBeLessThan(150_000)
})

test.concurrent('what is too long for a comment gets shorter step by step, and the summary has more', async ({ onTestFinished }) => {
  const targets = Array.from({ length: 300 }, (_, index) => `${'a-long-name'.repeat(8)}-${index}`)
  const config = targets.map((name) => `  - {name: ${name}, manifests: ${MANIFESTS}, release: grokdevops, namespace: grokdevops}\n`)
  const { push, preview, comments } = await propose({
    ending: onTestFinished,
    before: { [MANIFESTS]: () => configMap('b'), '.github/many.yml': () => `version: 1\ntargets:\n${config.join('')}` },
  })
  const many = (number: number, length: number) =>
    Array.from({ length: number }, (_, index) => configMap('é'.repeat(length)).replace('mine', `mine-${index}`)).join('---\n')
  for (const [number, length, left] of [
    [20, 100, null],
    [100, 400, 'differences. The'],
    [1000, 10, 'differences, and all of each place but one line. The'],
  ] as const) {
    await push({ ...BUMP, [TEMPLATE]: () => many(number, length) })
    const run = await preview()
    const [text = ''] = comments()
    expect([run.code, comments().length, text.length < 65_536], run.log).toEqual([0, 1, true])
    if (left === null) expect(text).not.toContain('**Shortened.**')
    else expect(text).toContain(`**Shortened.** Left out here: the objects' ${left} whole preview is in the job summary`)
    expect(text).toContain('**Deploying this will fail on replicas of Deployment/grokdevops')
    expect(run.report().targets[0]?.preview?.counts.creates).toBe(number)
    expect(run.summary.length).toBeGreaterThan(text.length)
  }
  await push({ [MANIFESTS]: () => configMap('c') })
  const run = await preview({ config: '.github/many.yml', chart: '', release: '', namespace: '', values: '' })
  const text = comments()[1] ?? ''
  expect([run.code, comments().length, text.length < 65_536], run.log).toEqual([0, 2, true])
  expect(text).toContain('**Shortened.** Left out here: the places themselves. The whole preview is in the job summary')
  expect(run.report().targets).toHaveLength(targets.length)
})

const MANIFESTS = 'manifests/mine.yaml'
