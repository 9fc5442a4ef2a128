import type { Finding } from '../model.ts'
import { describeEffects } from './decision-words.ts'

/** Both ways back, as far as they are known: one line of plain text each, without patches. */
export function describeWaysBack({ choices }: Finding): readonly string[] {
  const edit = choices?.keep.edit
  const revert = choices?.revert
  return [
    ...(choices === undefined
      ? []
      : [`keep: ${choices.keep.summary}${edit === undefined ? '' : ` (${edit.file}: set ${edit.key} to ${edit.to})`}`]),
    ...(revert === undefined
      ? []
      : [`revert: ${[revert.summary, ...describeEffects(revert)].join(' ')}${revert.command === undefined ? '' : `: ${revert.command}`}`]),
  ]
}
