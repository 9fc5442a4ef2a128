import { closestMatch } from 'leven'

/**
 * The remedy for a word that is not one of the known ones: the nearest, if there is one that a slip could explain, then all of them.
 *
 * @param word what was written
 * @param known what may be written
 */
export function suggest(word: string, known: readonly string[]): string {
  // A third of the word: `prevew` is a slip of `preview`, `xyz` is not a slip of `set`.
  const maxDistance = Math.max(1, Math.ceil(word.length / 3))
  const nearest = closestMatch(word.toLowerCase(), known, { maxDistance })
  const all = `Known here: ${known.map((item) => `\`${item}\``).join(', ')}.`
  return nearest === undefined ? all : `Did you mean \`${nearest}\`? ${all}`
}
