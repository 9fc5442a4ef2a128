import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model.ts'
import { formatMarkdown, SUMMARY_BYTES } from '../../src/report/markdown.ts'
import { CANARY, makeDrifted, makeHostile, makeLarge, makeMixed, makeSecret, makeSeveral } from './make-report.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('formatMarkdown', () => {
  it('tells the facts in the heading, which is what a phone shows first', () => {
    const [heading, , verdict] = formatMarkdown(makeDrifted(), { maxBytes: SUMMARY_BYTES }).split('\n')
    expect(heading).toBe('## grokdevops: replicas 3 → 5, +env DEBUG (Deployment/grokdevops)')
    expect(verdict).toBe('**grokdevops has drifted: 2 changes were made by hand.**')
  })

  it('shows no secret', () => {
    expect(formatMarkdown(makeSecret(), { maxBytes: SUMMARY_BYTES })).not.toContain(CANARY)
  })

  it('lets hostile text make no link, mention, HTML, comment or row, and close no fence', () => {
    const text = formatMarkdown(makeHostile(), { maxBytes: SUMMARY_BYTES })
    const outside = text.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '').replace(/`[^`\n]+`/g, '')
    expect(outside).not.toMatch(/@octocat|<img|<!--|\]\(|fixes #1|https?:\/\//)
    expect(text).not.toMatch(/[^\n\P{C}\u200b]/u)
    expect(text.match(/^<details>/gm)).toHaveLength(outside.match(/^<\/details>$/gm)!.length)
    for (const row of outside.split('\n').filter((line) => line.startsWith('|'))) expect([4, 6]).toContain(row.match(/\|/g)!.length)
  })

  it.each([
    ['everything', 20, SUMMARY_BYTES, null],
    ['all but the views', 300, 300_000, "leaves out the objects' differences as YAML"],
    ['a list', 1000, 120_000, 'leaves out the tables'],
    ['numbers', 1000, 4_000, 'leaves out the differences themselves'],
  ])('shrinks to %s, and says so', (_, count, maxBytes, left) => {
    const text = formatMarkdown(makeLarge(count), { maxBytes })
    expect(bytes(text)).toBeLessThanOrEqual(maxBytes)
    expect(text).toContain('has drifted')
    if (left === null) expect(text).not.toContain('Shortened')
    else expect(text).toMatch(new RegExp(`${left}.*report-json`))
  })

  it('never takes more than it may, and cuts no line', () => {
    const many: Report = { ...makeSeveral(), targets: Array.from({ length: 300 }, () => makeSeveral().targets).flat() }
    for (const report of [makeLarge(60), makeMixed(), makeHostile(), many]) {
      const whole = new Set(formatMarkdown(report, { maxBytes: 1e9 }).split('\n'))
      for (const maxBytes of [1024, 1500, 2000, 5000, 20_000, 100_000, 1_000_000]) {
        const text = formatMarkdown(report, { maxBytes })
        expect(bytes(text), `${maxBytes}`).toBeLessThanOrEqual(maxBytes)
        expect(text.endsWith('\n')).toBe(true)
        if (bytes([...whole].join('\n')) > maxBytes) expect(text).toContain('Shortened')
      }
    }
  })

  it('refuses a budget that holds nothing', () => {
    expect(() => formatMarkdown(makeDrifted(), { maxBytes: 100 })).toThrow(RangeError)
  })
})
