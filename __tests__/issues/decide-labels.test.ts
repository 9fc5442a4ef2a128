import { expect, test } from 'vitest'
import { decideLabels } from '../../src/issues/decide-labels.ts'
import { type DriftMarker, parseBody, writeBody } from '../../src/memory/marker.ts'
import { makeMemory } from '../memory/make-memory.ts'

test.each([
  // Ours, on the issue, wanted: put on, taken off, ours from then on.
  ['nothing to do', ['drift'], ['drift'], ['drift'], [], [], ['drift']],
  ['one more is wanted', ['drift'], ['drift'], ['drift', 'prod'], ['prod'], [], ['drift', 'prod']],
  ['one is wanted no more', ['drift', 'prod'], ['drift', 'prod'], ['drift'], [], ['prod'], ['drift']],
  ['a human took ours off', ['drift'], [], ['drift'], [], [], ['drift']],
  ['a human put others on', ['drift'], ['drift', 'wontfix'], ['drift'], [], [], ['drift']],
  ['a human has put on what is wanted now', ['drift'], ['drift', 'prod'], ['drift', 'prod'], [], [], ['drift']],
  ['and it is wanted no more', ['drift'], ['drift', 'prod'], ['drift'], [], [], ['drift']],
  ['case does not matter', ['Drift'], ['drift'], ['DRIFT'], [], [], ['Drift']],
] as const)('%s', (_, ours, present, wanted, add, remove, owned) => {
  const marker: DriftMarker = {
    ...{
      kind: 'drift',
      target: 'shop',
      config: null,
      title: 't',
      digest: 'd',
      visible: 'v',
      writtenAt: '2026-11-01T06:17:00Z',
      closed: null,
    },
    ...{ labels: ours, memory: makeMemory() },
  }
  const parts = parseBody(writeBody(marker, 'x'))
  if (parts === null) throw new Error('the sample has no marker')
  expect(decideLabels({ labels: present, parts }, wanted)).toMatchObject({ add, remove, owned })
})
