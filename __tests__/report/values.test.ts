import { describe, expect, it } from 'vitest'
import type { Finding, Json } from '../../src/model.ts'
import { describeTime } from '../../src/report/describe-time.ts'
import { formatTextChange } from '../../src/report/text-change.ts'
import { formatTitle } from '../../src/report/title.ts'
import { formatValue, shorten } from '../../src/report/values.ts'
import { makeDrifted, makeIncomplete, makeInSync, makeMixed, makeSecret } from './make-report.ts'

describe('formatValue', () => {
  it.each<[Json | undefined, string]>([
    [5, '5'],
    ['5', '"5"'],
    [true, 'true'],
    ['true', '"true"'],
    [null, 'null'],
    ['', '""'],
    ['info', 'info'],
    ['two words', 'two words'],
    [' space', '" space"'],
    ['a\nb', '"a\\nb"'],
    ['1.4.0', '"1.4.0"'],
    ['v1.4.0', 'v1.4.0'],
    ['registry.example/a:1', 'registry.example/a:1'],
    ['25%', '25%'],
    [{ name: 'a', value: 'b: c' }, '{name: a, value: "b: c"}'],
    [['a', 1, { b: [] }], '[a, 1, {b: []}]'],
    [{ redacted: true }, '(redacted)'],
    [undefined, '(absent)'],
  ])('%j -> %s', (value, text) => {
    expect(formatValue(value)).toBe(text)
  })

  it('keeps every digit of a large integer', () => {
    expect(formatValue([12345678901234567890n])).toBe('[12345678901234567890]')
  })
})

describe('formatTitle', () => {
  it.each([
    ['grokdevops: replicas 3 -> 5, +env DEBUG (Deployment/grokdevops)', makeDrifted()],
    ['grokdevops: in sync', makeInSync()],
    ['grokdevops: 3 of 6 objects could not be read', makeIncomplete()],
  ])('%s', (title, report) => {
    expect(formatTitle(report.targets[0]!)).toBe(title)
  })

  it('names no secret value', () => {
    expect(formatTitle(makeSecret().targets[0]!)).toBe(
      'grokdevops: data password changed, +env DB_PASSWORD, args changed, data app.properties changed, data LICENSE changed',
    )
  })

  it('counts what does not fit', () => {
    const target = makeMixed().targets[0]!
    expect(formatTitle(target, '->', 60)).toBe('grokdevops: image changed and 6 more')
    expect(formatTitle(target, '->', 30)).toBe('grokdevops: 7 differences')
    for (let most = 10; most < 256; most++) expect(formatTitle(target, '->', most).length).toBeLessThanOrEqual(most)
  })
})

describe('describeTime', () => {
  const at = (time: string | null, now = '2026-11-23T15:00:00Z') =>
    describeTime({ manager: 'm', operation: null, subresource: null, time }, now)
  it.each([
    [null, 'time not recorded'],
    ['2026-11-23T14:59:30Z', 'just now (2026-11-23 14:59:30 UTC)'],
    ['2026-11-23T14:59:00Z', '1 minute ago (2026-11-23 14:59:00 UTC)'],
    ['2026-11-23T12:30:00Z', '2 hours ago (2026-11-23 12:30:00 UTC)'],
    ['2026-11-01T12:30:00Z', '22 days ago (2026-11-01 12:30:00 UTC)'],
    ['2024-10-01T12:30:00Z', '2 years ago (2024-10-01 12:30:00 UTC)'],
    ['2026-11-23T16:00:00Z', '2026-11-23 16:00:00 UTC'],
    ['not a time', 'not a time'],
  ])('%s -> %s', (time, text) => {
    expect(at(time)).toBe(text)
  })
})

describe('shorten and formatTextChange', () => {
  it('say how much is left out', () => {
    expect(shorten('a'.repeat(50), 20)).toBe(`${'a'.repeat(20)}… (30 more characters)`)
    expect(shorten('a'.repeat(25), 20)).toBe('a'.repeat(25))
    const lines = (letter: string) => Array.from({ length: 20 }, (_, index) => `${letter}${index}`).join('\n')
    expect(formatTextChange(lines('a'), lines('b'))?.at(-1)).toBe('... and 28 more changed lines')
  })

  it.each<[Finding['desired'], Finding['live'], readonly string[] | null]>([
    ['a\nb\n', 'a\nc\n', ['- b', '+ c']],
    ['a\nb', 'a\nb\n', ['(only the line feed at the end differs)']],
    ['a', 'b', null],
    ['a\nb', 5, null],
  ])('%j, %j', (desired, live, lines) => {
    expect(formatTextChange(desired, live)).toEqual(lines)
  })
})
