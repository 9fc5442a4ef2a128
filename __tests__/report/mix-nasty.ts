import fc from 'fast-check'
import { NASTY } from './make-issue.ts'

/** What hostile texts are made of, and what Markdown, commands and bounds make something of. */
const PIECES = [
  ...NASTY.split(/(?=[^\w])|(?<=[^\w])/),
  ...['a', '/drift', 'x'.repeat(300), '\u2028', '😀'],
  ...['&', '*', '_', '$', '"', "'", '=', '|'],
]

/** Hostile texts in any mixture. */
export const mixNasty = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(''))
