import { describe, expect, test } from 'vitest'
import { identifyFinding } from '../../src/explain/ids.ts'
import type { Evidence, ObjectRef } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'

const secret: ObjectRef = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'shop' }
const evidence: Evidence = { manager: 'kubectl-edit', operation: 'Update', subresource: null, time: '2026-11-23T14:50:36Z' }

function identify(value: string, isSecret: boolean, key: string | null, name = 'shop', time = evidence.time): string {
  return identifyFinding(
    'shop',
    { ...secret, name },
    parsePath('data.password') ?? [],
    { value, secret: isSecret },
    { ...evidence, time },
    key,
  )
}

describe('the id of a finding', () => {
  test('follows the live value where that may be known', () => {
    expect(identify('a', false, null)).not.toBe(identify('b', false, null))
    expect(identify('a', false, null, 'shop', null)).toBe(identify('a', false, null))
  })

  test('knows nothing of a secret value without a key, and follows writer and time', () => {
    expect(identify('a', true, null)).toBe(identify('b', true, null))
    expect(identify('a', true, null, 'shop', null)).not.toBe(identify('a', true, null))
  })

  test('tells secret values apart under a key, and only under that one', () => {
    expect(identify('a', true, 'k')).not.toBe(identify('b', true, 'k'))
    expect(identify('a', true, 'k', 'shop', null)).toBe(identify('a', true, 'k'))
    expect(identify('a', true, 'k')).not.toBe(identify('a', true, 'other'))
    expect(identify('a', true, 'k')).not.toBe(identify('a', false, null))
  })

  test('of equal secrets in two places have nothing in common', () => {
    expect(identify('a', true, 'k', 'shop')).not.toBe(identify('a', true, 'k', 'search'))
  })
})
