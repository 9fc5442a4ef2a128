import { closestMatch } from 'leven'
import type { Mistyped, Which } from './model.ts'

/** Words that people put around ids, and that change nothing. */
const FILLERS = new Set(['and', 'the', 'id', 'ids', 'finding', 'findings', 'difference', 'differences', 'drift', 'please'])
/** An id has 16 digits; its first ones are enough, but not fewer than four. */
const ID = /^[0-9a-f]{4,16}$/
const KNOWN_IDS =
  'A finding is named by its id, or the first four or more of the digits, as the issue shows it; "all" means all that it shows.'

/**
 * Reads which findings a command is about.
 *
 * @param line the whole line, for what is mistyped
 * @param words as `splitWords` gives them
 * @param propose gives the line to write instead, from the words as they were probably meant
 */
export function readWhich(line: string, words: readonly string[], propose: (words: string) => string | null): Which | Mistyped {
  const named = [...new Set(words.filter((word) => !FILLERS.has(word)))]
  if (named.length === 0) return 'only'
  if (named.length === 1 && named[0] === 'all') return 'all'
  const mistyped = (problem: string, instead: string | null): Mistyped => ({
    type: 'mistyped',
    text: line,
    problem,
    hint: KNOWN_IDS,
    instead,
  })
  const wrong = named.find((word) => word !== 'all' && !ID.test(word))
  if (wrong !== undefined) {
    const isShort = /^[0-9a-f]{1,3}$/.test(wrong)
    const isNearAll = !isShort && closestMatch(wrong, ['all'], { maxDistance: 1 }) !== undefined
    const fixed = words.map((word) => (word === wrong ? 'all' : word)).join(' ')
    return mistyped(isShort ? `"${wrong}" is too short for an id.` : `"${wrong}" is not an id.`, isNearAll ? propose(fixed) : null)
  }
  return named.includes('all') ? mistyped('It names "all" and some besides.', propose('all')) : named
}
