import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Preview } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { concernsCluster } from '../../src/report/preview/arrange.ts'
import { serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording, type RecordedState } from '../fakes/load-recording.ts'
import { CHART, type Edits, listChanges, previewExample } from './preview-example.ts'

/** What a check leaves out on purpose must not be a place for a pull request to hide behind. */

const live = join(import.meta.dirname, '../../examples/live')
const DEPLOYMENT = `${CHART}/templates/deployment.yaml`
const IMAGE = 'spec.template.spec.containers[name=grokdevops].image'
const setImage = (image: string): Edits => ({ [DEPLOYMENT]: (text) => text.replace(/image: .*/, `image: ${image}`) })
const addObject = (text: string): Edits => ({ [`${CHART}/templates/more.yaml`]: () => text })
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "1"\n`
const job = (metadata: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: ${metadata}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}\n`

async function preview(state: RecordedState, edits: Edits, before?: Edits): Promise<Preview> {
  const cluster = await serveRecordedCluster(await loadRecording(live, state))
  try {
    const target = await previewExample(edits, { kubeconfig: cluster.kubeconfig(), ...(before === undefined ? {} : { before }) })
    expect(target.error).toBeNull()
    if (listChanges(target.preview!).length > 0) expect(concernsCluster(target)).toBe(true)
    return target.preview!
  } finally {
    await cluster.close()
  }
}

test.each([
  ['chance', '"evil/x:{{ randAlphaNum 5 }}"', /^Image .* -> evil\/x:.*The chart makes this value up/],
  ['an upgrade', '"{{ if .Release.IsUpgrade }}evil/x:1{{ else }}ghcr.io/example/grokdevops:1.4.2{{ end }}"', /one value on an install/],
])('an image that the pull request makes depend on %s is told', async (_, image, text) => {
  const { changes, headline } = await preview('helm4-in-sync', setImage(image))
  expect(changes.map((one) => [one.prospect, one.folded, formatPath(one.path)])).toEqual([['changes', undefined, IMAGE]])
  expect(changes[0]?.text).toMatch(text)
  expect(headline).toMatch(/^Changes 1 place/)
})

test('what was random before, and is left alone, says nothing', async () => {
  const random = setImage('"x:{{ randAlphaNum 5 }}"')
  const seen = await preview('helm4-in-sync', {}, random)
  expect(seen.changes.filter(({ folded }) => folded === undefined)).toEqual([])
})

test('a new object is not folded for a value in it that is made up', async () => {
  const seen = await preview('helm4-in-sync', addObject(config('more').replace('"1"', '{{ randAlphaNum 9 }}')))
  expect(listChanges(seen)).toEqual(['creates ConfigMap/more'])
})

test('a conflict of intent is not folded for a value that the pull request makes up', async () => {
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/replicas: .*/, 'replicas: {{ randInt 10 100 }}') }
  expect(listChanges(await preview('helm4-drifted', edits))).toContainEqual('unknown contested Deployment/grokdevops spec.replicas')
})

test.each([
  ['a hook', job('{name: more, annotations: {helm.sh/hook: pre-upgrade}}'), 'creates Job/more'],
  ['a name that the cluster makes up', job('{generateName: more-}'), 'creates Job/more-'],
  ['an object of upgrades', `{{ if .Release.IsUpgrade }}\n${config('more')}{{ end }}`, 'creates ConfigMap/more'],
])('%s that the pull request brings is told', async (_, text, line) => {
  expect(listChanges(await preview('helm4-in-sync', addObject(text)))).toEqual([line])
  // Not again by the next pull request.
  expect(listChanges(await preview('helm4-in-sync', {}, addObject(text)))).toEqual([])
})

test('a name that the chart makes up is told once, by the pull request that brings it', async () => {
  const text = config('x-{{ randAlpha 5 | lower }}')
  expect(listChanges(await preview('helm4-in-sync', addObject(text)))).toEqual([expect.stringMatching(/^creates ConfigMap\/x-/)])
  expect(listChanges(await preview('helm4-in-sync', {}, addObject(text)))).toEqual([])
})

test('tests of Helm, which no deploy runs, are not told', async () => {
  expect(listChanges(await preview('helm4-in-sync', addObject(job('{name: more, annotations: {helm.sh/hook: test}}'))))).toEqual([])
})

