import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { NASTY } from '../report/make-issue.ts'
import { renderMarkdown } from '../report/render-page.ts'
import { type Browser, findBrowser, openBrowser } from '../tools/browser.ts'
import { makeHostile, OPTIONS, STORIES } from './make-preview.ts'

/** The comment in a real browser, laid out by the rules of GitHub's page that decide about width. */

const HAS_BROWSER = findBrowser() !== null
if (!HAS_BROWSER) console.warn('comment-page: no chromium or google-chrome on the PATH, so no comment is loaded in a browser.')

const SAMPLES = { ...STORIES, hostile: () => makeHostile(NASTY) }

/** As in github-markdown.css: tables and code scroll for themselves, and long words break. */
const STYLE = `body{margin:0;padding:16px;font:14px/1.5 sans-serif;overflow-wrap:break-word}
table{display:block;width:max-content;max-width:100%;overflow:auto}td,th{padding:6px 13px}
pre{overflow:auto}code{white-space:break-spaces}pre code{white-space:pre}ul{padding-left:2em}`

describe.skipIf(!HAS_BROWSER)('a comment in a browser', { timeout: 120_000 }, () => {
  let folder = ''
  let browser: Browser
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-comment-'))
    browser = await openBrowser(folder)
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  describe.each(Object.keys(SAMPLES))('%s', (name) => {
    it.each([390, 1280])(
      'fits into %i pixels with everything unfolded, breaks no rule for accessibility, and lets nothing act',
      async (width) => {
        const make = SAMPLES[name as keyof typeof SAMPLES]
        const markup = renderMarkdown(formatPreviewComment(make(), OPTIONS))
        const file = join(folder, 'comment.html')
        await writeFile(
          file,
          `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><style>${STYLE}</style><main><h1>x</h1><h2>x</h2>${markup}</main>`,
        )
        const page = await browser.open({ width })
        await page.load(file)
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`)
        expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(width)
        expect(await page.evaluate(`'pwned' in window`)).toBe(false)
        expect(page.requests).toHaveLength(1)
        expect(await page.evaluate(`document.body.innerText`)).toContain('nothing was written to the cluster')
        await page.evaluate(axe.source)
        // What scrolls for itself gets its focus from GitHub's own page.
        const run = `axe.run(document, { resultTypes: ['violations'], rules: { 'scrollable-region-focusable': { enabled: false } } }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`
        expect(await page.evaluate(run)).toEqual([])
        await page.close()
      },
    )
  })
})
