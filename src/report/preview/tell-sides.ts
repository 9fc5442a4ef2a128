import type { PreviewChange } from '../../model.ts'
import { endSentence } from '../decision-words.ts'
import { describeSilence, nameWriter } from '../describe-finding.ts'
import { formatUtc } from '../describe-time.ts'
import { formatValue, formatValueAt, shorten } from '../values.ts'
import type { PreviewedTarget } from './arrange.ts'

/** What all writers tell of one place. Plain and hostile text: each writer makes it safe for its own medium. */

/** What each side says; null for what is absent there. `before` is left out where the pull request changes nothing. */
export type ToldSides = { readonly before?: string | null; readonly git: string | null; readonly live?: string | null }

/**
 * The values of a place on one line each, as a person would write them.
 *
 * @param most characters of a value
 * @returns null for whole objects
 */
export function tellSides({ path, base, head, live }: PreviewChange, { preview }: PreviewedTarget, most: number): ToldSides | null {
  if (path.length === 0) return null
  const write = (side: PreviewChange['base']) => (side === undefined ? null : shorten(formatValueAt(path, side), most))
  const isTouched = formatValue(base) !== formatValue(head)
  // What the cluster has goes without saying where it is what Git said.
  const isSaid = preview.against === 'base' || (isTouched && formatValue(live) === formatValue(base))
  return { ...(isTouched ? { before: write(base) } : {}), git: write(head), ...(isSaid ? {} : { live: write(live) }) }
}

/** Who made by hand what a change meets (null: not recorded) and when, and what the team has decided about it. */
export type Origin = { readonly writer: string | null; readonly time: string; readonly decided: string | null }

/** @returns null where a change meets nothing that was made by hand */
export function tellOrigin({ finding: id }: PreviewChange, { findings }: PreviewedTarget): Origin | null {
  const finding = id === undefined ? undefined : findings.find((one) => one.id === id)
  if (finding === undefined) return null
  const { manager, time } = finding.evidence
  const silence = describeSilence(finding)
  return {
    writer: manager === null ? null : nameWriter(finding.evidence),
    time: time === null ? 'time not recorded' : shorten(formatUtc(time), 40),
    decided: silence === null ? null : endSentence(silence),
  }
}

/**
 * The sentence of a place, with how sure it is unless that is certain. That two intents meet where the deploy fails is said, too.
 *
 * @returns empty where the values say it all: as the pull request intends
 */
export function tellText({ text, confidence, contested, prospect, ours, path }: PreviewChange): string {
  if (prospect === 'changes' && ours && path.length > 0 && confidence === 'certain') return ''
  const isSaid = !contested || prospect !== 'fails' || /^conflict of intent/i.test(text)
  return `${isSaid ? '' : 'Conflict of intent. '}${endSentence(text)}${confidence === 'certain' || text === '' ? '' : ` (${confidence})`}`
}
