/**
 * Draws the issue that is filed for the example as `docs/images/issue.png`, for the README: `npm run issue-picture`.
 *
 * The demo's report goes through the same memory, decision and writer as a run's, with an hour between two readings. What
 * they give is turned into HTML as GitHub does it, with a stylesheet that looks like GitHub's on a phone, and photographed
 * by a headless Chromium. The picture has the same pixels each time on a machine with the same fonts.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderMarkdown } from '../__tests__/report/render-page.ts'
import packageJson from '../package.json' with { type: 'json' }
import { decideTarget } from '../src/issues/decide-target.ts'
import type { IssueStep } from '../src/issues/model.ts'
import { advanceMemory } from '../src/memory/advance.ts'
import { markLasting } from '../src/memory/lasting.ts'
import { NO_MEMORY } from '../src/memory/model.ts'
import type { Report, TargetReport } from '../src/model.ts'
import { photograph } from './issue-picture/photograph.ts'
import { readDemo } from './issue-picture/read-demo.ts'
import { shrinkPng } from './issue-picture/shrink-png.ts'
import { STYLE } from './issue-picture/style.ts'

const PICTURE = join(import.meta.dirname, '../docs/images/issue.png')
const REPOSITORY = 'https://github.com/acme/shop'
/** Made up, since the example is no repository of its own. */
const COMMIT = '9f3c1d0b7ae5b2a9a6e3f2c4d81f0e6b5a7c8d90'
const HOUR = 3_600_000

type Filing = IssueStep & { readonly type: 'file' }

/** What is filed at the second hourly reading after the change. */
function fileIssue(report: Report): Filing {
  const target = report.targets[0]
  if (target === undefined) throw new Error('The demo has no target.')
  const first = findNextReading(target).getTime()
  const [cleanAt, firstAt, at] = [first - HOUR, first, first + HOUR].map((time) => new Date(time).toISOString()) as [string, string, string]
  const mark = (time: string) => ({ at: time, commit: COMMIT, closedAt: null })
  const before = advanceMemory({ ...NO_MEMORY, clean: { at: cleanAt, commit: COMMIT } }, target, mark(firstAt))
  const after = advanceMemory(before, target, mark(at))
  const { findings } = markLasting(target.findings, after, { runs: 2, minutes: 0 }, 'usable', at)
  const one = {
    target: { ...target, findings },
    commit: COMMIT,
    before,
    after,
    ended: [],
    issues: [],
    desiredNow: () => undefined,
    persistence: { runs: 2, minutes: 0 },
    silent: null,
  }
  const runs = { runUrl: `${REPOSITORY}/actions/runs/19623456789`, runsUrl: `${REPOSITORY}/actions/workflows/drift.yml` }
  const settings = {
    labels: ['drift'],
    assignees: [],
    at,
    version: packageJson.version,
    commit: COMMIT,
    config: null,
    runId: null,
    writingAt: at,
    ...runs,
  }
  const step = decideTarget(one, settings, 1).steps.find(({ type }) => type === 'file')
  if (step?.type !== 'file') throw new Error('No issue is filed for the demo. Mend it first: npm run demo')
  return step
}

/** The example's schedule is at 17 minutes past the hour; the recording tells when the change was made. */
function findNextReading({ findings }: TargetReport): Date {
  const written = findings.map(({ evidence }) => Date.parse(evidence.time ?? '')).filter((time) => !Number.isNaN(time))
  const change = Math.max(...written)
  const reading = new Date(change)
  reading.setUTCMinutes(17, 0, 0)
  return reading.getTime() > change ? reading : new Date(reading.getTime() + HOUR)
}

function writePage({ title, body, labels }: Filing): string {
  const toText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const marks = labels.map((label) => `<span class="label">${toText(label)}</span>`).join(' ')
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${STYLE}</style>
<main><h1>${toText(title)} <span class="number">#1</span></h1>
<p class="state"><span class="open">Open</span> <b>github-actions</b> <span class="bot">bot</span> ${marks}</p>
<article>${renderMarkdown(body)}</article></main>`
}

const folder = await mkdtemp(join(tmpdir(), 'plumbline-issue-picture-'))
try {
  const page = join(folder, 'issue.html')
  await writeFile(page, writePage(fileIssue(await readDemo(folder))))
  await mkdir(join(PICTURE, '..'), { recursive: true })
  await writeFile(PICTURE, shrinkPng(await photograph(page, { width: 390, scale: 2, folder })))
} finally {
  await rm(folder, { recursive: true, force: true })
}
