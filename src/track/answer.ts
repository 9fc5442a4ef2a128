import { isSelf } from '../github/is-self.ts'
import { explainRefusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Note } from '../model.ts'
import { formatAnswers, isAnswer } from '../triage/format-answer.ts'
import type { Answer } from '../triage/model.ts'
import { noteRefusal } from './access.ts'
import type { Recalled } from './recall.ts'

/**
 * Answers the commands in an issue's comments, in one comment of ours that is edited in place. Nothing is written where it
 * says the same already, nor where an author's rights could not be asked: that is settled by the next run.
 *
 * @returns notes on what stood in the way
 */
export async function answerCommands(
  tracker: Tracker,
  self: string,
  number: number,
  { heard: { answers }, comments, memory }: Pick<Recalled, 'heard' | 'comments' | 'memory'>,
): Promise<readonly Note[]> {
  if (answers.length === 0 || answers.some(isUnsettled)) return []
  const ours = comments.find((comment) => isSelf(comment.author, self) && isAnswer(comment.body))
  const body = formatAnswers({ answers, known: memory.streaks, ...(ours === undefined ? {} : { previous: ours.body }) })
  if (ours?.body.replaceAll('\r\n', '\n').trim() === body.trim()) return []
  try {
    await (ours === undefined ? tracker.createComment(number, body) : tracker.editComment(ours.id, body))
    return []
  } catch (error) {
    return [noteRefusal(explainRefusal(error), `The commands in #${number} could not be answered`)]
  }
}

function isUnsettled(answer: Answer): boolean {
  return answer.type === 'access-unknown' || ('verified' in answer && !answer.verified)
}
