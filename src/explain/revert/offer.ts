import type { Finding, RevertChoice } from '../../model.ts'
import { openContext, type RevertInput } from './context.ts'
import { revertField } from './fields.ts'
import { makeAgain, takeAway } from './objects.ts'

/**
 * The way back for every finding that somebody made: the smallest command that sets back that one place and refuses if it
 * has moved again meanwhile, what it costs, and what would still be recorded afterwards. Accepted and ignored ones have one,
 * too: people change their minds.
 *
 * @returns by the finding's id; a choice without a command says why
 */
export function offerReverts(input: RevertInput): ReadonlyMap<string, RevertChoice> {
  const context = openContext(input)
  const made = input.findings.filter(
    ({ drift, cause, pattern }) => drift || ((cause === 'manual' || cause === 'unknown') && pattern !== 'restart'),
  )
  return new Map(made.map((finding) => [finding.id, revertOne(finding, context)]))
}

function revertOne(finding: Finding, context: ReturnType<typeof openContext>): RevertChoice {
  switch (finding.change) {
    case 'missing-object':
      return makeAgain(finding, context)
    case 'extra-object':
      return takeAway(finding, context)
    default:
      return revertField(finding, context)
  }
}
