import type { Advice, Decision } from '../model.ts'
import { DECISION_TITLES, describeLean, endSentence } from './decision-words.ts'
import { fold } from './markdown-parts.ts'
import { escapeMarkdown } from './sanitize.ts'
import { shorten } from './values.ts'

/** The advice in Markdown, for a job summary and an issue. Whatever it takes is hostile; what it gives is safe. */

const LONGEST = 400
const MOST = 10

/**
 * The headline and the deadline: two sentences.
 *
 * @param write makes a sentence safe, and as short as the form of the text wants it
 */
export function formatHeadline(decision: Decision | null, write = writeSentence): readonly string[] {
  if (decision === null) return []
  const { advice } = decision
  const deadline = advice.deadline === null || advice.deadline === '' ? '' : ` **${write(endSentence(advice.deadline))}**`
  return [`**${describeLean(advice)}.** ${write(endSentence(advice.headline))}${deadline}`]
}

/** Why this advice, and what would change it, folded. */
export function formatReasons({ reasons, wouldChange }: Advice): readonly string[] {
  const blocks = [
    ...listSentences(reasons),
    ...(wouldChange.length === 0 ? [] : ['What would change this advice:', ...listSentences(wouldChange)]),
  ]
  const title = ['Why', ...(wouldChange.length === 0 ? [] : ['what would change it'])].join(', and ')
  return blocks.length === 0 ? [] : fold(title, blocks)
}

/** Whose word is needed; nothing where nobody's is. */
export function formatApprovals({ approvals }: Advice): readonly string[] {
  return approvals.length === 0
    ? []
    : [
        approvals
          .slice(0, MOST)
          .map((text) => writeSentence(endSentence(text)))
          .join(' '),
      ]
}

/** The heading of a part of the decision. */
export function formatDecisionTitle(title: keyof typeof DECISION_TITLES): string {
  return `### ${DECISION_TITLES[title]}`
}

/** Sentences as one list, as many as a person reads. */
export function listSentences(sentences: readonly string[]): readonly string[] {
  return sentences.length === 0
    ? []
    : [
        sentences
          .slice(0, MOST)
          .map((text) => `- ${writeSentence(endSentence(text))}`)
          .join('\n'),
      ]
}

/** A sentence from outside, made safe and not too long. */
export function writeSentence(text: string): string {
  return escapeMarkdown(shorten(text, LONGEST))
}
