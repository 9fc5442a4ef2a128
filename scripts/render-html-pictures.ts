/**
 * Draws the pictures of the HTML report from what the demo finds: `npm run html-picture`. They have the same bytes each
 * time where the fonts are the same, since the check is set to some minutes after the change that was recorded.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../__tests__/tools/browser.ts'
import type { Report } from '../src/model.ts'
import { formatHtml } from '../src/report/html/format-html.ts'
import { readDemo } from './issue-picture/read-demo.ts'
import { shrinkPng } from './issue-picture/shrink-png.ts'

const IMAGES = join(import.meta.dirname, '../docs/images')
const PICTURES = [
  { name: 'report.png', width: 1280, height: 1500, scale: 1, dark: false },
  { name: 'report-dark.png', width: 1280, height: 1500, scale: 1, dark: true },
  { name: 'report-phone.png', width: 390, height: 844, scale: 2, dark: false },
]
const MINUTES_AFTER = 10

/** The report as of some minutes after the newest write that it tells of. */
function setClock(report: Report): Report {
  const times = report.targets.flatMap(({ findings }) => findings.map(({ evidence }) => Date.parse(evidence.time ?? '')))
  const last = Math.max(...times.filter((time) => !Number.isNaN(time)))
  return { ...report, generatedAt: new Date(last + MINUTES_AFTER * 60_000).toISOString() }
}

const folder = await mkdtemp(join(tmpdir(), 'plumbline-html-picture-'))
const browser = await openBrowser(folder)
try {
  const file = join(folder, 'report.html')
  await writeFile(file, formatHtml(setClock(await readDemo(folder))))
  await mkdir(IMAGES, { recursive: true })
  for (const { name, height, ...options } of PICTURES) {
    const page = await browser.open(options)
    await page.load(file)
    await writeFile(join(IMAGES, name), shrinkPng(await page.photograph(height)))
    await page.close()
  }
} finally {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
}
