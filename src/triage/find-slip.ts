import leven from 'leven'

/** A word that was probably meant to be another, and the text with the one in place of the other. */
export type Slip = { readonly word: string; readonly meant: string; readonly fixed: string }

/**
 * The first word of a command that is nearly one of the words wanted.
 *
 * @param text of the command
 * @param words of that text, as `splitWords` gives them
 * @param wanted the words that are missing in it
 */
export function findSlip(text: string, words: readonly string[], wanted: readonly string[]): Slip | null {
  for (const word of words) {
    // Only letters: and every letter of `feed` may be a digit of an id.
    if (!/^\p{L}+$/u.test(word) || /^[a-f]+$/.test(word) || word === 'all') continue
    const meant = wanted.find((one) => isNear(word, one))
    if (meant === undefined) continue
    const fixed = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu'), meant)
    if (fixed !== text) return { word, meant, fixed }
  }
  return null
}

/** Two slips in a long word. A short one is near to many: the same letters in another order, or one letter off after the first. */
function isNear(word: string, meant: string): boolean {
  const distance = leven(word, meant)
  if (distance === 0 || distance > 2) return false
  const sort = (text: string) => [...text].toSorted().join('')
  return meant.length > 3 || sort(word) === sort(meant) || (distance === 1 && word[0] === meant[0])
}
