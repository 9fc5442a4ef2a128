import type { GitHubContext } from '../github/context.ts'
import { isSelf } from '../github/is-self.ts'
import { explainRefusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import { NO_MEMORY } from '../memory/model.ts'
import type { Note } from '../model.ts'
import { chooseReaction } from '../triage/choose-reaction.ts'
import { parseCommands } from '../triage/parse-commands.ts'
import { findAccess, noteRefusal } from './access.ts'
import { answerCommands } from './answer.ts'
import { readAcceptances } from './read-acceptances.ts'
import { readCommentEvent } from './read-comment-event.ts'

/** What triage did: in words, and the target that has to be checked now, if any. */
export type Triaged = {
  readonly notes: readonly Note[]
  /** What was done, as a sentence. */
  readonly done: string
  /** The target whose issue was commented on, where somebody who may decide has decided something. */
  readonly target: string | null
}

/**
 * Answers a new comment on one of our issues: a reaction on it, and one comment of ours that says what was understood.
 * Anything else, edited comments and other people's issues included, is left alone.
 */
export async function triageComment(
  inputs: Inputs,
  context: GitHubContext | null,
  openTracker: (context: GitHubContext) => Promise<Tracker>,
  now: string,
): Promise<Triaged> {
  const nothing = (done: string, ...notes: readonly Note[]): Triaged => ({ done, notes, target: null })
  const event = readCommentEvent(context?.event)
  if (event === null) return nothing('Nothing to do: the event is no comment on an issue.')
  if (event.action !== 'created') return nothing(`Nothing to do: the comment was ${event.action}, and only new comments are commands.`)
  if (event.isPullRequest) return nothing('Nothing to do: the comment is on a pull request.')
  if (parseCommands(event.body).length === 0) return nothing('Nothing to do: the comment has no line that starts with `/drift`.')
  const access = await findAccess(inputs, context, openTracker)
  if (!access.open) return nothing('The comment could not be answered.', access.note)
  const { tracker, self } = access
  if (isSelf(event.author, self)) return nothing('Nothing to do: the comment is our own.')
  try {
    const issue = await tracker.readIssue(self, event.issue)
    const { marker } = issue?.parts ?? {}
    if (issue === null || issue.parts.identity.kind !== 'drift')
      return nothing(`Nothing to do: #${event.issue} is not a drift issue of \`${self}\`.`)
    if (issue.state !== 'open') {
      if (!inputs.dryRun) await tracker.react(event.comment, 'confused')
      return nothing(`#${event.issue} is closed, so the command has no effect. Open the issue again, or look for a newer one.`)
    }
    const memory = marker?.kind === 'drift' ? marker.memory : NO_MEMORY
    const { comments, notes, ...heard } = await readAcceptances(tracker, self, issue.number, memory, now)
    const answers = heard.answers.filter(({ comment }) => comment.id === event.comment)
    const reaction = chooseReaction(answers)
    const written = inputs.dryRun ? [] : await answerCommands(tracker, self, issue.number, { heard, comments, memory })
    if (reaction !== null && !inputs.dryRun) await tracker.react(event.comment, reaction)
    const decided = answers.some(({ type }) => type === 'accepted' || type === 'unaccepted' || type === 'recheck')
    const done = `#${issue.number}: ${answers.length === 0 ? 'nothing in the comment counts: it is gone, or a bot’s' : `understood ${answers.map(({ type }) => type).join(', ')}`}.`
    return { notes: [...notes, ...written], done, target: decided ? issue.parts.identity.target : null }
  } catch (error) {
    return nothing('The comment could not be answered.', noteRefusal(explainRefusal(error), `#${event.issue} could not be answered`))
  }
}
