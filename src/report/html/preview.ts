import { count } from '../../count.ts'
import type { PreviewChange } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { describeConflict } from '../decision-words.ts'
import { nameObject } from '../describe-finding.ts'
import { formatUtc } from '../describe-time.ts'
import { groupByObject, groupDecisions, listFolded, listIntended, type PreviewedTarget } from '../preview/arrange.ts'
import { describeHeadline } from '../preview/forms.ts'
import { tellOrigin, tellSides, tellText } from '../preview/tell-sides.ts'
import { describeCodified, describeKinds, describeObject, nameDecision, nameFolded, nameIntended } from '../preview/words.ts'
import { formatTextChange } from '../text-change.ts'
import { shorten } from '../values.ts'
import { type Content, type Html, html } from './markup.ts'
import { bullets, facts, fold, heading, link, name, prose } from './parts.ts'
import { writeView } from './yaml-view.ts'

/** What a pull request will do to one target. */

/** Places that are told in full; of more, no one reads all. */
const MOST_CHANGES = 300
const MOST_ROWS = 1000
const MOST_FILES = 20
const LONGEST_VALUE = 400
/** Objects whose YAML is unfolded from the start. */
const MOST_OPEN = 3

/** The sentence that a reviewer needs, and the few facts that it needs. */
export function writePreviewHead(target: PreviewedTarget, now: string, level: number, anchor: string): Html {
  const { kinds, files, against, issues = [] } = target.preview
  const worst = groupDecisions(target.preview)[0]?.name
  const tone = worst === 'fails' || worst === 'contested' || worst === 'undoes' ? 'drifted' : worst === undefined ? 'in-sync' : 'incomplete'
  const named = files.slice(0, MOST_FILES).map((file, index) => html`${index > 0 && ', '}${name(file)}`)
  const left = files.length - named.length
  const told = issues.map(({ number, url, whole }) => html`${link(`Issue ${number}`, url)}: ${describeCodified(whole)}`)
  return html`<header class="verdict ${tone}">
${heading(level, prose(describeHeadline(target), 400), anchor)}
${facts([
  ['Target', prose(target.name, 100)],
  ['Release', html`${prose(target.release, 100)} in namespace ${prose(target.namespace, 100)}`],
  ['Changes', describeKinds(kinds)],
  ['Files', named.length > 0 && html`${named}${left > 0 && ` and ${count(left, 'more file')}`}`],
  ['Compared with', against === 'cluster' ? 'the cluster as it is' : 'the base alone'],
  ['Read', formatUtc(now)],
  ['Issues', told.length > 0 && bullets(told)],
])}</header>`
}

/** What happens to each object, worst first. */
export function writeObjects({ preview, namespace }: PreviewedTarget): Html | null {
  const groups = groupByObject(preview)
  if (groups.length === 0) return null
  const rows = groups.slice(0, MOST_ROWS).map(({ object, changes }) => {
    const words = describeObject(changes).map(
      ({ words: told, grave }, index) => html`${index > 0 && html`<br>`}${grave ? html`<b>${told}</b>` : told}`,
    )
    return html`<tr role="row"><th role="rowheader" scope="row">${prose(nameObject(object, namespace), 300)}</th><td role="cell" data-label="What happens">${words}</td></tr>`
  })
  const left = groups.length - rows.length
  return html`<table role="table" class="list"><caption class="unseen">What happens to each object</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Object</th><th role="columnheader" scope="col">What happens here</th></tr></thead><tbody role="rowgroup">${rows}</tbody></table>${
    left > 0 && html`<p>And ${count(left, 'more object')}; report.json has all.</p>`
  }`
}

/**
 * The places that somebody has to decide about.
 *
 * @param level of the headings of groups
 * @param most places in all: with 0, each group is but counted
 */
