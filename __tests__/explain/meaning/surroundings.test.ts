import { expect, test } from 'vitest'
import { explainTarget } from '../../../src/explain/explain.ts'
import { lookAround } from '../../../src/explain/meaning/surroundings.ts'
import type { JsonObject } from '../../../src/model.ts'
import { formatPath } from '../../../src/path.ts'
import { makeDesired, makeEntry, makeLive, makeLiveObject } from '../../make-live.ts'

const deployment: JsonObject = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web', tier: 'a' } } } },
}
const service: JsonObject = {
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { tier: 'a' } } },
}
const autoscaler: JsonObject = {
  ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', namespace: 'shop' } },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 4 },
}
const rules = { deployers: [], controllers: [] }

test('a label is selected by the object itself, or by a Service of its namespace', () => {
  const desired = [makeDesired(deployment), makeDesired(service)]
  const { ref } = makeDesired(deployment)
  const around = lookAround({ desired, rules }, ref, { desired: deployment })
  expect(['app', 'tier', 'other', 'constructor'].filter(around.isSelected)).toEqual(['app', 'tier'])
  const elsewhere = makeDesired({ ...service, metadata: { name: 'web', namespace: 'other' } })
  expect(lookAround({ desired: [elsewhere], rules }, ref, { desired: deployment }).isSelected('tier')).toBe(false)
})

test('every finding of a target has a meaning; the bounds of a rendered autoscaler are known', () => {
  const desired = [makeDesired(deployment), makeDesired(autoscaler)]
  const spec = { ...(deployment.spec as JsonObject), replicas: 9 }
  const live = makeLiveObject({ ...deployment, spec }, [
    makeEntry('helm', 'Apply', deployment),
    makeEntry('kubectl', 'Update', { ...deployment, metadata: {}, spec: { replicas: 9 } }, { subresource: 'scale' }),
  ])
  const [first, second] = desired
  const { findings } = explainTarget({
    target: { name: 'web', release: 'web', namespace: 'shop' },
    desired,
    live: makeLive([
      [first!, live],
      [second!, makeLiveObject(autoscaler, [makeEntry('helm', 'Apply', autoscaler)])],
    ]),
    rules,
    history: null,
    isSecret: () => false,
  })
  // Helm's own marks are missing here, which is a change like any other.
  expect(findings.every(({ meaning }) => meaning !== undefined)).toBe(true)
  const ofSpec = findings.filter(({ path }) => formatPath(path).startsWith('spec'))
  expect(ofSpec.map(({ pattern, severity, meaning }) => [pattern, severity, meaning?.title, meaning?.area])).toEqual([
    ['scaled', 'medium', 'scaled outside the bounds of the autoscaler', 'capacity'],
  ])
})
