import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import type { CircumstancesRead } from '../../../src/explain/circumstances/model.ts'
import type { DecisionInput } from '../../../src/explain/decision-input.ts'
import type { Finding, JsonObject, ObjectRef } from '../../../src/model.ts'
import { makeDesired, makeLive, pathOf, refOf } from '../../make-live.ts'

/** The time of the change in these tests. */
export const CHANGED = '2026-11-23T14:50:36Z'
export const NOW = '2026-11-23T15:02:00Z'

/** A drift of an object, made by hand at `CHANGED` unless said otherwise. */
export function makeFinding(object: ObjectRef, more: Omit<Partial<Finding>, 'path'> & { readonly path?: string } = {}): Finding {
  const { path = 'spec.replicas', ...rest } = more
  return {
    id: 'b1f0000000000001',
    object,
    path: pathOf(path),
    change: 'changed',
    ...{ desired: 3, live: 5, cause: 'manual', confidence: 'certain', drift: true, because: 'kubectl wrote it' },
    evidence: { manager: 'kubectl', operation: 'Update', subresource: null, time: CHANGED },
    pattern: 'scaled',
    severity: 'medium',
    ...rest,
  }
}

/** What is known of a target whose live objects are these; each of `drifted` has a finding. */
export function makeInput(
  objects: readonly JsonObject[],
  findings: readonly Finding[] | null = null,
  more: Partial<DecisionInput> = {},
): DecisionInput {
  const desired = objects.map((object) => makeDesired(object))
  const [first] = objects
  return {
    target: {
      ...{ name: 'shop', release: 'shop', namespace: 'shop', context: null, persistRuns: 2, persistMinutes: 0, extraKinds: [] },
      source: { type: 'chart', chart: '/repo/charts/shop', values: ['/repo/charts/values-prod.yaml'], set: [], deployTimeValues: [] },
    },
    desired,
    live: makeLive(desired.map((one, index) => [one, objects[index]!])),
    findings: findings ?? (first === undefined ? [] : [makeFinding(refOf(first))]),
    sides: new Map(),
    delivery: 'helm-server-side',
    rules: { deployers: [], controllers: [] },
    findSchema: findBuiltInSchema,
    info: { kubeVersion: 'v1.34.4', resources: [], staleGroups: [] },
    record: null,
    isSecret: () => false,
    now: NOW,
    ...more,
  }
}

/** What a cluster gives where everything may be read and nothing is there. */
export function makeRead(more: Partial<CircumstancesRead> = {}): CircumstancesRead {
  return { pods: [], events: [], replicaSets: [], scalers: [], gitops: [], release: null, absences: [], ...more }
}
