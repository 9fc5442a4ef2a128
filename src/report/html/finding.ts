import type { Finding, TargetReport, Witness } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { FATE_WORDS } from '../decision-words.ts'
import { describeCause, describeSilence, nameWriter } from '../describe-finding.ts'
import type { ShortIds } from '../issue-findings.ts'
import { formatTextChange } from '../text-change.ts'
import { formatFact, formatSide, shorten } from '../values.ts'
import { writeChoices } from './choices.ts'
import { type Content, type Html, html } from './markup.ts'
import { copyable, facts, heading, moment, name, prose } from './parts.ts'

/** Characters of one value; the YAML below has the rest. */
const LONGEST_VALUE = 1200

/** What a finding is shown with. */
export type Around = {
  readonly target: TargetReport
  readonly now: string
  readonly ids: ShortIds
  /** Heading of a finding. */
  readonly level: number
  /** For the anchor, since an id may be any text. */
  readonly anchor: string
}

/** One change with all that is known of it: what, who and when, what the next deploy does, and both ways. */
export function writeFinding(finding: Finding, around: Around): Html {
  const { severity, meaning, path, id } = finding
  return html`<article class="finding" aria-labelledby="${around.anchor}">
<div class="name">${heading(around.level, shorten(formatFact(finding, '→'), 160), around.anchor)}<p class="kind">${meaning !== undefined && `${meaning.title} · ${meaning.area} `}<span class="severity ${severity}">${severity}</span></p></div>
${path.length > 0 && html`<p class="path">${name(formatPath(path))}</p>`}
${writeSides(finding)}
${facts([
  ['Why it matters', meaning !== undefined && prose(meaning.reason)],
  ['Changed with', writeWriter(finding, around)],
  ['By', writePeople(finding, around)],
  ['First seen', writeSince(finding, around.now)],
  ['Why it is drift', finding.confidence !== 'certain' && finding.because !== '' && prose(describeCause(finding))],
  ['Next deploy', writeFate(finding)],
  ['Id', html`<code>${shorten(around.ids.get(id) ?? id, 60)}</code>`],
])}
${writeChoices(finding, around)}</article>`
}

/** Git's value and the cluster's. */
export function writeSides(finding: Finding): Html {
  const { change, desired, live } = finding
  const value = (side: 'desired' | 'live') => html`<code>${shorten(formatSide(finding, side), LONGEST_VALUE)}</code>`
  if (change === 'missing-object') return pair('it is there', html`<b>it is not there</b>`)
  if (change === 'extra-object') return pair(html`<b>it is not there</b>`, 'it is there')
  const lines = change === 'changed' ? formatTextChange(desired, live) : null
  if (lines !== null) return html`<pre class="lines">${lines.map(writeTextLine)}</pre>`
  const absent = html`<span class="absent">not there</span>`
  return pair(change === 'added' ? absent : value('desired'), change === 'removed' ? absent : value('live'))
}

function pair(git: Content, cluster: Content): Html {
  return html`<dl class="sides"><div class="old"><dt>Git</dt><dd>${git}</dd></div><div class="new"><dt>Cluster</dt><dd>${cluster}</dd></div></dl>`
}

function writeTextLine(line: string): Html {
  const text = html`${shorten(line, LONGEST_VALUE)}`
  const marked = line.startsWith('-') ? html`<del>${text}</del>` : line.startsWith('+') ? html`<ins>${text}</ins>` : text
  return html`${marked}<br>`
}

/** The tool, and when it wrote. */
export function writeWriter({ evidence }: Finding, { now }: Pick<Around, 'now'>): Html {
  if (evidence.manager === null) return html`not recorded`
  const time = evidence.time === null ? 'time not recorded' : moment(evidence.time, now)
  return html`<code>${shorten(nameWriter(evidence), 120)}</code>, ${time}`
}

function writePeople({ id }: Finding, { target }: Around): Content {
  const people = (target.decision?.acts ?? []).filter(({ findings }) => findings.includes(id)).flatMap((act) => act.people)
  if (people.length === 0) return null
  return [...new Set(people.map(namePerson))].slice(0, 5).join('; ')
}

/** Who it was by the audit log, and how sure that is. */
export function namePerson({ user, impersonatedBy, confidence }: Pick<Witness, 'user' | 'impersonatedBy' | 'confidence'>): string {
  const by = impersonatedBy === null ? '' : `, in whose name ${shorten(impersonatedBy, 120)} acted`
  return `${shorten(user, 120)}${by} (${confidence === 'certain' ? '' : `${confidence}, `}by the audit log)`
}

function writeSince({ since, lasting }: Finding, now: string): Content {
  if (since === undefined) return null
  return html`${moment(since, now)}${lasting === false && html`; <b>new, may pass by itself</b>`}${lasting === true && '; lasting by now'}`
}

function writeFate({ fate }: Finding): Content {
  if (fate === undefined) return null
  const sure = fate.confidence === 'certain' ? '' : ` (${fate.confidence})`
  return html`<b class="fate ${fate.next}">${FATE_WORDS[fate.next]}</b>${sure}: ${prose(fate.reason)}${
    fate.conflict !== undefined && copyable(shorten(fate.conflict, 2000), 'The message it will fail with')
  }`
}

/** Why a difference is shown although it is no drift. */
export function writeSilence(finding: Finding): Html {
  return html`${prose(describeSilence(finding) ?? describeCause(finding))}`
}
