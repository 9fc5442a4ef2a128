import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TargetReport } from '../../src/model.ts'
import { serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording, type RecordedState } from '../fakes/load-recording.ts'
import { CHART, type Edits, listChanges, previewExample, VALUES } from './preview-example.ts'
import { bump, DEPLOYMENT, declareDebug, setReplicas } from './story-edits.ts'

const live = join(import.meta.dirname, '../../examples/live')
const env = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'
const image = 'spec.template.spec.containers[name=grokdevops].image'

async function preview(
  state: RecordedState,
  edits: Edits,
  helm: 3 | 4 = 4,
): Promise<TargetReport & { preview: NonNullable<TargetReport['preview']> }> {
  const cluster = await serveRecordedCluster(await loadRecording(live, state))
  try {
    const target = await previewExample(edits, { kubeconfig: cluster.kubeconfig(), helm })
    expect(target.error).toBeNull()
    return { ...target, preview: target.preview! }
  } finally {
    await cluster.close()
  }
}

describe('the story: replicas 3 -> 5 and DEBUG=true by hand', () => {
  test('an image bump on a client-side release: the deploy resets the replicas and leaves DEBUG', async () => {
    const { preview: seen, verdict, findings } = await preview('helm3-drifted', bump)
    expect(listChanges(seen)).toEqual([
      'undoes met Deployment/grokdevops spec.replicas',
      `leaves met Deployment/grokdevops ${env}`,
      `changes Deployment/grokdevops ${image}`,
    ])
    expect(seen).toMatchObject({ kinds: ['image', 'values'], against: 'cluster', counts: { undoes: 1, leaves: 1, changes: 1, fails: 0 } })
    expect(seen.headline).toBe(
      'Deploying this undoes 1 out-of-band change: replicas of Deployment/grokdevops, and leaves 1 difference as it is.',
    )
    expect(seen.changes[0]).toMatchObject({ base: 3, head: 3, live: 5, confidence: 'certain' })
    // The verdict is about the cluster as it is, and each change names what it meets.
    expect(verdict).toBe('drifted')
    expect(seen.changes.map(({ finding }) => finding)).toEqual([...findings.map(({ id }) => id), undefined])
    // As it will be: three replicas, the new image, and DEBUG still there.
    const [view] = seen.views
    for (const text of ['replicas: 5', 'DEBUG', ':1.4.2']) expect(view?.live).toContain(text)
    for (const text of ['replicas: 3', 'DEBUG', ':1.5.0']) expect(view?.desired).toContain(text)
  })

  test('the same on a server-side release: the deploy fails on the replicas', async () => {
    const { preview: seen } = await preview('helm4-drifted', bump)
    expect(listChanges(seen)).toEqual([
      'fails met Deployment/grokdevops spec.replicas',
      `leaves met Deployment/grokdevops ${env}`,
      `changes Deployment/grokdevops ${image}`,
    ])
    expect(seen.changes[0]?.conflict).toBe('conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas')
    expect(seen.headline).toMatch(/^Deploying this will fail on replicas of Deployment\/grokdevops/)
  })

  test.each(['helm3-drifted', 'helm4-drifted'] as const)('replicas 5 codifies it (%s)', async (state) => {
    const { preview: seen } = await preview(state, setReplicas(5))
    expect(listChanges(seen)).toEqual(['codifies Deployment/grokdevops spec.replicas', `leaves met Deployment/grokdevops ${env}`])
    expect(seen.changes[0]).toMatchObject({
      base: 3,
      head: 5,
      live: 5,
      text: 'Codifies a change made by hand: kubectl (scale) set replicas to 5.',
    })
    expect(seen.headline).toMatch(/^This codifies 1 out-of-band change: replicas of Deployment\/grokdevops/)
  })

  test('all of it is codified: nothing is left', async () => {
    const { preview: seen } = await preview('helm4-drifted', { ...setReplicas(5), ...declareDebug('true') })
    expect(listChanges(seen)).toEqual(['codifies Deployment/grokdevops spec.replicas', `codifies Deployment/grokdevops ${env}`])
  })

  test.each([
    ['helm3-drifted', 'undoes'],
    ['helm4-drifted', 'fails'],
  ] as const)('DEBUG=false is a conflict of intent (%s)', async (state, prospect) => {
    const { preview: seen } = await preview(state, declareDebug('false'))
    expect(listChanges(seen)).toContainEqual(`${prospect} contested Deployment/grokdevops ${env}`)
    const contested = seen.changes.find((change) => change.contested)
    expect(contested?.text).toMatch(/^Conflict of intent: kubectl-set added env DEBUG=true, and this pull request says env DEBUG=false/)
    expect(contested).toMatchObject({ base: undefined, head: { name: 'DEBUG', value: 'false' }, live: { name: 'DEBUG', value: 'true' } })
  })
})

describe('a cluster as Git says', () => {
  test.each(['helm3-in-sync', 'helm4-in-sync'] as const)('changes as intended (%s)', async (state) => {
    const { preview: seen, verdict } = await preview(state, { ...bump, ...declareDebug('true') })
    expect(listChanges(seen)).toEqual([`changes Deployment/grokdevops ${image}`, `changes Deployment/grokdevops ${env}`])
    expect(seen.headline).toBe('Changes 2 places as intended; nothing that was done by hand is in its way.')
    expect(verdict).toBe('in-sync')
  })

  test('an object that goes, one that comes, and one that is in the way', async () => {
    const more = (name: string) => () => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "1"\n`
    const { preview: seen } = await preview('helm4-in-sync', {
      [`${CHART}/templates/ingress.yaml`]: null,
      [`${CHART}/templates/more.yaml`]: more('more'),
    })
    expect(listChanges(seen).toSorted()).toEqual(['creates ConfigMap/more', 'deletes Ingress/grokdevops'])
    expect(seen.views.map(({ object, desired, live: now }) => [object.kind, desired === '', now === ''])).toEqual([
      ['ConfigMap', false, true],
      ['Ingress', true, false],
    ])
  })

  test('what is written another way changes nothing', async () => {
    const { preview: seen } = await preview('helm4-in-sync', { [VALUES]: (text) => text.replace('cpu: 1000m', 'cpu: 1') })
    expect(listChanges(seen)).toEqual([])
    expect(seen.headline).toBe('Nothing here changes what runs.')
  })
})

test('without a credential the base stands in for the cluster, and nothing is said of the cluster', async () => {
  const target = await previewExample({ [VALUES]: (text) => setReplicas(5)[VALUES]!(bump[VALUES]!(text)) }, { kubeconfig: null })
  expect(target).toMatchObject({ error: null, verdict: 'incomplete', complete: false, findings: [] })
  expect(target.preview).toMatchObject({ against: 'base', kinds: ['image', 'values'] })
  expect(listChanges(target.preview!)).toEqual(['changes Deployment/grokdevops spec.replicas', `changes Deployment/grokdevops ${image}`])
  expect(target.preview?.headline).toBe('Changes 2 places, compared with the base alone.')
})

test('a pull request that does not render says so, and which side it is', async () => {
  const target = await previewExample({ [DEPLOYMENT]: () => '{{ fail "no" }}' }, { kubeconfig: null })
  expect(target.verdict).toBe('error')
  expect(target.error?.message).toMatch(/^With this pull request: /)
})
