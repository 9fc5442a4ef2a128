import type { Finding, KeepChoice, RevertChoice } from '../../model.ts'
import { formatFact, shorten } from '../values.ts'
import type { Around } from './finding.ts'
import { type Html, html } from './markup.ts'
import { bullets, copyable, download, facts, heading, name, paragraph, prose } from './parts.ts'

/** Both ways back from one change, side by side: to keep it in Git, or to take it out of the cluster. */
export function writeChoices(finding: Finding, { level }: Around): Html | null {
  const { choices } = finding
  if (choices === undefined) return null
  const what = shorten(formatFact(finding, '→'), 60)
  return html`<div class="ways"><div class="way">${heading(level + 1, 'Keep it')}
${writeKeep(choices.keep, what)}</div><div class="way">${heading(level + 1, 'Revert it')}
${writeRevert(choices.revert, what)}</div></div>`
}

function writeKeep({ summary, edit, patch, place }: KeepChoice, what: string): Html {
  const line = place?.line === null || place?.line === undefined ? '' : `, line ${place.line}`
  return html`${paragraph(summary)}
${
  edit !== undefined &&
  facts([
    ['File', name(edit.file)],
    ['Key', name(edit.key)],
    ['Value', html`${edit.from !== undefined && html`<code>${shorten(edit.from, 400)}</code> → `}<code>${shorten(edit.to, 400)}</code>`],
  ])
}
${place !== undefined && facts([['Written at', html`${name(place.file)}${line}`]])}
${patch !== undefined && copyable(patch, `Patch to keep ${what}`, download(patch, 'keep.patch'))}`
}

function writeRevert({ summary, command, guard, restartsPods, costs = [], release }: RevertChoice, what: string): Html {
  return html`${paragraph(summary)}
${command !== undefined && copyable(command, `Command to revert ${what}`)}
${guard !== undefined && paragraph(guard, 'small')}
${bullets([...(restartsPods === undefined ? [] : [restartsPods ? html`<b>It restarts pods.</b>` : 'It restarts no pods.']), ...costs.map((cost) => prose(cost))])}
${release !== undefined && html`<p>${prose(release.reason)} To release it:</p>${copyable(release.command, `Command to release ${what}`)}`}`
}
