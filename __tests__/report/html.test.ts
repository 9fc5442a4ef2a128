import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Report, TargetReport } from '../../src/model.ts'
import { describeVerdict } from '../../src/report/describe-verdict.ts'
import { formatHtml } from '../../src/report/html/format-html.ts'
import { html, isAsShown, keepLines } from '../../src/report/html/markup.ts'
import { formatTitle } from '../../src/report/title.ts'
import { HOSTILE, makeHostilePage, makeStory, makeWitnessed, mapTargets, PAGES } from './html-samples.ts'
import { CANARY, makeDrifted, makeLarge, makeSecret } from './make-report.ts'

describe('markup', () => {
  it('escapes what is put in, in text and in attributes, once', () => {
    const inner = html`<b title="${'"><i>'}">${"<i> & 'x' `y`"}</b>`
    expect(html`<p>${[inner, null, false, 3]}</p>`.markup).toBe(
      '<p><b title="&quot;&gt;&lt;i&gt;">&lt;i&gt; &amp; &#39;x&#39; &#96;y&#96;</b>3</p>',
    )
  })

  it('shows characters that hide or reorder', () => {
    expect(html`${'a\u202eb\u0000\n'}`.markup).toBe('a\\u202eb\\u0000\\n')
    expect(keepLines('a\n\tb\r\n\u200b').markup).toBe('a\n\tb\\r\n\\u200b')
  })

  it.each([
    ['a\n\tb', true],
    ['a\r\nb', false],
    ['a\u200bb', false],
    ['a\u202eb', false],
  ])('knows whether %j is shown as it is', (text, expected) => {
    expect(isAsShown(text)).toBe(expected)
  })

  it('refuses a value in an attribute without quotes', () => {
    expect(() => html`<a href=${'x'}>y</a>`).toThrow('quotes')
  })
})

describe('the page', () => {
  it.each(Object.keys(PAGES))('%s: is small, whole, and says the verdict of each target', (name) => {
    const report = PAGES[name]?.() ?? makeDrifted()
    const page = formatHtml(report)
    if (name !== 'large') expect(page.length).toBeLessThan(200_000)
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page.trimEnd().endsWith('</html>')).toBe(true)
    const text = toText(page)
    for (const target of report.targets) expect(text).toContain(describeVerdict(target))
  })

  it('has the digests of its own style and script in its policy, and loads nothing', () => {
    const page = formatHtml(makeStory())
    const policy = decode(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '')
    for (const element of ['style', 'script']) {
      const [, content = ''] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page) ?? []
      expect(content).not.toBe('')
      expect(policy).toContain(`${element}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`)
    }
    expect(policy).toContain("default-src 'none'")
    expect(page).not.toMatch(/\s(src|style|on\w+)=|@import|url\(/)
  })

  it('tells everything of the story', () => {
    const report = makeWitnessed()
    const text = toText(formatHtml(report))
    for (const told of listTexts(report.targets[0] as TargetReport)) expect(text).toContain(toVisible(told))
  })

  it('names the first facts in its title', () => {
    const report = makeStory()
    expect(formatHtml(report)).toContain(`<title>${formatTitle(report.targets[0] as TargetReport, '→')}</title>`)
  })

  it('is the same page for the same report', () => {
    expect(formatHtml(makeWitnessed())).toBe(formatHtml(makeWitnessed()))
  })

  it('says that a side is redacted, and shows no secret', () => {
    const page = formatHtml(makeSecret())
    expect(page).not.toContain(CANARY)
    expect(page).toContain('(redacted')
  })

  it('has no button to copy what cannot be seen', () => {
    const withCommand = (command: string): Report =>
      mapTargets(makeStory(), (target) => ({
        ...target,
        findings: target.findings.map((finding) =>
          finding.choices === undefined ? finding : { ...finding, choices: { keep: { summary: '' }, revert: { summary: '', command } } },
        ),
      }))
    expect(formatHtml(withCommand('kubectl get pods'))).toContain('Copy: Command to revert')
    expect(formatHtml(withCommand('kubectl get\u200b pods'))).not.toContain('Copy: Command to revert')
    expect(formatHtml(withCommand('kubectl get\u200b pods'))).toContain('characters that cannot be seen')
  })

  it('is bounded, and says what it leaves out and where that is', () => {
    const many: Report = { ...makeLarge(300), targets: Array.from({ length: 40 }, () => makeLarge(300).targets).flat() }
    const page = formatHtml(many)
    expect(page.length).toBeLessThan(1_500_001)
    expect(toText(page)).toContain('Shortened. This page leaves out')
    expect(toText(page)).toContain('report.json')
    const huge = mapTargets(makeStory(), (target) => ({
      ...target,
      name: 'x'.repeat(100_000),
      notes: Array(5000).fill({ kind: 'a', message: 'm'.repeat(5000) }),
    }))
    expect(formatHtml(huge).length).toBeLessThan(1_500_001)
  })

  it('leaves what is hostile as text', () => {
    const page = formatHtml(makeHostilePage())
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.match(/<\/(script|style|title)>/g)).toHaveLength(3)
    expect(page).not.toMatch(/<(img|svg|base|plaintext)\b/)
    expect(
      [...page.matchAll(/href="([^"]*)"/g)]
        .map(([, to = '']) => to)
        .filter((to) => !/^(#t\d|https:\/\/evil\.example\/|data:(text\/plain|,))/.test(to)),
    ).toEqual([])
    expect(page).not.toContain('user:pass@evil.example')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u200b\u202e\u2066\ufeff]/)
    expect(page.isWellFormed()).toBe(true)
    expect(toText(page)).toContain('<plaintext>')
    expect(HOSTILE).toContain('<plaintext>')
  })
})

/** Every text that the story has for a reader. */
function listTexts({ findings, decision }: TargetReport): readonly string[] {
  const told = findings.flatMap(({ meaning, fate, choices }) => [meaning, fate, choices])
  // These say the same in other words, or name what is shown by its own words.
  const silent = new Set([
    'next',
    'lean',
    'confidence',
    'findings',
    'covers',
    'finding',
    'manager',
    'relation',
    'kind',
    'url',
    'time',
    'from',
    'to',
    'state',
    'apiVersion',
    'namespace',
    'name',
    'area',
    'tool',
  ])
  const collect = (value: unknown, key: string): readonly string[] => {
    if (silent.has(key)) return []
    if (typeof value === 'string') return [value]
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([name, child]) => collect(child, Array.isArray(value) ? key : name))
  }
  return collect([told, decision], '')
}

function toText(page: string): string {
  return decode(page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ''))
}

/** Backticks are shown as code. */
function toVisible(text: string): string {
  return text.replace(/`([^`]+)`/g, '$1').replace(/\.$/, '')
}

function decode(markup: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`', amp: '&' }
  return markup.replace(/&(lt|gt|quot|#39|#96|amp);/g, (_, name: string) => characters[name] ?? '')
}
