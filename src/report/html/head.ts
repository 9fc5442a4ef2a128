import type { Delivery, Report, TargetReport, Verdict } from '../../model.ts'
import { formatUtc } from '../describe-time.ts'
import { describeIssue, describeVerdict, VERDICT_WORDS } from '../describe-verdict.ts'
import { listConcerned, type PreviewReport } from '../preview/arrange.ts'
import { describeHeadline } from '../preview/forms.ts'
import { formatTitle } from '../title.ts'
import { shorten } from '../values.ts'
import { type Content, type Html, html } from './markup.ts'
import { facts, heading, link, moment, prose } from './parts.ts'

const DELIVERIES: Readonly<Record<Delivery, string | null>> = {
  'helm-client-side': 'Helm, on the client (three-way merge)',
  'helm-server-side': 'Helm, on the server (server-side apply)',
  argocd: 'Argo CD',
  flux: 'Flux',
  kubectl: 'kubectl',
  unknown: null,
}

/** The verdict as a sentence, and the few facts that it needs. */
export function writeHead(target: TargetReport, now: string, level: number, anchor: string): Html {
  const drift = target.findings.filter((finding) => finding.drift)
  const since = drift.flatMap((finding) => finding.since ?? []).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0]
  const { cleanAt } = target
  return html`<header class="verdict ${target.verdict}">${writeBadge(target.verdict)}
${heading(level, prose(describeVerdict(target), 400), anchor)}
${facts([
  ['Changed', drift.length > 0 && shorten(formatTitle(target, '→').slice(target.name.length + 2), 200)],
  ['Release', html`${prose(target.release, 100)} in namespace ${prose(target.namespace, 100)}`],
  ['Last applied by', DELIVERIES[target.delivery]],
  ['Drifted since', since !== undefined && moment(since, now)],
  [
    'Last clean',
    cleanAt !== undefined && (cleanAt === null ? drift.length > 0 && 'no reading without drift is on record' : moment(cleanAt, now)),
  ],
  ['Checked', formatUtc(now)],
  ['Issue', writeIssue(target)],
])}</header>`
}

function writeIssue(target: TargetReport): Content {
  const told = describeIssue(target)
  if (told === null) return null
  const { issue, text } = told
  return html`${issue !== null && html`${link(`Issue ${issue.number}`, issue.url)} `}${prose(text)}`
}

function writeBadge(verdict: Verdict): Html {
  return html`<p class="badge ${verdict}">${VERDICT_WORDS[verdict]}</p>`
}

/** The targets of a preview, the worst first, each with its sentence and a link to its own part of the page. */
export function writePreviewOverview(report: PreviewReport, anchors: ReadonlyMap<TargetReport, string>): Html | null {
  const targets = listConcerned(report)
  if (targets.length === 0 || report.targets.length === 1) return null
  const rows = targets.map(
    (target) =>
      html`<tr role="row"><th role="rowheader" scope="row"><a href="#${anchors.get(target) ?? ''}">${prose(target.name, 100)}</a></th><td role="cell" data-label="What happens">${prose(describeHeadline(target), 400)}</td></tr>`,
  )
  return html`<table role="table" class="overview list"><caption class="unseen">All targets that the pull request changes</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">What happens</th></tr></thead><tbody role="rowgroup">${rows}</tbody></table>`
}

/** All targets in a table, each with a link to its own part of the page. */
export function writeOverview({ targets }: Report, anchors: readonly string[]): Html {
  const rows = targets.map(({ name, verdict, counts }, index) => {
    const [drift, unread, objects] = verdict === 'error' ? ['-', '-', '-'] : [counts.drift, counts.unread, counts.objects]
    return html`<tr><th scope="row"><a href="#${anchors[index] ?? ''}">${prose(name, 100)}</a></th><td>${writeBadge(verdict)}</td><td class="count">${drift ?? ''}</td><td class="count">${unread ?? ''}</td><td class="count">${objects ?? ''}</td></tr>`
  })
  return html`<table class="overview"><caption class="unseen">All targets of this run</caption><thead><tr><th scope="col">Target</th><th scope="col">Verdict</th><th scope="col" class="count">Drift</th><th scope="col" class="count">Unread</th><th scope="col" class="count">Objects</th></tr></thead><tbody>${rows}</tbody></table>`
}
