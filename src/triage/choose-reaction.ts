import type { Answer, Reaction } from './model.ts'

/**
 * The reaction for one comment: `confused` if anything in it was not done, else `eyes` while something is still to be done, else `+1`.
 *
 * @param answers those to the commands of that comment
 * @returns null for a comment without commands, or where a check was quicker and nothing is left to be done
 */
export function chooseReaction(answers: readonly Answer[]): Reaction | null {
  if (answers.every(({ type }) => type === 'settled')) return null
  if (answers.some(({ type }) => type === 'mistyped' || type === 'no-write-access' || type === 'edited')) return 'confused'
  return answers.some((answer) => answer.type === 'recheck' || answer.type === 'access-unknown') ? 'eyes' : '+1'
}
