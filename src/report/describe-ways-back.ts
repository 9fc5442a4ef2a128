import type { Finding } from '../model.ts'
import { describeEffects, describeFate } from './decision-words.ts'

/** What the next deploy does, and both ways back, as far as they are known: one line of plain text each, without patches. */
export function describeWaysBack({ fate, choices }: Finding): readonly string[] {
  const edit = choices?.keep.edit
  const revert = choices?.revert
  return [
    ...(fate === undefined ? [] : [`${describeFate(fate)}: ${fate.reason}`]),
    ...(choices === undefined
      ? []
      : [`keep: ${choices.keep.summary}${edit === undefined ? '' : ` (${edit.file}: set ${edit.key} to ${edit.to})`}`]),
    ...(revert === undefined
      ? []
      : [`revert: ${[revert.summary, ...describeEffects(revert)].join(' ')}${revert.command === undefined ? '' : `: ${revert.command}`}`]),
  ]
}