test('an object that becomes a hook is not said to be deleted', async () => {
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/^metadata:\n/m, 'metadata:\n  annotations: {helm.sh/hook: post-upgrade}\n') }
  const seen = await preview('helm4-in-sync', edits)
  expect(listChanges(seen)).toEqual(['unknown Deployment/grokdevops'])
  expect(seen.changes[0]?.text).toMatch(/makes it a hook/)
})

test('changes made by hand that go with a deleted object are in the headline', async () => {
  const { headline } = await preview('helm4-drifted', { [DEPLOYMENT]: null })
  expect(headline).toBe('Deploying this deletes 1 object, and 2 out-of-band changes with it.')
})

test('a container that the pull request renames is renamed by the deploy', async () => {
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/- name: (\{\{ .Chart.Name \}\}|grokdevops)/, '- name: renamed') }
  for (const state of ['helm3-in-sync', 'helm4-in-sync'] as const) {
    const seen = await preview(state, edits)
    expect(listChanges(seen)).toEqual(['changes Deployment/grokdevops spec.template.spec.containers[name=renamed].name'])
  }
})

test('a difference that is contested is not counted among those that stay, too', async () => {
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/^.*replicas:.*\n/m, '') }
  const { headline } = await preview('helm4-drifted', edits)
  expect(headline).toBe('This contradicts 1 out-of-band change at replicas of Deployment/grokdevops, and leaves 1 difference as it is.')
})

test('that a selector cannot be changed is said in words that fit a change', async () => {
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/matchLabels:\n/, 'matchLabels:\n      extra: "yes"\n') }
  const { changes } = await preview('helm4-in-sync', edits)
  expect(changes[0]?.text).toMatch(
    /^The deploy fails here: this pull request adds extra "yes"\. The API server lets nobody change it while/,
  )
})

test('a secret that the pull request makes up is not said to be removed, whichever way it is written', async () => {
  const edits: Edits = {
    [`${CHART}/templates/secret.yaml`]: (text) => text.replace(/api-token: .*/, 'api-token: "Plain{{ randAlphaNum 9 }}"'),
  }
  const seen = await preview('helm4-in-sync', edits)
  const [change] = seen.changes.filter(({ folded }) => folded === undefined)
  expect(change?.text).toMatch(/^Data api-token changes\. The chart makes this value up/)
  expect(JSON.stringify(seen)).not.toContain('Plain')
})

test('a variable that gets another source is not said to be removed', async () => {
  const source = 'valueFrom: {fieldRef: {fieldPath: metadata.name}}'
  const edits: Edits = { [DEPLOYMENT]: (text) => text.replace(/(- name: LOG_LEVEL\n +)value: .*\n/, `$1${source}\n`) }
  const { changes } = await preview('helm4-in-sync', edits)
  expect(changes.map(({ text }) => text).toSorted()).toEqual(['Adds valueFrom.', 'Removes the value of env LOG_LEVEL.'])
})

test('a hook that the pull request changes is told, and one that it leaves alone is not', async () => {
  const hook = job('{name: more, annotations: {helm.sh/hook: pre-upgrade}}')
  const seen = await preview('helm4-in-sync', addObject(hook.replace('image: b', 'image: evil')), addObject(hook))
  expect(listChanges(seen)).toEqual(['changes Job/more'])
  expect(seen.changes[0]?.text).toMatch(/^Changes Job\/more\. It is a hook/)
  const label = (version: string) => hook.replace('{name: more', `{labels: {helm.sh/chart: a-${version}}, name: more`)
  expect(listChanges(await preview('helm4-in-sync', addObject(label('2')), addObject(label('1'))))).toEqual([])
  const random = addObject(hook.replace('image: b', 'image: "evil:{{ randAlpha 5 }}"'))
  expect(listChanges(await preview('helm4-in-sync', random, addObject(hook)))).toEqual(['changes Job/more'])
})

test('of an object that nobody knows to have been deployed, nobody is said to have deleted it', async () => {
  const { changes } = await preview('helm4-in-sync', {}, addObject(config('more')))
  expect(changes.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Undoes a change made beside Git: the cluster has no ConfigMap\/more, and the deploy makes it again\./),
  ])
})
