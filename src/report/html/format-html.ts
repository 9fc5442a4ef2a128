import type { Report } from '../../model.ts'
import { formatUtc } from '../describe-time.ts'
import { describeRun } from '../describe-verdict.ts'
import { isPreview, listConcerned, sortTargets } from '../preview/arrange.ts'
import { BASE_ONLY_REMEDY, describeBaseOnly, NOTHING, nameSubject, PREVIEW_DOCS, UNTOUCHED } from '../preview/words.ts'
import { formatTitle } from '../title.ts'
import { shorten } from '../values.ts'
import { writeOverview, writePreviewOverview } from './head.ts'
import { type Html, html, trust } from './markup.ts'
import { heading, link, paragraph, prose } from './parts.ts'
import { POLICY } from './policy.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { type Form, writeTarget } from './target.ts'

/** UTF-16 units: more would be slow to open, and no one reads so much. */
const MOST_CHARS = 1_500_000

/** UTF-16 units of YAML that are compared: it takes time, and no one reads more. */
const MOST_YAML = 200_000
/** More changes than these do not fit in full anyway. */
const MOST_DRIFT = 1500

const FORMS: readonly { readonly form: Form; readonly left: string }[] = [
  { form: 'full', left: '' },
  { form: 'plain', left: "the objects' YAML" },
  { form: 'list', left: "the objects' YAML, and all of each change but one line" },
  { form: 'counts', left: 'the changes themselves' },
]

/**
 * The report as one page of HTML that needs nothing else: no file, no network, and no script but for copying. What was
 * left out of a report that is too large is said, with where it is.
 */
export function formatHtml(report: Report): string {
  const drift = report.targets.reduce((sum, { counts }) => sum + counts.drift, 0)
  for (const { form, left } of FORMS.slice(drift > MOST_DRIFT ? 2 : 0)) {
    const page = writePage(report, form, left)
    if (page.length <= MOST_CHARS) return page
  }
  return fitTargets(report)
}

/** The last resort: as many targets as there is room for, by their verdict. */
function fitTargets(report: Report): string {
  for (let shown = report.targets.length; shown > 0; shown = Math.floor(shown / 2)) {
    const page = writePage({ ...report, targets: report.targets.slice(0, shown) }, 'counts', 'the changes themselves, and some targets')
    if (page.length <= MOST_CHARS) return page
  }
  return writePage({ ...report, targets: [] }, 'counts', 'all targets')
}

function writePage(report: Report, form: Form, left: string): string {
  const { generatedAt, tool, notes = [] } = report
  const targets = sortTargets(report)
  const isOne = targets.length === 1
  const anchors = targets.map((_, index) => `t${index + 1}`)
  const level = isOne ? 1 : 2
  const yamlRoom = MOST_YAML / Math.max(1, targets.filter(({ views, preview }) => views.length + (preview?.views.length ?? 0) > 0).length)
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Plumbline ${shorten(tool.version, 60)}">
<link rel="icon" href="data:,">
<title>${shorten(writeTitle(report), 200)}</title>
<style>${trust(STYLE)}</style>
</head>
<body>
<main id="top">
${writeTop(report, anchors)}
${notes.map(({ message }) => paragraph(message, 'note'))}
${left !== '' && html`<p class="note"><b>Shortened.</b> This page leaves out ${left}. The whole report is in report.json, which is written beside it.</p>`}
${targets.map((target, index) => writeTarget(target, { now: generatedAt, form, level, anchor: anchors[index] ?? '', yamlRoom }))}
</main>
${writeFoot(report)}
<p id="said" class="unseen" role="status"></p>
<script>${trust(SCRIPT)}</script>
</body>
</html>`.markup
  }\n`
}

/** What stands above the targets where there are several, and above those of a pull request. */
function writeTop(report: Report, anchors: readonly string[]): Html | null {
  const targets = sortTargets(report)
  if (!isPreview(report)) return targets.length === 1 ? null : html`${heading(1, describeRun(targets))}${writeOverview(report, anchors)}`
  const { url, fromFork, untouched } = report.pullRequest
  const isBlind = targets.some(({ preview }) => preview?.against === 'base')
  return html`${targets.length !== 1 && heading(1, link(writeTitle(report), url))}
${targets.length === 1 && report.pullRequest.number !== null && html`<p>${link(`Pull request ${report.pullRequest.number}`, url)}</p>`}
${listConcerned(report).length === 0 && paragraph(NOTHING)}
${isBlind && paragraph(`${describeBaseOnly(fromFork)} ${BASE_ONLY_REMEDY} \`${PREVIEW_DOCS}\`.`, 'note')}
${untouched.length > 0 && paragraph(`${UNTOUCHED} ${untouched.join(', ')}.`)}
${writePreviewOverview(report, new Map(targets.map((target, index) => [target, anchors[index] ?? ''])))}`
}

function writeTitle(report: Report): string {
  const { targets } = report
  if (isPreview(report)) return nameSubject(report.pullRequest.number)
  const [target] = targets
  return target !== undefined && targets.length === 1 ? formatTitle(target, '→') : describeRun(targets)
}

function writeFoot({ tool, generatedAt }: Report): Html {
  return html`<footer><p>Plumbline ${prose(tool.version, 60)}, ${formatUtc(generatedAt)}. Read access only: nothing was written to the cluster.</p></footer>`
}
