import { describe, expect, test } from 'vitest'
import { expectWrite } from '../../lab/expect.ts'
import type { Record, Released, Reported } from '../../lab/model.ts'
import { applyWrites, at } from '../../lab/places.ts'
import { scoreRound } from '../../lab/score.ts'
import type { Json, JsonObject } from '../../src/model.ts'

const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const container = at('spec', 'template', 'spec', 'containers', { name: 'web' })
const declared: JsonObject = {
  spec: {
    replicas: 2,
    template: {
      spec: { nodeSelector: { os: 'linux' }, containers: [{ name: 'web', args: ['a', 'b'], lifecycle: { preStop: { sleep: 1 } } }] },
    },
  },
}
const target: Released = { ref, resource: 'deployments.v1.apps', declared, live: declared, fromCrds: false }

function expectOf(
  path: ReturnType<typeof at>,
  value: Json | undefined,
  manager: string | null = 'kubectl-edit',
  orAt?: readonly ReturnType<typeof at>[],
) {
  const write = { path, value, ...(orAt === undefined ? {} : { orAt }) }
  return expectWrite(target, applyWrites(declared, [write]), write, manager)
}

function record(expected: Record['expected'], more: Partial<Record> = {}): Record {
  return { kind: 'test', object: ref, command: 'kubectl edit', expected, tolerated: [], notApplied: null, ...more }
}

function told(path: string, manager: string | null = 'kubectl-edit', more: Partial<Reported> = {}): Reported {
  const evidence = { manager, operation: 'Update', subresource: null }
  const sides = { change: 'changed', desired: null, live: null, cause: 'manual', drift: true, confidence: 'certain' }
  return { object: ref, path, ...sides, because: '', evidence, pattern: 'field-changed', ...more }
}

describe('what must be found', () => {
  test.each([
    ['a changed value, at its path', at('spec', 'replicas'), 5, ['spec.replicas']],
    [
      'an added element, at itself or at the list that is new with it',
      at(container, 'env', { name: 'X' }),
      { name: 'X' },
      ['spec.template.spec.containers[name=web].env[name=X]', 'spec.template.spec.containers[name=web].env'],
    ],
    [
      'a map over a declared map, at what differs',
      at(container, 'lifecycle', 'preStop'),
      { sleep: 9 },
      ['spec.template.spec.containers[name=web].lifecycle.preStop.sleep'],
    ],
  ] as const)('%s', (_, path, value, accept) => {
    expect(expectOf(path, value)).toEqual([{ accept, manager: 'kubectl-edit', below: 'nothing' }])
  })

  test('a removal, under nobody’s name, also where it empties what held it', () => {
    const selector = 'spec.template.spec.nodeSelector'
    expect(expectOf(at('spec', 'template', 'spec', 'nodeSelector', 'os'), undefined)).toEqual([
      { accept: [`${selector}.os`, selector], manager: null, below: 'parts' },
    ])
  })

  test('nothing, where what was removed was not declared', () => {
    expect(expectOf(at('spec', 'paused'), undefined)).toEqual([])
  })
})

describe('the score of a round', () => {
  const scaled = record(expectOf(at('spec', 'replicas'), 5))
  const args = 'spec.template.spec.containers[name=web].args'
  const reordered = record(expectOf(at(container, 'args'), ['b', 'a']))

  test('found: drift at the object and path, under the manager', () => {
    expect(scoreRound({ findings: [told('spec.replicas')] }, [scaled])).toEqual({ found: [scaled], missed: [], falseAlarms: [] })
  })

  test.each([
    ['not told', []],
    ['told under another manager', [told('spec.replicas', 'helm')]],
    ['told as no drift', [told('spec.replicas', 'kubectl-edit', { drift: false, cause: 'controller' })]],
    ['told of another object', [told('spec.replicas', 'kubectl-edit', { object: { ...ref, name: 'api' } })]],
    ['told twice', [told('spec.replicas'), told('spec.replicas')]],
  ])('missed: %s', (_, findings) => {
    const { found, missed } = scoreRound({ findings }, [scaled])
    expect(found).toEqual([])
    expect(missed).toHaveLength(1)
  })

  test('a changed list is one finding: at the list or at its one part that changed, but not in pieces', () => {
    expect(scoreRound({ findings: [told(args)] }, [reordered]).missed).toEqual([])
    expect(scoreRound({ findings: [told(`${args}[1]`)] }, [reordered]).missed).toEqual([])
    const pieces = scoreRound({ findings: [told(`${args}[0]`), told(`${args}[1]`)] }, [reordered])
    expect(pieces).toMatchObject({ missed: [{ why: 'told in 2 pieces' }], falseAlarms: [] })
  })

  test('a false alarm is drift that no edit explains', () => {
    const other = told('spec.paused')
    expect(scoreRound({ findings: [told('spec.replicas'), other] }, [scaled]).falseAlarms).toEqual([other])
    const tolerant = record(scaled.expected, { tolerated: ['spec.paused'] })
    expect(scoreRound({ findings: [told('spec.replicas'), other] }, [tolerant]).falseAlarms).toEqual([])
  })

  test('an edit that did not take hold is neither found nor missed', () => {
    const refused = record(scaled.expected, { notApplied: 'refused' })
    expect(scoreRound({ findings: [] }, [refused])).toEqual({ found: [], missed: [], falseAlarms: [] })
  })

  test('a quiet act must not be told as drift, and a restart must be shown', () => {
    const path = 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]'
    const restart = record([{ accept: [path], manager: 'kubectl-rollout', below: 'nothing' }])
    const shown = told(path, 'kubectl-rollout', { drift: false, pattern: 'restart' })
    expect(scoreRound({ findings: [shown] }, [], [restart])).toEqual({ found: [], missed: [], falseAlarms: [] })
    expect(scoreRound({ findings: [] }, [], [restart]).missed).toHaveLength(1)
    expect(scoreRound({ findings: [{ ...shown, drift: true }] }, [], [restart])).toMatchObject({ missed: [{}], falseAlarms: [{}] })
  })
})
