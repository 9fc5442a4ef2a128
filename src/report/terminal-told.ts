import type { Finding, KeepChoice, RevertChoice } from '../model.ts'
import { describeConflict, describeEffects, describeFate, describeMeaning, endSentence } from './decision-words.ts'
import type { Pen } from './layout.ts'
import { formatCommand, formatText } from './terminal-command.ts'
import { shorten } from './values.ts'

/** What is told of one finding beside its values, for a person at a terminal. */

type Block = readonly string[]
const LONGEST = 600

/** What a finding means and what becomes of it, and for drift both ways: at `indent`, below its values. */
export function formatTold(finding: Finding, pen: Pen, indent: number, details: boolean): Block {
  const { meaning, fate, choices } = finding
  const title = describeMeaning(finding)
  const conflict = fate === undefined ? null : describeConflict(fate)
  const told = [
    ...(title === null ? [] : [`${title}: ${endSentence(meaning?.reason ?? '')}`]),
    ...(fate === undefined ? [] : [`${describeFate(fate)}: ${endSentence(fate.reason)}`]),
    ...(conflict === null ? [] : [conflict]),
  ]
  return [
    ...told.flatMap((text) => pen.wrap(shorten(text, LONGEST), { indent, hang: indent + 2 })),
    ...(choices === undefined || !finding.drift
      ? []
      : [...formatKeep(choices.keep, pen, indent, details), ...formatRevert(choices.revert, pen, indent)]),
  ]
}

function formatKeep({ summary, edit, patch }: KeepChoice, pen: Pen, indent: number, details: boolean): Block {
  const isSaid = edit === undefined || summary.includes(edit.file)
  const inFull = isSaid ? '' : ` ${edit.file}: set ${edit.key} to ${shorten(edit.to, 200)}.`
  return [
    ...formatWay('keep', `${endSentence(summary)}${inFull}`, pen, indent),
    ...(details && patch !== undefined ? formatText(patch, pen, indent + 8) : []),
  ]
}

function formatRevert(revert: RevertChoice, pen: Pen, indent: number): Block {
  const { command, release } = revert
  return [
    ...formatWay('revert', [endSentence(revert.summary), ...describeEffects(revert)].join(' '), pen, indent),
    ...(command === undefined ? [] : formatCommand(command, pen, indent + 8)),
    ...(release === undefined
      ? []
      : [...formatWay('then', endSentence(release.reason), pen, indent), ...formatCommand(release.command, pen, indent + 8)]),
  ]
}

/** A way or a tool in front of what it takes. */
export function formatWay(name: string, text: string, pen: Pen, indent: number): Block {
  return pen.wrap(`${name.padEnd(8)}${shorten(text, LONGEST)}`, { indent, hang: indent + 8 })
}