export function writeDecisions(target: PreviewedTarget, level: number, most = MOST_CHANGES): Html | null {
  const groups = groupDecisions(target.preview)
  if (groups.length === 0) return null
  const share = Math.floor(most / groups.length)
  return html`${groups.map(
    ({ name: group, changes }) => html`${heading(level, nameDecision(group, changes.length))}
${changes.slice(0, share).map((change) => writeChange(change, target))}
${changes.length > share && html`<p>${share > 0 && 'And '}${count(changes.length - share, share > 0 ? 'more place' : 'place')}; report.json has all.</p>`}`,
  )}`
}

/** What goes as intended, and what nobody needs to look at on its own. */
export function writeIntended(target: PreviewedTarget): Html | null {
  const intended = listIntended(target.preview)
  const folded = listFolded(target.preview)
  if (intended.length + folded.length === 0) return null
  return html`${intended.length > 0 && foldChanges(nameIntended(intended.length), intended, target)}
${folded.length > 0 && foldChanges(nameFolded(folded), folded, target)}`
}

function foldChanges(title: string, changes: readonly PreviewChange[], target: PreviewedTarget): Html {
  const left = changes.length - MOST_CHANGES
  const shown = changes.slice(0, MOST_CHANGES).map((change) => writeChange(change, target))
  return fold(title, html`${shown}${left > 0 && html`<p>And ${count(left, 'more place')}; report.json has all.</p>`}`)
}

/**
 * What is there now beside what the deploy makes of it.
 *
 * @param most UTF-16 units of YAML
 */
export function writeOutlooks(target: PreviewedTarget, most: number): Html | null {
  const { views, against } = target.preview
  let room = most
  const shown = views.filter(({ desired, live }) => {
    room -= desired.length + live.length
    return room >= 0
  })
  if (views.length === 0 || most === 0) return null
  const now = against === 'cluster' ? (['Cluster now', 'the cluster'] as const) : (['Base', 'the base'] as const)
  const names = { left: now, right: ['With this pull request', 'the pull request'] } as const
  const left = views.length - shown.length
  return html`${shown.map(({ object, desired, live }) => writeView({ object, desired: live, live: desired }, target, shown.length <= MOST_OPEN, names))}
${left > 0 && html`<p>The YAML of ${count(left, 'more object')} is left out here; the log of the run has it.</p>`}`
}

function writeChange(change: PreviewChange, target: PreviewedTarget): Html {
  const { path, object } = change
  const conflict = describeConflict(change)
  const text = tellText(change)
  return html`<div class="other"><p><b>${prose(nameObject(object, target.namespace), 300)}</b>${path.length > 0 && html` ${name(formatPath(path))}`}</p>
${text !== '' && html`<p>${prose(text)}</p>`}
${writeSides(change, target)}${conflict !== null && html`<p class="small">${prose(conflict)}</p>`}${writeOrigin(change, target)}</div>`
}

function writeSides(change: PreviewChange, target: PreviewedTarget): Html | null {
  const sides = tellSides(change, target, LONGEST_VALUE)
  if (sides === null) return null
  const lines = formatTextChange(change.live, change.head)
  if (lines !== null)
    return html`<p>From what is there to what Git will say:</p>${bullets(lines.map((line) => name(shorten(line, LONGEST_VALUE))))}`
  const write = (side: string | null): Content => (side === null ? 'not set' : name(side, LONGEST_VALUE + 40))
  return html`<p>Git ${sides.before !== undefined && html`${write(sides.before)} → `}${write(sides.git)}${
    sides.live !== undefined && html`, cluster ${write(sides.live)}`
  }</p>`
}

function writeOrigin(change: PreviewChange, target: PreviewedTarget): Html | null {
  const origin = tellOrigin(change, target)
  if (origin === null) return null
  const { writer, time, decided } = origin
  return html`${writer !== null && html`<p class="small">Made with ${name(writer)}, ${time}.</p>`}${decided !== null && html`<p class="small">${prose(decided)}</p>`}`
}
