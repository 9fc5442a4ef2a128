import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../tools/browser.ts'
import { writeHostile, writeSamples } from './issue-texts.ts'
import { NASTY, NASTY_URLS } from './make-issue.ts'
import { ALLOWED, renderMarkdown } from './render-page.ts'

/**
 * What a browser makes of the hostile texts: a parser of HTML of its own, and scripts that would run. GitHub would take
 * out most of it; here nothing does, and there must be nothing to take out.
 */
const BROWSER = findBrowser()
if (BROWSER === null) console.warn('issue-page: no chromium or google-chrome on the PATH, so no page is loaded in a browser.')

describe.skipIf(BROWSER === null)('a hostile issue in a browser', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-page-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('runs no script and has no element beyond ours', async () => {
    const texts = [...Object.values(writeSamples()), ...[NASTY, ...NASTY_URLS].flatMap((text) => Object.values(writeHostile(text)))]
    const found = await load(texts.map(renderMarkdown))
    expect(found.pages).toBe(texts.length)
    expect(found.pwned).toBe(false)
    expect(found.elements.filter((name) => ALLOWED[name] === undefined)).toEqual([])
    expect(found.elements).toContain('code')
    expect(found.attributes.filter((name) => !Object.values(ALLOWED).flat().includes(name))).toEqual([])
    expect(found.addresses.filter((address) => !address.startsWith('https://github.example/grokdevops/grokdevops/'))).toEqual([])
    expect(found.addresses).not.toHaveLength(0)
  })

  it.each([
    ['<script>window.pwned = 1</script>', 'script'],
    ['<img src=x onerror="window.pwned = 1">', 'img'],
  ])('would see what is alive: %s', async (html, element) => {
    const found = await load([`<p>text</p>${html}`])
    expect(found.elements).toContain(element)
    expect(found.pwned).toBe(true)
  })

  /** Loads a document for each page into one, and tells what is in their elements once all have loaded. */
  async function load(pages: readonly string[]): Promise<Found> {
    const file = join(folder, 'page.html')
    const sections = pages.map((page) => `<section>${page}</section>`).join('\n')
    await writeFile(file, `<!doctype html><meta charset="utf-8"><body>${sections}<output></output><script>${LOOK}</script>`)
    const profile = await mkdtemp(join(folder, 'profile-'))
    const { stdout } = await promisify(execFile)(
      BROWSER ?? '',
      [...FLAGS, `--user-data-dir=${profile}`, '--virtual-time-budget=2000', '--dump-dom', pathToFileURL(file).href],
      { maxBuffer: 64 * 1024 * 1024, timeout: 90_000 },
    )
    const text = /<output>([^<]*)<\/output>/.exec(stdout)?.[1] ?? ''
    return JSON.parse(decodeURIComponent(text)) as Found
  }
})

type Found = {
  readonly pages: number
  readonly pwned: boolean
  readonly elements: readonly string[]
  readonly attributes: readonly string[]
  readonly addresses: readonly string[]
}

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

/** Runs in the page. An element that a text closed by force is no child of its section any more, and changes the count. */
const LOOK = `addEventListener('load', () => setTimeout(() => {
  const all = [...document.querySelectorAll('body > section *')]
  const strays = [...document.body.children].filter((one) => !['SECTION', 'OUTPUT', 'SCRIPT'].includes(one.tagName))
  const found = {
    pages: document.querySelectorAll('body > section').length,
    pwned: 'pwned' in window,
    elements: [...new Set([...all, ...strays].map((one) => one.localName))],
    attributes: [...new Set(all.flatMap((one) => one.getAttributeNames()))],
    addresses: [...new Set(all.filter((one) => one.hasAttribute('href')).map((one) => one.href))],
  }
  document.querySelector('body > output').textContent = encodeURIComponent(JSON.stringify(found))
}, 200))`
