import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DriftMarker, MARKER_CHARS, parseBody, writeBody } from '../../src/memory/marker.ts'
import { makeMemory, makeStreak } from './make-memory.ts'

const marker: DriftMarker = {
  ...{ kind: 'drift', target: 'shop', config: '.github/plumbline.yml', labels: ['drift'], title: 'shop: replicas 3 -> 5' },
  ...{ digest: '0123456789abcdef', visible: 'fedcba9876543210', writtenAt: '2026-11-01T06:17:00Z', closed: null },
  memory: makeMemory({ streaks: [makeStreak()] }),
}
const body = writeBody(marker, 'What drifted')

describe('the state in an issue', () => {
  test('comes back as it was written, with what stands around it', () => {
    const around = { before: 'Ours to keep.\n\n', after: '\n\n- [ ] ask Lena' }
    const parts = parseBody(writeBody(marker, 'What drifted', around))
    expect(parts).toEqual({
      identity: { kind: 'drift', target: 'shop' },
      marker,
      title: marker.title,
      newer: false,
      visible: 'What drifted',
      ...around,
    })
  })

  test('survives the line ends of a browser', () => {
    const parts = parseBody(writeBody(marker, 'one\ntwo').replaceAll('\n', '\r\n'))
    expect(parts).toMatchObject({ marker, visible: 'one\ntwo' })
  })

  test('is nobody’s where there is none', () => {
    for (const text of ['', 'Just a text', '<!-- plumbline -->', '<!-- plumbline v1  -->', '<!-- plumbline v1 AAAA -->'])
      expect(parseBody(text)).toBeNull()
  })

  test('damaged, still says whose issue it is, and nothing of the text is lost', () => {
    const damaged = body.replace(/v1 \S+/, 'v1 AAAA')
    expect(parseBody(damaged)).toMatchObject({ identity: { kind: 'drift', target: 'shop' }, marker: null, visible: 'What drifted' })
    const cut = `Mine.\n${body.replace(/<!-- plumbline v1 \S+ -->/, '')}`
    expect(parseBody(cut)).toMatchObject({ identity: { target: 'shop' }, marker: null, before: 'Mine.\n\nWhat drifted\n' })
    const open = body.replace(/<!-- plumbline end .*$/, 'and more')
    expect(parseBody(open)).toMatchObject({ marker, visible: '', after: '\nWhat drifted\nand more' })
  })

  test('of a newer version is not read, and not ours to change', () => {
    expect(parseBody(body.replace('plumbline v1', 'plumbline v2'))).toMatchObject({ marker: null, newer: true })
  })

  test('that would fill the memory, or is of another shape, is no state', () => {
    const forge = (value: unknown) => body.replace(/v1 \S+/, `v1 ${deflateRawSync(JSON.stringify(value)).toString('base64')}`)
    const many = Array.from({ length: 40_000 }, () => marker.memory.streaks[0])
    for (const value of [
      'x'.repeat(10_000_000),
      { ...marker, memory: { ...marker.memory, streaks: many } },
      { ...marker, target: 5 },
      [],
      null,
    ])
      expect(parseBody(forge(value))?.marker).toBeNull()
  })

  test('never takes more than its room, and gives up the youngest streaks first', () => {
    const streaks = Array.from({ length: 3000 }, (_, index) =>
      makeStreak({
        key: `apps|Deployment|shop|app-${index * 7919} spec.replicas`,
        id: `${index}`.padStart(16, 'a'),
        since: `2026-11-${String(1 + (index % 28)).padStart(2, '0')}T00:00:00Z`,
      }),
    )
    const large = writeBody({ ...marker, memory: makeMemory({ streaks }) }, 'x')
    expect(large.length).toBeLessThan(MARKER_CHARS + 300)
    const kept = parseBody(large)?.marker
    const times = kept?.kind === 'drift' ? kept.memory.streaks.map(({ since }) => since) : []
    expect(times.length).toBeGreaterThan(100)
    expect(times.toSorted()).toEqual(
      streaks
        .map(({ since }) => since)
        .toSorted()
        .slice(0, times.length),
    )
  })

  test('holds whatever stands around it, and whatever it says', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('<!-- plumbline'))
    fc.assert(
      fc.property(text, text, text, fc.string({ maxLength: 100 }), (before, after, target, title) => {
        const one = { ...marker, target: `t${target}`, title, memory: makeMemory({ streaks: [makeStreak({ fact: after })] }) }
        const parts = parseBody(writeBody(one, 'What drifted', { before, after }))
        expect(parts).toMatchObject({ marker: one, before: before.replaceAll('\r\n', '\n'), after: after.replaceAll('\r\n', '\n') })
      }),
    )
  })
})
