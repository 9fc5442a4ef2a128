import { describe, expect, it } from 'vitest'
import type { Finding, JsonObject, ObjectRef } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { assembleTarget, type TargetResult } from '../../src/report/assemble.ts'

const REF: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', name: 'b' }
const KEY = 'data.seed'

/** A ConfigMap with a value that every render makes anew, and one that was changed by hand. */
function assembleWith(seed: string, why: 'random' | 'install-or-upgrade', path = 'data.level'): string {
  const declared: JsonObject = { kind: 'ConfigMap', data: { level: 'info', seed } }
  const finding: Finding = {
    ...{ id: '1', object: REF, path: parsePath(path) ?? [], change: 'changed', desired: path === KEY ? seed : 'info', live: 'debug' },
    ...{ cause: 'manual', confidence: 'certain', drift: true, because: '', pattern: '', severity: 'medium' },
    evidence: { manager: null, operation: null, subresource: null, time: null },
  }
  const source = { type: 'manifests', path: '' } as const
  const requests = { list: 0, get: 0, discovery: 0 }
  const unstable = [{ path: parsePath(KEY) ?? [], why, rendered: [seed, 'another'] }]
  const result: TargetResult = {
    target: { name: 'a', release: 'a', namespace: 'a', source, context: null, persistRuns: 1, persistMinutes: 0, extraKinds: [] },
    desired: { objects: [{ ref: REF, object: declared, template: null, fromCrds: false, unstable }], setAside: [], notes: [] },
    live: { readings: [], extra: [], requests, notes: [] },
    sides: new Map([[REF, { desired: declared }]]),
    ...{ findings: [finding], delivery: 'unknown', defaulted: 0, setAside: [], notes: [], ignoreRules: [], requests },
  }
  return JSON.stringify(assembleTarget(result, { paths: [] }).views)
}

describe('the view of an object', () => {
  it('is the same from run to run, although a render makes a value anew', () => {
    expect(assembleWith('x1', 'random')).toBe(assembleWith('x2', 'random'))
    expect(assembleWith('x1', 'random')).toContain('seed: (new with every render)')
  })

  it('shows what was written in place of such a value', () => {
    const view = assembleWith('x1', 'random', KEY)
    expect(view).toContain('seed: (new with every render)')
    expect(view).toContain('seed: debug')
    expect(view).not.toContain('x1')
  })

  it('shows what differs only between install and upgrade, which is the same each time', () => {
    expect(assembleWith('x1', 'install-or-upgrade')).toContain('seed: x1')
  })
})
