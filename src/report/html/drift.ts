import { count } from '../../count.ts'
import type { Finding, ObjectView, TargetReport } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { NOT_A_PERSON, nameObject } from '../describe-finding.ts'
import { groupByObject, groupOthers, identifyObject } from '../groups.ts'
import type { ShortIds } from '../issue-findings.ts'
import { formatFact, shorten } from '../values.ts'
import { type Around, writeFinding, writeSides, writeSilence, writeWriter } from './finding.ts'
import { type Html, html } from './markup.ts'
import { fold, heading, link, name, paragraph, prose } from './parts.ts'
import { writeView } from './yaml-view.ts'

/** Findings that are told in full; of more, no one reads all. */
const MOST_FINDINGS = 300
/** Objects whose YAML is unfolded from the start. */
const MOST_OPEN = 3

export type DriftOptions = {
  readonly now: string
  readonly ids: ShortIds
  readonly level: number
  readonly anchor: string
  readonly yamlRoom: number
}

/**
 * What drifted, object by object.
 *
 * @param level of the headings of objects
 */
export function writeDrift(target: TargetReport, options: DriftOptions): Html | null {
  const drift = target.findings.filter((finding) => finding.drift)
  if (drift.length === 0) return null
  const { level, anchor } = options
  const groups = groupByObject(drift.slice(0, MOST_FINDINGS))
  const left = drift.length - Math.min(drift.length, MOST_FINDINGS)
  const places = new Map(drift.map((finding, index) => [finding, `${anchor}-f${index + 1}`]))
  const shown = new Map(pickViews(target.views, options.yamlRoom).map((view) => [identifyObject(view.object), view]))
  const without = options.yamlRoom === 0 ? 0 : target.views.length - shown.size
  const named = (target.decision?.acts ?? []).some(({ people }) => people.length > 0)
  const tools = drift.some(({ evidence }) => evidence.manager !== null)
  return html`${tools && !named && paragraph(NOT_A_PERSON, 'small')}
${groups.map(({ object, findings }) => {
  const around = (finding: Finding): Around => ({ ...options, target, level: level + 1, anchor: places.get(finding) ?? '' })
  const view = shown.get(identifyObject(object))
  return html`${heading(level, prose(nameObject(object, target.namespace), 300))}
${findings.map((finding) => writeFinding(finding, around(finding)))}
${view !== undefined && writeView(view, target, groups.length <= MOST_OPEN)}`
})}
${without > 0 && html`<p>The YAML of ${count(without, 'more object')} is left out here; the log of the run has it.</p>`}
${left > 0 && html`<p>And ${count(left, 'more difference')}; report.json has all.</p>`}`
}

/** Drift as one line each: where there is too much for more. */
export function writeDriftList(target: TargetReport, most: number): Html | null {
  const drift = target.findings.filter((finding) => finding.drift)
  if (drift.length === 0) return null
  const items = drift
    .slice(0, most)
    .map((finding) => html`<li>${prose(nameObject(finding.object, target.namespace), 120)}: ${shorten(formatFact(finding, '→'), 120)}</li>`)
  const left = drift.length - items.length
  return html`<ul>${items}</ul>${left > 0 && html`<p>And ${count(left, 'more difference')}.</p>`}`
}

/** What differs and is no drift, by why it is none. */
export function writeOthers(target: TargetReport, { now }: Pick<DriftOptions, 'now'>): Html | null {
  const groups = groupOthers(target.findings)
  if (groups.length === 0) return null
  return html`${groups.map(({ title, findings }) =>
    fold(
      `${title}: ${count(findings.length, 'difference')}`,
      html`${findings.slice(0, MOST_FINDINGS).map((finding) => writeOther(finding, target, now))}${
        findings.length > MOST_FINDINGS &&
        html`<p>And ${count(findings.length - MOST_FINDINGS, 'more difference')}; report.json has all.</p>`
      }`,
    ),
  )}`
}

function writeOther(finding: Finding, target: TargetReport, now: string): Html {
  const { acceptance, path, object } = finding
  return html`<div class="other"><p>${prose(nameObject(object, target.namespace), 300)}${path.length > 0 && html` ${name(formatPath(path))}`}</p>
${writeSides(finding)}<p class="small">${writeSilence(finding)}${acceptance?.url !== undefined && html` (${link('comment', acceptance.url)})`}</p>
<p class="small">Written by: ${writeWriter(finding, { now })}</p></div>`
}

/** The first views, as many as there is room for. */
function pickViews(views: readonly ObjectView[], most: number): readonly ObjectView[] {
  let room = most
  return views.filter(({ desired, live }) => {
    room -= desired.length + live.length
    return room >= 0
  })
}
