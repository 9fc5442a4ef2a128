import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Report } from '../../src/model.ts'
import { formatHtml } from '../../src/report/html/format-html.ts'
import * as previews from '../preview/make-preview.ts'
import { type Browser, findBrowser, openBrowser, type Page, type PageOptions } from '../tools/browser.ts'
import { HOSTILE, makeHostilePage, makeWitnessed, PAGES } from './html-samples.ts'

/** What a person has on the screen, on paper, and under the fingers: the page in a real browser. */

const HAS_BROWSER = findBrowser() !== null
if (!HAS_BROWSER) console.warn('html-page: no chromium or google-chrome on the PATH, so no page is loaded in a browser.')

const SCREENS = [390, 1280].flatMap((width) => [false, true].map((dark) => ({ width, dark })))
/** A phone by day and a desk by night; all of them where there is most to see. */
const FEW = SCREENS.filter(({ width, dark }) => dark === width > 400)
const PREVIEWS = Object.fromEntries(Object.entries(previews.STORIES).map(([name, make]) => [`preview of ${name}`, make]))
const SAMPLES: Readonly<Record<string, () => Report>> = {
  ...{ ...PAGES, hostile: makeHostilePage, ...PREVIEWS },
  'hostile preview': () => previews.makeHostile(HOSTILE),
}

describe.skipIf(!HAS_BROWSER)('the page in a browser', { timeout: 120_000 }, () => {
  let folder = ''
  let browser: Browser
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-html-'))
    browser = await openBrowser(folder)
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const show = async (text: string, options: PageOptions) => {
    const file = join(folder, 'report.html')
    await writeFile(file, text)
    const page = await browser.open(options)
    await page.load(file)
    return page
  }

  describe.each(Object.keys(SAMPLES))('%s', (name) => {
    const text = () => formatHtml(SAMPLES[name]?.() ?? makeWitnessed())

    it.each(name === 'witnessed' || name === 'mixed' ? SCREENS : FEW)(
      'fits into %j, with everything unfolded, and breaks no rule for accessibility',
      async (screen) => {
        const page = await show(text(), screen)
        expect(await page.evaluate<object>(MEASURE)).toEqual({ width: screen.width, clipped: [], shifted: 0 })
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`)
        expect(await page.evaluate<object>(MEASURE)).toMatchObject({ width: screen.width, clipped: [] })
        if (name !== 'large') expect(await checkAccess(page)).toEqual([])
        expect(page.messages).toEqual([])
        expect(page.requests).toEqual([pathToFileURL(join(folder, 'report.html')).href])
        await page.close()
      },
    )
  })

  it('copies just what the report says, every text of it, and says so', async () => {
    const report = makeWitnessed()
    const page = await show(formatHtml(report), { width: 390 })
    await page.ask('Emulation.setFocusEmulationEnabled', { enabled: true })
    await page.ask('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] })
    const copied = await page.evaluate<readonly string[]>(COPY_ALL)
    expect(copied.toSorted()).toEqual(listCopyable(report).toSorted())
    expect(await page.evaluate(`document.getElementById('said').textContent`)).toBe('Copied.')
    await page.close()
  })

  it('selects the text where the browser lets nobody copy', async () => {
    const page = await show(formatHtml(makeWitnessed()), { width: 390 })
    await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false`)
    await page.evaluate(`document.querySelector('button.copy').click(); new Promise((resolve) => setTimeout(resolve, 50))`)
    expect(await page.evaluate('getSelection().toString()')).toBe(
      'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    )
    expect(await page.evaluate(`document.querySelector('button.copy').textContent`)).toBe('Selected')
    await page.close()
  })

  it('gives the whole patch as a file, byte by byte', async () => {
    const report = makeWitnessed()
    const page = await show(formatHtml(report), { width: 1280 })
    await page.ask('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
    await page.evaluate(`document.querySelector('a[download="grokdevops.patch"]').click()`)
    const patch = report.targets[0]?.decision?.ways.keep.patch ?? ''
    expect(patch).not.toBe('')
    await vi.waitFor(async () => expect(await readFile(join(folder, 'grokdevops.patch'), 'utf8')).toBe(patch), { timeout: 10_000 })
    expect(page.messages).toEqual([])
    await page.close()
  })

  it('is all there without scripts, and has no button that would do nothing', async () => {
    const read = `document.body.innerText`
    const buttons = `[...document.querySelectorAll('button')].filter((one) => one.checkVisibility({ visibilityProperty: true })).length`
    const page = await show(formatHtml(makeWitnessed()), { width: 390, scripts: false })
    const scripted = await show(formatHtml(makeWitnessed()), { width: 390 })
    expect(await page.evaluate(buttons)).toBe(0)
    expect(await scripted.evaluate(buttons)).toBeGreaterThan(4)
    const withoutButtons = (text: string) => text.replace(/^(Download)?\s*Copy$/gm, '$1').replace(/\s+/g, ' ')
    expect(withoutButtons(await page.evaluate<string>(read))).toBe(withoutButtons(await scripted.evaluate<string>(read)))
    await page.close()
    await scripted.close()
  })

  it('has targets for a finger on a phone', async () => {
    const page = await show(formatHtml(makeWitnessed()), { width: 390 })
    const small = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('button.copy, a.tool, summary, .contents a')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 36)
      .map((one) => one.outerHTML)`)
    expect(small).toEqual([])
    await page.close()
  })

  it.each([true, false])('unfolds on paper, scripts or not: %s', async (scripts) => {
    const page = await show(formatHtml(makeWitnessed()), { width: 1280, dark: true, scripts })
    expect((await page.print()).subarray(0, 5).toString()).toBe('%PDF-')
    await page.ask('Emulation.setEmulatedMedia', { media: 'print' })
    const hidden = await page.evaluate<number>(`[...document.querySelectorAll('details .folded, details.gap table')]
      .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }) || one.getBoundingClientRect().height === 0).length`)
    expect(hidden).toBe(0)
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.copy, .contents')).display`)).toBe('none')
    expect(await page.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe('rgb(255, 255, 255)')
    await page.close()
  })

  it.each([HOSTILE, 'javascript:pwned=1', 'https://evil.example/"onclick="pwned=1'])('lets nothing hostile act: %j', async (nasty) => {
    // Without the policy, which would hide that something got through.
    const page = await show(formatHtml(makeHostilePage(nasty)).replace(/<meta http-equiv[^>]*>/, ''), { width: 390 })
    const found = await page.evaluate<{ readonly names: readonly string[]; readonly [key: string]: unknown }>(LOOK)
    expect(found).toMatchObject({ pwned: false, handlers: [], scripts: 1 })
    expect(found.names.filter((one) => !ELEMENTS.has(one))).toEqual([])
    expect(page.requests).toHaveLength(1)
    await page.close()
  })

  it.each([HOSTILE, 'javascript:pwned=1', 'https://evil.example/"onclick="pwned=1'])(
    'lets nothing hostile act in a preview: %j',
    async (nasty) => {
      const page = await show(formatHtml(previews.makeHostile(nasty)).replace(/<meta http-equiv[^>]*>/, ''), { width: 390 })
      const found = await page.evaluate<{ readonly names: readonly string[]; readonly [key: string]: unknown }>(LOOK)
      expect(found).toMatchObject({ pwned: false, handlers: [], scripts: 1 })
      expect(found.names.filter((one) => !ELEMENTS.has(one))).toEqual([])
      expect(page.requests).toHaveLength(1)
      await page.close()
    },
  )

  it.each([
    ['<script>window.pwned = 1</script>', 'script'],
    ['<img src=x onerror="window.pwned = 1">', 'img'],
  ])('would see what is alive: %s', async (markup) => {
    const page = await show(
      formatHtml(makeWitnessed())
        .replace(/<meta http-equiv[^>]*>/, '')
        .replace('<footer>', `${markup}<footer>`),
      { width: 390 },
    )
    expect(await page.evaluate(LOOK)).toMatchObject({ pwned: true })
    await page.close()
  })

  it('is kept by its policy from running what got through all the same', async () => {
    const page = await show(
      formatHtml(makeWitnessed()).replace('<footer>', '<script>window.pwned = 1</script><img src=http://127.0.0.1:9/x><footer>'),
      {
        width: 390,
      },
    )
    expect(await page.evaluate(LOOK)).toMatchObject({ pwned: false })
    expect(page.messages.length).toBeGreaterThan(1)
    await page.close()
  })
})

