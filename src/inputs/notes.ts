import type { Note } from '../model.ts'
import { type Given, nameOption } from './options.ts'

/**
 * Names what is accepted and checked but does nothing yet. When a later version uses one, its line goes.
 *
 * @returns notes of kind `input-without-effect`, one per input
 */
export function noteWithoutEffect(given: Given): Note[] {
  return (Object.keys(EXPLANATIONS) as (keyof typeof EXPLANATIONS)[])
    .filter((option) => given.texts[option] !== undefined)
    .map((option) => ({
      kind: 'input-without-effect',
      message: `\`${nameOption(given, option)}\` has no effect yet: ${EXPLANATIONS[option]}`,
    }))
}

const EXPLANATIONS = {
  'audit-log': 'this version names the tool that wrote a value, not the person.',
} as const
