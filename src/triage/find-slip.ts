import leven from 'leven'

/**
 * The first word of a command that is nearly one of the words wanted.
 *
 * @param text of the command
 * @param words of that text, as `splitWords` gives them
 * @param wanted the words that are missing in it
 * @returns the word, the one meant, and the text with the one in place of the other; null without such a word
 */
export function findSlip(
  text: string,
  words: readonly string[],
  wanted: readonly string[],
): { readonly word: string; readonly meant: string; readonly fixed: string } | null {
  for (const word of words) {
    // Every digit of `feed` may belong to an id, and `all` must not become `fol`.
    if (/^[0-9a-f]+$/.test(word) || word === 'all') continue
    const meant = wanted.find((one) => word !== one && leven(word, one) <= SLIPS[one.length < 4 ? 'short' : 'long'] && isLikely(word, one))
    const at = text.toLowerCase().indexOf(word)
    if (meant !== undefined && at !== -1) return { word, meant, fixed: `${text.slice(0, at)}${meant}${text.slice(at + word.length)}` }
  }
  return null
}

/** Two letters in the wrong order count as two. */
const SLIPS = { short: 2, long: 2 } as const

/** Short words are near to many: only the same letters in another order, or one more or one less of them. */
function isLikely(word: string, meant: string): boolean {
  const sort = (text: string) => [...text].sort().join('')
  return meant.length > 4 || sort(word) === sort(meant) || (leven(word, meant) === 1 && word[0] === meant[0])
}
