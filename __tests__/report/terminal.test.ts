import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model.ts'
import { countColumns, makePen } from '../../src/report/layout.ts'
import { showControlsPerLine } from '../../src/report/sanitize.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import {
  CANARY,
  makeDrifted,
  makeHostile,
  makeIncomplete,
  makeInSync,
  makeLarge,
  makeMixed,
  makeSecret,
  makeSeveral,
  makeStory,
} from './make-report.ts'
import { joinRandomly, seedRandom } from './random.ts'
import { findRunnerCommands } from './runner-commands.ts'

const PLAIN = { color: false, width: 100, details: true }
const ALL = {
  makeDrifted,
  makeStory,
  makeInSync,
  makeIncomplete,
  makeSeveral,
  makeMixed,
  makeSecret,
  makeHostile,
  makeLarge: () => makeLarge(30),
}

describe('formatTerminal', () => {
  it('says the verdict first, and the two facts of the story', () => {
    const text = formatTerminal(makeDrifted(), PLAIN)
    expect(text.split('\n')[0]).toBe('grokdevops has drifted: 2 changes were made by hand.')
    expect(text).toContain('  spec.replicas\n      3 -> 5\n      by kubectl (scale), time not recorded\n')
    expect(text).toContain('env[name=DEBUG]\n      added: DEBUG=true\n      by kubectl-set, 9 minutes ago (2026-11-23 14:50:36 UTC)\n')
    expect(text.match(/These are tools/g)).toHaveLength(1)
  })

  it.each([40, 72, 100, 200])('fits %i columns', (width) => {
    for (const make of Object.values(ALL)) {
      const report = make()
      const code = listCode(report)
      for (const line of formatTerminal(report, { color: false, width, details: true }).replaceAll('\u200b', '').split('\n')) {
        // What is to be copied must stay whole.
        const isCode = code.some((text) => text.includes(line.replace(/ \\$/, '').trim()))
        if (!isCode) expect(countColumns(line), line).toBeLessThanOrEqual(width)
      }
    }
  })

  it('has colours only when asked, and then the same text', () => {
    for (const make of Object.values(ALL)) {
      const plain = formatTerminal(make(), PLAIN)
      const colored = formatTerminal(make(), { ...PLAIN, color: true })
      expect(plain).not.toContain('\u001b')
      expect(stripVTControlCharacters(colored).replaceAll('\u200b', '')).toBe(plain.replaceAll('\u200b', ''))
      expect(findRunnerCommands(colored)).toEqual([])
    }
    expect(formatTerminal(makeDrifted(), { ...PLAIN, color: true })).toContain('\u001b[31m-  replicas: 3\u001b[39m')
  })

  it('leaves the YAML out without details', () => {
    const text = formatTerminal(makeDrifted(), { ...PLAIN, details: false })
    expect(text).toContain('3 -> 5')
    expect(text).not.toContain('@@')
  })

  it('shows no secret, and that it differs', () => {
    const text = formatTerminal(makeSecret(), PLAIN)
    expect(text).not.toContain(CANARY)
    expect(text).toContain('(redacted) -> (redacted, differs)')
    expect(text).toContain('DB_PASSWORD=(redacted)')
  })

  it('lets no command, escape or invisible character of a cluster through', () => {
    const random = seedRandom(17)
    const pieces = [
      '::error::',
      '##[',
      'add-mask]',
      '\n',
      '\r',
      ' ',
      '\u001b[2J',
      '\u202e',
      '\u2028',
      'word ',
      ':',
      '\t',
      '\u0085',
      '`',
      '0123456789'.repeat(12),
    ]
    for (let round = 0; round < 200; round++) {
      const text = formatTerminal(
        plant(round % 2 === 0 ? makeSeveral() : makeStory(), () => joinRandomly(random, pieces, 14)),
        PLAIN,
      )
      expect(findRunnerCommands(text), text).toEqual([])
      expect(text).not.toMatch(/[^\n\P{C}\u200b]/u)
    }
  })
})

describe('makePen', () => {
  it('wraps at spaces, and long words after punctuation', () => {
    const pen = makePen(20, false)
    expect(pen.wrap('one two three four five', { indent: 2, hang: 4 })).toEqual(['  one two three four', '    five'])
    expect(pen.wrap('at spec.template.spec.containers', { hang: 2 })).toEqual(['at spec.template.', '  spec.containers'])
    expect(pen.wrap('日本語日本語日本語日本')).toEqual(['日本語日本語日本語日', '本'])
    expect(pen.wrap('')).toEqual([''])
  })
})

/** Commands, patches, queries and YAML, as they stand in a terminal. */
function listCode(report: Report): readonly string[] {
  const names = new Set(['command', 'patch', 'rbac', 'policy'])
  const walk = (value: unknown, name: string, parent: object): readonly string[] => {
    if (typeof value === 'string') return names.has(name) || (name === 'text' && 'where' in parent) ? [showControlsPerLine(value)] : []
    if (value === null || typeof value !== 'object') return []
    return Object.entries(value).flatMap(([key, child]) => walk(child, key, value))
  }
  return walk(report, '', {})
}

/** Puts text from `next` into every string that a cluster, a chart or a person can fill. */
function plant(report: Report, next: () => string): Report {
  const fixed = new Set([
    'verdict',
    'cause',
    'change',
    'confidence',
    'schemaVersion',
    'generatedAt',
    'delivery',
    'severity',
    'lean',
    'next',
    'state',
    'relation',
    'area',
  ])
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return fixed.has(name) ? value : next()
    if (Array.isArray(value)) return value.map((child) => walk(child, name))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child, key)]))
  }
  return walk(report, '') as Report
}
