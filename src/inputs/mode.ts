import { PULL_REQUEST_TARGET_REFUSED } from '../github/pull-request-target.ts'
import type { Inputs } from './model.ts'
import { actionInputs, type Given, nameOption } from './options.ts'
import { parseChoice, type Tell } from './parse.ts'

/** Events that are about a pull request whose chart may be rendered. `workflow_run` is the second half of the way for forks. */
const PREVIEWS = ['pull_request', 'workflow_run']
/** What each event is for, so that one workflow file does for all. Every other one is for a check. */
const MODES: { readonly [event: string]: Inputs['mode'] } = { pull_request: 'preview', workflow_run: 'preview', issue_comment: 'triage' }

/**
 * What is to be done: what was asked for, or what the event asks for.
 *
 * @param event the name of the event; empty outside of a workflow
 */
export function readMode(given: Given, event: string, tell: Tell): Inputs['mode'] {
  const where = nameOption(given, 'mode')
  const mode = parseChoice(given.texts.mode ?? actionInputs.mode.default, ['auto', 'check', 'preview', 'triage'], where, tell)
  const isFor = event === '' ? 'no event' : `the event \`${event}\``
  if (event === 'pull_request_target') {
    tell({ ...PULL_REQUEST_TARGET_REFUSED, where })
  } else if (mode === 'triage' && event !== 'issue_comment') {
    const message = `\`triage\` reads a comment, but this run is for ${isFor}.`
    tell({ message, where, remedy: 'Use it in a workflow with `on: issue_comment`, or leave it out: `auto` follows the event.' })
  } else if (mode === 'preview' && given.source === 'action' && !PREVIEWS.includes(event)) {
    const message = `\`preview\` is of a pull request, but this run is for ${isFor}.`
    tell({ message, where, remedy: 'Use it in a workflow with `on: pull_request`, or leave it out: `auto` follows the event.' })
  }
  return mode === 'auto' ? (MODES[event] ?? 'check') : mode
}