/** Everything of a report that stands beside a button. */
function listCopyable(report: Report): readonly string[] {
  return report.targets
    .flatMap(({ findings, decision }) => [
      ...findings.flatMap(({ fate, choices }) => [
        fate?.conflict,
        choices?.keep.patch,
        choices?.revert.command,
        choices?.revert.release?.command,
      ]),
      ...(decision?.acts ?? []).flatMap(({ queries }) => queries.map(({ text }) => text)),
      ...[decision?.ways.keep.patch, ...(decision?.ways.revert.whole ?? []).map(({ command }) => command)],
      ...[decision?.gap?.rbac, decision?.gap?.policy, ...(decision?.gap?.steps ?? []).map(({ command }) => command)],
    ])
    .filter((text) => text !== undefined && text !== null)
}

async function checkAccess(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const run = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`
  return page.evaluate<readonly string[]>(run)
}

/** The width that the page takes, elements that hide a part of their text, and how much the layout moved while loading. */
const MEASURE = `new Promise((resolve) => {
  let shifted = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifted += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve({
    width: document.documentElement.scrollWidth,
    clipped: [...document.querySelectorAll('body *')]
      .filter((one) => one.closest('.unseen, thead') === null && one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
        && getComputedStyle(one).display !== 'inline')
      .map((one) => one.outerHTML.slice(0, 200)),
    shifted,
  }), 50)
})`

const COPY_ALL = `(async () => {
  const texts = []
  for (const button of document.querySelectorAll('button.copy')) {
    button.click()
    await new Promise((resolve) => setTimeout(resolve, 30))
    texts.push(button.textContent === 'Copied' ? await navigator.clipboard.readText() : 'not copied')
  }
  return texts
})()`

const LOOK = `new Promise((resolve) => setTimeout(() => {
  const all = [...document.querySelectorAll('*')]
  resolve({
    pwned: 'pwned' in window,
    scripts: document.querySelectorAll('script').length,
    names: [...new Set(all.map(({ localName }) => localName))],
    handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style' || name === 'autofocus'),
  })
}, 200))`

/** Elements that a page of ours is made of. */
const ELEMENTS = new Set(
  (
    'html head meta link title style body main header footer nav section article h1 h2 h3 h4 h5 h6 p ul ol li dl div dt dd a b time code pre br wbr ' +
    'figure figcaption span button details summary table caption colgroup col thead tbody tr th td del ins mark script'
  ).split(' '),
)
