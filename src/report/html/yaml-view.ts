import { count } from '../../count.ts'
import type { ObjectView, TargetReport } from '../../model.ts'
import { nameObject } from '../describe-finding.ts'
import { shorten } from '../values.ts'
import { type Html, html, keepLines } from './markup.ts'
import { fold } from './parts.ts'
import { alignView, foldRows, type Line, type Row, type Stretch } from './rows.ts'

/** Rows that a person may still read in one object. */
const MOST_ROWS = 400
/** Unchanged rows that are still carried along, folded. */
const MOST_UNCHANGED = 300
const LONGEST_LINE = 1000
/** Rows that are unfolded from the start. */
const MOST_OPEN = 80

/** What the two sides are called: above them, and as a place of lines. */
export type SideNames = { readonly left: readonly [string, string]; readonly right: readonly [string, string] }

const SIDES: SideNames = { left: ['Git', 'Git'], right: ['Cluster', 'the cluster'] }

/**
 * One object as YAML, Git's side beside the cluster's; on a phone they stand below each other. Nothing when they are the same.
 *
 * @param isOpen whether it is unfolded where it is short
 * @param names of the sides, where `desired`, on the left, and `live` are others
 */
export function writeView(view: ObjectView, target: TargetReport, isOpen: boolean, names: SideNames = SIDES): Html | null {
  if (view.desired === view.live) return null
  const object = nameObject(view.object, target.namespace)
  const rows = alignView(view)
  if (rows === null) return html`<p class="small">${object} as YAML: the texts differ in too many lines to be set side by side.</p>`
  const shown = rows.slice(0, MOST_ROWS)
  const left = rows.length - shown.length
  const stretches = foldRows(shown)
  const first = stretches.find(({ changed }) => changed)
  return fold(
    html`${object} as YAML, side by side`,
    html`<div class="yaml">${stretches.map((stretch) => writeStretch(stretch, object, stretch === first, names))}</div>${
      left > 0 && html`<p class="small">And ${count(left, 'more line')} that are not shown here.</p>`
    }`,
    isOpen && stretches.reduce((sum, { changed, rows }) => sum + (changed ? rows.length : 1), 0) <= MOST_OPEN,
  )
}

function writeStretch({ changed, rows }: Stretch, object: string, isFirst: boolean, names: SideNames): Html {
  if (changed) return writeTable(rows, `${object}: ${names.left[0]} and ${names.right[0].toLowerCase()}`, isFirst, names)
  const words = `${count(rows.length, 'unchanged line')}`
  if (rows.length > MOST_UNCHANGED) return html`<p class="gap">${words}</p>`
  return html`<details class="gap"><summary>${words}</summary>${writeTable(rows, `${object}: unchanged`, false, names)}</details>`
}

/** The roles are said again, since what lays a table out anew on a phone takes them away. */
function writeTable(rows: readonly Row[], caption: string, showsHead: boolean, { left, right }: SideNames): Html {
  return html`<table role="table"><caption class="unseen">${caption}</caption><colgroup><col class="number"><col><col class="number"><col></colgroup><thead role="rowgroup" class="${showsHead ? 'head' : 'unseen'}"><tr role="row"><th role="columnheader" scope="col"><span class="unseen">Line in ${left[1]}</span></th><th role="columnheader" scope="col">${left[0]}</th><th role="columnheader" scope="col"><span class="unseen">Line in ${right[1]}</span></th><th role="columnheader" scope="col">${right[0]}</th></tr></thead><tbody role="rowgroup">${rows.map(writeRow)}</tbody></table>`
}

function writeRow({ same, desired, live }: Row): Html {
  if (same) return html`<tr role="row" class="same">${writeSide(desired, '')}${writeSide(live, '')}</tr>`
  return html`<tr role="row">${writeSide(desired, 'old')}${writeSide(live, 'new')}</tr>`
}

function writeSide(line: Line | null, kind: '' | 'old' | 'new'): Html {
  if (line === null) return html`<td role="cell" class="number none"></td><td role="cell" class="line none"></td>`
  const text = line.pieces.map(({ text, changed }) => {
    const piece = keepLines(shorten(text, LONGEST_LINE))
    return changed ? html`<mark>${piece}</mark>` : piece
  })
  const words = kind === 'old' ? html`<del>${text}</del>` : kind === 'new' ? html`<ins>${text}</ins>` : text
  return html`<td role="cell" class="number ${kind}">${line.number}</td><td role="cell" class="line ${kind}"><code>${words}</code></td>`
}
